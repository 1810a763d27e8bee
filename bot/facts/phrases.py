"""Phrases of a sentence as arguments: which tokens belong, how they print, what value they have.

A phrase is its head's subtree less what makes a proposition of its own (conjuncts, appositions, asides, relative
clauses after a comma) and less the case marker, which is kept beside it.
"""

from __future__ import annotations

from functools import lru_cache

from bot.facts import lists
from bot.facts.model import Argument, Role
from bot.language.sentence import Sentence, Token
from bot.language.values import values_in
from bot.language.values.model import Value

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "DET", "X"})
OPENING, CLOSING = "([{“‘", ")]}”’"
DASHES = frozenset({"—", "–", "--"})

# What hangs on a phrase's head without belonging to the phrase.
OUTSIDE = frozenset(
    [
        "conj",
        "cc",
        "cc:preconj",
        "case",
        "mark",
        "appos",
        "parataxis",
        "discourse",
        "vocative",
        "list",
        "dislocated",
        "orphan",
        "reparandum",
    ]
)
# What hangs on a predicate nominal or adjective because it is the clause's head, not because it is a noun.
OF_CLAUSE = frozenset(["nsubj", "cop", "aux", "expl", "csubj", "advcl", "obl", "ccomp", "iobj", "obj"])


NO_MARKERS = frozenset(["'s", "’s", "'", "’", "-", "–"])


def lemma(token: Token) -> str:
    """The lemma as predicates and lists have it: lower-case, except for a name."""
    return token.lemma if token.upos == "PROPN" else token.lemma.lower()


def marker_of(s: Sentence, i: int) -> tuple[int, ...]:
    """The case marker of a phrase: its ``case`` dependents with what is fixed to them (*because of*)."""
    found: list[int] = []
    for j in s.children_of[i]:
        token = s.tokens[j]
        if token.rel == "case" and token.text not in NO_MARKERS:
            found += [token.i, *(t.i for t in s.children(token.i, "fixed"))]
    return tuple(sorted(found)) if found else ()


def marker_text(s: Sentence, marker: tuple[int, ...]) -> str:
    """A marker's words in lower case, a copula's or determiner's inflection kept: *in front of*, *with*."""
    return " ".join(s.tokens[i].text.lower() for i in marker)


def is_aside(s: Sentence, token: Token) -> bool:
    """A clause or phrase cut off by a comma, dash or bracket: *the hall, which was renovated in 2021, …*"""
    first = s.subtree(token.i)[0]
    return (s.tokens[first].upos == "PUNCT" and s.tokens[first].text not in "\"'`“‘``") or (
        first > 0 and s.tokens[first - 1].text in (",", "(", "—", "–", "[", "--")
    )


def _dashed(s: Sentence, token: Token) -> bool:
    first = s.subtree(token.i)[0]
    if s.tokens[first].text in DASHES:
        return True
    return first > 0 and s.tokens[first - 1].text in DASHES and s.tokens[first].upos != "NUM"


def is_exception(s: Sentence, token: Token) -> bool:
    """A phrase that leaves something out: *all states except Turkmenistan*, *all but two*."""
    marker = marker_of(s, token.i) or tuple(t.i for t in s.children(token.i, "mark", "cc"))
    words = marker_text(s, marker)
    listed = lists.words("exception_markers")
    if words in listed:
        return words != "but" or _licensed(s, token)
    return words.split(" ")[0] in {"except", "excepting", "excluding"} or any(
        words.startswith(f"{m} ") for m in listed if " " in m
    )


def _licensed(s: Sentence, token: Token) -> bool:
    """*but* excepts only after *all*, *no*, *every*…: *all but two*, not *small but old*."""
    head = s.tokens[token.head]
    around = (head, *s.children(head.i, "det", "det:predet"))
    return any(t.lemma.lower() in lists.words("but_licensers") for t in around if t.i < token.i)


def belongs(s: Sentence, token: Token, *, predicate: bool = False) -> bool:
    """Whether a dependent of a phrase's head is printed as part of the phrase."""
    if token.dep in OUTSIDE or token.rel in OUTSIDE:
        return token.dep == "case" and token.text in ("'s", "’s", "'", "’")
    if predicate and (token.rel in OF_CLAUSE or (token.rel == "advmod" and _clause_adverb(s, token))):
        return False
    if token.dep == "acl:relcl" and (is_aside(s, token) or s.tokens[token.head].upos == "PROPN"):
        return False
    if token.dep == "acl" and is_aside(s, token):
        return False
    # 'its groupings—in particular, the Community—provide'
    if token.rel in ("nmod", "obl", "advcl", "acl", "dep") and token.i > token.head and _dashed(s, token):
        return False
    # 'UN Center based in Ashgabat': a name needs no participle to say which one is meant
    if token.dep == "acl" and token.upos == "VERB" and s.tokens[token.head].upos == "PROPN":
        return "VerbForm=Inf" in token.feats
    return not (token.rel in ("nmod", "obl", "acl", "advcl") and is_exception(s, token))


def _clause_adverb(s: Sentence, token: Token) -> bool:
    """*is also free*, *is now the capital*: an adverb of the clause, not a degree (*very free*)."""
    head = s.tokens[token.head]
    low = token.lemma.lower()
    if low in lists.words("negators") or ("PronType=Int" in token.feats and token.i < head.i - 1):
        return True
    if head.upos not in ("ADJ", "ADV"):
        return True
    return token.i > head.i or any(low in lists.words(k) for k in _CLAUSE_ADVERBS)


_CLAUSE_ADVERBS = ("time_adverbs", "connective_adverbs", "hedge_adverbs", "place_adverbs")


