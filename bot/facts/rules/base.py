"""What a rule is, and what rules work on.

A rule is one object: its name, the sentence it exists for with the facts it must yield there, a sentence it must leave
alone, the relations whose tokens it looks at, and the condition with its effect. Rules run in stages over an
:class:`Analysis`; whatever one adds to a clause or a fact carries its name in the trace.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from itertools import product
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from bot.facts import lists, phrases
from bot.facts.model import Argument, Context, Fact, Polarity, Role, TraceStep
from bot.language.sentence import Sentence, Token

Stage = Literal["repair", "clause", "argument", "share", "mood", "fact", "revise"]
STAGES: tuple[Stage, ...] = ("repair", "clause", "argument", "share", "mood", "fact", "revise")
MOST_FACTS_OF_A_CLAUSE = 24
Pos = Literal["v", "n", "a"]


class Slot(Struct, frozen=True):
    """An argument before its conjuncts are told apart. ``marker`` is its preposition or conjunction; ``whole`` keeps
    it in one piece; ``subject`` marks the surface subject, which conjuncts and controlled clauses take over."""

    role: Role
    head: int
    tokens: tuple[int, ...] = ()
    marker: tuple[int, ...] = ()
    whole: bool = False
    subject: bool = False
    preposition: str = ""


class Clause(Struct):
    """A predicate being analysed. ``words`` are the tokens of the relation as printed."""

    head: int
    form: Literal["verb", "copula", "existential"]
    predicate: str
    pos: Pos
    words: set[int]
    slots: list[Slot] = field(default_factory=list)
    passive: bool = False
    kind: str = "clause"
    polarity: Polarity = "positive"
    hedge: str = ""
    modal: str = ""
    tense: str = ""
    trace: list[TraceStep] = field(default_factory=list)

    def slot(self, *roles: Role) -> Slot | None:
        return next((slot for slot in self.slots if slot.role in roles), None)

    @property
    def surface(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.subject]


class Analysis:
    """A sentence on its way to facts: its clauses by head, the facts made so far, and the rule at work."""

    def __init__(self, sentence: Sentence, context: Context | None = None) -> None:
        self.sentence = sentence
        self.context = context
        self.repairs: list[TraceStep] = []
        self.clauses: dict[int, Clause] = {}
        self.facts: list[Fact] = []
        self.of_noun: dict[int, list[Argument]] = {}
        """What hangs on a noun, by its index: several rules ask, all of them when parse and clauses stand."""
        self.rule = ""
        self.hyphened = any(c in sentence.text for c in "-–")

    @cached_property
    def copulas(self) -> frozenset[int]:
        """Heads of copular clauses; asked for when the parse is mended."""
        return frozenset(t.head for t in self.sentence.tokens if t.dep == "cop")

    def mend(self, *edits: tuple[int, int, str], note: str = "", verb: tuple[int, str, str] | None = None) -> None:
        """Hang tokens elsewhere: (token, governor, relation), the root on itself. Edits that would close a circle are
        refused as a whole. The steps go into the trace of facts that a moved token heads an argument of.

        verb: a token to be read as a verb, with its lemma and features.
        """
        s = self.sentence
        tokens = list(s.tokens)
        if verb is not None:
            tokens[verb[0]] = replace(tokens[verb[0]], upos="VERB", lemma=verb[1], feats=verb[2])
        for i, head, dep in edits:
            tokens[i] = replace(tokens[i], head=head, dep=dep)
        if any(_circular(tokens, i) for i, _, _ in edits):
            return
        self.sentence = Sentence(s.text, s.start, s.end, tuple(tokens))
        self.repairs += (TraceStep(self.rule, (i, head), note or dep) for i, head, dep in edits)

    def open(self, clause: Clause) -> Clause:
        """Enter a new clause, made by the rule at work."""
        self.clauses[clause.head] = clause
        self.step(clause, clause.head)
        return clause

    def step(self, clause: Clause, *tokens: int, note: str = "") -> None:
        clause.trace.append(TraceStep(self.rule, tokens, note))

    def add(self, clause: Clause, slot: Slot, note: str = "") -> None:
        """Give a clause an argument, once."""
        if not any(s.role == slot.role and s.head == slot.head for s in clause.slots):
            clause.slots.append(slot)
            self.step(clause, slot.head, note=note or slot.role)

    def add_subject(self, clause: Clause, head: int, tokens: tuple[int, ...] = (), note: str = "") -> None:
        """Give a clause its surface subject, in the role that the clause's voice assigns."""
        role: Role = "subj"
        if clause.passive:
            appointed = clause.predicate in lists.words("appointing_verbs")
            role = "iobj" if self.sentence.child(clause.head, "obj") and not appointed else "obj"
        self.add(clause, Slot(role, head, tokens, subject=True), note or role)

    def emit(self, fact: Fact) -> None:
        """Enter a fact made by the rule at work; its name ends the trace."""
        self.facts.append(fact)

    def noun_fact(
        self,
        kind: str,
        predicate: int,
        arguments: list[Argument],
        *,
        relation: str,
        pos: Pos = "n",
        name: str = "",
        words: tuple[int, ...] = (),
        polarity: Polarity = "positive",
        trace: tuple[TraceStep, ...] = (),
    ) -> None:
        """Enter a fact whose predicate is the noun at ``predicate`` (or ``name``)."""
        token = self.sentence.tokens[predicate]
        step = TraceStep(self.rule, (predicate,))
        self.emit(
            Fact(
                (name or token.lemma).lower(), pos, relation, words, tuple(arguments), kind, polarity,
                trace=(*trace, step),
            )
        )  # fmt: skip

    def arg(self, role: Role, head: int, tokens: tuple[int, ...] = (), marker: tuple[int, ...] = ()) -> Argument:
        """The argument that the phrase at ``head`` is."""
        return phrases.argument(self.sentence, role, head, tokens or phrases.phrase(self.sentence, head), marker)


