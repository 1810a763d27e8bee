"""What answering knows beside the facts: the lexicon and the base's own entities, behind one small face."""

from __future__ import annotations


from dataclasses import replace
from functools import lru_cache

from bot.answers.view import View, view_of
from bot.facts.store.reader import KnowledgeBase
from bot.facts.store.records import StoredSentence
from bot.language.gazetteer import Gazetteer
from bot.language.lexicon import Lexicon
from bot.language.lexicon.opposites import load_opposites
from bot.language.lexicon.records import Relation
from bot.language.sentence import Sentence
from bot.language.values import values_in
from bot.language.values.model import Value

EARLIER = 2  # sentences before one in its passage that may name what it is about


class World:
    """The knowledge base, its gazetteer and the lexicon, with the look-ups that matching repeats kept."""

    def __init__(self, kb: KnowledgeBase, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self.kb = kb
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.related = lru_cache(65_536)(lexicon.related)
        self.view = lru_cache(8_192)(self._view)
        self._values = lru_cache(8_192)(self._read_values)
        self._rows = lru_cache(1)(self._find_rows)
        self._widened = lru_cache(16_384)(self._widen)
        members: dict[str, set[str]] = {}
        for (lemma, _), frames in lexicon.frames.items():
            for frame in frames:
                members.setdefault(frame.name, set()).add(lemma)
        self._class_members = {name: tuple(sorted(lemmas)) for name, lemmas in members.items()}
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
        if a == b:
            return True
        relation = self.related(a, "n", b, "n")
        return relation is not None and relation.kind in ("equal", "variant")

    @staticmethod
    def same_number(a: str, b: str) -> bool:
        """*12,000* and *12000* are the same figure."""
        return a.replace(",", "").lower() == b.replace(",", "").lower()

    def types(self, noun: str) -> frozenset[str]:
        """Answer types of a noun, *thing* left out."""
        return self.lexicon.answer_types_of(noun) - {"thing"}

    def widened(self, lemma: str, pos: str) -> tuple[str, ...]:
        """Other lemmas under which a word may be found: synonyms, derivations, and members of its paraphrase classes."""
        return self._widened(lemma, pos)

    def _widen(self, lemma: str, pos: str) -> tuple[str, ...]:
        if pos not in ("n", "v", "a", "r"):
            return ()
        found = set(self.lexicon.synonyms(lemma, pos))
        found |= {other for other, _ in self.lexicon.derivations(lemma, pos)}
        found |= set(load_opposites().get(lemma, ()))
        names = {frame.name for frame in self.lexicon.predicate_classes(lemma, pos)}
        found |= {other for name in sorted(names) for other in self._class_members.get(name, ())}
        return tuple(sorted(found - {lemma}))

    def rows(self) -> tuple[int, ...]:
        """Ids of all sentences that are table rows."""
        return self._rows()

    def _find_rows(self) -> tuple[int, ...]:
        return tuple(n for n in range(self.kb.sentence_count) if self.kb.sentence(n).passage.kind == "row")

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
        sentence = self.kb.sentence(number).sentence
        found = []
        for value in values_in(sentence.text):
            at = _stored_offsets(sentence, value.start, value.end)
            if at is not None:
                found.append(replace(value, start=at[0], end=at[1]))
        return tuple(found)

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
