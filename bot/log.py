"""The log of questions that a user may ask for: what was asked and whether it was answered, for ``gaps`` to read.

Nothing is logged unless a file is named, and nothing leaves the machine. A line holds no time and no person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from bot.answers.model import Answer
from bot.errors import LogError, UsageError


class Asked(Struct, frozen=True):
    """A question that was asked, and what became of it: a follow-up as it was completed (*And fuel?*), or, where it was
    not put into words (*And when?*), as it was typed with the question that it came ``after``."""

    question: str
    status: str
    kind: str = ""
    detail: str = ""
    after: str = ""


class QuestionLog:
    """Appends one JSON object a question to a file: question, status, and for refusals the reason.

    Raises LogError where the file cannot be opened. A file that cannot be written later on (a full disk) costs the log
    its line and nobody the answer; ``problem`` then says why.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.problem = ""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8"):
                pass
        except OSError as error:
            raise LogError(f"{self.path}: the log cannot be written: {error.strerror or error}") from error

    def note(self, answer: Answer, completed: str, after: str = "") -> None:
        """Add a line.

        answer: what was answered. completed: the question with what a follow-up took from the one before. after: the
        question before, where the completed one cannot be read without it.
        """
        line: dict[str, object] = {"question": completed, "status": answer.status}
        if after:
            line["after"] = after
        if completed != answer.question:
            line["typed"] = answer.question
        if answer.reason is not None:
            line["reason"] = {"kind": answer.reason.kind, "detail": answer.reason.detail}
        try:
            with self.path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            self.problem = f"{self.path}: questions are not logged: {error.strerror or error}"


def read_asked(lines: Iterable[str], name: str) -> Iterator[Asked]:
    """The questions of a log, or of a file that ``ask --json`` wrote.

    lines: JSON objects. name: the file's, for errors. Raises UsageError for a line that is neither.
    """
    for number, line in enumerate(lines, 1):
        try:
            item = json.loads(line)
            reason = item.get("reason") or {}
            asked = Asked(
                *(item["question"], item["status"], reason.get("kind", ""), reason.get("detail", "")),
                after=item.get("after", ""),
            )
            if not all(isinstance(text, str) for text in astuple(asked)):
                raise TypeError("not text")
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise UsageError(
                f"{name}, line {number}: expected a JSON object with question and status, as ask --json and --log write"
            ) from error
        yield asked