def _circular(tokens: list[Token], i: int) -> bool:
    seen = set()
    while tokens[i].head != i:
        if i in seen:
            return True
        seen.add(i)
        i = tokens[i].head
    return False


class Rule(Struct, frozen=True):
    """See the module's docstring. ``at``: relations (with or without subtype) of the tokens it is tried on;
    ``*`` is any token (for repairs: name relations), ``@clause`` the head of a clause, or what may become one."""

    name: str
    stage: Stage
    explanation: str
    at: frozenset[str]
    example: str
    yields: tuple[str, ...]
    counter: str
    apply: Callable[[Analysis, Token], None]
    context: Context | None = None


def rule(
    stage: Stage, at: str, *, example: str, yields: tuple[str, ...], counter: str, context: Context | None = None
) -> Callable[[Callable[[Analysis, Token], None]], Rule]:
    """Make a rule of a function: its name is the function's, its explanation the docstring."""

    def made(apply: Callable[[Analysis, Token], None]) -> Rule:
        explanation = " ".join((apply.__doc__ or "").split())
        return Rule(apply.__name__, stage, explanation, frozenset(at.split()), example, yields, counter, apply, context)

    return made


def parse(text: str) -> Sentence:
    """A parse in rules' examples: ``form/LEMMA/UPOS/head/relation[/feats[/entity]]`` a word, the lemma left out (two
    slashes) where it is the form in lower case; heads count from 1."""
    rows = []
    for word in text.split():
        form, lemma, upos, head, dep, *feats = word.split("/")
        rows.append(" ".join([form, lemma or form.lower(), upos, head, dep, *feats]))
    from bot.language.sentence import from_conllu

    return from_conllu("\n".join(rows))


def brief(fact: Fact) -> str:
    """A fact in one line, as rules' examples and goldens state it: ``not swear(subj=who; obl:to=God)``."""
    sign = "not " if fact.polarity == "negative" else ""
    hedge = f"{fact.hedge} " if fact.hedge else ""
    inside = "; ".join(f"{a.role}={a.text}" for a in fact.arguments)
    return f"{sign}{hedge}{fact.predicate}({inside})"


# --- from clauses to facts ----------------------------------------------------------------------------------------


class _Part(Struct, frozen=True):
    """One conjunct of a slot."""

    slot: Slot
    head: int
    tokens: tuple[int, ...]
    marker: tuple[int, ...]
    negative: bool = False
    split: bool = False


