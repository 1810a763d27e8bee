"""``ask``: one question, a stream of them, or a conversation; in words or as JSON."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bot.cli.bases import open_bot
from bot.cli.command import Command, add_kb, add_log
from bot.cli.streams import complain, input_lines, show_json

if TYPE_CHECKING:
    from bot.answers.model import Answer
    from bot.api import Bot


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("question", metavar="QUESTION", nargs="?", help="without it, one a line on standard input")
    add_kb(parser)
    add_log(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object for each question, on one line")
    parser.add_argument(
        "--conversation", action="store_true", help="lines are turns; a blank line starts a new conversation"
    )
    parser.add_argument(
        "--min-confidence",
        type=_share,
        default=0.0,
        metavar="X",
        help="hold back answers less certain than this, 0 to 1",
    )


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def _run(options: Namespace) -> int:
    from bot.chat.safe import readable

    bot = open_bot(options.kb, options.min_confidence, log=options.log)
    lines = input_lines() if options.question is None else [readable(options.question)]
    skip_blank = options.question is None
    for answer in answers(bot, lines, conversation=options.conversation, skip_blank=skip_blank):
        _show(answer, as_json=options.json, apart=skip_blank)
    if problem := bot.log_problem:
        complain(problem)
    return 0


def answers(bot: Bot, lines: Iterable[str], *, conversation: bool = False, skip_blank: bool = True) -> Iterator[Answer]:
    """The answer to each line, in order.

    bot: who is asked. lines: the questions. conversation: later lines may lean on earlier ones, up to a blank one.
    skip_blank: leave blank lines unanswered.
    """
    talk = bot.conversation() if conversation else None
    for line in lines:
        if not line and skip_blank:
            talk = bot.conversation() if conversation else None
        else:
            yield talk.ask(line) if talk else bot.ask(line)


def _show(answer: Answer, *, as_json: bool, apart: bool) -> None:
    from bot.chat.render import render_answer

    if as_json:
        show_json(answer.as_dict())
        return
    for line in render_answer(answer):
        print(line.text)
    print(end="\n" if apart else "", flush=True)


ASK = Command("ask", "answer a question, or every line of standard input", _options, _run)
