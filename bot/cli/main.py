"""The entry point: options, the table of commands, and the one place where errors become messages and exit codes.

Exit codes: 0 done (a refusal to answer too), 1 failure, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence

from bot.cli import ask, build, check, compare, extract, facts, gaps, parse, repl, verify
from bot.cli.command import Command, add_kb, add_log
from bot.cli.streams import abandon_output, complain, prepare
from bot.errors import CitebotError
from bot.version import __version__

COMMANDS: tuple[Command, ...] = (
    build.BUILD,
    ask.ASK,
    extract.EXTRACT,
    facts.TEXT,
    facts.FACTS,
    verify.VERIFY,
    parse.PARSE,
    check.CHECK,
    compare.DIFF,
    gaps.GAPS,
)

INTERRUPTED = 130
COLLECT_AFTER = (100_000, 20, 50)
"""Nearly all that a command allocates, it keeps: by default the garbage collector walks it over and over in vain."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line.

    argv: the arguments, by default those of the process.
    RETURNS: the exit code.
    """
    prepare()
    gc.set_threshold(*COLLECT_AFTER)
    try:
        options = parser().parse_args(argv)
        code: int = options.run(options)
        sys.stdout.flush()
    except CitebotError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        abandon_output()
        return 1
    except OSError as error:
        abandon_output()
        complain(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return 1
    return code


def parser() -> argparse.ArgumentParser:
    """The parser of the command line, made from the table."""
    top = argparse.ArgumentParser(
        prog="citebot",
        description="Answers plain-English questions from documents and quotes the words each answer rests on.",
        epilog="Without a command: chat, on the bundled documents or on the base that --kb names.",
    )
    top.add_argument("--version", action="version", version=f"citebot {__version__}")
    add_kb(top)
    add_log(top)
    top.set_defaults(run=repl.run, kb=None, log=None)
    commands = top.add_subparsers(metavar="COMMAND")
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        command.options(sub)
        sub.set_defaults(run=command.run)
    return top
