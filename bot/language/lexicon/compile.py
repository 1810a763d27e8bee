"""Compile the Open English WordNet (YAML release) into the packed table that ``store.py`` reads.

    python -m bot.language.lexicon.compile OEWN_TAR_XZ [--out FILE]

Source: Open English WordNet, https://en-word.net, CC BY 4.0, derived from Princeton WordNet.  Kept: lemmas with their
senses in order, synsets, hypernyms, entailment and causes, lexicographer files, derivations with their roles,
pertainyms, antonyms, irregular forms, and how often each written word occurs in the definitions and examples (the
only word frequencies we have under that licence).  Dropped: definitions, pronunciations, meronyms, topics.

Three repairs.  Senses of a spelling flagged British take the order of the other spelling in the same synset, since
the release leaves them unordered ('programme' would begin with 'performance').  Derivations are made symmetric.  The
release has no proper names, so 'Russian' has no pertainym: it is read from the definition ('of or relating to
Russia ...') and stored as an ``of_name`` link to a lemma without senses.
"""

from __future__ import annotations

import argparse
import re
import sys
import tarfile
import zlib
from array import array
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from bot.language.lexicon.spelling_variants import variant_key
from bot.language.lexicon.store import LINK_ID, MAGIC, POS, POS_ID, PREAMBLE, SECTION, VERSION, pack_link

Yaml = dict[str, Any]
Sections = list[tuple[str, bytes, bytes]]  # name, item type, content
Link = tuple[str, str, str, int, int, str]  # target lemma, source pos, target pos, source rank, target rank, kind

