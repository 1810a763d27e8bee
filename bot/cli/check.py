"""``check``: validate the knowledge and the intents, run the intents' examples and a file of golden questions."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.cli.bases import open_bot
from bot.cli.command import Command, add_kb
from bot.cli.progress import ProgressLine
from bot.cli.streams import complain, show
from bot.errors import CitebotError, UsageError

if TYPE_CHECKING:
    from bot.answers.model import Answer
    from bot.api import Bot

GOLDEN = "questions.jsonl"


class Golden(Struct, frozen=True):
    """A question whose answer is known: its status, texts that the answer or its values must hold, texts that they
    must not, and the turns of the conversation before it."""

    question: str
    status: str = "answered"
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


def _options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--knowledge", type=Path, metavar="FOLDER", help="a knowledge folder instead of the bundled one"
    )
    parser.add_argument("--intents", type=Path, metavar="FOLDER", help="intents instead of the bundled ones")
    text = f"golden questions, a JSON object a line; without it, {GOLDEN} of the knowledge folder if there is one"
    parser.add_argument("--questions", type=Path, metavar="FILE", help=text)
    add_kb(parser)


def _run(options: Namespace) -> int:
    from bot.resources import intents_folder, knowledge_folder

    intents = options.intents or intents_folder()
    knowledge = options.knowledge or (knowledge_folder() if options.kb is None else None)
    problems = {"knowledge": knowledge_problem(knowledge)} if knowledge else {}
    problems["intents"] = intents_problem(intents)
    for name, problem in problems.items():
        show(f"{name}: {'sound' if problem is None else 'not sound'}")
        if problem:
            complain(problem)
    if any(problems.values()):
        return 1
    golden = options.questions or (knowledge / GOLDEN if knowledge and (knowledge / GOLDEN).is_file() else None)
    with _base(options) as kb:
        bot = open_bot(kb, intents=intents)
        misread = list(misread_examples(bot, intents))
        show(f"examples: {len(misread)} not read as the intent they are an example of")
        questions = golden_questions(golden) if golden else []
        wrong = list(wrong_answers(bot, questions))
        if golden:
            show(f"questions: {len(wrong)} of {len(questions)} not answered as expected")
        bot.kb.close()
    for text in misread + wrong:
        complain(text)
    return 1 if misread or wrong else 0


@contextmanager
def _base(options: Namespace) -> Iterator[Path | None]:
    """The base to ask: the one named, or one made for the moment of the knowledge folder named, or the bundled one."""
    if options.kb is not None or options.knowledge is None:
        yield options.kb
        return
    from bot.facts.build import build

    with TemporaryDirectory(prefix="citebot-") as folder:
        kb = Path(folder) / "check.kb"
        with ProgressLine("building a base to ask: ") as line:
            build(options.knowledge, kb, progress=line.update)
        yield kb


def knowledge_problem(folder: Path) -> str | None:
    """What is wrong with a knowledge folder: all mistakes of its entity list, and documents that cannot be read."""
    from bot.documents.reading import ENTITIES
    from bot.facts.build import read_all
    from bot.language.gazetteer import load

    problems = []
    try:
        if (folder / ENTITIES).is_file():
            load(folder / ENTITIES)
    except CitebotError as error:
        problems.append(str(error))
    try:
        _, unread = read_all(folder, lambda stage, done, total: None)
        problems += [item.reason for item in unread if item.failed]
    except CitebotError as error:
        problems.append(str(error))
    return "\n".join(problems) or None


def intents_problem(folder: Path) -> str | None:
    """What is wrong with a folder of intents, all mistakes at once."""
    from bot.questions.intents import load_intents

    try:
        load_intents(folder)
    except CitebotError as error:
        return str(error)
    return None


def misread_examples(bot: Bot, folder: Path) -> Iterator[str]:
    """Examples of intents that are read as another intent."""
    from bot.questions.intents import load_intents
    from bot.questions.query import Query

    for intent in load_intents(folder):
        for example in intent.examples:
            query = bot.parse(example)
            found = query.intent if isinstance(query, Query) else f"no question ({query.detail})"
            if found != intent.name:
                yield f"{intent.name}: the example “{example}” is read as {found}"


def golden_questions(path: Path) -> list[Golden]:
    """The questions of a file; UsageError names the line that is not one."""
    found = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8. Expected golden questions, a JSON object a line.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            texts = {key: tuple(item.get(key, ())) for key in ("holds", "lacks", "before")}
            found.append(Golden(item["question"], item.get("status", "answered"), **texts))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{path}, line {number}: expected an object with question, and as needed status, holds, lacks, before"
            ) from error
    return found


def wrong_answers(bot: Bot, questions: list[Golden]) -> Iterator[str]:
    """Questions that are not answered as expected, each with what came instead."""
    for golden in questions:
        talk = bot.conversation()
        for turn in golden.before:
            talk.ask(turn)
        answer = talk.ask(golden.question)
        if not _as_expected(answer, golden):
            values = ", ".join(answer.values)
            yield f"“{golden.question}”: expected {golden.status} {golden.holds or ''}, got {answer.status} {values}"


def _as_expected(answer: Answer, golden: Golden) -> bool:
    said = " ".join((answer.answer, *answer.values)).casefold()
    return (
        answer.status == golden.status
        and all(text.casefold() in said for text in golden.holds)
        and not any(text.casefold() in said for text in golden.lacks)
    )


CHECK = Command("check", "validate knowledge and intents, run their examples and golden questions", _options, _run)
