"""The notation of intent patterns: what each part compiles to, what it matches, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from spacy.tokens import Doc

from bot.questions.patterns import IntentMatcher, Pattern, PatternError, compile_pattern

if TYPE_CHECKING:
    from spacy.language import Language

NOTATION: dict[str, list[dict[str, Any]]] = {
    "Who": [{"LOWER": {"IN": ["who"]}}],
    "what|Which": [{"LOWER": {"IN": ["what", "which"]}}],
    "the?": [{"LOWER": {"IN": ["the"]}, "OP": "?"}],
    "=be|do": [{"LEMMA": {"IN": ["be", "do"]}}],
    "=be?": [{"LEMMA": {"IN": ["be"]}, "OP": "?"}],
    "<NOUN|ADJ>": [{"POS": {"IN": ["NOUN", "ADJ"]}}],
    "<ADP>?": [{"POS": {"IN": ["ADP"]}, "OP": "?"}],
    "...": [{"OP": "*"}],
    "{verb}": [{"POS": "VERB"}],
    "{superlative}": [{"_": {"graded": "superlative"}}],
    "{comparative}": [{"_": {"graded": "comparative"}}],
}


@pytest.mark.parametrize(("part", "compiled"), NOTATION.items(), ids=NOTATION)
def test_compile_pattern_part(part: str, compiled: list[dict[str, Any]]) -> None:
    assert list(compile_pattern(part).matcher) == compiled


def test_compile_pattern_typed_noun_takes_the_words_before_it() -> None:
    *before, noun = compile_pattern("{noun:place}").matcher
    assert [token["OP"] for token in before] == ["*"]
    assert noun["_"] == {"answer_types": {"INTERSECTS": ["place"]}}


def test_compile_pattern_name_takes_one_token_or_more() -> None:
    (name,) = compile_pattern("{name}").matcher
    assert name["OP"] == "+"
    assert {"NOUN", "PROPN"} <= set(name["POS"]["IN"])


@pytest.mark.parametrize(
    ("source", "starts", "ends", "specificity"),
    [
        ("who", False, False, 2),
        ("^ who", True, False, 3),
        ("^ who $", True, True, 4),
        ("^ <ADP>? when ...", True, False, 3),
        ("who =be <NOUN> ...", False, False, 5),
        ("what {noun:place}", False, False, 4),
        ("{name} {verb}", False, False, 1),
    ],
    ids=lambda value: str(value),
)
def test_compile_pattern_anchors_and_specificity(source: str, starts: bool, ends: bool, specificity: int) -> None:
    pattern = compile_pattern(source)
    assert (pattern.source, pattern.starts, pattern.ends, pattern.specificity) == (source, starts, ends, specificity)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("^ $", "anchors only"),
        ("who ^ is", "“^” must stand at the start"),
        ("who $ is", "“$” must stand at the end"),
        ("who {nmae}", "unknown slot “{nmae}”; expected {noun:TYPE}"),
        ("{noun}", "unknown slot “{noun}”"),
        ("<noun>", "“<noun>”: expected tags such as <NOUN|PROPN>"),
        ("<NOUN", "“<NOUN”: expected tags"),
        ("who | what", "“|” is not a word"),
        ("wh(o|at)", "“wh(o|at)” is not a word"),
    ],
    ids=lambda value: repr(value),
)
def test_compile_pattern_refuses_what_is_not_in_the_notation(source: str, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern(source)
    assert message in str(caught.value)


def _doc(nlp: Language, *words: tuple[str, str, str]) -> Doc:
    texts, lemmas, tags = zip(*words, strict=True)
    return Doc(nlp.vocab, words=list(texts), lemmas=list(lemmas), pos=list(tags))


def test_matches_are_ranked_by_specificity_then_by_name(nlp: Language) -> None:
    sources = {"b": ("^ who ...",), "a": ("^ who ...",), "c": ("^ who =be ...",)}
    matcher = IntentMatcher(nlp, {name: tuple(map(compile_pattern, found)) for name, found in sources.items()})
    doc = _doc(nlp, ("Who", "who", "PRON"), ("was", "be", "AUX"), ("Ann", "Ann", "PROPN"), ("?", "?", "PUNCT"))
    assert [intent for _, intent, _ in matcher.matches(doc)] == ["c", "a", "b"]


def test_matches_respect_anchors_and_pass_end_punctuation(nlp: Language) -> None:
    matcher = IntentMatcher(nlp, {"end": (compile_pattern("who $"),), "start": (compile_pattern("^ who"),)})
    last = _doc(nlp, ("By", "by", "ADP"), ("who", "who", "PRON"), ("?", "?", "PUNCT"), ("!", "!", "PUNCT"))
    first = _doc(nlp, ("Who", "who", "PRON"), ("knows", "know", "VERB"), ("?", "?", "PUNCT"))
    assert [intent for _, intent, _ in matcher.matches(last)] == ["end"]
    assert [intent for _, intent, _ in matcher.matches(first)] == ["start"]


def test_matches_test_types_and_degree_of_words(nlp: Language) -> None:
    patterns: dict[str, tuple[Pattern, ...]] = {
        "typed": (compile_pattern("what {noun:date}"),),
        "most": (compile_pattern("{superlative} <NOUN>"),),
    }
    matcher = IntentMatcher(nlp, patterns)
    year = _doc(nlp, ("What", "what", "DET"), ("year", "year", "NOUN"))
    most = _doc(
        nlp, ("The", "the", "DET"), ("fewest", "few", "ADJ"), ("most", "most", "ADJ"), ("boats", "boat", "NOUN")
    )
    boat = _doc(nlp, ("What", "what", "DET"), ("boat", "boat", "NOUN"))
    assert [intent for _, intent, _ in matcher.matches(year)] == ["typed"]
    assert [intent for _, intent, _ in matcher.matches(most)] == ["most"]
    assert list(matcher.matches(boat)) == []
