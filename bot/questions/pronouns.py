"""Words that point back: pronouns, *the latter*, *that year*, *how many of them*, *which ones*; said in full.

What a pronoun stands for is found among the referents of the turn before (``referents``); the likeliest is said, and
the next ones are kept in case the likeliest has no answer.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from bot.language.values import values_in
from bot.questions.query import Query
from bot.questions.referents import (
    PERSONAL,
    PLURAL,
    POSSESSIVE,
    Referent,
    pair_of,
    possessive,
    resolve,
)
from bot.questions.turns import Completed, Turn, note_of

LEAD = re.compile(r"^\s*(?:and|but|or|so|ok|okay)\b[\s,]*", re.I)
HOW_MANY = re.compile(r"\b(how many)(?=\s+(?:do|does|did|is|are|was|were|has|have|had|can|may|must|will)\b)", re.I)
OF_THEM = re.compile(
    r"\b(?P<wh>how many|which|who|what|some|any|all|most|none|both|each|one|two|three|four|five|six)"
    r" of (?P<them>them|those|these)\b",
    re.I,
)
ONES = re.compile(r"\b(which|what|how many) (?:ones?)\b", re.I)
THAT_TIME = re.compile(
    r"\b(?P<lead>in |during |at |from |since )?"
    r"(?P<which>that|this|the same|the following|the next|the previous|the year before|the year after)"
    r"(?P<noun> (?:year|time|day|month|date|one))?(?: that| this)?(?=\s*[?.!,]|\s*$|\s+(?:the|did|was|were|is|it)\b)",
    re.I,
)
PRONOUN = re.compile(
    r"\b(?:(?P<noun>(?:this|that|these|those) "
    r"(?!(?:is|was|were|are|do|does|did|has|have|had|be|one|year|time|day|month)\b)"
    r"[a-z]+)|(?P<word>it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those"
    r"|the former|the latter|there))\b",
    re.I,
)
EXISTENTIAL = re.compile(
    r"\b(is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must) there\b|\bthere (is|are|was|were)\b",
    re.I,
)


def with_noun_counted(line: str, before: Turn) -> tuple[str, bool]:
    """*How many does it rent?* after *How many boats …?* counts boats; RETURNS the line, and whether it was changed."""
    counted, gap = HOW_MANY.search(line), before.query.gap if before.query is not None else None
    if counted is None or gap is None or before.query is None:
        return line, False
    counts = gap.counted and gap.noun
    noun = before.query.sentence.tokens[gap.head].text if counts else _compared(before.query)
    if not noun:
        return line, False
    return LEAD.sub("", line[: counted.end(1)] + f" {noun}" + line[counted.end(1) :]), True


def _compared(query: Query) -> str:
    """*bicycles* of *Which district has the most bicycles?*"""
    for token in query.sentence:
        if token.text.lower() in ("most", "more", "fewest", "fewer", "least", "less"):
            noun = query.sentence.tokens[token.head]
            if noun.upos == "NOUN" and noun.i > token.i:
                return noun.text
    return ""


def with_times(text: str, before: Turn) -> str:
    """*that year*, *the year before*, *the next one*: the year that was asked about or answered, or one beside it."""
    found = THAT_TIME.search(text)
    year = _year(before)
    if found is None or year is None:
        return text
    which, noun = found["which"].lower(), (found["noun"] or "").strip().lower()
    if not noun and "year" not in which:
        return text
    step = {"the following": 1, "the next": 1, "the year after": 1, "the previous": -1, "the year before": -1}
    if noun == "one" and (before.query is None or "that year" not in before.inherited):
        asked_years = before.query is not None and bool(before.query.times)
        if not asked_years:
            return text
    lead = (found["lead"] or "in ").strip()
    return f"{text[: found.start()]}{lead} {year + step.get(which, 0)}{text[found.end() :]}"


def _year(before: Turn) -> int | None:
    """The last year that the turn before answered or asked about."""
    for text in (*before.values, before.text):
        for value in values_in(text):
            shown = re.search(r"\b(1\d{3}|20\d{2})\b", value.text)
            if value.kind == "date" and shown:
                return int(shown.group())
    return None


def with_pronouns(line: str, before: Turn, noted: bool) -> Completed:
    """The line with times, partitives, pairs and pronouns said in full; further readings go into ``others``."""
    line_in = line
    line = with_times(line, before)
    line, part_of = _partitive(line, before)
    line = with_pair(line, before)
    text, topic = _pronouns(line, before, 0)
    left = PRONOUN.search(text)
    if left is not None and left["word"] and left["word"].lower() in PERSONAL and text == line_in and not noted:
        return Completed(line_in, unclear=True)
    if text == line_in and not noted:
        return Completed(text, part_of=part_of)
    made = Completed(text, None, note_of(text), topic=topic, part_of=part_of)
    others: dict[str, Completed] = {}
    for choice in (1, 2):
        other, stands = _pronouns(line, before, choice)
        if stands and other != text:
            note = f"{note_of(other)}, as “{text}” has no answer"
            others.setdefault(other, replace(made, text=other, note=note))
    return replace(made, others=tuple(others.values()))


def _partitive(line: str, before: Turn) -> tuple[str, tuple[str, ...]]:
    """*How many of them died?*, *Which of them …?*, *Which ones …?*: of those asked for, listed or counted."""
    many = resolve("them", before.referents, before.topic, before.query, frozenset())
    many = tuple(r for r in many if r.number != "one" and r.noun)
    if not many:
        return line, ()
    head = many[0]
    ones = ONES.search(line)
    if ones:
        return f"{line[: ones.start()]}{ones.group(1)} {head.noun}{line[ones.end() :]}", ()
    found = OF_THEM.search(line)
    if found is None:
        return line, ()
    word = found["wh"]
    said = f"{word} {head.noun}" if word.lower() in ("which", "what") else f"{word} of {head.text}"
    numbers = before.values if word.lower() in ("how many", "which") else ()
    return f"{line[: found.start()]}{said}{line[found.end() :]}", numbers if word.lower() == "how many" else ()


def pair_after(query: Query, values: tuple[str, ...], before: Turn | None) -> tuple[str, str] | None:
    """The pair that a turn leaves: its own, else that of the turn before. Two figures are no *former* and *latter*
    where things were."""
    earlier = before.pair if before is not None else None
    figures = all(any(c.isdigit() for c in value) for value in values)
    return (pair_of(query, () if figures and earlier else values)) or earlier


def with_pair(line: str, before: Turn) -> str:
    if before.pair is None:
        return line
    pair = before.pair
    for word, text in (("the former", pair[0]), ("the latter", pair[1])):
        line = re.sub(rf"\b{word}\b", lambda _, text=text: text, line, flags=re.I)  # type: ignore[misc]
    return line


def _pronouns(line: str, before: Turn, choice: int) -> tuple[str, str]:
    """The line with each pronoun said in full, by its ``choice``-th likeliest referent; what the first stood for."""
    taken: dict[str, str] = {}
    parts, at, topic = [], 0, ""
    words = set(re.findall(r"\w+", line.lower()))
    named = before.referents or _from_topics(before)
    # can guests delete them?: what the line names itself is not what its pronoun stands for
    referents = tuple(r for r in named if r.noun.lower() not in words) or named
    for found in PRONOUN.finditer(line):
        if found["word"] and found["word"].lower() == "there" and _existential(line, found):
            continue
        said = _stands_for(line, found, before, referents, taken, choice)
        if not said and choice and found["word"]:
            return line, ""
        if not said:
            continue
        topic = topic or next(iter(taken.values()), "")
        parts += [line[at : found.start()], said]
        at = found.end()
    return "".join((*parts, line[at:])), topic


def _stands_for(
    line: str,
    found: re.Match[str],
    before: Turn,
    referents: tuple[Referent, ...],
    taken: dict[str, str],
    choice: int,
) -> str:
    """What to say for one pronoun; empty to leave it."""
    if found["noun"]:
        noun = found["noun"].split()[1].lower()
        pointed = next((r for r in referents if r.lemma == noun or r.noun.lower() == noun), None)
        kind = next((r for r in reversed(referents) if noun in r.kinds or (r.source == "value" and not r.kinds)), None)
        chosen = pointed if pointed is not None and pointed.text.lower() != found["noun"].lower() else kind
        return chosen.text if chosen is not None else ""
    word = found["word"].lower()
    if word in POSSESSIVE and re.match(r"\s+own\b", line[found.end() :], re.I):
        return ""  # on their own: of the line itself
    if word in ("this", "that", "these", "those") and re.match(r"\s+[a-z]", line[found.end() :], re.I):
        return ""
    if word in ("the former", "the latter"):
        return before.topics[-1 if word == "the latter" else 0] if before.topics else ""
    if word == "there":
        return _place(before, referents)
    group = "he" if word in PERSONAL else "they" if word in PLURAL else "it"
    if group not in taken:
        fitting = resolve(word, referents, before.topic, before.query, frozenset(taken.values()))
        if not fitting or (choice and choice >= len(fitting)):
            return ""
        taken[group] = fitting[choice if not taken else 0].text
    text = taken[group]
    owns = word in POSSESSIVE and not (word == "her" and not re.match(r"\s+\w", line[found.end() :]))
    return possessive(text) if owns else text


def _existential(line: str, found: re.Match[str]) -> bool:
    return any(e.start() <= found.start() < e.end() for e in EXISTENTIAL.finditer(line)) and not re.match(
        r"\s*[?.!]*$", line[found.end() :]
    )


def _place(before: Turn, referents: tuple[Referent, ...]) -> str:
    if before.values and before.query is not None and before.query.intent == "where":
        return f"in {before.values[0]}"
    place = next((r for r in referents if r.kinds & {"place", "city", "country", "building"}), None)
    first = place or next(iter(referents), None)
    return f"in {first.text}" if first is not None else ""


def _from_topics(before: Turn) -> tuple[Referent, ...]:
    """Referents of a turn that has only names to refer to."""
    asks_person = before.query is not None and before.query.gap is not None and "person" in before.query.gap.types
    named = [Referent(t, t.split()[-1], t.split()[-1].lower(), "either", frozenset(), "subject") for t in before.topics]
    kinds = frozenset({"person"}) if asks_person else frozenset[str]()
    values = [Referent(v, v.split()[-1], v.split()[-1].lower(), "one", kinds, "value") for v in before.values if v]
    return (*named, *(v for v in values if v.text not in before.topics))
