"""The form in which names are compared: words without case, accents, British or American spelling, *the* and *'s*."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from bot.language.lexicon.spelling_variants import variant_key
from bot.language.sentence import Sentence

_PART = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]?$")
_APOSTROPHE = re.compile(r"['’]")
_ENDINGS = frozenset({"'s", "’s", "'S", "’S", "'", "’"})
ARTICLES = frozenset({"the", "a", "an"})


class Part(Struct, frozen=True):
    """A word of a name or text: its key, as written, and the index of the token it lies in."""

    key: str
    raw: str
    token: int


@lru_cache(maxsize=65536)
def key_of(word: str) -> str:
    """The key of one word: *Centre* → *center*, *Türkiye* → *turkiye*, *U.S.* → *us*."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    bare = (
        "".join(c for c in folded if not unicodedata.combining(c)).replace("ł", "l").replace("ø", "o").replace("đ", "d")
    )
    return variant_key(_APOSTROPHE.sub("", bare.replace(".", "")))


def parts_of(text: str, token: int = 0) -> list[Part]:
    """The words of a text, split at blanks, hyphens and slashes; a possessive ending is dropped."""
    return [Part(key, raw, token) for key, raw in _split(text)]


@lru_cache(maxsize=65536)
def _split(text: str) -> tuple[tuple[str, str], ...]:
    """(key, as written) of each word."""
    raws = (_POSSESSIVE.sub("", match.group()) for match in _PART.finditer(text))
    return tuple((key, raw) for raw in raws if raw and (key := key_of(raw)))


def sentence_parts(sentence: Sentence) -> list[Part]:
    """The words of a sentence with the tokens they lie in; the token *'s* has none."""
    found: list[Part] = []
    for token in sentence:
        if token.text not in _ENDINGS:
            found += [Part(key, raw, token.i) for key, raw in _split(token.text)]
    return found


@lru_cache(maxsize=65536)
def name_key(name: str) -> tuple[str, ...]:
    """The key of a name: its words' keys without a leading article."""
    keys = tuple(part.key for part in parts_of(name))
    while len(keys) > 1 and keys[0] in ARTICLES:
        keys = keys[1:]
    return keys