def facts_of(a: Analysis, clause: Clause) -> list[Fact]:
    """A clause's facts: one for each way of choosing one conjunct of every argument."""
    choices = [_parts(a, clause, slot) for slot in sorted(clause.slots, key=lambda slot: slot.head)]
    while _size(choices) > MOST_FACTS_OF_A_CLAUSE:
        longest = max(range(len(choices)), key=lambda k: len(choices[k]))
        choices[longest] = [_whole(a.sentence, choices[longest][0].slot)]
    made = []
    words = _with_adverbs(a.sentence, clause)
    relation = relation_of(a.sentence, words)
    # 'a center based in Ashgabat': English leaves the copula out
    verbs = (a.sentence.tokens[i] for i in words if i != clause.head)
    helped = any(t.rel in ("aux", "cop") or t.upos == "VERB" for t in verbs)  # 'becomes known': no copula left out
    bare = clause.passive and not helped
    if bare:
        relation = f"is {relation}"
        clause.trace.append(TraceStep("inserted", (clause.head,), "[is]"))
    for parts in product(*choices):
        negative = (clause.polarity == "negative") != any(part.negative for part in parts)
        steps = tuple(TraceStep("coordination", (p.head,), p.slot.role) for p in parts if p.split)
        arguments = tuple(_argument(a, part) for part in parts)
        made.append(
            Fact(
                clause.predicate,
                clause.pos,
                relation,
                tuple(sorted(words)),
                arguments,
                clause.kind,
                "negative" if negative else "positive",
                clause.hedge,
                clause.modal,
                clause.tense,
                trace=(*clause.trace, *steps),
            )
        )
    return made


def _with_adverbs(s: Sentence, clause: Clause) -> set[int]:
    """The relation's tokens with the adverbs among them and right before: *is also known*, *often refers*."""
    if clause.form == "copula":
        return clause.words
    first, last = min(clause.words), max(clause.words)
    between = {
        t.i for i in clause.words for t in s.children(i, "advmod") if first - 1 <= t.i < last and not s.children_of[t.i]
    }
    return clause.words | {i for i in between if "Int" not in s.tokens[i].feats and s.tokens[i].text[:1].islower()}


def relation_of(s: Sentence, words: set[int]) -> str:
    """The relation's wording: its tokens in order."""
    return s.words(phrases.trimmed(s, sorted(words)))


def _size(choices: list[list[_Part]]) -> int:
    size = 1
    for parts in choices:
        size *= len(parts)
    return size


def _argument(a: Analysis, part: _Part) -> Argument:
    role = part.slot.role
    if role.startswith("obl:") and part.marker != part.slot.marker:
        role = f"obl:{phrases.marker_text(a.sentence, part.marker)}"
    return phrases.argument(a.sentence, role, part.head, part.tokens, part.marker, part.slot.preposition)


def _whole(s: Sentence, slot: Slot) -> _Part:
    tokens = slot.tokens or phrases.phrase(s, slot.head, whole=True)
    return _Part(slot, slot.head, tokens, slot.marker)


def _parts(a: Analysis, clause: Clause, slot: Slot) -> list[_Part]:
    """The conjuncts of a slot. *A or B* stays whole unless denied; so does what stands *between* two."""
    s = a.sentence
    if slot.whole or slot.tokens:
        return [_whole(s, slot)]
    others = [t for t in phrases.conjuncts(s, slot.head) if t.i not in a.clauses and not phrases.is_exception(s, t)]
    if not others:
        return [_Part(slot, slot.head, phrases.phrase(s, slot.head, predicate=slot.head == clause.head), slot.marker)]
    words = {t.lemma.lower() for other in others for t in s.children(other.i, "cc")}
    timed = any(s.child(other.i, "nmod:unmarked") for other in others)  # at 8 from April to June and at 5 from July
    between = phrases.marker_text(s, slot.marker) in ("between", "among", "from") and not timed
    if between or ("or" in words and clause.polarity != "negative") or "per" in words:
        return [_whole(s, slot)]
    parts = [
        _Part(
            slot, slot.head, phrases.phrase(s, slot.head, predicate=slot.head == clause.head), slot.marker, split=True
        )
    ]
    for other in others:
        # 'Russia but not China', 'tea rather than coffee'
        joined = " ".join(t.text.lower() for t in s.children(other.i, "cc", "advmod", "fixed") if t.i < other.i)
        negative = any(joined.endswith(word) for word in lists.words("negative_coordinators"))
        marker = phrases.marker_of(s, other.i) or slot.marker
        tokens = phrases.phrase(s, other.i)
        if negative:
            tokens = tuple(i for i in tokens if s.tokens[i].lemma.lower() != "not")
        parts.append(_Part(slot, other.i, tokens, marker, negative, split=True))
    return [part for part in parts if part.tokens]
