"""Which tokens are predicates: verbs, copulas, existentials."""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, Clause, Pos, Slot, rule
from bot.language.sentence import Sentence, Token

NOT_PREDICATES = frozenset(
    [
        "amod",
        "compound",
        "case",
        "fixed",
        "flat",
        "mark",
        "cc",
        "nmod:desc",
        "aux",
        "aux:pass",
        "cop",
        "det",
        "reparandum",
        "goeswith",
    ]
)
AUXILIARIES = ("aux", "aux:pass", "cop")


def predicate_words(s: Sentence, head: int) -> set[int]:
    """A verb or copula with its auxiliaries, negation and particle."""
    outer = next((t.i for t in s.children(head, "nsubj:outer", "csubj:outer")), -1)
    first = next((t.i for t in s.children(head, *AUXILIARIES) if t.i > outer >= 0), -1)
    found = {t.i for t in s.children(head, *AUXILIARIES, "compound:prt") if t.i != first}
    return found | {
        t.i for t in s.children(head, "advmod") if t.lemma.lower() in lists.words("negators") and t.i < head
    }


def is_passive(s: Sentence, token: Token) -> bool:
    """*was trained*, *a battalion known as*, *to be built*; *was built and opened* by the verb it is joined to."""
    if s.child(token.i, "aux:pass") or s.child(token.i, "nsubj:pass", "csubj:pass"):
        return True
    if "VerbForm=Part" not in token.feats or "Tense=Pres" in token.feats or s.child(token.i, "aux", "nsubj"):
        return False
    if token.rel in ("acl", "advcl", "dep", "parataxis") or token.dep == "root":
        return s.child(token.i, "obj") is None or bool(s.child(token.i, "obl:agent"))
    if token.rel == "conj":
        return is_passive(s, s.tokens[token.head])
    return token.rel == "xcomp" and s.child(token.i, "mark") is None


@rule(
    "repair",
    "obl advmod dep",
    example=(
        "banner/banner/NOUN/3/nsubj:pass was/be/AUX/3/aux:pass paid/pay/VERB/0/root/Tense=Past|VerbForm=Part "
        "for/for/ADP/3/obl by//ADP/6/case friends/friend/NOUN/3/obl:agent"
    ),
    yields=("pay for(obj=banner; subj=friends)",),
    counter=(
        "banner/banner/NOUN/3/nsubj:pass was/be/AUX/3/aux:pass paid/pay/VERB/0/root/Tense=Past|VerbForm=Part "
        "by//ADP/5/case friends/friend/NOUN/3/obl:agent"
    ),
)
def passive_preposition(a: Analysis, t: Token) -> None:
    """A preposition left by a passive's subject belongs to the verb: *the banner was paid for by the Friends*."""
    s = a.sentence
    left = t.upos == "ADP" and not s.children_of[t.i] and t.i == t.head + 1
    if left and s.child(t.head, "nsubj:pass") and (t.i + 1 == len(s) or s.tokens[t.i + 1].upos in ("ADP", "PUNCT")):
        a.mend((t.i, t.head, "compound:prt"))


@rule(
    "clause",
    "@clause",
    example="Members/member/NOUN/2/nsubj borrow//VERB/0/root books/book/NOUN/2/obj ././PUNCT/2/punct",
    yields=("borrow(subj=Members; obj=books)",),
    counter="associated/associate/VERB/2/amod groupings/grouping/NOUN/0/root",
)
def verb(a: Analysis, t: Token) -> None:
    """A verb is a predicate, unless it merely modifies a noun or helps another verb."""
    s = a.sentence
    if t.upos not in ("VERB", "AUX") or t.rel in NOT_PREDICATES or t.dep in NOT_PREDICATES:
        return
    if t.i in a.copulas and not _mislabelled_passive(s, t):
        return
    if t.rel == "conj" and s.tokens[t.head].rel in NOT_PREDICATES:
        return
    # 'reference works': a noun that the tagger takes for a verb
    if t.rel in ("nsubj", "obj", "obl", "nmod") and s.child(t.i, "det", "compound", "amod", "nummod"):
        return
    name = " ".join([t.lemma.lower(), *(p.lemma.lower() for p in s.children(t.i, "compound:prt"))])
    if t.lemma.lower() == "be" and s.child(t.i, "expl"):
        return
    passive = is_passive(s, t) or t.i in a.copulas
    a.open(Clause(t.i, "verb", name, "v", {t.i} | predicate_words(s, t.i), passive=passive))


def _mislabelled_passive(s: Sentence, t: Token) -> bool:
    """*Books are lent*: a past participle after what the parser takes for a copula is a passive all the same."""
    return t.upos == "VERB" and "VerbForm=Part" in t.feats and "Tense=Past" in t.feats


