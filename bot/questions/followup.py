"""Follow-ups: an elliptic or pronominal line is read with the turn before it, and what was assumed is said.

A follow-up is completed in words (*And the SCO?* after *What does the OSCE link …?* reads *What does the SCO link
…?*), so that a person can see and correct what was asked; a bare *When?* keeps the query and changes its gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.language.possessives import possessive
from bot.questions.query import Gap, Query, Term
from bot.questions.wh import BY_WORD

LEADS = (
    "and what about|what about|how about|and how about|what of|and|but|or|so|ok|okay"
    "|no,? i meant|i meant|no,|sorry,? i meant|rather"
)
PREPOSITIONS = "since|until|till|by|from|in|for|with|to|at|on|within|through|after|before|under|near"
ASKED = "who|whom|where|when|why|how many|how much|how long|how often|how|what|which"
AND = re.compile(rf"^\s*(?:{LEADS})\b[\s,]*", re.I)
BARE = re.compile(
    rf"^\s*(?:and |but |so )?(?P<prep>(?:{PREPOSITIONS}) )?(?P<wh>{ASKED})"
    r"(?: (?:is|was|are|were|did|does|do) (?:that|this|it|so))?(?: to)?\s*[?.!]*\s*$",
    re.I,
)
HOW_GRADED = re.compile(r"^\s*(?:and |but )?how (?!many|much)(\w+)\s*[?.!]*\s*$", re.I)
HOW_GRADED_FRONT = re.compile(r"^\s*how (?!many|much)\w+", re.I)
HOW_MANY = re.compile(r"\b(how many)(?=\s+(?:do|does|did|is|are|was|were|has|have|had|can|may|must|will)\b)", re.I)
PRONOUN = re.compile(
    r"\b(it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those"
    r"|the former|the latter|there|one)\b",
    re.I,
)
PERSONAL = frozenset({"he", "she", "him", "her", "his"})
POSSESSIVE = frozenset({"its", "their", "his", "her", "theirs", "hers"})
AUXILIARY = re.compile(
    r"^(is|are|was|were|do|does|did|can|could|will|would|shall|should|has|have|had|may|might|must)\b", re.I
)
BARE_TYPES = {
    "how many": ("number",),
    "how much": ("money", "percent", "quantity", "number"),
    "how long": ("duration",),
    "how often": ("frequency",),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn remembered: the line as completed, its query, the values answered and the names it was about."""

    text: str
    query: Query | None
    values: tuple[str, ...] = ()
    answer: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """A line made whole: either words to be read, or a query already made; ``note`` says what was assumed."""

    text: str
    query: Query | None = None
    note: str = ""


def complete(
    line: str, before: Turn | None, type_of: Callable[[Term], str], terms_of: Callable[[str], tuple[Term, ...]]
) -> Completed:
    """Read a line in the light of the turn before.

    type_of: the kind of a term (an entity's type, or a coarse kind of noun), for telling which part of the earlier
    question the new words replace. terms_of: the terms of a fragment.
    """
    if before is None or before.query is None:
        return Completed(line)
    bare = BARE.match(line)
    if bare and not (bare["wh"].lower() in ("what", "which") and not bare["prep"]):
        return _bare(line, bare, before)
    graded, asked = HOW_GRADED.match(line), HOW_GRADED_FRONT.match(before.text)
    if graded and asked:
        swapped = f"How {graded.group(1)}{before.text[asked.end() :]}"
        return Completed(swapped, None, f"read as “{swapped}”")
    counted = HOW_MANY.search(line)
    if counted and before.query.gap is not None and before.query.gap.counted and before.query.gap.noun:
        noun = before.query.sentence.tokens[before.query.gap.head].text
        line = line[: counted.end(1)] + f" {noun}" + line[counted.end(1) :]
        line = AND.sub("", line)
        return replace(_pronouns(line, before), note=f"read as “{_pronouns(line, before).text}”")
    fragment = AND.sub("", line).strip(" ?.!")
    if _is_fragment(line, fragment):
        exchanged = _swap(fragment, before, type_of, terms_of)
        if exchanged is not None:
            return Completed(exchanged, None, f"read as “{exchanged}”")
    return _pronouns(line, before)


def _is_fragment(line: str, fragment: str) -> bool:
    """*And the SCO?*, *What about material?*, *Kazakhstan?*: a phrase without a verb of its own."""
    words = fragment.split()
    if not words or len(words) > 7:
        return False
    if re.match(r"^how many \w+$", fragment, re.I):
        return True
    led = AND.match(line) is not None
    asks = re.match(r"^(who|whom|whose|what|which|where|when|why|how)\b", fragment, re.I) or AUXILIARY.match(fragment)
    return not asks and (led or len(words) <= 4)


