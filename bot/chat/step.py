"""One step of a session: a state and a typed line in, the next state and what to show out.

Nothing is printed or read here. The one thing a step changes is the conversation it is given, which remembers the
question for the follow-up to it.
"""

from __future__ import annotations

from msgspec.structs import replace

from bot.chat.commands import find, nearest
from bot.chat.render import Output, error, render_answer
from bot.chat.safe import readable
from bot.chat.state import State


def step(state: State, line: str) -> tuple[State, Output]:
    """Run a command, or ask a question; a blank line does nothing."""
    line = readable(line)
    if not line:
        return state, ()
    word, _, rest = line.partition(" ")
    command = find(line) or (find(word) if word.startswith("/") else None)
    if command:
        return command.run(state, "" if command is find(line) else rest.strip())
    if word.startswith("/"):
        close = nearest(word)
        hint = f" Did you mean {close}?" if close else ""
        return state, error(f"There is no command {word}.{hint} /help lists them.")
    answer = state.conversation.ask(line)
    return replace(state, last=answer), render_answer(answer)
