"""No command: a conversation, on a terminal or in a pipe."""

from __future__ import annotations

import sys
from argparse import Namespace

from bot.cli.bases import open_bot
from bot.cli.streams import complain


def run(options: Namespace) -> int:
    """Chat until the input ends."""
    from bot.chat.session import run as chat

    bot = open_bot(options.kb, log=options.log)
    code = chat(lambda: bot, sys.stdin, sys.stdout, sys.stderr)
    if problem := bot.log_problem:
        complain(problem)
    return code
