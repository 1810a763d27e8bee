"""Keys that differ from prompt_toolkit's own: Ctrl-C clears the line instead of raising.

Ctrl-D on an empty line leaves and Ctrl-R searches the history there already.
"""

from __future__ import annotations

from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import has_focus
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent


def bindings() -> KeyBindings:
    """The session's key bindings."""
    keys = KeyBindings()

    @keys.add("c-c", filter=has_focus(DEFAULT_BUFFER))
    def clear_line(event: KeyPressEvent) -> None:
        event.current_buffer.reset()

    return keys
