"""Compile the table of :mod:`bot.language.morphology` from the Open English WordNet (CC BY 4.0).

A class reads ``pos|noun|verb|name``: the parts of speech of the lower-case entry, in capitals those that only a
capitalised entry has (*Spanish*: ``A``) and ``p`` for a name (*March*), then the lexicographer file numbers
(``lexnames(5WN)``) of its first noun and verb sense and of the first sense of the capitalised entry, ``-`` for none.
"""

from __future__ import annotations

import re
import tarfile
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

WORD = re.compile(r"[^\W\d_][\w'./-]*$")


def read_entries(archive: Path) -> dict[str, dict[str, Any]]:
    """All entries of the YAML release: word, then part of speech, then senses and irregular forms."""
    entries: dict[str, dict[str, Any]] = {}
    with tarfile.open(archive, "r:xz") as members:
        for member in sorted(members.getmembers(), key=lambda item: item.name):
            if "entries-" in member.name:
                stream = members.extractfile(member)
                assert stream is not None
                for word, parts in yaml.load(stream, Loader=yaml.CSafeLoader).items():
                    entries.setdefault(str(word), {}).update(parts)
    return entries


def compile_table(entries: dict[str, dict[str, Any]]) -> bytes:
    """The compressed table of classes and irregular forms of all single-word entries."""
    parts: dict[str, set[str]] = defaultdict(set)
    first: dict[tuple[str, str], str] = {}
    irregular: dict[tuple[str, str], set[str]] = defaultdict(set)
    for word in sorted(entries):
        if not WORD.match(word):
            continue
        name = word != word.lower()
        for key in sorted(entries[word]):
            pos = key[0]
            senses = entries[word][key].get("sense", ())
            if pos not in "nvar" or not senses:
                continue
            file_number = senses[0]["id"].split("%")[1].split(":")[1]
            if name and pos == "n":
                first.setdefault((word.lower(), "name"), file_number)
                parts[word.lower()].add("p")
            elif name:
                parts[word.lower()].add(pos.upper())
            else:
                first.setdefault((word.lower(), pos), file_number)
                parts[word.lower()].add(pos)
            for form in entries[word][key].get("form", ()):
                if WORD.match(form) and form.lower() != word.lower():
                    irregular[pos, word.lower()].add(form.lower())
    groups: dict[str, list[str]] = defaultdict(list)
    for word, letters in sorted(parts.items()):
        letters -= {letter.upper() for letter in letters if letter.islower()}
        files = [first.get((word, slot), "-") for slot in ("n", "v", "name")]
        groups["|".join(["".join(sorted(letters)), *files])].append(word)
    classes = "\n".join(f"{name}\t{' '.join(words)}" for name, words in sorted(groups.items()))
    forms = "\n".join(f"{pos} {lemma} {' '.join(sorted(found))}" for (pos, lemma), found in sorted(irregular.items()))
    return zlib.compress(f"{classes}\n\n{forms}".encode(), 9)