@rule(
    "clause",
    "@clause",
    example="There/there/PRON/2/expl are/be/VERB/0/root 64//NUM/4/nummod seats/seat/NOUN/2/nsubj",
    yields=("exist(subj=64 seats)",),
    counter="He//PRON/4/nsubj is/be/AUX/4/cop over//ADP/4/case there//ADV/0/root",
)
def existential(a: Analysis, t: Token) -> None:
    """*There is X* says that X exists."""
    if t.lemma.lower() in ("be", "exist") and t.i not in a.copulas and a.sentence.child(t.i, "expl"):
        a.open(Clause(t.i, "existential", "exist", "v", {t.i} | predicate_words(a.sentence, t.i)))


@rule(
    "clause",
    "@clause",
    example=(
        "Membership/membership/NOUN/3/nsubj is/be/AUX/3/cop free//ADJ/0/root for//ADP/5/case "
        "residents/resident/NOUN/3/obl"
    ),
    yields=("free(subj=Membership; attr=free; obl:for=residents)",),
    counter="The//DET/2/det library//NOUN/5/nsubj is/be/AUX/5/cop in//ADP/5/case Oldfield/Oldfield/PROPN/0/root",
)
def copula(a: Analysis, t: Token) -> None:
    """What *be* links to its subject is a predicate of its own: a noun or an adjective."""
    if t.i in a.copulas and t.i not in a.clauses and not _placed(a.sentence, t):
        _open_copula(a, t, predicate_words(a.sentence, t.i))


@rule(
    "clause",
    "@clause",
    example="The//DET/2/det library//NOUN/5/nsubj is/be/AUX/5/cop in//ADP/5/case Oldfield/Oldfield/PROPN/0/root",
    yields=("be(subj=The library; obl:in=Oldfield)",),
    counter="Membership/membership/NOUN/3/nsubj is/be/AUX/3/cop free//ADJ/0/root",
)
def placed(a: Analysis, t: Token) -> None:
    """*X is in Y* and *where is X* say where or when X is, not what it is."""
    s = a.sentence
    if t.i not in a.copulas or t.i in a.clauses or not _placed(s, t):
        return
    clause = a.open(Clause(t.i, "copula", "be", "v", predicate_words(s, t.i), kind="copula"))
    marker = phrases.marker_of(s, t.i)
    tokens = phrases.phrase(s, t.i, predicate=True)
    if marker:
        a.add(clause, Slot(f"obl:{phrases.marker_text(s, marker)}", t.i, (), marker))
    else:
        low = t.lemma.lower()
        role = "time" if low in ("when", "now", "then") else "manner" if low == "how" else "place"
        a.add(clause, Slot(role, t.i, tokens))


@rule(
    "clause",
    "conj",
    example="Membership/membership/NOUN/3/nsubj is/be/AUX/3/cop free//ADJ/0/root and//CCONJ/5/cc open//ADJ/3/conj",
    yields=("free(subj=Membership; attr=free)", "open(subj=Membership; attr=open)"),
    counter=(
        "Adler/Adler/PROPN/2/nsubj likes/like/VERB/0/root free//ADJ/6/amod and//CCONJ/5/cc open//ADJ/3/conj "
        "rooms/room/NOUN/2/obj"
    ),
)
def copula_conjunct(a: Analysis, t: Token) -> None:
    """*X is A and B*: B is said of X by the same copula."""
    s = a.sentence
    first = a.clauses.get(t.head)
    if first is None or first.form != "copula" or t.i in a.clauses or t.upos in ("VERB", "AUX") or s.child(t.i, "cop"):
        return
    if first.predicate == "be" and not phrases.marker_of(s, t.i):
        return
    if s.child(t.i, "nsubj", "orphan"):
        return
    if phrases.marker_of(s, t.i):
        marker = phrases.marker_of(s, t.i)
        clause = a.open(Clause(t.i, "copula", "be", "v", set(first.words), kind="copula"))
        a.add(clause, Slot(f"obl:{phrases.marker_text(s, marker)}", t.i, (), marker))
    else:
        _open_copula(a, t, set(first.words))


def _placed(s: Sentence, t: Token) -> bool:
    if t.upos == "ADV":
        # 'where is X', 'X is here'; but 'how long is X' asks for a quality
        return not any(c.lemma.lower() == "how" for c in s.children(t.i, "advmod"))
    return bool(phrases.marker_of(s, t.i)) and t.upos in phrases.NOMINAL


def _open_copula(a: Analysis, t: Token, words: set[int]) -> None:
    pos: Pos = "a" if t.upos in ("ADJ", "ADV", "VERB") else "n"
    clause = a.open(Clause(t.i, "copula", t.lemma.lower(), pos, words, kind="copula"))
    a.add(clause, Slot("attr", t.i))


RULES = (passive_preposition, verb, existential, copula, placed, copula_conjunct)
