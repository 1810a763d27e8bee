"""The terminal session: what a typed line does, how an answer looks, and the prompt around it.

Nothing here computes an answer; :mod:`bot.chat.ports` lists all that a session needs of a bot. Only ``prompt.py``,
``bindings.py`` and ``style.py`` import prompt_toolkit; everything else is text in, lines out.
"""
