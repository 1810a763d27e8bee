"""Files to documents: which files a folder offers, and the one table of formats that says who reads them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path, PurePosixPath

from msgspec import Struct

from bot.documents.encodings import decode
from bot.documents.limits import MAX_FILE_BYTES, MEGABYTE, Parsed, check_size, check_text
from bot.documents.lines import cut_long
from bot.documents.model import Document
from bot.errors import DocumentError

ENTITIES = "entities.toml"
KNOWLEDGE_FOLDERS = ("documents", "tables")
"""Of a knowledge folder only these hold documents; it is told by its ``entities.toml`` or by having both."""


class Format(Struct, frozen=True):
    """One format: its name in ``Document.format``, and the module of this package whose ``parse`` reads it.

    ``parse`` takes the decoded text where ``is_text``, else the bytes; its module is imported at first use.
    """

    name: str
    module: str
    is_text: bool = True


_TXT = Format("txt", "plain")
_MD = Format("md", "markdown")
_CSV = Format("csv", "table")
_HTML = Format("html", "html", is_text=False)
_PDF = Format("pdf", "pdf", is_text=False)
_DOCX = Format("docx", "docx", is_text=False)

FORMATS: dict[str, Format] = {
    ".txt": _TXT,
    ".text": _TXT,
    ".md": _MD,
    ".markdown": _MD,
    ".csv": _CSV,
    ".tsv": _CSV,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".pdf": _PDF,
    ".docx": _DOCX,
}
"""The suffixes that are read (in small letters), each with its format."""


class Skipped(Struct, frozen=True):
    """A file that ``find`` left out, and why, in words for the user."""

    path: Path
    reason: str


class Found(Struct, frozen=True):
    """What a folder offers: the documents' paths and the files left out, both sorted by path."""

    paths: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def find(folder: Path) -> Found:
    """The documents of a folder, with those of its subfolders.

    folder: a knowledge folder (only its ``documents`` and ``tables`` are searched) or a plain folder of documents.
    RETURNS: paths below ``folder`` and what was left out: hidden files and folders, links to folders, unknown
    suffixes, and in a knowledge folder what lies beside the two. Raises DocumentError when it is no folder.
    """
    if not folder.is_dir():
        raise DocumentError(f"{folder}: no such folder. Expected a folder with documents, or a knowledge folder.")
    paths: list[Path] = []
    skipped: list[Skipped] = []
    for path in _files(folder, skipped):
        reason = _reason_to_skip(path, folder)
        if reason is None:
            paths.append(path)
        elif reason:
            skipped.append(Skipped(path, reason))
    return Found(tuple(sorted(paths, key=_key)), tuple(sorted(skipped, key=lambda item: _key(item.path))))


def is_knowledge_folder(folder: Path) -> bool:
    """Whether a folder is laid out as knowledge (documents/, tables/, entities.toml), not as plain documents."""
    present = [(folder / name).is_dir() for name in KNOWLEDGE_FOLDERS]
    return all(present) or (any(present) and (folder / ENTITIES).is_file())


def read(path: Path, root: Path) -> Document:
    """Read one file.

    path: the file. root: the built folder; the document's ``path`` is relative to it, with ``/``.
    RETURNS: the document. Raises DocumentError when the file cannot be opened, is empty, binary, damaged, of an
    unknown format or encoding, or past a limit of ``limits``.
    """
    name = PurePosixPath(*path.relative_to(root).parts).as_posix() if path.is_relative_to(root) else path.name
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise DocumentError(
                f"{name}: the file has {size / MEGABYTE:.0f} MB, more than the {MAX_FILE_BYTES // MEGABYTE} MB that a"
                " document may have. Split it into several files."
            )
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            f"{name}: cannot be opened ({error.strerror}). Expected a readable file; check its permissions."
        ) from error
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Document:
    """Read a document from memory.

    data: the file's bytes. name: its path as citations will give it; its suffix decides the format.
    RETURNS: the document. Raises DocumentError as ``read`` does.
    """
    known = FORMATS.get(PurePosixPath(name).suffix.lower())
    if known is None:
        raise DocumentError(f"{name}: unknown format. Expected one of {', '.join(FORMATS)}; convert or remove it.")
    check_size(data, name)
    parsed = _parser(known)(data, name)
    check_text(parsed.text, name)
    passages = tuple(cut_long(parsed.text, parsed.passages))
    if not passages:
        raise DocumentError(f"{name}: there are no sentences in it. Expected a document with text; remove or fill it.")
    digest = hashlib.sha256(data).hexdigest()
    title = parsed.title or readable(name)
    return Document(name, title, parsed.text, passages, known.name, digest, parsed.source)


def readable(name: str) -> str:
    """A title made of a file's name: ``tables/country_figures.csv`` becomes *Country figures*."""
    words = re.sub(r"[\s_-]+", " ", PurePosixPath(name).stem).strip()
    return words[:1].upper() + words[1:] if words.islower() else words


def _parser(known: Format) -> Callable[[bytes, str], Parsed]:
    module = import_module(f"bot.documents.{known.module}")
    if not known.is_text:
        parse_bytes: Callable[[bytes, str], Parsed] = module.parse
        return parse_bytes

    def parse_text(data: bytes, name: str) -> Parsed:
        text = decode(data, name)
        check_text(text, name)
        try:
            parsed: Parsed = module.parse(text)
        except DocumentError as error:
            raise DocumentError(f"{name}: {error}") from error
        return parsed

    return parse_text


def _files(folder: Path, skipped: list[Skipped]) -> list[Path]:
    """All files below a folder but those in hidden folders; what is not entered is added to ``skipped``."""
    files = []
    for place, folders, names in os.walk(folder):
        for name in sorted(folders):
            path = Path(place, name)
            if name.startswith("."):
                skipped.append(Skipped(path, "hidden folder"))
            elif path.is_symlink():
                skipped.append(Skipped(path, "link to a folder"))
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(place, name) for name in names]
    return files


def _reason_to_skip(path: Path, folder: Path) -> str | None:
    """None for a document, '' for a file that is expected and no document, else why it is left out."""
    inside = path.relative_to(folder)
    if inside.as_posix() == ENTITIES:
        return ""
    if path.name.startswith(".") or path.name.startswith("~$"):
        return "hidden file"
    if is_knowledge_folder(folder) and inside.parts[0] not in KNOWLEDGE_FOLDERS:
        return "beside documents/ and tables/, which alone are read in a knowledge folder"
    if path.suffix.lower() not in FORMATS:
        return f"unknown format {path.suffix or '(no suffix)'}; expected one of {', '.join(FORMATS)}"
    if not path.is_file():
        return "not a regular file"
    return None


def _key(path: Path) -> str:
    return path.as_posix()
