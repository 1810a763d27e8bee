"""Greetings, thanks, and what the bot can do: worded from the base, so that its examples have answers."""

from __future__ import annotations

from typing import Protocol

from bot.answers.model import Answer


class Suggesting(Protocol):
    """What help needs of a bot: questions that have answers."""

    def suggestions(self, limit: int = 5) -> tuple[str, ...]:
        """Askable questions."""
        ...


def help_answer(text: str, bot: Suggesting) -> Answer:
    """What can be asked here."""
    suggestions = bot.suggestions(3)
    shown = "; ".join(f"“{s}”" for s in suggestions)
    answer = "I answer questions from the documents I was given, and quote the words I rest on."
    if shown:
        answer += f" For example: {shown}."
    return Answer(
        question=text,
        status="help",
        answer=answer,
        intent="help",
        answer_type="help",
        confidence=1.0,
        suggestions=suggestions,
    )
