"""The lexicon: its compiled table, relations between words, and the hand-made tables."""

from __future__ import annotations

import threading
import time
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ModelError
from bot.language.lexicon import Lexicon, load
from bot.language.lexicon.answer_types import AnswerTypes
from bot.language.lexicon.compile_frames import compile_frames
from bot.language.lexicon.frames import load_frames, read_frames
from bot.language.lexicon.spelling_variants import variant_key
from bot.language.lexicon.store import Store, open_store
from bot.language.lexicon.tables import read_table
from bot.language.lexicon.words import read_words

SAMPLE = ["found", "establish", "help", "assist", "buy", "link", "city", "big", "programme", "russian", "war", "win"]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


def table_bytes() -> bytes:
    return resources.files("bot.language.lexicon").joinpath("data/wordnet.bin").read_bytes()


# The packed table


def test_store_is_small_and_opens_fast() -> None:
    open_store()
    start = time.perf_counter()
    store = open_store()
    assert time.perf_counter() - start < 0.2  # a few milliseconds, with room for a busy machine
    assert store.size > 100_000
    assert len(table_bytes()) < 6_000_000


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: b"", "not a lexicon file"),
        (lambda data: b"PK" + data[2:], "not a lexicon file"),
        (lambda data: data[:6] + b"\xff\xff" + data[8:], "lexicon format 65535, expected 1"),
        (lambda data: data[:-100], "damaged"),
        (lambda data: data[:3_000_000] + b"\x00\x01\x02" + data[3_000_003:], "damaged"),
    ],
    ids=["empty", "foreign", "version", "truncated", "flipped"],
)
def test_store_refuses_damaged_data(damage, message) -> None:
    with pytest.raises(ModelError, match=message) as caught:
        Store(damage(table_bytes()), name="wordnet.bin")
    assert "wordnet.bin" in str(caught.value)


def test_store_names_a_missing_file() -> None:
    with pytest.raises(ModelError, match=r"data/none\.bin.*cannot be opened.*reinstall"):
        open_store(path="data/none.bin")


def test_load_is_cached() -> None:
    assert load() is load()


# Words


@pytest.mark.parametrize(
    ("word", "pos"),
    [("links", {"n", "v"}), ("went", {"v"}), ("children", {"n"}), ("preventive", {"a", "n"}), ("zzyzzx", set())],
)
def test_pos_of_inflected_forms(lexicon, word, pos) -> None:
    assert lexicon.pos_of(word) == pos


def test_lemmas_of_gives_every_reading(lexicon) -> None:
    assert ("find", "v") in lexicon.lemmas_of("found")
    assert ("found", "v") in lexicon.lemmas_of("Found")
    assert ("stop", "v") in lexicon.lemmas_of("stopped")
    assert ("country", "n") in lexicon.lemmas_of("countries")


@pytest.mark.parametrize("word", ["organisations", "where", "Because", "Russian", "set up", "n't"])
def test_known_words(lexicon, word) -> None:
    assert lexicon.known(word)


@pytest.mark.parametrize("word", ["ecconomic", "coperation", "wher", ""])
def test_unknown_words(lexicon, word) -> None:
    assert not lexicon.known(word)


# Relations


def test_synonyms_keep_to_usual_senses(lexicon) -> None:
    assert {"establish", "launch", "set up"} <= lexicon.synonyms("found", "v")
    assert "plant" not in lexicon.synonyms("found", "v")
    assert "go" not in lexicon.synonyms("die", "v")


def test_derivations(lexicon) -> None:
    assert ("assistance", "n") in lexicon.derivations("assist", "v")
    assert {("foundation", "n"), ("founder", "n")} <= lexicon.derivations("found", "v")
    assert ("music", "n") in lexicon.derivations("musical", "a")
    assert ("russia", "n") in lexicon.derivations("russian", "a")
    assert lexicon.agents("found") == {"founder"}


def test_antonyms_and_supersense(lexicon) -> None:
    assert "export" in lexicon.antonyms("import", "v")
    assert lexicon.supersense("soldier", "n") == "noun.person"
    assert lexicon.supersense("zzyzzx", "n") is None


@pytest.mark.parametrize(
    ("noun", "ancestor", "expected"),
    [
        ("battalion", "military unit", True),
        ("commission", "organization", True),
        ("city", "location", True),
        ("programme", "plan", True),
        ("river", "person", False),
        ("zzyzzx", "person", False),
    ],
)
def test_is_a(lexicon, noun, ancestor, expected) -> None:
    assert lexicon.is_a(noun, ancestor) is expected


