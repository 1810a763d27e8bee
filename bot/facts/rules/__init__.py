"""All extraction rules, in the order in which they are tried."""

from __future__ import annotations

from bot.facts import attachment, repair
from bot.facts.rules import (
    arguments,
    derived,
    excepted,
    fragments,
    gapped,
    inverted,
    lifespans,
    mood,
    nouns,
    parallel,
    predicates,
    series,
    sharing,
    subordinate,
)
from bot.facts.rules.base import STAGES, Rule

RULES: tuple[Rule, ...] = (
    series.under_helper,
    *inverted.RULES,
    *excepted.RULES,
    *series.RULES,
    *gapped.RULES,
    *parallel.RULES,
    *subordinate.RULES,
    *repair.RULES,
    *attachment.RULES,
    *predicates.RULES,
    *arguments.RULES,
    *sharing.RULES,
    *mood.RULES,
    *nouns.RULES,
    *lifespans.RULES,
    *fragments.RULES,
    *derived.RULES,
)


def at_stage(stage: str) -> tuple[Rule, ...]:
    """The rules of one stage in order."""
    return tuple(rule for rule in RULES if rule.stage == stage)


__all__ = ["RULES", "STAGES", "Rule", "at_stage"]
