"""The lemmatizer: a table of what the treebanks write, and WordNet's forms and rules for all other words.

A lemma is looked up by lower-case form, part of speech and the features that decide between readings (*lay*, past of
*lie* or present of *lay*), then by form and part of speech alone, then made by rule from the word's features and the
entries of the Open English WordNet. Names keep their form. Nothing is guessed by a network, so a lemma is the same in
a document and in a question whenever the parts of speech are.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

from .morphology import Morphology, stems

# The features that a lemma can depend on, in the order of the key.
DECIDING = ("Case", "Degree", "Number", "Poss", "Tense", "VerbForm")
AS_WRITTEN = frozenset(("PROPN", "PUNCT", "SYM", "X", "SPACE"))
CACHED = 50_000


def feature_key(features: str) -> str:
    """The deciding part of a UD feature string."""
    return "|".join(part for part in features.split("|") if part.partition("=")[0] in DECIDING)


def rule_lemma(morphology: Morphology, word: str, pos: str, features: str) -> str:
    """The lemma by rule alone."""
    if pos in AS_WRITTEN:
        return word
    lowered = word.lower()
    if pos == "NOUN":
        return _noun(morphology, word, lowered, "Number=Plur" in features)
    if pos in ("VERB", "AUX"):
        return _verb(morphology, lowered, features)
    if pos in ("ADJ", "ADV"):
        return _modifier(morphology, word, lowered, features)
    return lowered


def _irregular(morphology: Morphology, form: str, kinds: str) -> str | None:
    return next((lemma for pos, lemma in morphology.irregular.get(form, ()) if pos in kinds), None)


def _noun(morphology: Morphology, word: str, lowered: str, plural: bool) -> str:
    acronym = len(word) > 1 and word.rstrip("s").isupper() and len(word) < 7
    if not plural:
        return word if acronym and not morphology.has(lowered, "n") else lowered
    found = _irregular(morphology, lowered, "n") or morphology.detach(lowered, "n", "s")
    if found is not None:
        return found
    guesses = stems(lowered, "s") if lowered.endswith("s") else []
    if acronym:
        return word[:-1] if word.endswith("s") else word
    return guesses[0] if guesses and len(guesses[0]) > 1 else lowered


def _verb(morphology: Morphology, lowered: str, features: str) -> str:
    if "VerbForm=Inf" in features and morphology.has(lowered, "v"):
        return lowered
    if "VerbForm=Ger" in features or ("VerbForm=Part" in features and "Tense=Pres" in features):
        endings: tuple[str, ...] = ("ing",)
    elif "Tense=Past" in features or "VerbForm=Part" in features:
        endings = ("ed",)
    elif "Person=3" in features and "Number=Sing" in features:
        endings = ("s",)
    else:
        endings = () if morphology.has(lowered, "v") else ("ed", "ing", "s")
    if endings and endings != ("s",):  # *leaves* is also in the table as a form of the verb *leaf*
        irregular = _irregular(morphology, lowered, "v")
        if irregular is not None:
            return irregular
    for ending in endings:
        if lowered.endswith(ending):
            found = morphology.detach(lowered, "v", ending)
            if found is not None:
                return found
            guesses = [stem for stem in stems(lowered, ending) if len(stem) > 1]
            if guesses:
                return guesses[0]
    return lowered


def _modifier(morphology: Morphology, word: str, lowered: str, features: str) -> str:
    degree = "er" if "Degree=Cmp" in features else "est" if "Degree=Sup" in features else ""
    if degree:
        found = _irregular(morphology, lowered, "ar")
        if found is None and lowered.endswith(degree):
            found = morphology.detach(lowered, "a", degree) or morphology.detach(lowered, "r", degree)
        return found or lowered
    if morphology.has(lowered, "A"):  # *Spanish*, also when typed as *spanish* or *SPANISH*
        return lowered.capitalize() if word in (lowered, word.upper()) else word
    return lowered


class LexicalLemmatizer:
    """The pipeline component; ``exceptions`` maps *form*, *pos* and perhaps *features* (tab between) to a lemma."""

    def __init__(self, strings: StringStore) -> None:
        self.strings = strings
        self.exceptions: dict[str, str] = {}
        self.wordnet = b""
        self._cache: dict[tuple[int, ...], int] = {}
        self._blanks: set[int] = set()

    def lemma(self, word: str, pos: str, features: str) -> str:
        """The lemma of one analysed word."""
        key = f"{word.lower()}\t{pos}"
        found = self.exceptions.get(f"{key}\t{feature_key(features)}") or self.exceptions.get(key)
        return found or rule_lemma(Morphology.decode(self.wordnet), word, pos, features)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``token.lemma`` of every token."""
        if not len(doc):
            return doc
        lemmas = []
        for key in map(tuple, doc.to_array(["ORTH", "POS", "MORPH"]).tolist()):
            found = self._cache.get(key)
            if found is None:
                if len(self._cache) >= CACHED:
                    self._cache.clear()
                word = self.strings[key[0]]
                pos = "SPACE" if word.isspace() else self.strings[key[1]] if key[1] else ""
                features = self.strings[key[2]] if key[2] else ""
                found = self._cache[key] = self.strings.add(self.lemma(word, pos, features))
                if pos == "SPACE":
                    self._blanks.add(found)
            lemmas.append(found)
        for index, lemma in enumerate(lemmas):
            if (
                lemma in self._blanks
            ):  # line breaks and runs of blanks are tokens to spaCy; the tagger calls them anything
                doc[index].pos_ = "SPACE"
                doc[index].set_morph("")  # type: ignore[attr-defined]
        doc.from_array(["LEMMA"], np.asarray(lemmas, dtype="uint64").reshape(-1, 1))  # type: ignore[arg-type]
        return doc

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:
        """Write both tables into a folder of the model."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        lines = "\n".join(f"{key}\t\t{lemma}" for key, lemma in sorted(self.exceptions.items()))
        (folder / "exceptions").write_bytes(zlib.compress(lines.encode("utf-8"), 9))
        (folder / "wordnet").write_bytes(self.wordnet)

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> LexicalLemmatizer:
        """Read what :meth:`to_disk` wrote."""
        folder = Path(path)
        text = zlib.decompress((folder / "exceptions").read_bytes()).decode("utf-8")
        # the last one parts them: a key without features ends in a tab itself
        rows = (line.rpartition("\t\t") for line in text.split("\n") if line)
        self.exceptions = {key: lemma for key, _, lemma in rows}
        self.wordnet = (folder / "wordnet").read_bytes()
        self._cache.clear()
        return self


@Language.factory("citebot_lemmatizer", requires=["token.pos", "token.morph"], assigns=["token.lemma"])
def make_lemmatizer(nlp: Language, name: str) -> Any:
    """The factory that spaCy finds by the component's name in ``config.cfg``."""
    return LexicalLemmatizer(nlp.vocab.strings)
