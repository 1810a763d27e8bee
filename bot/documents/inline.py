"""Markdown inside a passage: which characters are markup and no words.

Follows CommonMark for what documents use (escapes, code, emphasis, links, images, HTML tags and comments, footnote
references, quotation signs of continued lines). Time is linear in the passage, whatever is in it.
"""

from __future__ import annotations

import re
from collections import defaultdict

Span = tuple[int, int]

_HIDDEN = "\x00"
_SPECIAL = re.compile(r"[\\`*_\[\]<>~&]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp):[^\s<>]*)>")
_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'=<>`]+))?)*\s*/?>"
)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,60}\]")
_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"
_IMAGE = re.compile(rf"!\[[^\[\]]*\](?:{_TARGET}|\[[^\[\]]*\])")
_LINK = re.compile(rf"\[([^\[\]]*)\](?:{_TARGET}|\[[^\[\]]*\])")
_RUN = re.compile(r"\*+|_+|~~")
_QUOTED_LINE = re.compile(r"\n[ \t]*((?:>[ \t]?)+)")
_NBSP = re.compile(r"&nbsp;")


def markup_drops(raw: str) -> list[Span]:
    """Offsets of all markup in ``raw``, unsorted; they may touch but do not overlap."""
    if not _SPECIAL.search(raw):
        return []
    work = list(raw)
    drops: list[Span] = []

    def drop(start: int, end: int) -> None:
        if start < end:
            drops.append((start, end))
            hide(start, end)

    def hide(start: int, end: int) -> None:
        work[start:end] = _HIDDEN * (end - start)

    for match in _ESCAPE.finditer(raw):
        drop(match.start(), match.start() + 1)
        hide(match.start(1), match.end(1))
    for opening, closing in _code_spans("".join(work)):
        drop(*opening)
        drop(*closing)
        hide(opening[1], closing[0])
    for start, end in _comments("".join(work)):
        drop(start, end)
    for pattern in (_AUTOLINK, _LINK):
        if pattern is _LINK:
            for whole in (_TAG, _FOOTNOTE, _IMAGE):
                for match in whole.finditer("".join(work)):
                    drop(*match.span())
        for match in pattern.finditer("".join(work)):
            drop(match.start(), match.start(1))
            drop(match.end(1), match.end())
            if pattern is _AUTOLINK:
                hide(*match.span(1))
    for start, end in _emphasis("".join(work)):
        drop(start, end)
    for match in _QUOTED_LINE.finditer("".join(work)):
        drop(*match.span(1))
    return drops


def _code_spans(text: str) -> list[tuple[Span, Span]]:
    runs = [match.span() for match in _TICKS.finditer(text)]
    later: dict[int, list[int]] = defaultdict(list)
    for index in range(len(runs) - 1, -1, -1):
        later[runs[index][1] - runs[index][0]].append(index)
    pairs = []
    index = 0
    while index < len(runs):
        same = later[runs[index][1] - runs[index][0]]
        while same and same[-1] <= index:
            same.pop()
        if same:
            pairs.append((runs[index], runs[same[-1]]))
            index = same[-1]
        index += 1
    return pairs


def _comments(text: str) -> list[Span]:
    spans = []
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        spans.append((start, end + 3))
        start = text.find("<!--", end + 3)
    return spans


def _emphasis(text: str) -> list[Span]:
    """The signs of matched emphasis: an opener leans on the text behind it, a closer on the text before it."""
    openers: dict[str, list[list[int]]] = defaultdict(list)
    spans = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        sign = text[start]
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        opens, closes = not after.isspace(), not before.isspace()
        if sign == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        while closes and start < end and openers[sign]:
            opener = openers[sign][-1]
            size = min(opener[1] - opener[0], end - start)
            spans += [(opener[1] - size, opener[1]), (start, start + size)]
            opener[1] -= size
            start += size
            if opener[0] == opener[1]:
                openers[sign].pop()
        if opens and start < end:
            openers[sign].append([start, end])
    return spans
