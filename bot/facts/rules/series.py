"""Clauses that the parser cut wrongly: lost subjects and predicates, participles taken for main verbs."""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Sentence, Token

NAME_PARTS = ("compound", "amod", "det", "flat", "nummod", "nmod:poss", "nmod:desc", "case")

CLAUSAL = frozenset({"root", "conj", "ccomp", "advcl", "parataxis"})

HELPERS = frozenset({"aux", "aux:pass", "cop", "mark"})

IN_NAMES = frozenset({"ADJ", "NOUN", "PROPN", "PUNCT"})  # what may stand before the head of a name


def _finite(s: Sentence, t: Token) -> bool:
    return t.upos == "VERB" and ("VerbForm=Fin" in t.feats or bool(s.child(t.i, "aux", "aux:pass")))


@rule(
    "repair",
    "compound nmod nsubj amod",
    example="The//DET/3/det OSCE/OSCE/PROPN/3/compound links/link/VERB/0/root/VerbForm=Fin states/state/NOUN/3/obj",
    yields=("link(subj=The OSCE; obj=states)",),
    counter="The//DET/2/det OSCE/OSCE/PROPN/3/nsubj links/link/VERB/0/root/VerbForm=Fin states/state/NOUN/3/obj",
)
def lost_subject(a: Analysis, t: Token) -> None:
    """A noun that the parser compounds with the finite verb after it is the verb's subject."""
    s = a.sentence
    verb = s.tokens[t.head]
    if (
        t.rel not in ("compound", "nmod")
        or not _finite(s, verb)
        or t.i > verb.i
        or s.child(verb.i, "nsubj", "csubj", "cop")
    ):
        return
    if t.upos not in ("NOUN", "PROPN") or phrases.marker_of(s, t.i) or verb.rel not in CLAUSAL:
        return
    left = [c for c in s.children(verb.i, *NAME_PARTS) if c.i < t.i]
    if any(c.i > t.i and c.i < verb.i and c.upos in ("NOUN", "PROPN") for c in s.children(verb.i)):
        return
    a.mend((t.i, verb.i, "nsubj"), *((c.i, t.i, c.dep) for c in left))


@rule(
    "repair",
    "nmod obl",
    example=(
        "The//DET/2/det Commission/Commission/PROPN/0/root for//ADP/5/case Water/Water/PROPN/5/compound "
        "links/link/VERB/2/nmod/VerbForm=Fin states/state/NOUN/5/obj"
    ),
    yields=("link(subj=The Commission for Water; obj=states)",),
    counter=(
        "The//DET/2/det Commission/Commission/PROPN/0/root for//ADP/5/case Water/Water/PROPN/5/compound "
        "Resources/Resources/PROPN/2/nmod"
    ),
)
def swallowed_verb(a: Analysis, t: Token) -> None:
    """A finite verb with an object that the parser takes for the last word of its own subject is the predicate."""
    s = a.sentence
    head = s.tokens[t.head]
    if not _finite(s, t) or not s.child(t.i, "obj", "obl") or s.child(t.i, "nsubj") or head.head != head.i:
        return
    if head.upos not in ("NOUN", "PROPN") or head.i > t.i or head.i in a.copulas:
        return
    left = [c for c in s.children(t.i) if c.i < t.i and c.upos in ("NOUN", "PROPN")]
    if not left or not phrases.marker_of(s, t.i):
        return
    noun = left[-1]
    moved = [c for c in s.children(t.i, *NAME_PARTS) if c.i < t.i and c.i != noun.i]
    after = [c for c in s.children(head.i, "punct", "obl", "nmod", "parataxis") if c.i > t.i]
    a.mend(
        (t.i, t.i, "root"),
        (head.i, t.i, "nsubj"),
        (noun.i, head.i, "nmod"),
        *((c.i, noun.i, c.dep) for c in moved),
        *((c.i, t.i, "obl" if c.rel == "nmod" else c.dep) for c in after),
    )


