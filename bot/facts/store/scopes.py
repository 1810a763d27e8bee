"""Which words stand over which sentences: titles, headings and the lead-ins of lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from bot.facts.store.records import ParsedDocument, ParsedPassage, Scope
from bot.facts.store.terms import content_terms

LEAD_LEVEL = -1
TITLE_LEVEL = 0
_WORD = re.compile(r"\w+")
_Key = TypeVar("_Key")


def scopes_of(parsed: ParsedDocument, first: int) -> set[tuple[str, Scope]]:
    """Each term over some sentences of the document, with those sentences.

    parsed: the document. first: the id of its first sentence.
    """
    found: set[tuple[str, Scope]] = set()
    last = first + sum(len(item.sentences) for item in parsed.passages) - 1
    if last < first:
        return found
    for terms, scope in _all(parsed, first, last):
        found.update((term, scope) for term in terms)
    return found


def _all(parsed: ParsedDocument, first: int, last: int) -> Iterator[tuple[set[str], Scope]]:
    headings: dict[tuple[str, ...], set[str]] = {}
    leads: dict[tuple[int, int], set[str]] = {}
    title = _plain(parsed.document.title)
    for item in parsed.passages:
        passage, terms = item.passage, {term for s in item.sentences for term in content_terms(s.tokens)}
        leads[passage.start, passage.end] = terms
        if passage.kind == "title":
            title |= terms
        elif passage.kind == "heading":
            name = " ".join(sentence.text for sentence in item.sentences)
            headings[(*passage.section, name)] = terms
    yield title, Scope(first, last, TITLE_LEVEL)
    sections = [item.passage.section for item in parsed.passages]
    for level in range(1, max(map(len, sections)) + 1):
        for path, start, end in _runs(parsed.passages, [path[:level] for path in sections], first):
            if len(path) == level:
                yield headings.get(path) or _plain(path[-1]), Scope(start, end, level)
    for lead, start, end in _runs(parsed.passages, [item.passage.lead for item in parsed.passages], first):
        if lead is not None:
            yield leads.get(lead, set()), Scope(start, end, LEAD_LEVEL)


def _runs(passages: Sequence[ParsedPassage], keys: Sequence[_Key], first: int) -> Iterator[tuple[_Key, int, int]]:
    """Runs of passages with an equal key, as the ids of their first and last sentence; runs without any left out."""
    start = at = first
    for n, item in enumerate(passages):
        at += len(item.sentences)
        if n + 1 == len(passages) or keys[n + 1] != keys[n]:
            if at > start:
                yield keys[n], start, at - 1
            start = at


def _plain(text: str) -> set[str]:
    """The words of a text that was not parsed."""
    return {word.lower() for word in _WORD.findall(text)}
