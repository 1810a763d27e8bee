"""The packed WordNet table: its layout, and the reader that maps it into memory.

One file, ``data/wordnet.bin``: a 16-byte preamble, a directory of sections, then the sections.  Every section is
either a block of UTF-8 text or an array of unsigned integers of 1, 2 or 4 bytes, so a look-up is a binary search over
sorted strings and a few array reads, without parsing anything when the file is opened.  Opening checks the magic, the
version, the length and the checksum.  The reader never writes, so any number of threads may share one.
"""

from __future__ import annotations

import mmap
import struct
import sys
import zlib
from importlib import resources
from typing import Final

from bot.errors import ModelError

MAGIC: Final = b"CBLEX\x00"
VERSION: Final = 1
PREAMBLE: Final = struct.Struct("<6sHII")  # magic, version, number of sections, checksum of everything after it
SECTION: Final = struct.Struct("<16scxxxII")  # name, item type (b s: text, B H I: array), offset, length in bytes

POS: Final = ("n", "v", "a", "r")
POS_ID: Final = {pos: number for number, pos in enumerate(POS)}

# A lexical link is one 32-bit word: target lemma 18 bits, source part of speech 2, target part of speech 2,
# source sense rank 3, target sense rank 3 (7: seventh or later), kind 4.
LINKS: Final = ("derivation", "agent", "event", "result", "role", "pertainym", "of_name", "antonym")
LINK_ID: Final = {kind: number for number, kind in enumerate(LINKS)}
MAX_RANK: Final = 7

NEXT_STEP: Final = "reinstall citebot, or compile the file again with 'python -m bot.language.lexicon.compile'"


def pack_link(target: int, source_pos: int, target_pos: int, source_rank: int, target_rank: int, kind: int) -> int:
    """Pack one lexical link into 32 bits (ranks above ``MAX_RANK`` are cut to it)."""
    source_rank, target_rank = min(source_rank, MAX_RANK), min(target_rank, MAX_RANK)
    return target | source_pos << 18 | target_pos << 20 | source_rank << 22 | target_rank << 25 | kind << 28


class Rows:
    """Consecutive items of unequal length: ``rows[i]`` is a view of the i-th."""

    def __init__(self, items: memoryview, bases: memoryview, offsets: memoryview) -> None:
        self._items, self._bases, self._offsets = items, bases, offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> memoryview:
        bases, offsets, end = self._bases, self._offsets, number + 1
        return self._items[bases[number >> 8] + offsets[number] : bases[end >> 8] + offsets[end]]


