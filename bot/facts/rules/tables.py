"""Facts of a table's row: what each column's header says of the row's first cell.

Works on plain strings and offsets, for a row is no sentence: arguments have no tokens and their head is -1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.facts.model import Argument, Context, Fact, Polarity, TraceStep
from bot.language.lexicon import lexicon
from bot.language.values import values_in

Cell = tuple[str, str, int, int]
"""Header, text, start and end of a cell."""

_BRACKET = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*$")
_LIST = re.compile(r"\s*[;,]\s+(?=\D)|\s*;\s*|\s*\n\s*")
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "?", "unknown", "..."})
TABLE_CONFIDENCE = 0.9
_NO = frozenset({"no", "none", "false", "✗", "not applicable"})


def row_facts(cells: Sequence[Cell], context: Context | None = None) -> tuple[Fact, ...]:
    """The facts of one row.

    cells: from left to right; the first names what the row is about. context: where the table stands.
    RETURNS: one fact for the kind of thing the row is about, then one for each item of each further cell.
    """
    if not cells or cells[0][1].strip().lower() in _NOTHING:
        return ()
    header, *_ = cells[0]
    subject = _argument("subj", cells[0])
    facts = []
    if header.strip():
        kind = Argument("attr", header.strip(), -1, (), cells[0][2], cells[0][3])
        facts.append(_fact(header, (subject, kind), "row_kind"))
    for cell in cells[1:]:
        header, text = cell[0].strip(), cell[1].strip()
        if text.lower() in _NOTHING or not header:
            continue
        polarity: Polarity = "negative" if text.lower() in _NO else "positive"
        for item in _items(cell):
            facts.append(_fact(header, (subject, _argument("attr", item, _unit(header))), "row", polarity))
    return tuple(facts)


def _fact(header: str, arguments: tuple[Argument, ...], rule: str, polarity: Polarity = "positive") -> Fact:
    name = _BRACKET.sub("", header).strip()
    steps = (TraceStep(rule, (), header),)
    score = TABLE_CONFIDENCE
    return Fact(_predicate(name), "n", name, (), arguments, "table", polarity, confidence=score, trace=steps)


def _predicate(name: str) -> str:
    """A header with its head word as lemma: *Seats* → seat, *Official languages* → official language."""
    words = name.lower().split()
    if not words:
        return ""
    head = next(
        (k - 1 for k, word in enumerate(words) if word in ("of", "in", "per", "for", "by") and k), len(words) - 1
    )
    bases = [lemma for lemma, pos in lexicon.load().lemmas_of(words[head]) if pos == "n"]
    return " ".join([*words[:head], bases[0] if bases else words[head], *words[head + 1 :]])


def _items(cell: Cell) -> list[Cell]:
    """The items of a cell that lists several, each with its own offsets: *projector, piano*."""
    header, text, start, end = cell
    if end - start != len(text) or (values_in(text) and len(values_in(text)) < 2):
        return [cell]
    items, at = [], 0
    for match in (*_LIST.finditer(text), None):
        stop = match.start() if match else len(text)
        part = text[at:stop].strip()
        if part:
            first = start + text.index(part, at)
            items.append((header, part, first, first + len(part)))
        at = match.end() if match else len(text)
    return items


def _unit(header: str) -> str:
    found = _BRACKET.search(header)
    return found.group(1).strip() if found else ""


def _argument(role: str, cell: Cell, unit: str = "") -> Argument:
    _, text, start, end = cell
    stripped = text.strip()
    values = values_in(f"{stripped} {unit}".strip()) if any(c.isdigit() for c in stripped) else ()
    return Argument(role, stripped, -1, (), start, end, value=values[0] if values else None)


__all__ = ["row_facts"]