RELATED = [
    ("assistance", "n", "assist", "v", "derived", "assistance ← assist (derivation)"),
    ("founder", "n", "foundation", "n", "derived", "founder ← found → foundation (derivation)"),
    ("construction", "n", "build", "v", "derived_synonym", "construction ← construct (derivation) ≈ build (synonym)"),
    ("programme", "n", "program", "n", "variant", "programme = program (spelling)"),
    ("organise", "v", "organize", "v", "variant", "organise = organize (spelling)"),
    ("begin", "v", "start", "v", "synonym", "begin ≈ start (synonym)"),
    ("buy", "v", "sell", "v", "converse", "buy ~ sell (BUY)"),
    ("give", "v", "receive", "v", "converse", "give ~ receive (GIVE)"),
    ("teach", "v", "learn", "v", "converse", "teach ~ learn (TEACH)"),
    ("car", "n", "vehicle", "n", "hypernym", "car ⊂ vehicle (kind of)"),
    ("vehicle", "n", "car", "n", "hyponym", "vehicle ⊃ car (kind of)"),
    ("snore", "v", "sleep", "v", "entailed", "snore ⇒ sleep (entailed)"),
    ("link", "v", "link", "v", "equal", "link"),
]


@pytest.mark.parametrize(("a", "a_pos", "b", "b_pos", "kind", "step"), RELATED, ids=[row[-1] for row in RELATED])
def test_related(lexicon, a, a_pos, b, b_pos, kind, step) -> None:
    relation = lexicon.related(a, a_pos, b, b_pos)
    assert relation is not None
    assert (relation.kind, relation.step) == (kind, step)
    assert 0 < relation.weight <= 1


@pytest.mark.parametrize(
    ("a", "a_pos", "b", "b_pos"),
    [("dog", "n", "cat", "n"), ("increase", "v", "decrease", "v"), ("war", "n", "peace", "n"), ("x", "n", "y", "n")],
)
def test_unrelated(lexicon, a, a_pos, b, b_pos) -> None:
    assert lexicon.related(a, a_pos, b, b_pos) is None


def test_related_is_fast_once_cached(lexicon) -> None:
    lexicon.related("assistance", "n", "help", "v")
    start = time.perf_counter()
    for _ in range(1000):
        lexicon.related("assistance", "n", "help", "v")
    assert (time.perf_counter() - start) / 1000 < 20e-6


def test_variants_of_two_words_need_a_shared_sense(lexicon) -> None:
    assert variant_key("centre") == variant_key("center")
    assert variant_key("neighbourhood") == variant_key("neighborhood")
    assert variant_key("story") != variant_key("stories")
    relation = lexicon.related("check", "v", "cheque", "n")
    assert relation is None or relation.kind != "variant"


def test_threads_get_the_same_answers(lexicon) -> None:
    fresh, found = Lexicon(open_store()), []

    def work() -> None:
        found.append([fresh.synonyms(word, pos) for word in SAMPLE for pos in "nva"])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(item == found[0] for item in found)


words = st.sampled_from(sorted(word for word, count in load().common_words(min_count=25)))
parts = st.sampled_from(["n", "v", "a", "r"])


@settings(max_examples=150, deadline=None)
@given(words, parts)
def test_synonyms_are_symmetric(word, pos) -> None:
    for other in load().synonyms(word, pos):
        assert word in load().synonyms(other, pos)


@settings(max_examples=150, deadline=None)
@given(words, parts)
def test_derivations_by_root_are_symmetric(word, pos) -> None:
    lexicon = load()
    for other, other_pos in lexicon.derivations(word, pos, max_senses=7):
        assert lexicon.senses(other, other_pos) or (word, pos) in lexicon.derivations(other, other_pos, max_senses=7)


@settings(max_examples=150, deadline=None)
@given(words, parts, words, parts)
def test_related_is_deterministic_and_bounded(a, a_pos, b, b_pos) -> None:
    first = load().related(a, a_pos, b, b_pos)
    assert first == Lexicon(load()._store).related(a, a_pos, b, b_pos)
    assert first is None or 0 < first.weight <= 1


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_a_word_or_not(text) -> None:
    lexicon = load()
    assert isinstance(lexicon.known(text), bool)
    assert lexicon.related(text, "n", "city", "n") is None or text
    assert lexicon.answer_types_of(text)


# Predicate classes


def frame(lexicon: Lexicon, lemma: str, pos: str, name: str, light: str = "") -> list[dict[str, str]]:
    found = [f for f in lexicon.predicate_classes(lemma, pos) if (f.name, f.light) == (name, light)]
    return [dict(f.roles) for f in found]


def test_predicate_classes_unify_role_by_role(lexicon) -> None:
    (based,) = frame(lexicon, "base", "v", "LOCATED_IN")
    (hosted,) = [f for f in frame(lexicon, "host", "v", "LOCATED_IN") if "subj" in f]
    assert based["obj"] == hosted["obj"] == "theme"
    assert based["obl:in"] == hosted["subj"] == "place"


def test_predicate_classes_of_nouns_and_light_verbs(lexicon) -> None:
    member = frame(lexicon, "member", "n", "MEMBER")
    assert {"subj": "member", "nmod:of": "group", "poss": "group", "compound": "group"} in member
    (given_help,) = frame(lexicon, "assistance", "n", "ASSIST", light="provide")
    (got_help,) = frame(lexicon, "assistance", "n", "ASSIST", light="receive")
    assert given_help["subj"] == got_help["obl:from"] == "helper"
    assert given_help["obl:to"] == got_help["subj"] == "helped"


