"""Ranking and trust on sentences and numbers made by hand: what is missing costs, what leads is trusted, files are
read whole or not at all."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot import Bot
from bot.answers.cover import cover
from bot.answers.gap import LESS_COVERED, all_matches, confidence_of
from bot.answers.meeting import Meeting, coverage, meet
from bot.answers.ranking import HARD, Ranking, lead, load_ranking, most_lead, trust_features
from bot.answers.shape import GAP, shape_of
from bot.answers.tree import APART, Tree, nearness
from bot.answers.view import View
from bot.language.sentence import from_conllu
from bot.questions.query import Query, Term
from tests.answers.views import CUP, view
from tests.questions import parses
from tests.questions.test_reading import read

# The old club sold the new boat .
BOAT = """
The   the   DET   3 det
old   old   ADJ   3 amod
club  club  NOUN  4 nsubj
sold  sell  VERB  0 root
the   the   DET   7 det
new   new   ADJ   7 amod
boat  boat  NOUN  4 obj
"""


def held(query: Query, seen: View, club: Bot) -> Meeting:
    world = club.world
    alignments, shape = cover(query, seen, world).alignments, shape_of(query, world)
    has = coverage(query, shape, alignments, world)
    return meet(query, shape, seen, alignments, has, Tree(seen.sentence), world)


def test_tree_distance_is_symmetric_and_short_for_conjuncts() -> None:
    tree = Tree(from_conllu(CUP))
    assert tree.distance(8, 8) == 0.0
    assert tree.distance(8, 11) == tree.distance(11, 8) == pytest.approx(0.4)
    assert tree.distance(1, 8) == pytest.approx(2.0)
    two = from_conllu("Yes yes INTJ 0 root\nNo no INTJ 0 root")
    assert Tree(two).distance(0, 1) == APART
    assert nearness(0.0) == 1.0 > nearness(1.0) > nearness(2.0) == 0.5


def test_shape_puts_the_subject_beside_the_gap(club: Bot) -> None:
    query = read(parses.LINK)
    shape = shape_of(query, club.world)
    assert len(shape.parents) == len(shape.edges) == len(query.terms)
    assert any(above == GAP or n in shape.beside for n, above in enumerate(shape.parents))
    assert "link" in shape.asked


def test_meeting_is_whole_where_every_term_is_met(club: Bot) -> None:
    query = read(parses.LINK)
    features = dict(held(query, view(CUP), club).features)
    missing = replace(query, terms=(*query.terms, Term("sweden", "n", "Sweden", (0,), (), ("sweden",), "argument", 0)))
    worse = held(missing, view(CUP), club)
    assert dict(worse.features)["no_name"] == features["no_name"] + 1
    assert not worse.whole
    assert worse.features["covered"] < features["covered"]


def test_meeting_sees_another_modifier_in_the_place_of_the_asked_one(club: Bot) -> None:
    """*The new club* is not *the old club*, although both words stand in the sentence."""
    noun = Term("club", "n", "club", (2,), place="argument", argument=0)
    query = replace(read(parses.LINK), sentence=from_conllu(BOAT.replace("old   old", "new   new")), gap=None)
    asked = replace(query, terms=(Term("new", "a", "new", (1,), place="modifier", argument=0), noun), times=())
    features = dict(held(asked, view(BOAT), club).features)
    assert (features["torn"], features["rival"]) == (1.0, 1.0)
    kept = replace(asked, terms=(Term("old", "a", "old", (1,), place="modifier", argument=0), noun))
    features = dict(held(replace(kept, sentence=from_conllu(BOAT)), view(BOAT), club).features)
    assert (features["torn"], features["rival"]) == (0.0, 0.0)


def test_lead_counts_equal_answers_together() -> None:
    ahead = lead([(2.0, "A"), (2.0, "A"), (0.0, "B")], 1.0)
    total = 2 * math.exp(2.0) + 1 + math.exp(1.0)
    assert ahead["share"] == pytest.approx(2 * math.exp(2.0) / total)
    assert ahead["on_next"] == pytest.approx(2.0)
    assert ahead["on_silence"] == pytest.approx(1.0)


def test_a_lead_counts_less_where_something_is_missing() -> None:
    ahead = lead([(3.0, "A")], 1.0)
    whole, missing = trust_features({}, ahead), trust_features({HARD[0]: 1.0}, ahead)
    assert whole["whole_on_silence"] == whole["sound_on_silence"] == ahead["on_silence"]
    assert missing["whole_on_silence"] == missing["sound_on_silence"] == 0.0
    assert missing["hard"] == 1.0


def test_confidence_is_a_probability_that_grows_with_the_odds() -> None:
    ranking = Ranking({"a": 2.0}, 0.0, {"share": 3.0}, -1.0, 0.5)
    assert ranking.sum({"a": 1.5, "unknown": 9.0}) == 3.0
    low, high = (ranking.confidence({"share": share}) for share in (0.1, 0.9))
    assert 0.0 < low < 0.5 < high < 1.0


@given(st.lists(st.tuples(st.floats(-20, 20), st.sampled_from("ABC")), min_size=1, max_size=6), st.booleans())
def test_no_texts_of_rivals_give_more_trust_than_the_most_lead(ranks: list[tuple[float, str]], whole: bool) -> None:
    """What a refusal without texts rests on, with the weights as they are fitted."""
    ranking, ordered = load_ranking(), sorted(ranks, reverse=True)
    evidence = {} if whole else {HARD[0]: 1.0}
    trusted = ranking.confidence(trust_features(evidence, lead(ordered, ranking.silence)))
    most = most_lead([rank for rank, _ in ordered], ranking.silence)
    assert trusted <= ranking.confidence(trust_features(evidence, most)) + 1e-12


def test_the_fitted_weights_name_only_what_is_observed(club: Bot) -> None:
    """A weight for what no code observes would be a mistake of spelling."""
    ranking = load_ranking()
    observed: set[str] = set()
    trusted: set[str] = set()
    for question in ("Which organization links the Lowland clubs with Norway?", "When was the club founded?", "Why?"):
        query = club.parse(question)
        if isinstance(query, Query) and query.gap is not None:
            for match in all_matches(query, club.world, club.weights):
                observed |= set(match.evidence())
                trusted |= set(trust_features(match.evidence(), lead([(1.0, "A")], 0.0)))
    assert observed and trusted
    assert set(ranking.rank) <= observed | {name for name in ranking.rank if name.startswith("asks_")}
    assert set(ranking.trust) <= trusted | {name for name in ranking.trust if name.startswith("asks_")}


def test_confidence_falls_where_two_answers_compete(club: Bot) -> None:
    query = club.parse("Which organization links the Lowland clubs with Norway?")
    assert isinstance(query, Query)
    matches = all_matches(query, club.world, club.weights)
    assert len(matches) > 1
    alone = confidence_of(matches[:1], query, club.world)
    assert confidence_of(matches, query, club.world) <= alone


def test_a_sentence_with_much_less_of_the_question_is_not_looked_at(club: Bot) -> None:
    """A question for one thing looks at the sentences that have nearly all that the best one has; a list at all."""
    query = club.parse("Which organization links the Lowland clubs with Norway?")
    assert isinstance(query, Query)
    matches = all_matches(query, club.world, club.weights)
    covered = [match.parts[0]["covered"] for match in matches]
    assert covered
    assert min(covered) >= max(covered) - LESS_COVERED
    listed = all_matches(replace(query, intent="list"), club.world, club.weights)
    assert {m.view.stored.id for m in listed} > {m.view.stored.id for m in matches}
