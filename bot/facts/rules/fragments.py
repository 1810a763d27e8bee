"""Bullets and headings without a verb: what stands before a colon is what the rest is about."""

from __future__ import annotations

from msgspec.structs import replace

from bot.facts import phrases
from bot.facts.model import Argument, Context, Fact, TraceStep
from bot.facts.rules.base import Analysis, Clause, rule
from bot.language.lexicon import lexicon
from bot.language.sentence import Sentence, Token

LONGEST_LABEL = 8


def _colon(s: Sentence) -> int:
    """Index of the colon after a label; -1 where there is none."""
    for t in s.tokens[: LONGEST_LABEL + 1]:
        if t.text in (":", "–", "—") and t.i > 0 and t.i + 1 < len(s):
            return t.i
        if (t.upos in ("VERB", "AUX") and "VerbForm=Fin" in t.feats) or t.text in (",", ";"):
            return -1
    return -1


def _label(s: Sentence, colon: int) -> tuple[int, tuple[int, ...]]:
    """The label's head and tokens."""
    tokens = phrases.trimmed(s, list(range(colon))) or (0,)
    inside = set(tokens)
    head = next((i for i in tokens if s.tokens[i].head not in inside or s.tokens[i].head == i), tokens[-1])
    return head, tokens


def _pieces(s: Sentence, colon: int) -> list[tuple[int, ...]]:
    """What follows the colon, cut at commas and semicolons."""
    pieces: list[list[int]] = [[]]
    for t in s.tokens[colon + 1 :]:
        if t.text in (",", ";") and pieces[-1]:
            pieces.append([])
        elif t.text not in (",", ";"):
            pieces[-1].append(t.i)
    return [tokens for piece in pieces if (tokens := phrases.trimmed(s, piece))]


def _head(s: Sentence, piece: tuple[int, ...]) -> int:
    inside = set(piece)
    outside = [i for i in piece if s.tokens[i].head not in inside or s.tokens[i].head == i]
    return next((i for i in outside if s.tokens[i].upos not in ("ADP", "ADV", "DET", "CCONJ")), outside[0])


@rule(
    "share",
    "@clause",
    example=(
        "Loan/loan/NOUN/0/root :/:/PUNCT/3/punct ordered/order/VERB/1/parataxis/Tense=Past|VerbForm=Part "
        "through//ADP/6/case the//DET/6/det library//NOUN/3/obl"
    ),
    yields=("order(obj=Loan; obl:through=the library)",),
    counter="It/it/PRON/2/nsubj said/say/VERB/0/root :/:/PUNCT/5/punct we/we/PRON/5/nsubj left/leave/VERB/2/ccomp",
)
def label_subject(a: Analysis, t: Token) -> None:
    """A participle after a label and its colon is said of the label."""
    s = a.sentence
    clause = a.clauses.get(t.i)
    colon = _colon(s)
    if clause is not None and 0 <= colon < t.i and not s.child(t.i, "aux", "aux:pass"):
        _as_passive(a, clause, t, colon)
    if (
        clause is None
        or colon < 0
        or t.i < colon
        or clause.surface
        or "VerbForm=Part" not in t.feats
        or t.rel == "xcomp"
    ):
        return
    head, tokens = _label(s, colon)
    a.add_subject(clause, head, tokens)


def _as_passive(a: Analysis, clause: Clause, t: Token, colon: int) -> None:
    """*Loan: ordered through …*: nobody orders there, the label is what is ordered."""
    for k, slot in enumerate(clause.slots):
        if slot.role == "subj" and slot.subject and slot.head < colon and lexicon.load().participle_of(t.text.lower()):
            clause.passive, clause.tense = True, ""
            clause.slots[k] = replace(slot, role="obj")
            a.step(clause, slot.head, note="label")


@rule(
    "fact",
    "root",
    example=(
        "Late//ADJ/2/amod return//NOUN/0/root :/:/PUNCT/5/punct 30//NUM/5/nummod cents/cent/NOUN/2/appos "
        "per//ADP/7/case item//NOUN/5/nmod"
    ),
    yields=("cent(subj=Late return; attr=30 cents per item)",),
    counter="It/it/PRON/2/nsubj said/say/VERB/0/root :/:/PUNCT/5/punct we/we/PRON/5/nsubj left/leave/VERB/2/ccomp",
)
def label(a: Analysis, t: Token) -> None:
    """*Late return: 30 cents* says that a late return is, or costs, 30 cents; commas separate what is said."""
    s = a.sentence
    colon = _colon(s)
    if colon < 0:
        return
    head, tokens = _label(s, colon)
    subject = a.arg("subj", head, tokens)
    for piece in _pieces(s, colon):
        if any(i in a.clauses and a.clauses[i].slots for i in piece):
            continue
        at = _head(s, piece)
        attribute, rest = _split(a, at, piece)
        token = s.tokens[at]
        pos = "a" if token.upos in ("ADJ", "VERB") else "n"
        step = TraceStep(a.rule, (head, at))
        a.emit(
            Fact(token.lemma.lower(), "a" if pos == "a" else "n", "is", (), (subject, attribute, *rest), "heading",
                 trace=(step,))
        )  # fmt: skip


def _split(a: Analysis, at: int, piece: tuple[int, ...]) -> tuple[Argument, list[Argument]]:
    """An adjective's prepositional phrase is an argument of its own: *free for pensioners*."""
    s = a.sentence
    if s.tokens[at].upos == "ADJ":
        marker = next((i for i in piece if i > at and s.tokens[i].upos == "ADP"), -1)
        after = tuple(i for i in piece if i > marker)
        if marker > at and after:
            head = _head(s, after)
            word = s.tokens[marker].text.lower()
            before = tuple(i for i in piece if i < marker)
            return a.arg("attr", at, before), [a.arg(f"obl:{word}", head, after, (marker,))]
    return a.arg("attr", at, piece), []


@rule(
    "revise",
    "root",
    example="Iran/Iran/PROPN/0/root",
    yields=("iran(subj=Members; attr=Iran)",),
    counter="It/it/PRON/2/nsubj left/leave/VERB/0/root",
    context=Context("a.txt", lead=(0, 8), lead_text="Members:"),
)
def under_lead(a: Analysis, t: Token) -> None:
    """A bullet that is a mere phrase is one of what the sentence introducing the list speaks of."""
    s = a.sentence
    context = a.context
    if context is None or context.lead is None or not context.lead_text or t.upos not in phrases.NOMINAL:
        return
    if a.clauses or any(fact.kind == "heading" for fact in a.facts):
        return
    start, end = context.lead
    lead = Argument("subj", context.lead_text.rstrip(" :"), -1, (), start, end)
    for part in (t, *phrases.conjuncts(s, t.i)):
        attribute = a.arg("attr", part.i)
        a.noun_fact("heading", part.i, [replace(lead), attribute], relation="is")


RULES = (label_subject, label, under_lead)
