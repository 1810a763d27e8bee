"""How answers, citations, traces and facts look, as lines that each have a kind. Pure: records in, lines out.

A line's kind is what the terminal colours by; plain output is the same lines without it, so that a pipe, a terminal
without colours and a test all see the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from bot.answers.model import Answer, Citation
from bot.chat.safe import visible
from bot.facts.store.records import StoredDocument, StoredFact, StoredSentence
from bot.facts.store.terms import statement

LineKind = Literal["answer", "refusal", "quote", "place", "note", "plain", "error"]
INDENT = "    "
CORRECTED = "read “"  # how the trace tells a spelling or a name that was read as another one


class Line(Struct, frozen=True):
    """One line to show; ``text`` is safe for a terminal."""

    kind: LineKind
    text: str


Output: TypeAlias = tuple[Line, ...]


def render_answer(answer: Answer) -> Output:
    """What is answered, corrections that it does not tell itself, then each quote with its place.

    For a refusal what is missing, and what could be asked instead.
    """
    answered = answer.status == "answered"
    head = Line("answer" if answered or answer.status == "help" else "refusal", visible(_unquoted(answer)))
    notes = [step for step in answer.trace if step.startswith(CORRECTED)]
    if answer.reason and not answered:
        notes.append(answer.reason.detail)
    unsaid = (text for text in map(visible, notes) if text and text.casefold() not in head.text.casefold())
    lines = (head, *(Line("note", f"({text})") for text in unsaid), *render_citations(answer.citations))
    return lines if answered else (*lines, *render_suggestions(answer.suggestions))


def render_citations(citations: Iterable[Citation]) -> Output:
    """Each quote, and below it the document, section and offsets where it stands."""
    return tuple(line for citation in citations for line in _citation(citation))


def render_suggestions(questions: Sequence[str]) -> Output:
    """Questions that have answers here."""
    if not questions:
        return ()
    return (Line("note", "You could ask:"), *(Line("plain", f"{INDENT}{visible(question)}") for question in questions))


def render_trace(answer: Answer) -> Output:
    """How the question was read, and the steps to its answer in order."""
    lines = [Line("plain", f"{label}: {visible(text)}") for label, text in _readings(answer) if text]
    lines += [Line("plain", f"{n:>3}. {visible(entry)}") for n, entry in enumerate(answer.trace, 1)]
    return tuple(lines)


def render_document(document: StoredDocument) -> Line:
    """A document's path and title."""
    return Line("plain", f"{visible(document.path)}  {visible(document.title)}".rstrip())


def render_fact(stored: StoredFact, sentence: StoredSentence) -> Output:
    """A fact's parts, and where the sentence stands that states it."""
    said = sentence.sentence
    where = place(sentence.document, sentence.context.section, said.start, said.end)
    return Line("plain", visible(statement(stored.fact)).lstrip("| ")), Line("place", INDENT + where)


def place(document: str, section: Sequence[str], start: int, end: int) -> str:
    """``document › section [start:end]``."""
    return f"{' › '.join(visible(part) for part in (document, *section))} [{start}:{end}]"


def note(text: str) -> Output:
    """A remark of the program itself."""
    return (Line("note", visible(text)),)


def error(text: str) -> Output:
    """What went wrong; belongs on standard error. May have several lines."""
    return tuple(Line("error", visible(line)) for line in text.splitlines() if line.strip())


def plural(count: int, noun: str) -> str:
    """``1 fact``, ``2 facts``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _unquoted(answer: Answer) -> str:
    """The answer's sentence; where it only repeats a quote that is shown below it, the values instead, or *Yes* and
    *No* with what limits them (*No, not all: A few have ties.* → *No, not all.*)."""
    said = answer.answer.rstrip(".")
    for quote in (citation.quote.rstrip(".") for citation in answer.citations):
        lead = said[: -len(quote)].rstrip() if quote and said.casefold().endswith(quote.casefold()) else said
        if lead.endswith(":"):
            return f"{lead[:-1]}."
        if not lead and answer.values:
            return ("; " if any("," in value for value in answer.values) else ", ").join(answer.values)
    return answer.answer


def _citation(citation: Citation) -> Output:
    where = place(citation.document, citation.section, citation.start, citation.end)
    page = f", page {citation.page}" if citation.page is not None else ""
    original = f", restated from {visible(citation.original)}" if citation.original else ""
    return Line("quote", f"{INDENT}“{visible(citation.quote)}”"), Line("place", f"{INDENT}{where}{page}{original}")


def _readings(answer: Answer) -> Iterable[tuple[str, str]]:
    yield "question", answer.question
    yield "read as", answer.query
    yield "intent", answer.intent
    yield "status", answer.status + (f", {answer.reason.kind}" if answer.reason else "")
    yield "confidence", f"{answer.confidence:.2f}" if answer.status == "answered" else ""