ROLE_OF: dict[str, str] = {
    "derivation": "derivation",
    "agent": "agent",
    "event": "event",
    "result": "result",
    "pertainym": "pertainym",
    "antonym": "antonym",
    **dict.fromkeys(("by_means_of", "undergoer", "instrument", "uses", "state"), "role"),
    **dict.fromkeys(("property", "location", "material", "vehicle"), "role"),
}
ENTAILS = ("entails", "causes")
OF_NAME = re.compile(
    r"^(?:(?:of|relating to|pertaining to|in|from|characteristic of|native to|typical of|or|and)[ ,]+)+"
    r"(?:the (?:country|island|state|republic|kingdom|city|people) of )?(?:the )?([A-Z][\w-]+(?: [A-Z][\w-]+)*)"
)
INHABITANT = re.compile(r"^a native or inhabitant of (?:the )?([A-Z][\w-]+(?: [A-Z][\w-]+)*)")
WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def read_release(path: Path) -> tuple[Yaml, Yaml]:
    """Entries by lemma and synsets by identifier (each with its lexicographer file under ``file``)."""
    import yaml  # type: ignore[import-untyped]  # only the recipe needs it: extra "train"

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    entries: Yaml = {}
    synsets: Yaml = {}
    with tarfile.open(path, "r:xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda item: item.name):
            name = Path(member.name).stem
            handle = archive.extractfile(member) if member.name.endswith(".yaml") else None
            if handle is None or name == "frames":
                continue
            content = yaml.load(handle.read().decode("utf-8"), Loader=loader)
            if name.startswith("entries-"):
                entries.update(content)
            else:
                synsets.update({key: {**value, "file": name} for key, value in content.items()})
    return entries, synsets


class Senses:
    """Senses of lower-cased lemmas in order: ``of[lemma, pos]`` is a list of synset identifiers."""

    def __init__(self, entries: Yaml) -> None:
        self.of: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._synset_of: dict[str, tuple[str, str, str]] = {}  # sense key -> (lemma, pos, synset)
        self._british: set[tuple[str, str]] = set()  # where most senses are flagged British
        # Lower-case spellings come first: 'polish' before 'Polish'.
        for lemma in sorted(entries, key=lambda word: (word.lower(), word != word.lower(), word)):
            for key in sorted(entries[lemma]):
                self._add(lemma, key[0].replace("s", "a"), entries[lemma][key]["sense"])
        self._reorder_british()
        self.place = {
            key: (lemma, pos, self.of[lemma, pos].index(synset))
            for key, (lemma, pos, synset) in self._synset_of.items()
        }  # sense key -> (lemma, pos, rank)

    def _add(self, lemma: str, pos: str, senses: list[Yaml]) -> None:
        ordered = self.of[lemma.lower(), pos]
        british = 0
        for sense in senses:
            british += any(mark.startswith("british") for mark in sense.get("exemplifies", ()))
            if sense["synset"] not in ordered:
                ordered.append(sense["synset"])
            self._synset_of[sense["id"]] = (lemma.lower(), pos, sense["synset"])
        if british * 2 > len(senses):
            self._british.add((lemma.lower(), pos))

    def _reorder_british(self) -> None:
        spellings: dict[tuple[str, str], list[str]] = defaultdict(list)
        for lemma, pos in self.of:
            spellings[variant_key(lemma), pos].append(lemma)
        for lemma, pos in sorted(self._british):
            others = [word for word in spellings[variant_key(lemma), pos] if (word, pos) not in self._british]
            if others:
                order = {synset: rank for rank, synset in enumerate(self.of[others[0], pos])}
                self.of[lemma, pos].sort(key=lambda synset: order.get(synset, len(order)))


def collect_links(entries: Yaml, synsets: Yaml, senses: Senses) -> dict[str, set[Link]]:
    """Lexical links of each lemma."""
    links: dict[str, set[Link]] = defaultdict(set)
    for by_pos in entries.values():
        for sense in (sense for entry in by_pos.values() for sense in entry["sense"]):
            lemma, pos, rank = senses.place[sense["id"]]
            for relation, kind in ROLE_OF.items():
                for key in sense.get(relation, ()):
                    if key not in senses.place:
                        continue
                    target, target_pos, target_rank = senses.place[key]
                    if (target, target_pos) == (lemma, pos):
                        continue
                    links[lemma].add((target, pos, target_pos, rank, target_rank, kind))
                    if kind in ("derivation", "antonym", "pertainym"):
                        links[target].add((lemma, target_pos, pos, target_rank, rank, kind))
    for (lemma, pos), identifiers in senses.of.items():
        for rank, identifier in enumerate(identifiers):
            name = name_in_definition(synsets[identifier])
            if name and name != lemma and (name, "a") not in senses.of:
                links[lemma].add((name, pos, "n", rank, 0, "of_name"))
                links[name].add((lemma, "n", pos, 0, rank, "of_name"))
    return {lemma: closest(found) for lemma, found in links.items()}


def name_in_definition(synset: Yaml) -> str:
    """The place that an adjective or an inhabitant's noun is defined by, lower case, or ''."""
    pattern = {"adj.pert": OF_NAME, "noun.person": INHABITANT}.get(synset["file"])
    found = pattern.match(str(synset["definition"][0])) if pattern else None
    return found.group(1).lower() if found else ""


def closest(links: set[Link]) -> set[Link]:
    """Of several links between the same words, the one between their most usual senses."""
    best: dict[tuple[str, str, str, str], Link] = {}
    for link in sorted(links, key=lambda item: (item[3] + item[4], item)):
        best.setdefault((link[0], link[1], link[2], link[5]), link)
    return set(best.values())


def count_words(synsets: Yaml) -> Counter[str]:
    """Written words (lower case) that occur twice or more in the definitions and examples, with their counts."""
    counts: Counter[str] = Counter()
    for synset in synsets.values():
        for item in [*synset.get("definition", ()), *synset.get("example", ())]:
            text = item if isinstance(item, str) else item.get("text", "")
            counts.update(word.lower() for word in WORD.findall(text))
    return Counter({word: n for word, n in counts.items() if n > 1 and (len(word) > 1 or word in "ai")})


def count_descendants(order: list[str], synsets: Yaml, number: dict[str, int]) -> list[int]:
    """Number of synsets below each one, itself not counted, cut at 65,535."""
    children: dict[str, list[str]] = defaultdict(list)
    for key in order:
        for parent in synsets[key].get("hypernym", ()):
            children[parent].append(key)
    totals = [0] * len(order)
    for key in order:
        seen: set[str] = set()
        stack = list(children[key])
        while stack:
            below = stack.pop()
            if below not in seen:
                seen.add(below)
                stack.extend(children[below])
        totals[number[key]] = min(len(seen), 65535)
    return totals


def starts(name: str, sizes: list[int]) -> Sections:
    """Where each of many consecutive items begins: two bytes each, counted from a base for every 256 items."""
    bases, offsets, at = array("I"), array("H"), 0
    for number, size in enumerate([*sizes, 0]):
        if number % 256 == 0:
            bases.append(at)
        offsets.append(at - bases[-1])
        at += size
    return [(f"{name}_base", b"I", bases.tobytes()), (f"{name}_start", b"H", offsets.tobytes())]


def strings(name: str, texts: list[str]) -> Sections:
    """Sections of a list of strings."""
    blobs = [text.encode("utf-8") for text in texts]
    return [(f"{name}_items", b"s", b"".join(blobs)), *starts(name, [len(blob) for blob in blobs])]


def rows(name: str, lists: list[list[int]]) -> Sections:
    """Sections of a list of integer lists."""
    items = array("I", [number for numbers in lists for number in numbers])
    return [(f"{name}_items", b"I", items.tobytes()), *starts(name, [len(numbers) for numbers in lists])]


def collect_forms(entries: Yaml) -> dict[str, set[str]]:
    """Irregular written forms: form -> {'pos:lemma'} ('went' -> {'v:go'})."""
    forms: dict[str, set[str]] = defaultdict(set)
    for lemma, by_pos in entries.items():
        for key, entry in by_pos.items():
            for form in entry.get("form", ()):
                if form.lower() != lemma.lower() and " " not in lemma:
                    forms[form.lower()].add(f"{key[0]}:{lemma.lower()}")
    return forms


def build_sections(entries: Yaml, synsets: Yaml) -> Sections:
    """All sections of the packed table, from the release."""
    senses = Senses(entries)
    links = collect_links(entries, synsets, senses)
    lemmas = sorted({lemma for lemma, _ in senses.of} | set(links), key=lambda word: word.encode("utf-8"))
    lemma_number = {lemma: number for number, lemma in enumerate(lemmas)}
    used = {key for identifiers in senses.of.values() for key in identifiers}
    order = sorted(used, key=lambda key: (key[-1], key))
    synset_number = {key: number for number, key in enumerate(order)}
    files = sorted({synsets[key]["file"] for key in order})

    def numbers(key: str, *relations: str) -> list[int]:
        found = [target for relation in relations for target in synsets[key].get(relation, ())]
        return [synset_number[target] for target in dict.fromkeys(found) if target in synset_number]

    sense_rows = [
        [synset_number[key] << 2 | POS_ID[pos] for pos in POS for key in senses.of.get((lemma, pos), ())]
        for lemma in lemmas
    ]
    member_rows = [sorted({lemma_number[word.lower()] for word in synsets[key]["members"]}) for key in order]
    link_rows = [
        sorted(
            pack_link(lemma_number[target], POS_ID[pos], POS_ID[target_pos], rank, target_rank, LINK_ID[kind])
            for target, pos, target_pos, rank, target_rank, kind in links.get(lemma, ())
        )
        for lemma in lemmas
    ]
    forms = sorted(collect_forms(entries).items(), key=lambda item: item[0].encode("utf-8"))
    words = sorted(count_words(synsets).items(), key=lambda item: item[0].encode("utf-8"))
    return [
        *strings("lemma", lemmas),
        *rows("sense", sense_rows),
        *rows("member", member_rows),
        *rows("hypernym", [numbers(key, "hypernym", "instance_hypernym") for key in order]),
        ("entailing", b"I", array("I", [synset_number[key] for key in order if numbers(key, *ENTAILS)]).tobytes()),
        *rows("entailed", [numbers(key, *ENTAILS) for key in order if numbers(key, *ENTAILS)]),
        *rows("link", link_rows),
        ("synset_file", b"B", bytes(files.index(synsets[key]["file"]) for key in order)),
        ("descendants", b"H", array("H", count_descendants(order, synsets, synset_number)).tobytes()),
        ("files", b"s", "\n".join(files).encode("ascii")),
        *strings("form", [form for form, _ in forms]),
        *strings("form_to", [" ".join(sorted(targets)) for _, targets in forms]),
        *strings("word", [word for word, _ in words]),
        ("word_count", b"H", array("H", [min(count, 65535) for _, count in words]).tobytes()),
    ]


def pack(sections: Sections) -> bytes:
    """The file: preamble, directory, sections (each starting at a multiple of four bytes)."""
    start = PREAMBLE.size + SECTION.size * len(sections)
    directory, body = bytearray(), bytearray()
    for name, kind, content in sections:
        body.extend(b"\0" * (-(start + len(body)) % 4))
        directory.extend(SECTION.pack(name.encode("ascii"), kind, start + len(body), len(content)))
        body.extend(content)
    rest = bytes(directory + body)
    return PREAMBLE.pack(MAGIC, VERSION, len(sections), zlib.crc32(rest)) + rest


def main(arguments: list[str] | None = None) -> int:
    """Command line of the recipe; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.language.lexicon.compile", description="Compile the lexicon.")
    parser.add_argument("release", type=Path, help="tar.xz of the Open English WordNet YAML files")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data" / "wordnet.bin")
    options = parser.parse_args(arguments)
    entries, synsets = read_release(options.release)
    data = pack(build_sections(entries, synsets))
    options.out.write_bytes(data)
    print(f"{len(entries):,} entries, {len(synsets):,} synsets: {len(data):,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
