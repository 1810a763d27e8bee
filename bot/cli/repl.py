"""No command: a conversation, on a terminal or in a pipe."""

from __future__ import annotations

import sys
from argparse import Namespace

from bot.cli.bases import open_bot


def run(options: Namespace) -> int:
    """Chat until the input ends."""
    from bot.chat.session import run as chat

    return chat(lambda: open_bot(options.kb), sys.stdin, sys.stdout, sys.stderr)