def test_predicate_classes_keep_particles_apart(lexicon) -> None:
    assert frame(lexicon, "set up", "v", "FOUND")
    assert not frame(lexicon, "set", "v", "FOUND")


def test_passive_participles_keep_their_deep_slots(lexicon) -> None:
    assert {"iobj": "payer", "obj": "price"} in frame(lexicon, "charge", "v", "COST")
    assert any(f.get("obj") == "person" and f.get("obl:in") == "place" for f in frame(lexicon, "bear", "v", "BORN"))


def test_every_class_has_two_members(lexicon) -> None:
    members: dict[str, set[tuple[str, str]]] = {}
    for key, frames in lexicon.frames.items():
        for found in frames:
            members.setdefault(found.name, set()).add(key)
    assert len(members) >= 80
    assert all(len(found) > 1 for found in members.values())


def test_frames_are_sorted(lexicon) -> None:
    assert lexicon.frames
    for frames in lexicon.frames.values():
        assert list(frames) == sorted(frames, key=lambda f: (f.name, f.light, f.pattern))


def test_compiled_frames_are_those_of_the_patterns(lexicon) -> None:
    compiled = resources.files("bot.language.lexicon").joinpath("data", "predicates.json").read_bytes()
    assert compiled == compile_frames(), "run `python -m bot.language.lexicon.compile_frames`"
    patterns = load_frames(lexicon.participle_of, lexicon.words.sets["prepositions"])
    assert dict(lexicon.frames) == patterns
    assert ("no such", "v") not in lexicon.frames


def test_predicates_report_all_mistakes_at_once(lexicon) -> None:
    table = {
        "A": {"about": "x", "roles": ["agent"], "patterns": "AGENT run PLACE\nthe\nAGENT walk toot AGENT"},
        "B": {"roles": ["Agent"], "patterns": 3, "note": ""},
        "C": "nothing",
    }
    with pytest.raises(ModelError) as caught:
        read_frames(table, lexicon.participle_of, lexicon.words.sets["prepositions"])
    text = str(caught.value)
    for part in ["role 'place' is not one of", "at least one role", "'toot' is neither", "unknown key 'note'", "[C]"]:
        assert part in text


# Function words, light verbs, answer types


def test_quantifiers(lexicon) -> None:
    quantifiers = lexicon.words.quantifiers
    assert quantifiers["a few"].monotone == "some"
    assert not quantifiers["a few"].negative
    assert quantifiers["few"].negative
    assert quantifiers["none of"].monotone == "none"
    assert quantifiers["both"].monotone == "all"


def test_word_lists(lexicon) -> None:
    words = lexicon.words
    assert {"except", "apart from", "excluding"} <= words.exceptions
    assert "besides" not in words.exceptions
    assert words.hedge_strength["likely"] > words.hedge_strength["may"] > words.hedge_strength["unlikely"]
    assert "can" not in words.hedges  # in a handbook it permits
    assert {"about", "at least", "up to", "nearly"} <= words.approximators
    assert {"not", "never", "no longer"} <= words.negators
    assert {"with", "to"} <= words.verb_prepositions["link"]


def test_light_verbs_say_who_acts(lexicon) -> None:
    light = lexicon.words.light_verbs
    assert any(use.agent == "subject" and "assistance" in use.nouns and "to" in use.other for use in light["provide"])
    assert any(use.agent == "other" and "assistance" in use.nouns and "from" in use.other for use in light["receive"])


def test_words_report_all_mistakes_at_once() -> None:
    words = dict(read_table("words.toml"))
    words["negators"] = []
    words["months"] = ["January"]
    words["extra"] = ["x"]
    with pytest.raises(ModelError) as caught:
        read_words(words, read_table("verbs.toml"))
    for part in ["3 mistakes", "[negators]", "'January' must be lower case", "[extra]"]:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("noun", "types"),
    [
        ("battalion", {"group", "organization"}),
        ("physicist", {"person"}),
        ("soldier", {"person"}),
        ("city", {"city", "place"}),
        ("country", {"country", "place"}),
        ("fee", {"money", "number"}),
        ("year", {"date", "time"}),
        ("week", {"duration"}),
        ("language", {"language"}),
        ("tributary", {"place"}),
        ("water tributary", {"place"}),
        ("zzyzzx", {"thing"}),
    ],
)
def test_answer_types(lexicon, noun, types) -> None:
    assert lexicon.answer_types_of(noun) == types


def test_answer_types_report_all_mistakes_at_once(lexicon) -> None:
    table = {"a": {"about": "x", "below": ["city:99", "city"]}, "b": {"nouns": []}, "c": {"about": "x", "also": ["d"]}}
    with pytest.raises(ModelError) as caught:
        AnswerTypes(lexicon, table)
    for part in ["'city:99'", "'city'", "[b]", "type 'd'"]:
        assert part in str(caught.value)
