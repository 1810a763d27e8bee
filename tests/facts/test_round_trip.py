"""Round trip: whatever format a document is in, every fact's evidence is found at its offsets.

``python -m tests.benchmarks.round_trip`` does the same for all development articles in all formats.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.articles import FORMATS, OWN, Article, development_articles
from tests.facts.round_trip import LEAST_YIELD, round_trip

SHORT = 12
"""Paragraphs of a development article that are taken here."""

DEVELOPMENT = [Article(article.title, article.paragraphs[:SHORT]) for article in development_articles()]
CASES = [
    pytest.param(article, form, id=f"{form}-{article.title}")
    for number, form in enumerate(FORMATS)
    for article in [OWN, *DEVELOPMENT[number % 6 :][:1]]
]


@pytest.mark.parametrize(("article", "form"), CASES)
def test_every_facts_evidence_is_found_again(article: Article, form: str, tmp_path: Path) -> None:
    found = round_trip(article, form, tmp_path)
    assert found.facts > 15 or form == "csv"
    assert found.misplaced == ()
    assert found.loose == ()
    assert found.share >= LEAST_YIELD, found.silent


SENTENCES = [
    sentence
    for paragraph in OWN.paragraphs
    for sentence in re.findall(r"(?:\b(?:Dr|J|a\.m)\.|[^.]|\.(?=\d))+\.", paragraph.replace("Dr. J. Holm", "Holm"))
]


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in {"csv", "pdf"}])
def test_evidence_is_the_sentence_as_written(form: str, tmp_path: Path) -> None:
    """The article's own full stops say where a sentence ends, not the parser's."""
    plain = OWN.title, tuple(text.replace("Dr. J. Holm", "Holm") for text in OWN.paragraphs)
    quotes = round_trip(Article(*plain), form, tmp_path).quotes
    read = {" ".join(re.sub(r"\*\*", "", quote).split()) for quote in quotes}
    assert read >= {" ".join(sentence.split()) for sentence in SENTENCES}
