"""The last step of the recipe: describe the trained pipeline and leave out what is not needed to run it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import spacy

from .. import features, lemmatizer
from .tokenizer import slim_tokenizer

# A run of more characters than any word has is one word. spaCy searches it for affixes again after each one found, in
# time that grows with the cube of its length: 4,000 characters of a damaged file took minutes.
OVERLONG = re.compile(r"(?s).{201}")
DESCRIPTION = "citebot's English pipeline on Universal Dependencies; data, licences and scores are in MODEL_CARD.md"


def finish(folder: Path) -> None:
    """Write the metadata, have the saved tokenizer read alone, and drop the strings of the training text.

    Language.__init__ would build spaCy's English tokenizer first, only for the saved one to replace it; so the pipeline
    is loaded as one of no language in particular, whose defaults are few.
    ``strings.json`` names every word that training met. A word's features are computed from its letters, so none of
    them changes an analysis, and reading them would take a tenth of the loading time.
    """
    assert features.COLUMNS and lemmatizer.DECIDING  # importing them registers what config.cfg names
    config = folder / "config.cfg"
    saved = config.read_text(encoding="utf-8").replace('"spacy.Tokenizer.v1"', '"citebot.SavedTokenizer.v1"')
    saved = saved.replace('lang = "en"', 'lang = "xx"')
    config.write_text(saved, encoding="utf-8")
    strings = folder / "vocab" / "strings.json"
    strings.write_text("[]", encoding="utf-8")
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    meta["lang"] = "xx"
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    nlp = spacy.load(folder)
    tokenizer: Any = nlp.tokenizer
    slim_tokenizer(tokenizer)
    tokenizer.token_match = OVERLONG.match
    tokenizer.to_disk(folder / "tokenizer")
    meta.update(name="citebot", version="0.1.0", description=DESCRIPTION, license="CC BY-SA 4.0", performance={})
    meta["labels"] = {name: list(labels) for name, labels in sorted(nlp.pipe_labels.items())}
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
