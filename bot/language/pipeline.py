"""Load the language pipeline that ships with the package.

``load`` is the only way in. The pipeline is a spaCy ``Language`` on Universal Dependencies (see ``MODEL_CARD.md``):
``token.pos_``, ``token.morph``, ``token.dep_``, ``token.lemma_``, ``doc.sents`` (from the parser) and ``doc.ents``
(``PERSON``, ``ORG``, ``LOC``). Importing this module is cheap; spaCy is imported on the first call.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import ModelError
from bot.language.lean import import_spacy, without_plugins

if TYPE_CHECKING:
    from spacy.language import Language

WEIGHTS = Path(__file__).parent / "weights"
COMPONENTS = ("tok2vec", "ner", "morphologizer", "lemmatizer", "parser")


@lru_cache(maxsize=1)
def load() -> Language:
    """Return the pipeline, loaded once a process; raise :class:`ModelError` if its weights are missing or damaged."""
    return load_from(WEIGHTS)


def load_from(folder: Path) -> Language:
    """Load a pipeline of this package's kind from ``folder``, without the cache; for tests and for training."""
    if not (folder / "config.cfg").is_file():
        raise ModelError(
            f"The language model is missing: {folder} has no config.cfg. Reinstall citebot, or rebuild the model with"
            f" `python -m bot.language.training DATA_FOLDER --out {folder}`."
        )
    spacy = import_spacy()
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    from bot.language import encoder, features, lemmatizer  # noqa: F401  (they register what config.cfg names)

    before = get_current_ops()
    # numpy's matrix product is about three times as fast as BLIS here; every layer keeps what is current as it is made.
    set_current_ops(NumpyOps(use_blis=False))
    try:
        with without_plugins():
            nlp: Language = spacy.load(folder)
    except Exception as error:  # spaCy raises whatever the damaged part makes it raise
        raise ModelError(
            f"The language model in {folder} is damaged ({type(error).__name__}: {error}). Reinstall citebot, or"
            f" rebuild the model with `python -m bot.language.training DATA_FOLDER --out {folder}`."
        ) from error
    finally:
        set_current_ops(before)
    missing = [name for name in COMPONENTS if name not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"The language model in {folder} lacks {', '.join(missing)}; it has {', '.join(nlp.pipe_names)}."
            " Rebuild it with `python -m bot.language.training`."
        )
    tok2vec: Any = nlp.get_pipe("tok2vec")
    embedding, encoding = tok2vec.model.layers
    tok2vec.model.layers[1] = encoder.frozen(encoding)
    embedding.attrs["ahead"] = tok2vec.model.layers[1].attrs["ahead"]  # it computes a word's vector once from now on
    return nlp