@rule(
    "repair",
    "parataxis acl conj appos dep",
    example=(
        "The//DET/2/det director//NOUN/0/root ,/,/PUNCT/4/punct Adler/Adler/PROPN/2/appos ,/,/PUNCT/6/punct "
        "founded/found/VERB/2/parataxis/VerbForm=Fin it/it/PRON/6/obj"
    ),
    yields=("found(subj=The director; obj=it)",),
    counter=(
        "The//DET/2/det director//NOUN/0/root ,/,/PUNCT/5/punct who//PRON/5/nsubj "
        "left/leave/VERB/2/acl:relcl/VerbForm=Fin"
    ),
)
def lost_predicate(a: Analysis, t: Token) -> None:
    """A finite verb without a subject that the parser hangs on the sentence's noun is that noun's predicate."""
    s = a.sentence
    head = s.tokens[t.head]
    if head.head != head.i or head.upos not in ("NOUN", "PROPN", "PRON") or head.i in a.copulas or head.i > t.i:
        return
    if not _finite(s, t) or s.child(t.i, "nsubj", "csubj", "mark", "expl") or phrases.marker_of(s, head.i):
        return
    if any(c.text in (":", ";") for c in s.tokens[head.i : t.i]) or s.child(head.i, "nsubj"):
        return
    if _inserted(s, t) or any(
        c.i < t.i and c.upos == "VERB" and _finite(s, c) and not _inserted(s, c) for c in s.children(head.i)
    ):
        return
    after = [c for c in s.children(head.i) if c.i > t.i]
    a.mend((t.i, t.i, "root"), (head.i, t.i, "nsubj"), *((c.i, t.i, c.dep) for c in after))


def _inserted(s: Sentence, t: Token) -> bool:
    """*The scheme, [called] Velora, recorded trips*: what looks finite stands between commas, and a verb follows."""
    after = s.subtree(t.i)[-1] + 1
    closed = s.tokens[t.i - 1].text == "," and after + 1 < len(s) and s.tokens[after].text == ","
    return closed and any(c.i == after + 1 and c.upos == "VERB" for c in s.children(t.head))


@rule(
    "repair",
    "conj parataxis advcl",
    example=(
        "They/they/PRON/2/nsubj left/leave/VERB/0/root droppings/dropping/NOUN/2/obj ,/,/PUNCT/5/punct "
        "called/call/VERB/2/conj/Tense=Past|VerbForm=Part spraints/spraint/NOUN/5/obj"
    ),
    yields=("leave(subj=They; obj=droppings)", "call(obj=droppings; attr=spraints)"),
    counter=(
        "They/they/PRON/2/nsubj left/leave/VERB/0/root droppings/dropping/NOUN/2/obj ,/,/PUNCT/6/punct "
        "and//CCONJ/6/cc called/call/VERB/2/conj/Tense=Past|VerbForm=Fin him/he/PRON/6/obj"
    ),
)
def name_put_in(a: Analysis, t: Token) -> None:
    """*They left droppings, [called] spraints*: a word of naming right after a noun and a comma names the noun."""
    s = a.sentence
    if t.lemma.lower() not in lists.words("alias_verbs") or t.i < 2 or s.tokens[t.i - 1].text != ",":
        return
    noun, name = s.tokens[t.i - 2], s.child(t.i, "obj", "xcomp")
    if noun.upos not in ("NOUN", "PROPN") or name is None or name.upos not in ("NOUN", "PROPN"):
        return
    before, after_name = s.tokens[t.i + 1 : name.i], s.tokens[s.subtree(name.i)[-1] + 1 :]
    if s.child(t.i, "nsubj", "cc", "aux", "mark") or any(c.upos not in IN_NAMES for c in before):
        return
    deeds = (*s.children(t.head, "conj"), *s.children(t.i, "conj"))
    if any(c.i > t.i for c in deeds) or (after_name and after_name[0].upos != "PUNCT"):
        return  # he left the room, called Anna, and drove off
    # founded the archive, named Aurora, [in 1920]
    closed = next((c.i for c in s.tokens[name.i :] if c.text == ","), len(s))
    after = [c for c in s.children(t.i) if c.i > closed]
    a.mend((t.i, noun.i, "acl"), (name.i, t.i, "xcomp"), *((c.i, t.head, c.dep) for c in after))


