"""What pronouns and definite noun phrases stand for, resolved within one section by rules."""

from bot.facts.anaphora.resolving import Resolution, resolve, resolve_section

__all__ = ["Resolution", "resolve", "resolve_section"]
