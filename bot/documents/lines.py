"""What all readers of lines share: lines with offsets, bullet signs, titles by their look, section paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from bot.documents.limits import MAX_PASSAGE_CHARS
from bot.documents.model import Passage

MAX_TITLE_CHARS = 90
MAX_TITLE_WORDS = 12

Span = tuple[int, int]

_TERMINAL = re.compile(r"[.!?;,:…][\"'”’)\]*_]*$")
_CLOSED = re.compile(r"[.!?;:…][\"'”’)\]*_]*$")
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9])")
_BULLET = re.compile(
    r"(?P<sign>[•◦▪▫●○■□‣⁃∙·➢➤►✓*+–—-]|"
    r"\((?:\d{1,3}|[ivxlc]{1,5}|[A-Za-z])\)|(?:\d{1,3}|[ivx]{1,4}|[a-z])[.)]|[A-Z]\)|\d{1,3}(?:\.\d{1,3})+\.?)"
    r"[ \t\xa0]+(?=\S)"
)
_NEXT_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s+[^\W\d_a-z]")  # a stop, then a capital letter
_NUMBERED_TITLE = re.compile(
    r"(?:(?P<word>Part|Title|Book|Chapter|Article|Section|Annex|Appendix|Schedule|PART|TITLE|BOOK|CHAPTER|ARTICLE|"
    r"SECTION|ANNEX|APPENDIX|SCHEDULE)\s+(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])\b[.:)]?|"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*)[.)]?(?=\s)|§\s*\d+[a-z]?\.?)\s*"
)

_CLAUSE = re.compile(
    r"(?:(?P<number>\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\.)(?=\s+[\"“‘(\[]*[^\W\d_a-z])|\((?:\d{1,2}|[ivxlc]{1,5}|[a-z])\)|"
    r"§\s*\d+[a-z]?\.?)[ \t\xa0]+(?=[\"“‘(\[]*[^\W\d_])"
)


class Line(Struct, frozen=True):
    """One line: offsets of its text without outer blanks, and how far it is indented (a tab counts to the next 4)."""

    start: int
    end: int
    indent: int
    text: str

    @property
    def blank(self) -> bool:
        return self.start == self.end


def split_lines(text: str) -> list[Line]:
    """All lines of ``text``, parted at ``\\n`` only, so that offsets stay whatever else a line holds."""
    lines = []
    position = 0
    for raw in text.split("\n"):
        body = raw.strip()
        lead = len(raw) - len(raw.lstrip())
        start = position + lead if body else position
        lines.append(Line(start, start + len(body), len(raw[:lead].expandtabs(4)), body))
        position += len(raw) + 1
    return lines


class Bullet(Struct, frozen=True):
    """A bullet sign at the head of a line: its class (equal for siblings) and how many characters it takes."""

    kind: str
    width: int
    depth: int = 0
    is_certain: bool = False
    """A sign that is used for nothing else (•), other than a number or a dash."""
    is_first: bool = False
    """A dash, or the first number or letter of a list."""


def bullet_of(text: str) -> Bullet | None:
    """The bullet sign that ``text`` (without outer blanks) begins with, if any."""
    match = _BULLET.match(text)
    if not match:
        return None
    sign = match["sign"]
    bare = sign.strip("().")
    if "." in bare:
        return Bullet("1.1", match.end(), bare.count(".") + 1, is_first=True)
    kind = "1" if bare.isdigit() else "a" if bare.isalpha() and bare.islower() else "A" if bare.isalpha() else sign
    if not bare.isalnum():
        return Bullet(kind, match.end(), is_certain=sign not in "-–—", is_first=True)
    return Bullet(sign.replace(bare, kind), match.end(), is_first=bare.lower() in ("1", "a", "i"))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends with a stop of any kind, inside closing quotes or brackets or not."""
    return bool(_TERMINAL.search(text))


def closes_sentence(text: str) -> bool:
    """Like ``ends_sentence``, but a comma at the end leaves the sentence open."""
    return bool(_CLOSED.search(text))


def introduces(text: str) -> bool:
    """Whether a paragraph leads in what follows it: it ends in a colon or dash, or in no stop at all."""
    bare = text.rstrip("*_ \t\n")
    return bare.endswith((":", "—", "–")) or not ends_sentence(bare)


def leads_in_table(text: str) -> bool:
    """Whether a paragraph just before a table says what it is about: it introduces, or is a single sentence. The end of
    a longer account does not."""
    return introduces(text) or not _NEXT_SENTENCE.search(text)


def looks_like_title(text: str) -> bool:
    """A short line that begins like a sentence and does not end like one; questions as in FAQs count too."""
    if len(text) > MAX_TITLE_CHARS or len(text.split()) > MAX_TITLE_WORDS:
        return False
    first = text.lstrip("\"'“‘(")[:1]
    if not (first.isupper() or first.isdigit() or first == "§") or not any(char.isalpha() for char in text):
        return False
    return text.endswith("?") or not ends_sentence(text) or (is_numbered_title(text) and text.endswith("."))


