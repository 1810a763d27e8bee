"""Every error that citebot raises on purpose, in one tree.

CitebotError
├── DocumentError        a file that cannot be read as a document
├── KnowledgeError       a knowledge folder or entities.toml that does not validate
├── IntentError          an intent file that does not validate (all mistakes at once)
├── KnowledgeBaseError   a base that is missing, foreign, truncated or of another version
├── ModelError           the language pipeline or lexicon in the package is missing or damaged
├── LogError             the log of questions that was asked for cannot be written
└── UsageError           the caller asked for something that does not exist

A message names the thing, says what was expected, and gives the next step.
"""

from __future__ import annotations


class CitebotError(Exception):
    """Base of all errors of this package; ``exit_code`` is what the command line returns (1: failure, 2: usage)."""

    exit_code = 1


class DocumentError(CitebotError):
    """A document that cannot be read: empty, binary, an unknown format, damaged, or past a limit."""


class KnowledgeError(CitebotError):
    """A knowledge folder or its ``entities.toml`` that does not validate; the message lists every mistake."""


class IntentError(CitebotError):
    """Intent files that do not validate; the message lists every mistake with file, intent, key and value."""


class KnowledgeBaseError(CitebotError):
    """A knowledge base that is missing, not one of ours, truncated, or made by another version."""


class ModelError(CitebotError):
    """The language pipeline or the lexicon inside the package is missing or damaged."""


class LogError(CitebotError):
    """The log of questions cannot be written."""


class UsageError(CitebotError):
    """A request for something that does not exist, such as a document name that the base does not hold."""

    exit_code = 2