class Store:
    """Read-only view of the packed table.

    data (bytes-like): the whole file.
    name (str): what error messages call it.
    RAISES: ModelError if the file is cut short, damaged, of another kind or of another version.
    """

    def __init__(self, data: bytes | mmap.mmap, *, name: str) -> None:
        if sys.byteorder != "little":
            raise ModelError(f"{name}: the lexicon needs a little-endian processor; this one is {sys.byteorder}-endian")
        view = memoryview(data)
        if len(view) < PREAMBLE.size or bytes(view[:6]) != MAGIC:
            raise ModelError(f"{name}: not a lexicon file (expected it to begin with {MAGIC!r}); {NEXT_STEP}")
        _, version, sections, checksum = PREAMBLE.unpack_from(view)
        if version != VERSION:
            raise ModelError(f"{name}: lexicon format {version}, expected {VERSION}; {NEXT_STEP}")
        if zlib.crc32(view[PREAMBLE.size :]) != checksum:
            raise ModelError(f"{name}: the lexicon file is damaged (its checksum does not match); {NEXT_STEP}")
        self._sections: dict[str, memoryview] = {}
        for number in range(sections):
            raw, kind, start, length = SECTION.unpack_from(view, PREAMBLE.size + number * SECTION.size)
            part = view[start : start + length]
            self._sections[raw.rstrip(b"\0").decode("ascii")] = part if kind == b"s" else part.cast(kind.decode())
        self._open_sections()

    def _open_sections(self) -> None:
        get = self._sections.__getitem__
        self._lemmas = self._rows("lemma")
        self._senses = self._rows("sense")
        self._members = self._rows("member")
        self._hypernyms = self._rows("hypernym")
        self._entailed = self._rows("entailed")
        self._links = self._rows("link")
        self._words = self._rows("word")
        self._entailing = {synset: row for row, synset in enumerate(get("entailing"))}
        self._tables = {"lemma": self._lemmas, "word": self._words, "form": self._rows("form")}
        self._form_targets = self._rows("form_to")
        self._word_counts = get("word_count")
        self.synset_file = get("synset_file")
        self.descendants = get("descendants")
        self.files = tuple(bytes(get("files")).decode("ascii").split("\n"))
        self.size = len(self._lemmas)

    def _rows(self, name: str) -> Rows:
        get = self._sections.__getitem__
        return Rows(get(f"{name}_items"), get(f"{name}_base"), get(f"{name}_start"))

    def lemma(self, number: int) -> str:
        """The lemma with this number."""
        return str(self._lemmas[number], "utf-8")

    def find(self, lemma: str) -> int:
        """The number of a lower-case lemma, or -1."""
        return self._search("lemma", lemma)

    def senses_of(self, number: int, pos: int) -> list[int]:
        """Synset numbers of a lemma in one part of speech, most usual sense first."""
        return [sense >> 2 for sense in self._senses[number] if sense & 3 == pos]

    def all_senses(self, number: int) -> list[tuple[int, int]]:
        """(part of speech, synset number) of a lemma, in order."""
        return [(sense & 3, sense >> 2) for sense in self._senses[number]]

    def members_of(self, synset: int) -> list[int]:
        """Lemma numbers of a synset."""
        return self._members[synset].tolist()

    def parents(self, synset: int) -> list[int]:
        """Synset numbers of the direct hypernyms."""
        return self._hypernyms[synset].tolist()

    def entailed_by(self, synset: int) -> list[int]:
        """Synset numbers that a verb synset entails or causes."""
        row = self._entailing.get(synset)
        return [] if row is None else self._entailed[row].tolist()

    def links_of(self, number: int) -> list[int]:
        """Packed lexical links of a lemma (see ``pack_link``)."""
        return self._links[number].tolist()

    def form(self, form: str) -> str:
        """Space-separated ``pos:lemma`` entries of an irregular form ('went' -> 'v:go'), or ''."""
        number = self._search("form", form)
        return str(self._form_targets[number], "utf-8") if number >= 0 else ""

    def count(self, word: str) -> int:
        """How often a written word occurs in WordNet's own definitions and examples (0 also stands for once)."""
        number = self._search("word", word)
        return int(self._word_counts[number]) if number >= 0 else 0

    def words(self) -> list[tuple[str, int]]:
        """Every written word that WordNet's definitions and examples hold twice or more, with its count, by word."""
        return [(str(self._words[i], "utf-8"), count) for i, count in enumerate(self._word_counts.tolist())]

    def lemmas(self) -> list[str]:
        """Every lemma, sorted by its UTF-8 bytes."""
        return [self.lemma(number) for number in range(self.size)]

    def _search(self, table: str, key: str) -> int:
        rows = self._tables[table]
        wanted = key.encode("utf-8", "surrogatepass")
        low, high = 0, len(rows)
        while low < high:
            middle = (low + high) // 2
            if bytes(rows[middle]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(rows) and bytes(rows[low]) == wanted else -1


def open_store(package: str = "bot.language.lexicon", path: str = "data/wordnet.bin") -> Store:
    """Map the table of an installed package into memory.

    RAISES: ModelError if the file is missing or damaged.
    """
    place = resources.files(package).joinpath(path)
    try:
        with resources.as_file(place) as file, file.open("rb") as handle:
            data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} of {package}: the lexicon cannot be opened ({error}); {NEXT_STEP}") from error
    return Store(data, name=path)
