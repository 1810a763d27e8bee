"""Inflected forms to lemmas: WordNet's irregular forms, then its detachment rules (Morphy), then doubled consonants.

The parser lemmatises running text; this is for single words without a context: keywords, spelling, user data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "n": (
        ("ses", "s"),
        ("xes", "x"),
        ("zes", "z"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("men", "man"),
        ("ies", "y"),
        ("ves", "f"),
        ("ves", "fe"),
        ("s", ""),
    ),
    "v": (
        ("ies", "y"),
        ("ied", "y"),
        ("es", "e"),
        ("es", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
        ("s", ""),
    ),
    "a": (("ier", "y"), ("iest", "y"), ("er", ""), ("est", ""), ("er", "e"), ("est", "e")),
    "r": (),
}
MIN_STEM = 2


def base_forms(word: str, pos: str, is_lemma: Callable[[str], bool]) -> Iterator[str]:
    """Yield the lemmas that a regular form of this part of speech may come from, the likeliest first.

    word (str): lower case; is_lemma: whether a string is a lemma of that part of speech.
    """
    for ending, replacement in ENDINGS[pos]:
        if not word.endswith(ending) or len(word) - len(ending) < MIN_STEM or word.endswith("ss"):
            continue
        stem = word[: len(word) - len(ending)]
        if is_lemma(stem + replacement):
            yield stem + replacement
        elif not replacement and len(stem) > MIN_STEM and stem[-1] == stem[-2] and is_lemma(stem[:-1]):
            yield stem[:-1]  # stopped, bigger


def is_regular_form_of(form: str, base: str) -> bool:
    """Whether ``form`` is ``base`` with a regular ending ('costs', 'cost')."""
    return any(
        form.endswith(ending) and form[: len(form) - len(ending)] + replacement == base
        for rules in ENDINGS.values()
        for ending, replacement in rules
    )
