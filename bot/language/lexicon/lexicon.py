"""The lexicon: what English words mean to each other, from Open English WordNet and the hand-made tables.

Precision before recall: WordNet lists rare senses beside usual ones, so every look-up takes only the first few senses
(``max_senses``), of both words where there are two.  All results are sorted or frozen sets; nothing depends on order
of calls.  Safe for any number of reading threads.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache, partial

from bot.language.lexicon.answer_types import AnswerTypes
from bot.language.lexicon.compiled_frames import CompiledFrames, read_compiled
from bot.language.lexicon.morphology import base_forms
from bot.language.lexicon.records import PredicateFrame, Relation
from bot.language.lexicon.relating import Relater
from bot.language.lexicon.store import LINK_ID, POS, POS_ID, Store, open_store
from bot.language.lexicon.words import Words, load_words

CACHE = 65536
DERIVING = frozenset(
    LINK_ID[kind] for kind in ("derivation", "agent", "event", "result", "role", "pertainym", "of_name")
)
DERIVATION_SENSES = 5
CLOSURE_DEPTH = 20


class Lexicon:
    """English words and their relations.  Lemmas are lower case; ``pos`` is one of 'n', 'v', 'a', 'r'.

    Build it with ``load()``.  Unknown words and parts of speech give empty results, never errors.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._number = lru_cache(maxsize=CACHE)(store.find)
        self._senses = lru_cache(maxsize=CACHE)(self._find_senses)
        self._links = lru_cache(maxsize=CACHE)(self._find_links)
        self._ancestors = lru_cache(maxsize=CACHE)(self._find_ancestors)
        self._lemmas_of = lru_cache(maxsize=CACHE)(self._find_lemmas)
        self._related = lru_cache(maxsize=CACHE)(Relater(self).relate)

    # Words

    def known(self, word: str) -> bool:
        """Whether a word, in any case or regular or irregular form, is in the lexicon or its function words."""
        lower = word.lower()
        return self._number(lower) >= 0 or lower in self.words.function_words or bool(self._lemmas_of(lower))

    def pos_of(self, word: str) -> frozenset[str]:
        """Parts of speech that a word or inflected form can have ('links' -> {'n', 'v'})."""
        return frozenset(pos for _, pos in self._lemmas_of(word.lower()))

    def lemmas_of(self, word: str) -> tuple[tuple[str, str], ...]:
        """(lemma, pos) pairs that a written word may be a form of, sorted ('found' -> found n/v/a, find v)."""
        return self._lemmas_of(word.lower())

    def frequency(self, word: str) -> int:
        """How often the written word occurs in WordNet's definitions and examples: a rough measure of rarity.

        0 also stands for a word seen once.  'summer' 112, 'organization' some hundreds, 'sumer' 3.
        """
        return self._store.count(word.lower())

    def common_words(self, *, min_count: int = 2) -> tuple[tuple[str, int], ...]:
        """Written lower-case words of WordNet's texts with their counts, sorted by word; ``min_count`` at least 2."""
        return tuple(item for item in self._store.words() if item[1] >= min_count)

    # Relations

    def synonyms(self, lemma: str, pos: str, *, max_senses: int = 2) -> frozenset[str]:
        """Near synonyms: words that share a synset which is among the first ``max_senses`` senses of both."""
        found = set()
        for synset in self.senses(lemma, pos)[:max_senses]:
            for number in self._store.members_of(synset):
                other = self._store.lemma(number)
                if other != lemma and synset in self.senses(other, pos)[:max_senses]:
                    found.add(other)
        return frozenset(found)

    def derivations(self, lemma: str, pos: str, *, max_senses: int = DERIVATION_SENSES) -> frozenset[tuple[str, str]]:
        """(lemma, pos) of words derived from this one or that it derives from ('assist', 'v' -> ('assistance', 'n')).

        Agent and event nouns, pertainyms (musical -> music, quickly -> quick) and names in definitions
        (russian -> russia) included; links between senses past ``max_senses`` (at most 7) of either word are not.
        """
        return frozenset(
            (target, target_pos)
            for target, source_pos, target_pos, rank, target_rank, kind in self._links(lemma)
            if source_pos == pos and kind in DERIVING and max(rank, target_rank) < max_senses
        )

    def agents(self, verb: str) -> frozenset[str]:
        """Nouns for who does what the verb says ('found' -> {'founder'})."""
        agent = LINK_ID["agent"]
        return frozenset(link[0] for link in self._links(verb) if link[1] == "v" and link[5] == agent)

    def antonyms(self, lemma: str, pos: str) -> frozenset[str]:
        """Words of opposite meaning in some sense ('import', 'v' -> {'export'})."""
        antonym = LINK_ID["antonym"]
        return frozenset(link[0] for link in self._links(lemma) if link[1] == pos and link[5] == antonym)

    def hypernyms(self, noun: str, pos: str = "n", *, max_senses: int = 2) -> frozenset[str]:
        """Lemmas of everything that the first ``max_senses`` senses of a noun (or verb) are kinds of."""
        ancestors = self.ancestors(noun, pos, max_senses)
        return frozenset(self._store.lemma(number) for synset in ancestors for number in self._store.members_of(synset))

    def is_a(self, lemma: str, ancestor: str, pos: str = "n", *, max_senses: int = 3) -> bool:
        """Whether one of a word's first senses is, or is a kind of, one of the first senses of ``ancestor``."""
        wanted = self.senses(ancestor, pos)[:max_senses]
        if not wanted:
            return False
        own = self.senses(lemma, pos)[:max_senses]
        return not set(wanted).isdisjoint({*own, *self.ancestors(lemma, pos, max_senses)})

    def is_below(self, noun: str, anchor: str) -> bool:
        """Whether a noun's first sense is, or is a kind of, the sense that ``anchor`` names (``time unit:1``)."""
        word, _, rank = anchor.partition(":")
        wanted = self.senses(word, "n")[int(rank) - 1]
        return any(wanted in self.chain(sense) for sense in self.senses(noun, "n")[:1])

    def supersense(self, lemma: str, pos: str) -> str | None:
        """WordNet's file of the first sense, such as 'noun.person' or 'verb.motion'; None for unknown words."""
        senses = self.senses(lemma, pos)
        return self._store.files[self._store.synset_file[senses[0]]] if senses else None

    def related(self, a: str, a_pos: str, b: str, b_pos: str) -> Relation | None:
        """The strongest relation that lets ``b`` stand for ``a``, or None."""
        return self._related(a, a_pos, b, b_pos)

    # Hand-made tables

    def predicate_classes(self, lemma: str, pos: str) -> tuple[PredicateFrame, ...]:
        """Frames of a predicate in the paraphrase classes, sorted by class and pattern."""
        return self.frames.get((lemma, pos), ())

    def answer_types_of(self, noun: str) -> frozenset[str]:
        """Coarse answer types that a noun asks for ('battalion' -> {'group', 'organization'}), {'thing'} if none."""
        return self.answer_types.of(noun)

    @cached_property
    def frames(self) -> CompiledFrames:
        """Every frame of ``predicates.toml`` by (lemma, pos)."""
        return read_compiled(self.participle_of, self.words.sets["prepositions"])

    @cached_property
    def class_members(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The predicates of each paraphrase class, light verbs aside: class to (lemma, pos), sorted."""
        members: dict[str, set[tuple[str, str]]] = {}
        for key, name, light in self.frames.classes():
            if not light:
                members.setdefault(name, set()).add(key)
        return {name: tuple(sorted(lemmas)) for name, lemmas in members.items()}

    @cached_property
    def words(self) -> Words:
        """Function words, quantifiers, hedges, light verbs (``words.toml``, ``verbs.toml``)."""
        return load_words()

    @cached_property
    def answer_types(self) -> AnswerTypes:
        """Answer types and the nouns that ask for them (``types.toml``)."""
        return AnswerTypes(self)

    def participle_of(self, word: str) -> tuple[str, ...]:
        """Verbs that a word in *-ed* or an irregular form may belong to ('based' -> ('base',), 'held' -> ('hold',))."""
        irregular = [entry[2:] for entry in self._store.form(word).split(" ") if entry[:2] == "v:"]
        regular = base_forms(word, "v", lambda lemma: self._has(lemma, "v")) if word.endswith("ed") else ()
        return tuple(dict.fromkeys([*irregular, *regular]))

    # For the modules of this package

    def senses(self, lemma: str, pos: str) -> tuple[int, ...]:
        """Synset numbers of a lemma, most usual first (numbers are stable only within one compiled file)."""
        return self._senses(lemma, pos)

    def links(self, lemma: str) -> tuple[tuple[str, str, str, int, int, int], ...]:
        """(target lemma, pos, target pos, sense rank, target sense rank, kind) of every lexical link."""
        return self._links(lemma)

    def ancestors(self, lemma: str, pos: str, max_senses: int) -> Mapping[int, int]:
        """Synset number of everything above the first senses -> steps up."""
        return self._ancestors(lemma, pos, max_senses)

    def chain(self, synset: int) -> frozenset[int]:
        """A synset and everything above it."""
        found = {synset}
        layer = [synset]
        while layer:
            layer = [up for below in layer for up in self._store.parents(below) if up not in found]
            found.update(layer)
        return frozenset(found)

    def parents(self, synset: int) -> tuple[int, ...]:
        """The synsets right above one."""
        return tuple(self._store.parents(synset))

    def breadth(self, synset: int) -> int:
        """How many synsets lie below this one: how little it says."""
        return int(self._store.descendants[synset])

    def entailed(self, synset: int) -> list[int]:
        """Synset numbers that a verb synset entails or causes."""
        return self._store.entailed_by(synset)

    def _find_senses(self, lemma: str, pos: str) -> tuple[int, ...]:
        number = self._number(lemma)
        return tuple(self._store.senses_of(number, POS_ID[pos])) if number >= 0 and pos in POS_ID else ()

    def _find_links(self, lemma: str) -> tuple[tuple[str, str, str, int, int, int], ...]:
        number = self._number(lemma)
        if number < 0:
            return ()
        return tuple(
            (
                self._store.lemma(link & 0x3FFFF),
                POS[link >> 18 & 3],
                POS[link >> 20 & 3],
                link >> 22 & 7,
                link >> 25 & 7,
                link >> 28,
            )
            for link in self._store.links_of(number)
        )

    def _find_ancestors(self, lemma: str, pos: str, max_senses: int) -> Mapping[int, int]:
        depth_of: dict[int, int] = {}
        layer = list(self.senses(lemma, pos)[:max_senses])
        for depth in range(1, CLOSURE_DEPTH):
            layer = [up for synset in layer for up in self._store.parents(synset) if up not in depth_of]
            depth_of.update(dict.fromkeys(layer, depth))
            if not layer:
                break
        return depth_of

    def _find_lemmas(self, word: str) -> tuple[tuple[str, str], ...]:
        found = {(word, pos) for pos in POS if self._has(word, pos)}
        for entry in self._store.form(word).split():
            found.add((entry[2:], entry[0]))
        for pos in POS:
            found.update((base, pos) for base in base_forms(word, pos, partial(self._has, pos=pos)))
        return tuple(sorted(found))

    def _has(self, lemma: str, pos: str) -> bool:
        return bool(self.senses(lemma, pos))


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon of the package, opened once per process.

    RAISES: ModelError if its data is missing or damaged.
    """
    return Lexicon(open_store())
