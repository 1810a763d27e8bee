"""Citations: the sentence, bullet or row that evidence stands in, exact to the character."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.model import Citation
from bot.answers.view import View
from bot.answers.world import World

LONGEST = 590  # characters of one quote


def citation_of(view: View, world: World, around: tuple[int, int] | None = None) -> Citation:
    """Cite the view's sentence (the whole row for a table). A sentence past 590 characters is cut at word ends around
    the offsets ``around``."""
    stored = view.stored
    text = world.kb.text(stored.document)
    if stored.passage.kind == "row":
        start, end = stored.passage.start, stored.passage.end
    else:
        start, end = stored.sentence.start, stored.sentence.end
    start, end = _cut(text, start, end, around)
    return Citation(
        document=stored.document,
        title=stored.title,
        section=stored.context.section,
        start=start,
        end=end,
        quote=text[start:end],
        page=stored.context.page,
        original=_original(view, world),
    )


def _original(view: View, world: World) -> str:
    """Where the document's own source has the sentence: the passage's source line of the same number, if it has
    them."""
    passage, number = view.stored.passage, view.stored.id
    if not passage.sources:
        return ""
    before = 0
    while number > before and world.kb.sentence(number - before - 1).passage == passage:
        before += 1
    return passage.sources[min(before, len(passage.sources) - 1)]


def _cut(text: str, start: int, end: int, around: tuple[int, int] | None) -> tuple[int, int]:
    if end - start <= LONGEST:
        return start, end
    low, high = around or (start, start)
    middle = (low + high) // 2
    begin = max(start, min(middle - LONGEST // 2, end - LONGEST))
    stop = min(end, begin + LONGEST)
    while begin > start and not text[begin - 1].isspace() and begin < low:
        begin += 1
    while stop < end and not text[stop].isspace() and stop > high:
        stop -= 1
    return begin, stop


def distinct(citations: Iterable[Citation], most: int) -> tuple[Citation, ...]:
    """The first ``most`` citations, each place once."""
    found: dict[tuple[str, int, int], Citation] = {}
    for citation in citations:
        found.setdefault((citation.document, citation.start, citation.end), citation)
    return tuple(found.values())[:most]
