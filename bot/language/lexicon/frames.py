"""Paraphrase classes of predicates: ``predicates.toml`` read into ``PredicateFrame`` records.

A pattern is a small sentence.  Capitals are class roles, the rest are lemmas:

    AGENT found THEME                   verb: subj, obj; a verb with its particle is joined by _: set_up
    GIVER give RECIPIENT GIFT           two bare roles: iobj, obj
    THEME lie in|on PLACE               obl:in and obl:on
    AGENT allow PATIENT +ACT            comp: infinitive, gerund or clause
    THEME be based in PLACE             passive of a verb (deep: obj), and the same as an adjective
    PLACE be responsible for THEME      adjective
    THEME be a member of GROUP          noun that names its subject (also 'the member of GROUP', poss, compound)
    the price of|for GOODS be PRICE     noun whose copula brings the value: slot subj
    the seat of THEME be in PLACE       noun with a prepositional predicate: slot obl:in
    the foundation of THEME by AGENT    event noun
    AGENT [provide|give] help to THEME  light verbs: the noun is the predicate, ``light`` the verb

All mistakes of the file are reported at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from types import MappingProxyType
from typing import Any

from bot.language.lexicon.records import PredicateFrame
from bot.language.lexicon.tables import Mistakes, read_table, string_list

WORDS = re.compile(r"\[[^\]]*\]|\S+")
ARTICLES = frozenset({"a", "an", "the"})


class PatternError(ValueError):
    """A pattern that does not follow the notation; the text says where."""


Participle = Callable[[str], tuple[str, ...]]
Frames = dict[tuple[str, str], tuple[PredicateFrame, ...]]


def load_frames(participle_of: Participle, prepositions: Collection[str]) -> Frames:
    """Frames of ``predicates.toml`` by (lemma, pos), each tuple sorted by class and pattern.

    participle_of: the verbs that a written participle may come from ('based' -> ('base',)), best first.
    prepositions: what counts as one in a pattern.
    RAISES: ModelError listing every mistake of the file.
    """
    return read_frames(read_table("predicates.toml"), participle_of, prepositions)


def read_frames(table: dict[str, Any], participle_of: Participle, prepositions: Collection[str]) -> Frames:
    """The same, from a parsed table."""
    mistakes = Mistakes("predicates.toml")
    unique: dict[tuple[object, ...], PredicateFrame] = {}
    for name, entry in table.items():
        patterns = _check_class(name, entry, mistakes)
        parser = PatternParser(name, participle_of, prepositions)
        roles = set(entry.get("roles", ())) if isinstance(entry, dict) else set()
        for pattern in patterns:
            try:
                frames = parser.parse(pattern)
            except PatternError as error:
                mistakes.add(name, f"pattern {pattern!r}: {error}")
                continue
            for frame in frames:
                unknown = sorted(set(frame.roles.values()) - roles)
                if unknown:
                    mistakes.add(name, f"pattern {pattern!r}: role {unknown[0]!r} is not one of {sorted(roles)}")
                key = (name, frame.lemma, frame.pos, frame.light, tuple(frame.roles.items()))
                unique.setdefault(key, frame)
    mistakes.stop()
    ordered: dict[tuple[str, str], list[PredicateFrame]] = defaultdict(list)
    for frame in unique.values():
        ordered[frame.lemma, frame.pos].append(frame)
    return {key: tuple(sorted(frames, key=lambda f: (f.name, f.light, f.pattern))) for key, frames in ordered.items()}


def _check_class(name: str, entry: object, mistakes: Mistakes) -> list[str]:
    if not isinstance(entry, dict):
        mistakes.add(name, "expected a table with 'about', 'roles' and 'patterns'")
        return []
    for key in sorted(set(entry) - {"about", "roles", "patterns"}):
        mistakes.add(name, f"unknown key {key!r}; expected 'about', 'roles' and 'patterns'")
    if not isinstance(entry.get("about"), str):
        mistakes.add(name, "'about' must be one sentence that says what the class means")
    text = entry.get("patterns")
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()] if isinstance(text, str) else None
    roles, patterns = string_list(entry.get("roles")), string_list(lines)
    if roles is None or not all(role.isalpha() and role.islower() for role in roles):
        mistakes.add(name, "'roles' must be a list of different lower-case words")
    if patterns is None:
        mistakes.add(name, "'patterns' must be a text of different lines, one pattern each")
    return patterns or []


class PatternParser:
    """Turns the patterns of one class into frames."""

    def __init__(self, name: str, participle_of: Participle, prepositions: Collection[str]) -> None:
        self._name = name
        self._participle_of = participle_of
        self._prepositions = prepositions

    def parse(self, pattern: str) -> list[PredicateFrame]:
        """The frames of one pattern.

        RAISES: PatternError if it does not follow the notation in this module's docstring.
        """
        words = WORDS.findall(pattern)
        if len(words) < 2:
            raise PatternError("expected a predicate and at least one role")
        if words[0] in ARTICLES:
            return [self._noun_phrase(pattern, words[1:])]
        if not _is_role(words[0]):
            raise PatternError(f"expected it to begin with a role in capitals or with 'the', got {words[0]!r}")
        subject, head, rest = _role(words[0]), words[1], words[2:]
        if head == "be":
            return self._copula(pattern, subject, rest)
        if head.startswith("["):
            if not rest:
                raise PatternError("expected '[verb|verb] noun'")
            roles = {"subj": subject, **self._slots(rest[1:], "nmod", "obl")}
            return [self._frame(rest[0], "n", roles, pattern, light) for light in head[1:-1].split("|")]
        return [self._frame(head, "v", {"subj": subject, **self._slots(rest, "obl")}, pattern)]

    def _copula(self, pattern: str, subject: str, rest: list[str]) -> list[PredicateFrame]:
        if len(rest) > 1 and rest[0] in ARTICLES:
            return [self._noun(pattern, rest[1], {"subj": subject, **self._slots(rest[2:], "nmod")})]
        if not rest or _is_role(rest[0]):
            raise PatternError("expected an article, an adjective or a participle after 'be'")
        if rest[0].replace("_", " ") in self._prepositions:  # THEME be about TOPIC
            return [self._frame("be", "v", {"subj": subject, **self._slots(rest, "obl")}, pattern)]
        slots = self._slots(rest[1:], "obl")
        frames = [self._frame(rest[0], "a", {"subj": subject, **slots}, pattern)]
        participle, _, particle = rest[0].partition("_")
        for verb in self._participle_of(participle)[:1]:
            passive = {("subj" if slot == "obl:by" else slot): role for slot, role in slots.items()}
            frames.append(
                self._frame(f"{verb} {particle}".strip(), "v", {**passive, **_patient(passive, subject)}, pattern)
            )
        return frames

    def _noun_phrase(self, pattern: str, words: list[str]) -> PredicateFrame:
        head, rest = words[0], words[1:]
        slots: dict[str, str] = {}
        if "be" in rest:
            at = rest.index("be")
            value, rest = rest[at + 1 :], rest[:at]
            bare = len(value) == 1 and _is_role(value[0])
            slots = {"subj": _role(value[0])} if bare else self._slots(value, "obl")
        return self._noun(pattern, head, {**slots, **self._slots(rest, "nmod")})

    def _noun(self, pattern: str, noun: str, slots: dict[str, str]) -> PredicateFrame:
        owner = slots.get("nmod:of")
        return self._frame(noun, "n", {**slots, "poss": owner, "compound": owner} if owner else slots, pattern)

    def _slots(self, words: list[str], *prefixes: str) -> dict[str, str]:
        slots: dict[str, str] = {}
        bare: list[str] = []
        prepositions: list[str] = []
        for word in words:
            if word.startswith("+"):
                slots["comp"] = _role(word[1:])
            elif _is_role(word) and prepositions:
                slots.update({f"{prefix}:{p}": _role(word) for prefix in prefixes for p in prepositions})
                prepositions = []
            elif _is_role(word):
                bare.append(_role(word))
            else:
                prepositions = [p.replace("_", " ") for p in word.split("|")]
                unknown = [p for p in prepositions if p not in self._prepositions]
                if unknown:
                    raise PatternError(f"{unknown[0]!r} is neither a role in capitals nor a known preposition")
        if prepositions:
            raise PatternError(f"expected a role after {prepositions[0]!r}")
        if len(bare) > 2:
            raise PatternError("expected at most two roles without a preposition")
        return {**slots, **dict(zip(("iobj", "obj")[2 - len(bare) :], bare, strict=True))}

    def _frame(self, lemma: str, pos: str, roles: dict[str, str], pattern: str, light: str = "") -> PredicateFrame:
        if not lemma.replace("_", "").replace("-", "").replace(" ", "").isalpha() or lemma != lemma.lower():
            raise PatternError(f"{lemma!r} is not a lower-case lemma")
        slots = MappingProxyType(dict(sorted(roles.items())))
        return PredicateFrame(self._name, lemma.replace("_", " "), pos, slots, light, pattern)


def _patient(slots: dict[str, str], subject: str) -> dict[str, str]:
    """The passive's subject: deep object, or indirect object if another object is left ('PAYER be charged PRICE')."""
    return {"iobj": subject} if "obj" in slots else {"obj": subject}


def _is_role(word: str) -> bool:
    return word.isupper() and word.isalpha()


def _role(word: str) -> str:
    if not _is_role(word):
        raise PatternError(f"expected a role in capitals, got {word!r}")
    return word.lower()