@rule(
    "repair",
    "nsubj obj obl advmod aux cop xcomp ccomp advcl",
    example="vehicles/vehicle/NOUN/2/nsubj have//AUX/3/aux improved/improve/VERB/0/root morale//NOUN/3/obj",
    yields=("improve(subj=vehicles; obj=morale)",),
    counter="vehicles/vehicle/NOUN/3/nsubj have//AUX/3/aux improved/improve/VERB/0/root morale//NOUN/3/obj",
)
def under_helper(a: Analysis, t: Token) -> None:
    """Auxiliaries, articles and conjunctions govern nothing: what hangs on one belongs to the word that it helps."""
    s = a.sentence
    head = s.tokens[t.head]
    if head.dep in HELPERS and head.head != head.i:
        a.mend((t.i, head.head, t.dep))


@rule(
    "repair",
    "parataxis conj",
    example=(
        "Having/have/AUX/2/aux/VerbForm=Ger returned/return/VERB/0/root/Tense=Past|VerbForm=Part "
        ",/,/PUNCT/5/punct they/they/PRON/5/nsubj gained/gain/VERB/2/parataxis/VerbForm=Fin it/it/PRON/5/obj"
    ),
    yields=("gain(manner=Having returned; subj=they; obj=it)",),
    counter=(
        "They/they/PRON/2/nsubj returned/return/VERB/0/root/VerbForm=Fin ,/,/PUNCT/5/punct "
        "they/they/PRON/5/nsubj gained/gain/VERB/2/parataxis/VerbForm=Fin it/it/PRON/5/obj"
    ),
)
def participle_first(a: Analysis, t: Token) -> None:
    """Where a participle without subject comes first and a whole clause follows, the clause is the main one."""
    s = a.sentence
    head = s.tokens[t.head]
    if head.head != head.i or head.upos != "VERB" or t.i < head.i or not _finite(s, t) or not s.child(t.i, "nsubj"):
        return
    if (
        s.child(head.i, "nsubj", "csubj", "expl")
        or s.child(t.i, "cc")
        or ("VerbForm=Part" not in head.feats and "Ger" not in head.feats)
    ):
        return
    if any("VerbForm=Fin" in c.feats for c in s.children(head.i, "aux", "aux:pass")):
        return
    after = [c for c in s.children(head.i) if c.i > t.i]
    a.mend((t.i, t.i, "root"), (head.i, t.i, "advcl"), *((c.i, t.i, c.dep) for c in after))


@rule(
    "repair",
    "conj",
    example=(
        "institutions/institution/NOUN/0/root and//CCONJ/6/cc the//DET/4/det university//NOUN/6/nsubj:pass "
        "were/be/AUX/6/aux:pass moved/move/VERB/1/conj/VerbForm=Part"
    ),
    yields=("move(obj=institutions)", "move(obj=the university)"),
    counter=(
        "institutions/institution/NOUN/6/nsubj:pass and//CCONJ/4/cc the//DET/4/det university//NOUN/1/conj "
        "were/be/AUX/6/aux:pass moved/move/VERB/0/root/VerbForm=Part"
    ),
)
def joined_subject(a: Analysis, t: Token) -> None:
    """A sentence is not a noun joined to a clause by *and*: both are its subject together."""
    s = a.sentence
    head = s.tokens[t.head]
    if head.head != head.i or head.upos not in ("NOUN", "PROPN", "PRON") or head.i in a.copulas or not _finite(s, t):
        return
    joiner, subject = s.child(t.i, "cc"), s.child(t.i, "nsubj")
    if joiner is None or subject is None or phrases.marker_of(s, head.i) or not head.i < joiner.i < subject.i < t.i:
        return
    if any(w.upos in ("VERB", "AUX") or w.text in (":", ";") for w in s.tokens[: joiner.i]) or s.child(head.i, "nsubj"):
        return
    after = [c for c in s.children(head.i) if c.i > t.i]
    a.mend(
        (t.i, t.i, "root"),
        (head.i, t.i, subject.dep),
        (subject.i, head.i, "conj"),
        (joiner.i, subject.i, "cc"),
        *((c.i, t.i, c.dep) for c in after),
    )


RULES = (name_put_in, joined_subject, participle_first, swallowed_verb, lost_subject, lost_predicate)
