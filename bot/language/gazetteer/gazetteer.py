"""Which entities a text names: exact names first, near names on request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from msgspec import MsgspecError, Struct, json

from bot.errors import KnowledgeError
from bot.language.gazetteer import fuzzy
from bot.language.gazetteer.keys import ARTICLES, Part, name_key, parts_of, sentence_parts
from bot.language.gazetteer.records import Entity, Group, How, Mention, Near
from bot.language.gazetteer.words import words
from bot.language.sentence import Sentence

LEARNED = "doc:"
"""How the ids of learned entities begin."""
REMEMBERED = 1_024
"""Sentences whose names are kept: linking, anaphora and the index ask for the same ones, a document at a time."""
_ORDER: tuple[How, ...] = ("name", "alias", "acronym", "demonym", "fuzzy")


_Text = tuple[tuple[Entity, ...], tuple[Group, ...]]


class _Entry(Struct, frozen=True):
    """A name in the index. ``capital``: whether its first word has a capital, so that documents must write one."""

    entity: str
    alias: str
    how: How
    capital: bool


class Gazetteer:
    """Entities and groups with an index of all their names; immutable, safe for any number of threads.

    Names are matched without regard to accents, British or American spelling, *the* and *'s*. In documents a name
    keeps its capital and an acronym its capitals; in questions, case is free unless the word is an everyday one.
    """

    def __init__(self, entities: Sequence[Entity] = (), groups: Sequence[Group] = ()) -> None:
        self.entities = tuple(entities)
        self.groups = tuple(groups)
        self._named: dict[str, Entity | Group] = {item.id: item for item in self._items()}
        self._group_ids = frozenset(group.id for group in self.groups)
        self._index: dict[tuple[str, ...], tuple[_Entry, ...]] = {}
        self._longest: dict[str, int] = {}
        self._found: dict[tuple[int, bool], tuple[Sentence, tuple[Mention, ...]]] = {}
        self._groups_of: dict[str, tuple[str, ...]] = {}
        for group in self.groups:
            for member in group.members:
                self._groups_of[member] = (*self._groups_of.get(member, ()), group.id)
        for item in self._items():
            self._add(item)

    # The entities themselves

    def __contains__(self, entity: str) -> bool:
        return entity in self._named

    def get(self, entity: str) -> Entity | Group | None:
        """The entity or group with an id."""
        return self._named.get(entity)

    def name_of(self, entity: str) -> str:
        """The preferred name of an entity or group; the id itself if unknown."""
        item = self._named.get(entity)
        return item.name if item is not None else entity

    def type_of(self, entity: str) -> str:
        """The type of an entity or of a group's members; empty if not known."""
        item = self._named.get(entity)
        return item.type if item is not None else ""

    def is_group(self, entity: str) -> bool:
        """Whether an id is that of a group."""
        return entity in self._group_ids

    def expand(self, group: str) -> tuple[str, ...]:
        """Ids of a group's members; of an entity, its own id."""
        item = self._named.get(group)
        return item.members if isinstance(item, Group) else (group,)

    def groups_of(self, entity: str) -> tuple[str, ...]:
        """Ids of the groups that an entity belongs to, in the list's order."""
        return self._groups_of.get(entity, ())

    def is_member(self, entity: str, group: str) -> bool:
        """Whether an entity belongs to a group."""
        return group in self.groups_of(entity)

    def ids(self, name: str) -> tuple[str, ...]:
        """Ids of what a name, in any case, or an id stands for; sorted."""
        if name in self._named:
            return (name,)
        return tuple(sorted({entry.entity for entry in self._index.get(name_key(name), ())}))

    # Names in texts

    def mentions(self, sentence: Sentence, *, question: bool = False) -> tuple[Mention, ...]:
        """The names in a sentence, in order; of names that overlap the longest, then the first.

        sentence: parsed. question: whether it is typed by a person, who may leave out capitals.
        RETURNS: mentions that share no word (a hyphened token such as *Kazakh-Uzbek* may hold several).
        """
        key = (id(sentence), question)  # whose sentence is kept beside what was found, so that its id stays its own
        known = self._found.get(key)
        if known is not None:
            return known[1]
        if len(self._found) >= REMEMBERED:
            self._found.clear()
        found = self._mentions(sentence, question)
        self._found[key] = (sentence, found)
        return found

    def _mentions(self, sentence: Sentence, question: bool) -> tuple[Mention, ...]:
        parts = sentence_parts(sentence)
        typed = question and sentence.text == sentence.text.lower()
        found = []
        for start, end, entries in self._spans(parts):
            fits = [e for e in entries if _fits(e, parts, start, end, sentence, question=question, typed=typed)]
            if fits:
                found.append((start, end, _surest(fits)))
        return tuple(_mention(parts, *span) for span in _longest(found))

    def named_in(self, text: str) -> tuple[str, ...]:
        """Ids of entities and groups that a text without a parse names (a heading, a cell), sorted; case must fit."""
        parts = parts_of(text)
        found = []
        for start, end, entries in self._spans(parts):
            fits = [entry for entry in entries if _case_fits(entry, parts, start, end)]
            if fits:
                found.append((start, end, _surest(fits)))
        return tuple(sorted({entry.entity for _, _, entries in _longest(found) for entry in entries}))

    def closest(self, text: str, limit: int = 5) -> list[Near]:
        """Names near a text: mistyped, abbreviated or in part (*shangai cooperation org*, *diplomacy centre*).

        text: what was typed. limit: at most so many.
        RETURNS: the best name of each entity, best first, ties by id.
        """
        return self._nearest.closest(text, limit)

    def fuzzy_mentions(
        self, sentence: Sentence, exact: Sequence[Mention] = ()
    ) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
        """Names in a question that are near a name of the gazetteer, where no exact one stands.

        sentence: the question. exact: its exact mentions.
        RETURNS: mentions, ambiguous where several names are equally near, and a note on each for the person who asked.
        """
        return self._nearest.mentions(sentence, exact)

    # Other gazetteers

    def extended(self, entities: Iterable[Entity]) -> Gazetteer:
        """A gazetteer that also holds ``entities``; ids that exist are left as they are."""
        more = [entity for entity in entities if entity.id not in self._named]
        return Gazetteer((*self.entities, *more), self.groups)

    def to_text(self) -> str:
        """All of it as JSON, for :meth:`from_text`."""
        return json.encode((self.entities, self.groups)).decode()

    @classmethod
    def from_text(cls, text: str) -> Gazetteer:
        """The gazetteer that :meth:`to_text` wrote; KnowledgeError where it did not."""
        try:
            return cls(*json.decode(text, type=_Text))
        except MsgspecError as error:
            raise KnowledgeError(f"the knowledge base's entities are damaged ({error}). Build it anew.") from error

    def names(self) -> Iterable[tuple[str, str, How]]:
        """(id, name as written, how) of all names, in order."""
        for item in self._items():
            for alias, how in _names_of(item):
                yield item.id, alias, how

    def has_name(self, name: str) -> bool:
        """Whether a name is known, in any case."""
        return name_key(name) in self._index

    @cached_property
    def _nearest(self) -> fuzzy.Nearest:
        return fuzzy.Nearest(
            [(entity, alias, how) for entity, alias, how in self.names() if how != "demonym"], self.name_of
        )

    def _items(self) -> list[Entity | Group]:
        return [*self.entities, *self.groups]

    def _add(self, item: Entity | Group) -> None:
        for alias, how in _names_of(item):
            key = name_key(alias)
            if not key:
                continue
            entry = _Entry(item.id, alias, how, alias.lstrip("'’\"")[:1].isupper() or how in ("demonym", "acronym"))
            before = self._index.get(key, ())
            if all(other.entity != item.id for other in before):
                self._index[key] = (*before, entry)
                self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def _spans(self, parts: Sequence[Part]) -> Iterable[tuple[int, int, tuple[_Entry, ...]]]:
        keys = tuple(part.key for part in parts)
        for start, key in enumerate(keys):
            for end in range(min(start + self._longest.get(key, 0), len(keys)), start, -1):
                entries = self._index.get(keys[start:end])
                if entries is not None:
                    yield start, end, entries


