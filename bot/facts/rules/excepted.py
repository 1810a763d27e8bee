"""Exceptions, contrasts and descriptions inside a subject that the parser hung elsewhere."""

from __future__ import annotations

from functools import cache

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Sentence, Token

PARTS = frozenset({"compound", "amod", "flat", "nummod", "det", "nmod:poss", "nmod:desc"})
CORE = frozenset({"nsubj", "obj", "obl", "iobj"})
NEEDS_MORE = frozenset({"but", "save", "bar"})


def _head_from(s: Sentence, i: int) -> int:
    """The head of the noun phrase that begins at ``i``; -1 where none does."""
    while i < len(s) and s.tokens[i].upos in ("DET", "ADJ", "NUM") and s.tokens[i].head > i:
        i += 1
    while i < len(s) and s.tokens[i].rel in PARTS | {"nmod"} and s.tokens[i].head > i:
        i = s.tokens[i].head
    return i if i < len(s) and s.tokens[i].upos in phrases.NOMINAL else -1


def _head_until(s: Sentence, i: int) -> int:
    """The head of the noun phrase that ends at ``i``; -1 where none does."""
    while i > 0 and s.tokens[i].rel in PARTS and s.tokens[i].head < i:
        i = s.tokens[i].head
    return i if i >= 0 and s.tokens[i].upos in phrases.NOMINAL else -1


def _marker_at(s: Sentence, k: int) -> int:
    """How many words of an exception marker stand at ``k``; *but* and *save* are left to the parser."""
    if s.tokens[k].text.lower() not in _first_words():
        return 0
    for length in (4, 3, 2, 1):
        words = " ".join(t.text.lower() for t in s.tokens[k : k + length])
        if words in lists.words("exception_markers") and words not in NEEDS_MORE:
            return length
    return 0


@cache
def _first_words() -> frozenset[str]:
    return frozenset(marker.partition(" ")[0] for marker in lists.words("exception_markers"))


@rule(
    "repair",
    "root",
    example=(
        "Everyone//PRON/5/nsubj other//ADJ/1/amod than//ADP/4/case residents/resident/NOUN/5/nsubj pays/pay/VERB/0/root"
    ),
    yields=("pay(subj=Everyone; except=residents)", "not pay(subj=residents)"),
    counter="All//PRON/2/nsubj pay//VERB/0/root more//ADJ/2/obj than//ADP/5/case residents/resident/NOUN/2/obl",
)
def exception_phrase(a: Analysis, t: Token) -> None:
    """What follows *other than* or *excluding* after a noun is left out of the noun, whatever the parse."""
    for k in range(1, len(a.sentence) - 1):
        s = a.sentence
        length = _marker_at(s, k)
        if not length:
            continue
        before = k - 2 if s.tokens[k - 1].text == "," and k > 1 else k - 1
        whole, part = _head_until(s, before), _head_from(s, k + length)
        if whole < 0 or part < 0 or s.tokens[k + length].upos == "ADP":
            continue
        if s.tokens[part].head == whole and phrases.is_exception(s, s.tokens[part]):
            continue
        edits = [(part, whole, "nmod"), (k, part, "case")]
        edits += [(i, k, "fixed") for i in range(k + 1, k + length)]
        if s.tokens[whole].head == part:  # the exception stands in the place of the whole
            edits.append((whole, s.tokens[part].head, s.tokens[part].dep))
        a.mend(*edits)
        return


@rule(
    "repair",
    "advmod",
    example=(
        "Russia/Russia/PROPN/5/nsubj but//CCONJ/5/cc not//PART/5/advmod China/China/PROPN/5/nsubj "
        "joined/join/VERB/0/root"
    ),
    yields=("join(subj=Russia)", "not join(subj=China)"),
    counter="Russia/Russia/PROPN/3/nsubj not//PART/3/advmod joined/join/VERB/0/root",
)
def but_not(a: Analysis, t: Token) -> None:
    """*Russia but not China*: the denial is of the second name, not of the verb."""
    s = a.sentence
    if t.text.lower() != "not" or t.i < 2 or s.tokens[t.i - 1].text.lower() != "but":
        return
    first, second = _head_until(s, t.i - 2), _head_from(s, t.i + 1)
    if first < 0 or second < 0 or s.tokens[first].head == first or s.tokens[second].head == first:
        return
    if s.tokens[second].rel in CORE and s.tokens[second].head == s.tokens[first].head:
        a.mend((second, first, "conj"), (t.i, second, "advmod"), (t.i - 1, second, "cc"))


