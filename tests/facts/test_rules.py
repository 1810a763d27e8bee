"""Every rule fires on its own example, yields what it says there, and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from bot.facts.extract import extract
from bot.facts.rules import RULES, STAGES, Rule
from bot.facts.rules.base import brief, parse

# The rules of each stage in the order in which they are tried; traces and the confidence file name them.
NAMES = {
    "repair": (
        "under_helper fronted asked_subject inverted_place what_is inverted_verb copula_of_subject but_not "
        "exception_phrase described_subject name_put_in joined_subject participle_first swallowed_verb lost_subject "
        "lost_predicate gapped_amounts name_after_noun series participle_series parallel_quantity not_fixed "
        "agent_before hours_of_days paired_times shared_noun gapped relative_place relative_time participle_of_time "
        "participle_of_name clause_of_modifier examples reciprocal up_to value_span two_objects opening "
        "bracket valency time_of_verb stranded name_given noun_for_verb verb_before_and reason_of_verb "
        "reason_clause paired_phrases conjunct_before_verb clause_of_last passive_preposition"
    ),
    "clause": ("verb existential copula placed copula_conjunct"),
    "argument": (
        "subject passive_subject clausal_subject agent object_ expression recipient oblique adverb complement "
        "predicative adverbial_clause inserted_speech"
    ),
    "share": (
        "relative_pronoun relative_gap participle control adverbial_subject shared_subject shared_object "
        "shared_time gapping verb_left_out light_verb_argument label_subject"
    ),
    "mood": ("negation negative_argument without denied_leave hedge modal tense"),
    "fact": (
        "clause_as_predicate alias bracketed_place place_within apposition title possessive of_phrase "
        "nominal example_of members lifespan label"
    ),
    "revise": ("under_lead predicate_noun_arguments definition_reversed naming light_verb exception stands_for"),
}


def _ids(rule: Rule) -> str:
    return rule.name


def test_rules_are_these_in_this_order() -> None:
    found = {stage: " ".join(rule.name for rule in RULES if rule.stage == stage) for stage in STAGES}
    assert found == NAMES


def test_rules_names_are_unique_and_explained() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    for rule in RULES:
        assert rule.explanation.endswith("."), rule.name
        assert rule.stage in STAGES


@pytest.mark.parametrize("rule", RULES, ids=_ids)
def test_rules_fire_on_their_example(rule: Rule) -> None:
    facts = extract(parse(rule.example), rule.context)
    assert rule.yields
    assert [y for y in rule.yields if y not in [brief(fact) for fact in facts]] == []
    assert any(step.rule == rule.name for fact in facts for step in fact.trace)


@pytest.mark.parametrize("rule", RULES, ids=_ids)
def test_rules_leave_their_counter_example_alone(rule: Rule) -> None:
    facts = extract(parse(rule.counter), rule.context)
    assert not any(step.rule == rule.name for fact in facts for step in fact.trace)
