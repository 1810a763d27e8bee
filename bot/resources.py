"""Where the bundled content lies: beside the package in a checkout, inside it in an ordinary install.

The wheel carries ``knowledge/`` and ``intents/`` as ``bot/_knowledge`` and ``bot/_intents`` (see ``setup.py``).
"""

from __future__ import annotations

from pathlib import Path

from bot.errors import KnowledgeError

PACKAGE = Path(__file__).resolve().parent


def knowledge_folder() -> Path:
    """The bundled knowledge folder: ``documents/``, ``tables/`` and ``entities.toml``."""
    return _bundled("knowledge")


def intents_folder() -> Path:
    """The folder of the intent files."""
    return _bundled("intents")


def _bundled(name: str) -> Path:
    for folder in (PACKAGE.parent / name, PACKAGE / f"_{name}"):
        if folder.is_dir() and (folder.parent != PACKAGE.parent or (PACKAGE.parent / "pyproject.toml").is_file()):
            return folder
    raise KnowledgeError(
        f"the bundled folder {name}/ is neither beside nor inside the package at {PACKAGE}. Install citebot again."
    )