def is_numbered_title(text: str) -> bool:
    """*Article 5 Termination*, *Section 2. Scope*, *3.2 Payment terms*: a number, then a few words or none."""
    match = _NUMBERED_TITLE.match(text)
    if not match or len(text) > MAX_TITLE_CHARS:
        return False
    rest = text[match.end() :]
    if not rest:
        return bool(match["word"]) or text.startswith("§")
    return rest[0].isupper() and len(rest.split()) <= MAX_TITLE_WORDS and not ends_sentence(rest.rstrip(".?"))


def number_of_title(text: str) -> int:
    """How many characters the number takes that a title begins with (*Article 2. Term*, *2.1 Term*); 0 where there is
    none, or nothing but it: *7 Wonders* has none."""
    match = _NUMBERED_TITLE.match(text) if is_numbered_title(text) else None
    if match is None or match.end() == len(text):
        return 0
    return match.end() if match["word"] or not match.group().strip().isdigit() else 0


class ClauseNumbers:
    """The numbers at the head of a document's clauses (*2.1 The Borrower pays*, *(a) the rent*). A figure is none: the
    first of a clause's numbers ends in 1, and the others come after it."""

    def __init__(self) -> None:
        self._begun: set[str] = set()

    def width(self, text: str) -> int:
        """How many characters the number takes that a paragraph begins with, blanks after it included; 0 for none."""
        match = _CLAUSE.match(text)
        number = match["number"] if match else None
        if match is None or number is None:
            return match.end() if match else 0
        stem, _, last = number.rstrip(".").rpartition(".")
        if last == "1":
            self._begun.add(stem)
        return match.end() if stem in self._begun else 0


def title_rank(text: str, underline: str = "") -> int:
    """How high a title without markup stands, by its look alone; smaller is higher."""
    if underline:
        return 1 if underline == "=" else 40
    match = _NUMBERED_TITLE.match(text)
    if match and is_numbered_title(text):
        word = (match["word"] or "").lower()
        if word in ("book", "title", "part"):
            return 2
        if word in ("chapter", "annex", "appendix", "schedule"):
            return 3
        return 20 + (match["number"] or "").count(".")
    return 10 if text.isupper() else 50


def introduced_level(stack: list[tuple[int, str]], kind: Bullet, indent: int) -> int:
    """The nesting level, from 1, of a bullet among those open in ``stack``, which is brought up to date.

    Deeper indentation nests; at equal indentation another kind of sign nests, and an open kind is returned to.
    """
    key = f"{kind.kind}{kind.depth or ''}"
    while stack and stack[-1][0] > indent:
        stack.pop()
    if (indent, key) in stack:
        while stack[-1] != (indent, key):
            stack.pop()
    elif kind.depth:
        while stack and stack[-1][0] == indent and stack[-1][1].startswith("1.1") and stack[-1][1] > key:
            stack.pop()
        stack.append((indent, key))
    else:
        stack.append((indent, key))
    return len(stack)


class Sections(Struct):
    """The headings that are open at a point of a document."""

    open: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, rank: int, text: str) -> int:
        """Open a heading of ``rank`` (smaller is higher); RETURNS its level from 1. Its own path is then ``path``."""
        while self.open and self.open[-1][0] >= rank:
            self.open.pop()
        self.open.append((rank, text))
        return len(self.open)

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.open)


def trimmed(text: str, start: int, end: int) -> Span:
    """The offsets of ``text[start:end]`` without outer blanks; empty ones stand at ``end``."""
    raw = text[start:end]
    return (start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())) if raw.strip() else (end, end)


def joined(text: str) -> str:
    """``text`` with every run of white space as one blank: for titles and section names."""
    return " ".join(text.split())


def cut_long(text: str, passages: Iterable[Passage]) -> Iterator[Passage]:
    """Passages none of which is longer than ``MAX_PASSAGE_CHARS``: cut at a sentence end, else a blank, else there."""
    for passage in passages:
        while passage.end - passage.start > MAX_PASSAGE_CHARS and not passage.cells:
            end, after = _cut(text, passage.start)
            yield replace(passage, end=end, sources=())
            passage = replace(passage, start=after)
        yield passage


def _cut(text: str, start: int) -> Span:
    window = text[start : start + MAX_PASSAGE_CHARS]
    ends = [match.span() for match in _SENTENCE_END.finditer(window)]
    if ends:
        stop = len(window[: ends[-1][1]].rstrip())
        return start + stop, start + ends[-1][1]
    stripped = window.rstrip()
    if stripped and (blank := max(stripped.rfind(" "), stripped.rfind("\n"))) > 0:
        return start + len(stripped[:blank].rstrip()), start + blank + 1
    return start + len(window), start + len(window)
