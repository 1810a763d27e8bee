"""spaCy without what it does at its start for others: half of the time from cold to the first answer was here."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def import_spacy() -> Any:
    """Import spaCy without its command line, which takes a third of the import's time and is of no use here."""
    if "spacy" in sys.modules:
        import spacy

        return spacy
    if "numpy" not in sys.modules:
        # One sentence is too little work to share: threads of the linear algebra library only cost start-up time.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    package = types.ModuleType("spacy.cli")
    package.__path__ = []
    information = types.ModuleType("spacy.cli.info")
    information.info = None  # type: ignore[attr-defined]
    sys.modules["spacy.cli"], sys.modules["spacy.cli.info"] = package, information
    try:
        with _schemas_when_asked():
            import spacy
    finally:
        del sys.modules["spacy.cli"], sys.modules["spacy.cli.info"]
    if hasattr(spacy, "cli"):
        del spacy.cli
    return spacy


@contextmanager
def _schemas_when_asked() -> Iterator[None]:
    """Schemas of configuration files are built when one is checked by them, not all of them before any is."""
    import pydantic

    before = pydantic.BaseModel.model_config
    pydantic.BaseModel.model_config = pydantic.ConfigDict(**{**before, "defer_build": True})
    try:
        yield
    finally:
        pydantic.BaseModel.model_config = before


@contextmanager
def without_plugins() -> Iterator[None]:
    """Load a pipeline without a search for what other installed packages may add to spaCy, made anew for each of the
    hundred names in a configuration; ours names nothing of theirs."""
    import catalogue  # type: ignore[import-untyped]

    before = getattr(catalogue, "AVAILABLE_ENTRY_POINTS", {})
    catalogue.AVAILABLE_ENTRY_POINTS = {}
    try:
        yield
    finally:
        catalogue.AVAILABLE_ENTRY_POINTS = before