def _names_of(item: Entity | Group) -> Iterable[tuple[str, How]]:
    yield item.name, "name"
    for alias in item.aliases:
        yield alias, "alias"
    for acronym in item.acronyms:
        yield acronym, "acronym"
    for demonym in item.demonyms:
        yield demonym, "demonym"
        if not demonym.endswith(("s", "sh", "ch", "ese", "x", "z")):
            yield demonym + "s", "demonym"


def _longest(
    found: list[tuple[int, int, list[_Entry]]],
) -> list[tuple[int, int, list[_Entry]]]:
    """The longest spans that do not overlap, by place; entries of a better kind (name before demonym) only."""
    kept: list[tuple[int, int, list[_Entry]]] = []
    for start, end, entries in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end, entries))
    return sorted(kept, key=lambda span: span[0])


def _surest(entries: list[_Entry]) -> list[_Entry]:
    """Of what a name may mean: a full name before a learned short form (*Warsaw*, not *Polonia Warsaw*)."""
    if any(entry.how == "name" for entry in entries):
        return [entry for entry in entries if entry.how == "name" or not entry.entity.startswith(LEARNED)]
    return entries


def _mention(parts: Sequence[Part], start: int, end: int, entries: Sequence[_Entry]) -> Mention:
    best = min(entries, key=lambda entry: _ORDER.index(entry.how))
    tokens = tuple(range(parts[start].token, parts[end - 1].token + 1))
    return Mention(tuple(sorted({entry.entity for entry in entries})), tokens, best.alias, best.how)


def _case_fits(entry: _Entry, parts: Sequence[Part], start: int, end: int) -> bool:
    """Whether a document may write the name like this: *Turkey* with its capital, *NATO* and *PfP* with theirs."""
    raw = [part.raw for part in parts[start:end]]
    if entry.how == "acronym":
        return (
            "".join(raw).replace(".", "") == entry.alias.replace(".", "") or sum(c.isupper() for c in "".join(raw)) > 1
        )
    if not entry.capital:
        return True
    wanted = [word.raw for word in parts_of(entry.alias)][-len(raw) :]
    return all(
        got[:1].isupper() or not name[:1].isupper() or got[:1].isdigit() for got, name in zip(raw, wanted, strict=False)
    )


def _fits(
    entry: _Entry, parts: Sequence[Part], start: int, end: int, sentence: Sentence, *, question: bool, typed: bool
) -> bool:
    if _case_fits(entry, parts, start, end):
        return True
    if not question:
        return False
    if end - start > 1:
        return True
    token = sentence.tokens[parts[start].token]
    before = sentence.tokens[token.i - 1].text.lower() if token.i else ""
    if entry.how == "acronym" and (token.text.lower() in words().everyday or len(token.text) < 3):
        # 'does the us support them': 'us' is a name only after an article, and only where nothing has a capital.
        return typed and before in ARTICLES
    return token.upos in ("PROPN", "NOUN", "ADJ", "X", "NUM", "INTJ") or token.text.lower() not in words().everyday
