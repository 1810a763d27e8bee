"""What answering knows beside the facts: the lexicon and the base's own entities, behind one small face."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from bot.answers.tree import Tree
from bot.answers.view import View, view_of
from bot.facts.store.reader import KnowledgeBase
from bot.facts.store.records import StoredSentence
from bot.facts.store.terms import ENTITY
from bot.language.analysis import parted
from bot.language.gazetteer import Gazetteer
from bot.language.lexicon import Lexicon
from bot.language.lexicon.dimensions import load_dimensions
from bot.language.lexicon.opposites import load_opposites
from bot.language.lexicon.spelling_variants import variant_key
from bot.language.sentence import Sentence
from bot.language.values import values_in
from bot.language.values.model import Value

SYNONYM, DERIVED, CLASS = 0.9, 0.92, 0.75
# Verbs that are in paraphrase classes through their objects only, and mean little alone.
BLEACHED = frozenset(
    (verb, "v")
    for verb in [
        "be",
        "have",
        "do",
        "make",
        "take",
        "give",
        "get",
        "go",
        "come",
        "put",
        "keep",
        "let",
        "set",
        "run",
        "see",
        "say",
        "use",
        "work",
        "hold",
    ]
)
WIDENED, GROUP, PART = 0.7, 0.8, 0.6  # what another word, an entity's group and a word of its name count in retrieval
BROAD = 200  # synsets below one that says too little to stand for one of them
EARLIER = 2  # sentences before one in its passage that may name what it is about


class StandIn(Struct, frozen=True):
    """How well a word stands for another (0 to 1), and the step to show. ``denies`` is set where it says the
    contrary."""

    weight: float
    step: str
    denies: bool = False


class World:
    """The knowledge base, its gazetteer and the lexicon, with the look-ups that matching repeats kept."""

    def __init__(self, kb: KnowledgeBase, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.kb = kb
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.related = lru_cache(65_536)(lexicon.related)
        self.view = lru_cache(8_192)(self._view)
        self.tree = lru_cache(8_192)(self._tree)
        self._values = lru_cache(8_192)(self._read_values)
        self._columns = lru_cache(1)(self._find_columns)
        self._stand_ins = lru_cache(16_384)(self._find_stand_ins)
        self._named_in = lru_cache(4_096)(self._find_named)

    def groups_of(self, entity: str) -> tuple[str, ...]:
        """Ids of the groups that an entity is a member of."""
        return tuple(sorted(self.gazetteer.groups_of(entity)))

    def members_of(self, group: str) -> tuple[str, ...]:
        """Ids of a group's members; none for an entity that is no group."""
        return tuple(self.gazetteer.expand(group)) if self.gazetteer.is_group(group) else ()

    def name_of(self, entity: str) -> str:
        """The preferred name of an entity or group."""
        return self.gazetteer.name_of(entity)

    def type_of(self, entity: str) -> str:
        """The type of an entity, or of a group's members; empty if not known."""
        return self.gazetteer.type_of(entity)

    @lru_cache(16_384)  # noqa: B019 — one World lives as long as its Bot
    def same_word(self, a: str, b: str) -> bool:
        """Equal, or spelling variants of each other."""
        return a == b or _variant(a) == _variant(b)

    @staticmethod
    def spelt(word: str) -> str:
        """What is the same for all spellings of a word: two words are the same where it is."""
        return _variant(word)

    @staticmethod
    def same_number(a: str, b: str) -> bool:
        """*12,000* and *12000* are the same figure, *four* and *4* the same number."""
        if a.replace(",", "").lower() == b.replace(",", "").lower():
            return True
        first, second = _number(a.lower()), _number(b.lower())
        return first is not None and first == second

    @lru_cache(16_384)  # noqa: B019
    def excludes(self, lemma: str, pos: str, other: str) -> bool:
        """Whether two words are of one kind, so that what is the one is not the other: *month* and *year*."""
        first, second = self.lexicon.ancestors(lemma, pos, 1), self.lexicon.ancestors(other, pos, 1)
        above = {synset for synset, depth in first.items() if depth == 1}
        return bool(above & {synset for synset, depth in second.items() if depth == 1})

    @lru_cache(16_384)  # noqa: B019
    def is_kin(self, lemma: str, other: str, pos: str) -> bool:
        """Whether one of two words is right above the other in its first sense: *trip* and *journey*."""
        first, second = self.lexicon.senses(lemma, pos)[:1], self.lexicon.senses(other, pos)[:1]
        if not first or not second or max(map(self.lexicon.breadth, (*first, *second))) > BROAD:
            return False  # a thing and what is done are above everything
        return second[0] in self.lexicon.parents(first[0]) or first[0] in self.lexicon.parents(second[0])

    @lru_cache(16_384)  # noqa: B019
    def keys_of_name(self, entities: tuple[str, ...], words: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
        """What sentences that mention some entities are indexed by, or hold of their name, with the weight of each."""
        keys: dict[str, float] = {}
        for entity in entities:
            keys[ENTITY + entity] = 1.0
            for group in self.groups_of(entity):
                keys.setdefault(ENTITY + group, GROUP)
        for word in words:
            keys.setdefault(word, PART if len(words) > 1 else 1.0)
        return tuple(sorted(keys.items()))

    @lru_cache(16_384)  # noqa: B019
    def keys_of_word(self, lemma: str, written: str, pos: str) -> tuple[tuple[str, float], ...]:
        """What sentences with a word, or one that may stand for it, are indexed by, with the weight of each."""
        keys = {lemma: 1.0, written: 1.0}
        for (other, _), stand_in in self.stand_ins(lemma, pos).items():
            keys.setdefault(other.partition(" ")[0], WIDENED * stand_in.weight)  # [turn] down
        if pos == "v" and " " in lemma:
            keys.setdefault(lemma.partition(" ")[0], WIDENED)
        return tuple(sorted(keys.items()))

    def types(self, noun: str) -> frozenset[str]:
        """Answer types of a noun, *thing* left out."""
        return self.lexicon.answer_types_of(noun) - {"thing"}

    def stand_ins(self, lemma: str, pos: str) -> Mapping[tuple[str, str], StandIn]:
        """Words that may stand for a word, by (lemma, pos): synonyms, derivations, synonyms of derivations, what
        denies it, and members of its paraphrase classes. Found once per word, so that matching a sentence is a look-up
        per token."""
        return self._stand_ins(lemma, pos)

    def _find_stand_ins(self, lemma: str, pos: str) -> dict[tuple[str, str], StandIn]:
        found: dict[tuple[str, str], StandIn] = {}
        if pos not in ("n", "v", "a", "r"):
            return found

        def add(other: str, kind: str, weight: float, step: str, denies: bool = False) -> None:
            if other != lemma and found.get((other, kind), StandIn(0.0, "")).weight < weight:
                found[other, kind] = StandIn(weight, step, denies)

        for other in sorted(self.lexicon.synonyms(lemma, pos, max_senses=1)):
            add(other, pos, SYNONYM, f"{lemma} ≈ {other} (synonym)")
        for other in sorted(self.lexicon.synonyms(lemma, pos)):
            add(other, pos, SYNONYM - 0.1, f"{lemma} ≈ {other} (synonym)")
        for other, kind in sorted(self.lexicon.derivations(lemma, pos)):
            add(other, kind, DERIVED if other != lemma else 0.95, f"{lemma} ← {other} (derivation)")
            if (other, kind) == (lemma, kind):
                found[other, kind] = StandIn(0.95, f"{lemma} (as {kind})")
            for near in sorted(self.lexicon.synonyms(other, kind, max_senses=1)):
                add(near, kind, DERIVED * SYNONYM - 0.12, f"{lemma} ← {other} (derivation) ≈ {near} (synonym)")
        for other in sorted(load_dimensions().get(lemma, ())):
            for kind in ("n", "a", "v", "r"):
                add(other, kind, 0.88, f"{lemma} ~ {other} (dimension)")
        for other in sorted(load_opposites().get(lemma, ())):
            for kind in ("v", "a"):
                add(other, kind, 0.85, f"{other} denies {lemma}", denies=True)
        if pos == "v" and (lemma, pos) not in BLEACHED:
            for name in sorted({frame.name for frame in self.lexicon.predicate_classes(lemma, pos) if not frame.light}):
                for other, kind in self.lexicon.class_members.get(name, ()):
                    if kind == pos and (other, kind) not in BLEACHED:
                        add(other, kind, CLASS, f"{lemma} ~ {other} ({name})")
        return found

    def rows(self) -> tuple[int, ...]:
        """Ids of all sentences that are table rows."""
        return tuple(self.kb.of_kind("row"))

    def columns(self) -> Mapping[str, tuple[int, ...]]:
        """Lemmas of column headers with the rows that have them."""
        return self._columns()

    def _find_columns(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number in self.rows():
            for cell in self.kb.sentence(number).passage.cells:
                for word in header_words(cell.header):
                    for lemma in {word, *self._lemmas(word)}:
                        rows = found.setdefault(lemma, [])
                        if not rows or rows[-1] != number:
                            rows.append(number)
        return {lemma: tuple(rows) for lemma, rows in found.items()}

    def met_by_header(self, lemma: str, pos: str, header: str) -> float:
        """How well a column's header says a word, 0 to 1: itself, or a word that may stand for it (*Annual fee* for
        *year*)."""
        best = 0.0
        for word in header_words(header):
            for other in {(word, pos), *self.lexicon.lemmas_of(word)}:
                # annual: each year; but membership does not mean included
                across = other[0] != lemma and (pos, other[1]) == ("n", "a") and self._tells_time(lemma)
                relation = self.related(lemma, pos, *other) if across else None
                best = max(best, 1.0 if other[0] == lemma else relation.weight if relation is not None else 0.0)
        return best

    def _tells_time(self, noun: str) -> bool:
        return self.lexicon.supersense(noun, "n") == "noun.time"

    def values_of(self, number: int) -> tuple[Value, ...]:
        """The values of a stored sentence, with offsets in the stored text; kept once read."""
        return self._values(number)

    def lemma_of(self, header: str) -> str:
        """The lemma of a column's header by its last word before any bracket (*Area (sq km)* is *area*)."""
        words = header.partition("(")[0].lower().split()
        if not words:
            return ""
        return next((lemma for lemma, pos in self.lexicon.lemmas_of(words[-1]) if pos == "n"), words[-1])

    def _read_values(self, number: int) -> tuple[Value, ...]:
        stored = self.kb.sentence(number)
        cells = [(cell.start, cell.end) for cell in stored.passage.cells]
        found = []
        for part in parted(stored.sentence, cells) if cells else (stored.sentence,):  # no figure runs over two cells
            for value in values_in(part.text):
                at = _stored_offsets(part, value.start, value.end)
                if at is not None:
                    found.append(replace(value, start=at[0], end=at[1]))
        return tuple(found)

    def _tree(self, number: int) -> Tree:
        return Tree(self.view(number).sentence)

    def _view(self, number: int) -> View:
        stored = self.kb.sentence(number)
        return view_of(stored, self._mentions, self._named_in, self._lemmas, self._earlier(stored))

    def _earlier(self, stored: StoredSentence) -> tuple[StoredSentence, ...]:
        """The two sentences before it in the same passage."""
        found: list[StoredSentence] = []
        at = stored.previous
        while at is not None and len(found) < EARLIER:
            before = self.kb.sentence(at)
            if before.passage != stored.passage:
                break
            found.append(before)
            at = before.previous
        return tuple(found)

    def _mentions(self, sentence: Sentence) -> tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]:
        return tuple((m.tokens, m.entities) for m in self.gazetteer.mentions(sentence))

    def _find_named(self, text: str) -> frozenset[str]:
        return frozenset(self.gazetteer.named_in(text))

    def _lemmas(self, word: str) -> tuple[str, ...]:
        return tuple(lemma for lemma, _ in self.lexicon.lemmas_of(word))


@lru_cache(4_096)
def _number(text: str) -> float | None:
    value = next(iter(values_in(text)), None)
    return value.low if value is not None and value.kind in ("number", "quantity") else None


_variant = lru_cache(65_536)(variant_key)


def _stored_offsets(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Offsets in the stored text of a span of the sentence's own text, whole tokens only."""
    at, first, last = 0, None, None
    for token in sentence:
        begin = sentence.text.find(token.text, at)
        if begin < 0:
            continue
        at = begin + len(token.text)
        if begin < end and at > start:
            first = first if first is not None else token
            last = token
    return (first.start, last.end) if first is not None and last is not None else None


def header_words(header: str) -> list[str]:
    """The words of a column header in lower case, without brackets (*Annual fee (EUR)*)."""
    return header.lower().replace("(", " ").replace(")", " ").split()
