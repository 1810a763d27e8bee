"""How people wrap questions: polite prefixes, scopes, fillers; read from ``intents/_phrasing.toml``.

Nothing is rewritten: a wrapper is found by its offsets, and the question proper keeps its own place in what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from bot.questions.toml import TomlReader


class Phrasing(Struct, frozen=True):
    """The compiled word lists of ``_phrasing.toml``."""

    strip: tuple[re.Pattern[str], ...]
    yesno: tuple[re.Pattern[str], ...]
    tail: tuple[re.Pattern[str], ...]
    scope: tuple[re.Pattern[str], ...]
    anywhere: frozenset[str]
    present: frozenset[str]
    filler: frozenset[str]
    shells: frozenset[str]
    sorts: frozenset[str]
    labels: frozenset[str]
    sure: frozenset[str]
    foreign: frozenset[str]
    raising: frozenset[str]
    general: frozenset[str]
    extending: frozenset[str]
    addressee: frozenset[str]
    measures: Mapping[str, tuple[str, ...]]
    contractions: Mapping[str, tuple[str, ...]]


class Unwrapped(Struct, frozen=True):
    """The question proper: its offset in what was typed, its text, the scopes asked for, whether a wrapper turned
    a statement into a yes/no question (``confirm``), and whether anything was asked for politely (``asked``)."""

    start: int
    text: str
    scopes: tuple[str, ...] = ()
    confirm: bool = False
    asked: bool = False
    trace: tuple[str, ...] = ()


def phrase_pattern(phrase: str) -> str:
    """A regular expression for a phrase of the notation in ``_phrasing.toml``: ``a|b``, ``word?`` and ``{scope}``."""
    parts = []
    for word in phrase.split():
        if word == "{scope}":
            parts.append(r"(?P<scope>[^,;?]{2,60}?)\s*(?=[,;?]|$)")
            continue
        optional = word.endswith("?")
        options = "|".join(re.escape(option) for option in word.rstrip("?").split("|"))
        parts.append(rf"(?:(?:{options})(?![\w])[\s,]*)?" if optional else rf"(?:{options})(?![\w])[\s,]*")
    return "".join(parts)


@lru_cache(maxsize=4)
def load_phrasing(folder: Path) -> Phrasing:
    """Read ``_phrasing.toml`` in ``folder``; raises IntentError listing every mistake."""
    reader = TomlReader(folder / "_phrasing.toml")
    tables = ("measures", "contractions")
    lists = {key: reader.strings(key) for key in Phrasing.__struct_fields__ if key not in tables}
    measures, contractions = (reader.string_lists(key) for key in tables)
    reader.finish(set(Phrasing.__struct_fields__))
    start = {key: tuple(re.compile(r"\s*" + phrase_pattern(p), re.I) for p in lists[key]) for key in ("strip", "yesno")}
    return Phrasing(
        strip=start["strip"],
        yesno=start["yesno"],
        tail=tuple(re.compile(r"[\s,]+" + phrase_pattern(p) + r"\s*[?.!]*\s*$", re.I) for p in lists["tail"]),
        scope=tuple(re.compile(r"\b" + phrase_pattern(p), re.I) for p in lists["scope"]),
        measures=measures,
        contractions=contractions,
        **{
            key: frozenset(lists[key])
            for key in (
                "anywhere",
                "present",
                "filler",
                "shells",
                "sorts",
                "labels",
                "sure",
                "foreign",
                "raising",
                "general",
                "extending",
                "addressee",
            )
        },
    )


def unwrap(text: str, phrasing: Phrasing) -> Unwrapped:
    """Strip wrappers and scopes from both ends of ``text``, keeping at least two words of the question."""
    start, end, trace, confirm = 0, len(text), [], False
    scopes: list[str] = []
    moved = True
    while moved:
        moved = False
        for patterns, is_confirm in ((phrasing.yesno, True), (phrasing.strip, False)):
            for pattern in patterns:
                found = pattern.match(text, start, end)
                if found and found.end() > start and len(text[found.end() : end].split()) >= 2:
                    trace.append(f"wrapper “{text[start : found.end()].strip()}” left out")
                    start, moved, confirm = found.end(), True, confirm or is_confirm
        for pattern in phrasing.scope:
            found = pattern.search(text, start, end)
            if not found or len((text[start : found.start()] + text[found.end() : end]).split()) < 2:
                continue
            at_front, at_end = not text[start : found.start()].strip(" ,"), not text[found.end() : end].strip(" ,?.!")
            if not (at_front or at_end):
                continue
            scopes.append(" ".join((found.groupdict().get("scope") or found.group(0)).split()))
            trace.append(f"scope “{found.group(0).strip(' ,?')}”")
            start, end = (found.end(), end) if at_front else (start, found.start())
            while start < end and text[start] in " ,":
                start += 1
            moved = True
        for pattern in phrasing.tail:
            found = pattern.search(text, start, end)
            if found and len(text[start : found.start()].split()) >= 2:
                end, moved = found.start(), True
    return Unwrapped(
        start, text[start:end], tuple(scopes), confirm, any(t.startswith("wrapper") for t in trace), tuple(trace)
    )