def phrase(s: Sentence, i: int, *, predicate: bool = False, whole: bool = False) -> tuple[int, ...]:
    """Token indices of the phrase that token ``i`` heads.

    predicate: ``i`` is also the head of a copular clause, whose other parts are left out.
    whole: keep the conjuncts (*Russia and China* as one phrase).
    """
    inside = [i]
    for token in s.children(i):
        if whole and (token.rel in ("conj", "cc") or token.dep == "cc:preconj"):
            inside += s.subtree(token.i)
        elif belongs(s, token, predicate=predicate):
            inside += _without_exception(s, token.i)
    # 'from 10 to 8 on weekdays': a marker inside the phrase is part of its wording
    first = min(j for j in inside if s.tokens[j].upos != "PUNCT" or j == i)
    inside += (m for m in marker_of(s, i) if first < m < i)
    # 'the economic, security, and other spheres'
    inside += (c.i for c in s.children(i, "cc") if first < c.i < i)
    return trimmed(s, sorted(inside)) or (i,)


def _without_exception(s: Sentence, i: int) -> list[int]:
    """A dependent's whole subtree less any exception in it."""
    found = [i]
    for token in s.children(i):
        if not (token.rel in ("nmod", "obl") and is_exception(s, token)):
            found += _without_exception(s, token.i)
    return found


def trimmed(s: Sentence, indices: list[int] | tuple[int, ...]) -> tuple[int, ...]:
    """Indices without punctuation at either end; brackets and quotes stay where both ends are inside."""
    kept = list(indices)
    while len(kept) > 1 and (
        (s.tokens[kept[0]].upos == "PUNCT" and not _closed(s, kept, 0)) or s.tokens[kept[0]].dep == "cc"
    ):
        kept.pop(0)
    while kept and s.tokens[kept[-1]].upos == "PUNCT" and not _closed(s, kept, -1):
        kept.pop()
    return tuple(kept)


def _closed(s: Sentence, kept: list[int], at: int) -> bool:
    text = s.tokens[kept[at]].text
    if s.tokens[kept[0]].text in (*OPENING, '"', "``") and s.tokens[kept[-1]].text in (*CLOSING, '"', "''"):
        return False  # wrapped as a whole: '(Turkmenistan)'
    others = {s.tokens[i].text for i in kept if i != kept[at]}
    if text in OPENING:
        return CLOSING[OPENING.index(text)] in others
    if text in CLOSING:
        return OPENING[CLOSING.index(text)] in others
    return text in ("''", "``", '"', "'", "`") and bool(others & {"''", "``", '"', "'", "`"})


def conjuncts(s: Sentence, i: int) -> tuple[Token, ...]:
    """The conjuncts of a phrase in order, nested chains included, itself left out."""
    found: list[Token] = []
    for token in s.children(i, "conj"):
        found += [token, *conjuncts(s, token.i)]
    return tuple(sorted(found, key=lambda t: t.i))


def argument(
    s: Sentence, role: Role, head: int, tokens: tuple[int, ...], marker: tuple[int, ...] = (), preposition: str = ""
) -> Argument:
    """The argument that a phrase is, with its quantifier and value."""
    quantifier, head, tokens = _quantified(s, head, tokens or (head,))
    text = s.words(tokens)
    start, end = s.tokens[tokens[0]].start, s.tokens[tokens[-1]].end
    # 'even in blue jeans', 'from 10 to 8': a marker inside the phrase is printed there, not a second time before it
    word = preposition or marker_text(s, tuple(i for i in marker if i not in tokens))
    return Argument(role, text, head, tokens, start, end, word, (), value_of(s, head, tokens), quantifier)


def _quantified(s: Sentence, head: int, tokens: tuple[int, ...]) -> tuple[str, int, tuple[int, ...]]:
    """The quantifier of a phrase, and its head with the partitive looked through: *some of the states* → states."""
    token = s.tokens[head]
    low = token.lemma.lower()
    if low in lists.words("partitives"):
        of = next((t for t in s.children(head, "nmod") if marker_text(s, marker_of(s, t.i)) == "of"), None)
        if of is not None and of.i in tokens:
            return low, of.i, tokens
    listed = lists.words("quantifiers")
    for child in s.children(head, "det", "det:predet", "amod", "nummod", "advmod"):
        low = child.lemma.lower()
        if child.i > head or low not in listed:
            continue
        # 'a few countries': the article makes it positive
        article = low == "few" and any(t.lemma.lower() == "a" for t in s.children(head, "det"))
        return ("a few" if article else low), head, tokens
    return "", head, tokens


def value_of(s: Sentence, head: int, tokens: tuple[int, ...]) -> Value | None:
    """The value that a phrase amounts to, when it begins with one or its head is one; None for other phrases."""
    if not any(
        s.tokens[i].upos == "NUM" or s.tokens[i].text[:1].isdigit() or s.tokens[i].lemma.lower() in _value_words()
        for i in tokens
    ):
        return None
    found = _values(s.words(tokens))
    if not found:
        return None
    start, base = s.tokens[head].start, s.tokens[tokens[0]].start
    near = {head, *(t.i for t in s.children(head, "nummod", "amod", "advmod", "compound", "nmod", "flat"))}
    for value in found:
        # the head's own value, not one inside a modifier: 'the archive founded in 1958' is no date
        if any(value.start <= s.tokens[i].start - base < value.end for i in near if i in tokens):
            return value
    return found[0] if found[0].start <= start - base < found[0].end else None


@lru_cache(maxsize=1)
def _value_words() -> frozenset[str]:
    return lists.words("time_nouns") | lists.words("frequency_adverbs") | {"percent", "half", "dozen"}


@lru_cache(maxsize=4096)
def _values(text: str) -> tuple[Value, ...]:
    return tuple(values_in(text))
