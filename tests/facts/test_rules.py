"""Every rule fires on its own example, yields what it says there, and leaves its counter-example alone."""

from __future__ import annotations

import pytest

from bot.facts.extract import extract
from bot.facts.rules import RULES, STAGES, Rule
from bot.facts.rules.base import brief, parse


def _ids(rule: Rule) -> str:
    return rule.name


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