def _bare(line: str, bare: re.Match[str], before: Turn) -> Completed:
    """*When?* keeps what was asked and answered, and asks for the time of it."""
    query = before.query
    assert query is not None
    wh = " ".join(bare["wh"].lower().split())
    if wh == "how many" and query.gap is not None and not query.gap.counted and before.values:
        # how many were listed?
        note = f"“{line.strip()}” counts what was listed for “{before.text}”"
        counted = replace(query.gap, counted=True, types=("number",))
        return Completed(line, replace(query, text=line, intent="how_many", gap=counted).noted(note), note)
    types = BARE_TYPES.get(wh) or BY_WORD.get(wh, ())
    role = {"who": "subj", "whom": "obj"}.get(wh, types[0] if types else "manner")
    if bare["prep"]:
        role = f"obl:{bare['prep'].strip().lower()}" if wh in ("who", "whom", "what", "which") else role
    gap = Gap(role, types, head=-1, counted=wh == "how many")
    name = {
        "how many": "how_many",
        "how much": "how_much",
        "how long": "how_long",
        "how often": "how_often",
        "whom": "who",
    }.get(wh, wh)
    terms = tuple(replace(t, place="loose") if t.place == "gap" else t for t in query.terms)
    made = replace(
        query,
        text=line,
        intent=name,
        lookup="gap",
        gap=gap,
        terms=terms,
        negative=False,
        answer_type="/".join(types),
        notes=(),
    )
    note = f"“{line.strip()}” asked of “{before.text}”"
    return Completed(line, made.noted(note), note)


def _swap(
    fragment: str, before: Turn, type_of: Callable[[Term], str], terms_of: Callable[[str], tuple[Term, ...]]
) -> str | None:
    """The earlier question with the part of the same kind replaced by the fragment."""
    query = before.query
    assert query is not None
    new = terms_of(fragment)
    if not new:
        return None
    head = next((t for t in new if t.entities), new[-1])
    kind = type_of(head)
    ranked = []
    for n, term in enumerate(query.terms):
        if term.pos not in ("n", "m", "a") and not term.entities:
            continue
        same = (
            2 * (type_of(term) == kind and kind != "")
            + (bool(term.entities) == bool(head.entities))
            + (term.value is not None) * (head.value is not None)
        )
        place = {"argument": 0.5, "gap": 0.3, "modifier": 0.2}.get(term.place, 0.1)
        subject = 0.3 if term.argument >= 0 and query.arguments[term.argument].role == "subj" else 0.0
        ranked.append((-(same + place + subject), n, term))
    if not ranked:
        return None
    target = sorted(ranked, key=lambda row: row[:2])[0][2]
    start, end = _span(query, target)
    text = query.sentence.text
    fragment = (
        re.sub(r"^(the|a|an)\s+", "", fragment, flags=re.I)
        if re.search(r"\b(the|a|an)\s+$", text[:start], re.I)
        else fragment
    )
    return " ".join((text[:start] + fragment + text[end:]).split())


def _span(query: Query, term: Term) -> tuple[int, int]:
    """Where a term stands in the question's own text, its adjectives and compounds with it."""
    sentence = query.sentence
    tokens = set(term.tokens)
    if not term.entities:
        for child in sentence.children(term.tokens[-1], "amod", "compound"):
            if child.lemma not in ("many", "much"):
                tokens.add(child.i)
    return sentence.tokens[min(tokens)].start, sentence.tokens[max(tokens)].end


def _pronouns(line: str, before: Turn) -> Completed:
    """Pronouns replaced by what the last turn was about; the answer's own name first where the question named none."""
    found = PRONOUN.search(line)
    if found is None or not before.topics:
        return Completed(line)
    if found.group(1).lower() in PERSONAL and before.values and _asked_person(before):
        said = found.group(1).lower()
        owned = said in POSSESSIVE and not _object_her(line, found, said)
        name = _owning(before.values[0], said) if owned else before.values[0]
        rest = _pronouns(line[found.end() :], before).text
        text = line[: found.start()] + name + rest
        return Completed(text, None, f"read as “{' '.join(text.split())}”")
    word = found.group(1).lower()
    if (
        word in ("this", "that", "these", "those", "one", "there")
        and re.match(r"\s+[a-z]", line[found.end() :], re.I)
        and word != "there"
    ):
        return Completed(line)
    topics = before.topics
    topic = topics[-1] if word == "the latter" else topics[0]
    if word == "there":
        topic = (
            f"in {before.values[0]}"
            if before.values and before.query is not None and before.query.intent == "where"
            else f"in {topic}"
        )
    text = (
        line[: found.start()]
        + (_owning(topic, word) if word in POSSESSIVE and not _object_her(line, found, word) else topic)
        + line[found.end() :]
    )
    return Completed(text, None, f"read as “{' '.join(text.split())}”")


def _owning(name: str, word: str) -> str:
    return possessive(name, plural=word == "their", mark="'")


def _asked_person(before: Turn) -> bool:
    return before.query is not None and before.query.gap is not None and "person" in before.query.gap.types


def _object_her(line: str, found: re.Match[str], word: str) -> bool:
    return word == "her" and not re.match(r"\s+\w", line[found.end() :])
