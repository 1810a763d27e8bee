"""The shipped pipeline: it loads, says what the rest relies on, and fails with a message that helps."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest

from bot.errors import ModelError
from bot.language import pipeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def analysis(doc: Doc) -> list[tuple[str, str, str, str, str, int, str]]:
    return [(t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in doc]


def relations(doc: Doc) -> set[tuple[str, str, str]]:
    return {(token.text, token.dep_, token.head.text) for token in doc}


def test_pipeline_load_is_cached(nlp: Language) -> None:
    assert pipeline.load() is nlp


def test_pipeline_components_in_order(nlp: Language) -> None:
    assert tuple(nlp.pipe_names) == pipeline.COMPONENTS


def test_pipeline_labels_are_universal_dependencies(nlp: Language) -> None:
    labels = {label.partition(":")[0].partition("||")[0] for label in nlp.pipe_labels["parser"]}
    assert {"nsubj", "obj", "obl", "nmod", "conj", "appos", "acl", "advcl", "xcomp", "ccomp", "aux", "cop"} <= labels
    assert set(nlp.pipe_labels["ner"]) == {"PERSON", "ORG", "LOC"}


def test_pipeline_weights_fit_the_package(nlp: Language) -> None:
    assert sum(file.stat().st_size for file in pipeline.WEIGHTS.rglob("*")) < 20_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The report was written by the students.",
            {("report", "nsubj:pass", "written"), ("was", "aux:pass", "written")},
            id="passive",
        ),
        pytest.param(
            "Which country owns the port?",
            {("Which", "det", "country"), ("country", "nsubj", "owns")},
            id="wh-determiner-subject",
        ),
        pytest.param(
            "What does the council provide?",
            {("What", "obj", "provide"), ("council", "nsubj", "provide")},
            id="wh-object",
        ),
        pytest.param(
            "who wrote the book", {("who", "nsubj", "wrote"), ("book", "obj", "wrote")}, id="lower-case-question"
        ),
        pytest.param(
            "Where did the minister travel in May?",
            {("Where", "advmod", "travel"), ("did", "aux", "travel")},
            id="wh-adverb",
        ),
        pytest.param(
            "The city has a port and an airport.",
            {("port", "obj", "has"), ("airport", "conj", "port")},
            id="coordination",
        ),
        pytest.param("She agreed to help.", {("help", "xcomp", "agreed"), ("to", "mark", "help")}, id="control"),
        pytest.param("The law that they passed failed.", {("passed", "acl:relcl", "law")}, id="relative-clause"),
    ],
)
def test_pipeline_parses(nlp: Language, text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= relations(nlp(text))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        pytest.param("Ms. Lee met Mr. Brown. They talked.", ["Brown.", "talked."], id="titles"),
        pytest.param("The U.S. sent aid. It arrived at 5 p.m. on Monday.", ["aid.", "Monday."], id="initials"),
        pytest.param("See No. 5 on the list. The fee is $3.50 a day.", ["list.", "day."], id="number"),
        pytest.param("Did it work? It did! We left.", ["work?", "did!", "left."], id="marks"),
    ],
)
def test_pipeline_sentence_ends(nlp: Language, text: str, ends: list[str]) -> None:
    assert [sentence.text.split()[-1] for sentence in nlp(text).sents] == ends


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("They linked the cities.", "linked", "link"),
        ("It was built in 1990.", "was", "be"),
        ("The companies are planning it.", "companies", "company"),
        ("The companies are planning it.", "planning", "plan"),
        ("She is hoping for rain.", "hoping", "hope"),
        ("The children went home.", "children", "child"),
        ("The children went home.", "went", "go"),
        ("This one is better.", "better", "good"),
        ("We don't know.", "n't", "not"),
        ("They visited Paris.", "Paris", "Paris"),
        ("She leaves the company.", "leaves", "leave"),
        ("The leaves are green.", "leaves", "leaf"),
    ],
)
def test_pipeline_lemmas(nlp: Language, text: str, word: str, lemma: str) -> None:
    assert [token.lemma_ for token in nlp(text) if token.text == word] == [lemma]


def test_pipeline_lemmas_are_words(nlp: Language) -> None:
    exceptions = nlp.get_pipe("lemmatizer").exceptions  # type: ignore[attr-defined]
    assert len(exceptions) > 300
    assert [lemma for lemma in exceptions.values() if lemma != lemma.strip() or not lemma] == []


def test_pipeline_names(nlp: Language) -> None:
    doc = nlp("President Obama visited Germany and met officials of the United Nations in Berlin.")
    assert {("Germany", "LOC"), ("Berlin", "LOC")} <= {(name.text, name.label_) for name in doc.ents}


def test_pipeline_keeps_the_text(nlp: Language) -> None:
    text = "A line\nand  another, with\ttabs - “quotes”… and 40% of it (really)."
    doc = nlp(text)
    assert doc.text == text
    assert all(token.pos_ == "SPACE" for token in doc if token.is_space)


def test_pipeline_empty_text(nlp: Language) -> None:
    assert len(nlp("")) == 0
    assert [len(doc) for doc in nlp.pipe(["", "Yes."])] == [0, 2]


def test_pipeline_is_deterministic_alone_and_in_company(nlp: Language) -> None:
    texts = ["Which states provide aid?", "Zyx qwertily frobnicated the gazonk.", "The U.S. agreed to help in 2001."]
    fresh = pipeline.load_from(pipeline.WEIGHTS)
    alone = [analysis(fresh(text)) for text in reversed(texts)][::-1]
    assert alone == [analysis(doc) for doc in nlp.pipe(texts)]


def test_pipeline_missing_weights(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"missing.*python -m bot\.language\.training"):
        pipeline.load_from(tmp_path / "nowhere")


@pytest.mark.parametrize("part", ["tok2vec/model", "parser/model", "lemmatizer/exceptions", "tokenizer", "config.cfg"])
def test_pipeline_damaged_weights(tmp_path: Path, part: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(pipeline.WEIGHTS, folder)
    content = (folder / part).read_bytes()
    (folder / part).write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelError, match="damaged"):
        pipeline.load_from(folder)


def test_pipeline_import_is_lean() -> None:
    code = (
        "import sys, bot, bot.language.pipeline; assert 'spacy' not in sys.modules and 'numpy' not in sys.modules;"
        "bot.language.pipeline.load(); assert 'spacy.cli' not in sys.modules;"
        "from spacy.cli.info import info; assert callable(info)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


RUNS = ["x" * 4000, ")" * 4000, "a)]}>" * 800, "\x00\x01ÿþ" * 1000]


@pytest.mark.parametrize("run", RUNS, ids=["letters", "brackets", "both", "bytes"])
def test_a_run_without_blanks_is_one_word_and_takes_no_time(nlp: Language, run: str) -> None:
    text = f"The hall {run} opens."
    began = process_time()
    doc = nlp.make_doc(text)
    assert process_time() - began < 0.1
    assert [token.text for token in doc] == ["The", "hall", run, "opens", "."]
    assert doc.text == text
