"""Colours of the session: few, from the terminal's own palette, so that they suit light and dark ones alike."""

from __future__ import annotations

from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.styles import Style

from bot.chat.render import LineKind, Output

_LINE_STYLES: dict[LineKind, str] = {
    "answer": "bold",
    "refusal": "ansiyellow",
    "quote": "",
    "place": "ansicyan",
    "note": "italic",
    "plain": "",
    "error": "ansired",
}

STYLE = Style.from_dict(
    {f"line.{kind}": style for kind, style in _LINE_STYLES.items()}
    | {"prompt": "ansigreen bold", "bottom-toolbar": "noreverse ansibrightblack", "auto-suggestion": "ansibrightblack"}
)


def styled(output: Output) -> FormattedText:
    """The lines with their styles, a line end after each."""
    return FormattedText([(f"class:line.{line.kind}", f"{line.text}\n") for line in output])
