"""Articles written out in every document format that is read: what round trips and benchmarks are made of."""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

import docx
from fpdf import FPDF

DEVELOPMENT = Path(__file__).parents[2] / "shared" / "evaluate" / "data" / "squad-articles.json"
"""Six encyclopedia articles kept beside a working copy; not there in other places."""


@dataclass(frozen=True)
class Article:
    """A title and paragraphs of prose."""

    title: str
    paragraphs: tuple[str, ...]


OWN = Article(
    "The harbour of Tern Bay",
    (
        "Tern Bay has a harbour of three basins. The town council bought it from the railway company in 1907, and"
        " Ruth Calloway, who had drained the marsh, rebuilt its western mole between 1911 and 1914. It was finished"
        " two years late.",
        "The harbour master employs 42 people. She reports to the council, not to the port authority of Lund. In"
        " winter, ships of more than 90 m may not enter the inner basin unless a tug leads them.",
        "The ferries “Orla” and “Maud” link the town with Skerry Island. They carried about 310,000 passengers in"
        " 2019; 12% of them were schoolchildren. Both are owned by Northern Crossings, a cooperative founded by"
        " fishermen.",
        "Coal was shipped through the eastern basin until 1968. Since then it has been used by yachts, and its cranes"
        " – the oldest in the county – are a museum. The museum opens at 9:30 a.m. on Sundays.",
        "Dr. J. Holm wrote the first history of the harbour (1931). He described the storm that destroyed the old"
        " lighthouse, but he did not mention the strike of 1926.",
    ),
)


def read_articles(file: Path) -> list[Article]:
    """The articles of a file as SQuAD has them."""
    data = json.loads(file.read_text(encoding="utf-8"))["data"]
    return [Article(entry["title"].replace("_", " "), _paragraphs(entry)) for entry in data]


def _paragraphs(entry: dict[str, list[dict[str, str]]]) -> tuple[str, ...]:
    return tuple(" ".join(paragraph["context"].split()) for paragraph in entry["paragraphs"])


def development_articles() -> list[Article]:
    """The development articles where they are at hand, else none."""
    return read_articles(DEVELOPMENT) if DEVELOPMENT.is_file() else []


def _plain(article: Article) -> bytes:
    return "\n\n".join([article.title, *article.paragraphs, ""]).encode()


def _wrapped(article: Article) -> bytes:
    lines = (textwrap.fill(text, 72, break_on_hyphens=False, break_long_words=False) for text in article.paragraphs)
    return "\n\n".join([article.title, *lines, ""]).encode()


def _markdown(article: Article) -> bytes:
    return "\n\n".join([f"# {article.title}", *map(_marked, article.paragraphs), ""]).encode()


def _marked(text: str) -> str:
    """Prose with what Markdown takes for marks escaped, and its first long word in bold."""
    safe = re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)
    return re.sub(r"\b([A-Za-z]{6,})\b", r"**\1**", safe, count=1)


def _page(article: Article) -> bytes:
    body = "\n".join(f"<p>{_linked(text)}</p>" for text in article.paragraphs)
    title = escape(article.title)
    return f'<!DOCTYPE html><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>\n{body}\n'.encode()


def _linked(text: str) -> str:
    return re.sub(r"\b([A-Za-z]{6,})\b", r'<a href="x"><b>\1</b></a>', escape(text, quote=False), count=1)


def _word(article: Article) -> bytes:
    made = docx.Document()
    made.add_heading(article.title, 0)
    for text in article.paragraphs:
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _table(article: Article) -> bytes:
    out = io.StringIO()
    rows = [(number, text) for number, text in enumerate(article.paragraphs, 1)]
    csv.writer(out, lineterminator="\n").writerows([("Paragraph", "Text"), *rows])
    return out.getvalue().encode()


def _print(article: Article) -> bytes:
    made = FPDF()
    made.add_page()
    for number, text in enumerate([article.title, *article.paragraphs]):
        made.set_font("Helvetica", "" if number else "B", 11 if number else 18)
        made.multi_cell(0, 6 if number else 10, _printable(text), new_x="LMARGIN", new_y="NEXT")
        made.ln(3)
    return bytes(made.output())


_LETTERS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})


def _printable(text: str) -> str:
    """Prose as the fonts that every PDF reader has can print it."""
    return text.translate(_LETTERS).encode("latin-1", "replace").decode("latin-1")


FORMATS: dict[str, tuple[str, Callable[[Article], bytes]]] = {
    "txt": ("txt", _plain),
    "wrapped": ("txt", _wrapped),
    "md": ("md", _markdown),
    "html": ("html", _page),
    "docx": ("docx", _word),
    "csv": ("csv", _table),
    "pdf": ("pdf", _print),
}
"""By name: the suffix of the file and what writes it."""


def write_article(article: Article, form: str, folder: Path) -> Path:
    """Write an article into a folder in one of :data:`FORMATS`."""
    suffix, write = FORMATS[form]
    path = folder / f"{re.sub('[^A-Za-z0-9]+', '_', article.title)}.{suffix}"
    path.write_bytes(write(article))
    return path