@rule(
    "repair",
    "obl obj dep nsubj",
    example=(
        "The//DET/2/det city//NOUN/6/obl ,/,/PUNCT/2/punct whose//PRON/5/nmod:poss mayor//NOUN/6/nsubj "
        "left/leave/VERB/0/root ,/,/PUNCT/8/punct lies/lie/VERB/6/conj/VerbForm=Fin here//ADV/8/advmod"
    ),
    yields=("lie(subj=The city; place=here)",),
    counter=(
        "The//DET/2/det city//NOUN/8/nsubj ,/,/PUNCT/2/punct whose//PRON/5/nmod:poss mayor//NOUN/6/nsubj "
        "left/leave/VERB/2/acl:relcl ,/,/PUNCT/2/punct lies/lie/VERB/0/root/VerbForm=Fin here//ADV/8/advmod"
    ),
)
def described_subject(a: Analysis, t: Token) -> None:
    """A noun, a comma, a relative clause, a comma and a verb: the noun is the subject of that verb."""
    s = a.sentence
    verb = s.tokens[t.head]
    end = s.subtree(t.i)
    comma = next((i for i in range(t.i + 1, verb.i) if s.tokens[i].text == ","), -1)
    if verb.head != verb.i or phrases.marker_of(s, t.i) or comma < 0 or end[0] != 0 or t.upos not in ("NOUN", "PROPN"):
        return
    if s.tokens[comma + 1].text.lower() not in ("whose", "which", "who", "whom"):
        return
    later = [c for c in s.children(verb.i, "conj", "parataxis", "advcl") if c.i > verb.i and c.upos == "VERB"]
    later = [c for c in later if not s.child(c.i, "nsubj", "cc", "mark") and "VerbForm=Fin" in c.feats]
    if not later or s.tokens[s.subtree(later[0].i)[0] - (s.tokens[s.subtree(later[0].i)[0]].text != ",")].text != ",":
        return
    main = later[0]
    after = [(c.i, main.i, c.dep) for c in s.children(verb.i, "punct") if c.i > main.i]
    role = "nsubj:pass" if s.child(main.i, "aux:pass") else "nsubj"
    a.mend((main.i, main.i, "root"), (t.i, main.i, role), (verb.i, t.i, "acl:relcl"), *after)


@rule(
    "repair",
    "cop",
    example="The//DET/2/det river//NOUN/5/nsubj is/be/AUX/2/cop 300//NUM/5/nummod km//NOUN/6/obl long//ADJ/0/root",
    yields=("long(subj=The river; attr=300 km long)",),
    counter="The//DET/2/det river//NOUN/6/nsubj is/be/AUX/6/cop 300//NUM/5/nummod km//NOUN/6/obl long//ADJ/0/root",
)
def copula_of_subject(a: Analysis, t: Token) -> None:
    """A copula that hangs on the subject belongs to what is said of it."""
    s = a.sentence
    subject = s.tokens[t.head]
    if subject.rel != "nsubj" or subject.i > t.i:
        return
    said = s.tokens[subject.head]
    while (
        said.rel in ("obl", "nummod", "advmod", "nmod")
        and s.tokens[said.head].upos in ("ADJ", "NOUN")
        and said.head > t.i
    ):
        said = s.tokens[said.head]
    if said.i > t.i and said.upos in ("ADJ", "NOUN", "PROPN", "ADV") and not s.child(said.i, "cop"):
        edits = [(t.i, said.i, "cop"), (subject.i, said.i, "nsubj")]
        measure = s.tokens[subject.head]
        if measure.i != said.i and measure.rel == "obl":
            edits.append((measure.i, said.i, "nmod:unmarked"))
        a.mend(*edits)


RULES = (copula_of_subject, but_not, exception_phrase, described_subject)
