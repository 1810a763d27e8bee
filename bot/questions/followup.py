"""Follow-ups: an elliptic or pronominal line is read with the turn before it, and what was assumed is said.

A follow-up is completed in words (*And the SCO?* after *What does the OSCE link …?* reads *What does the SCO link
…?*), so that a person can see and correct what was asked; a bare *When?* keeps the query and changes its gap.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from bot.language.sentence import Sentence
from bot.questions.ellipsis import PREPOSITIONS, exchange, other_action, put_right
from bot.questions.pronouns import pair_after, with_noun_counted, with_pair, with_pronouns, with_times
from bot.questions.query import Gap, Known, Query, Term
from bot.questions.rewording import reworded
from bot.questions.turns import Completed, Turn, note_of, read_as
from bot.questions.wh import BY_WORD

__all__ = ["Completed", "Turn", "complete", "pair_after"]

CORRECTIONS = (
    "no,? (?:sorry,? )?i meant?|sorry,? i meant?|i meant?|no,? i mean|i mean|not that,?|no,? not that,?"
    "|no,? rather|rather|actually,?|correction:?|no,|sorry,"
)
LEADS = rf"and what about|what about|how about|and how about|what of|and of|and|but|or|so|ok|okay|{CORRECTIONS}"
ASKED = "who|whom|where|when|why|how many|how much|how long|how often|how|what|which"
AND = re.compile(rf"^\s*(?:{LEADS})(?=[\s,:])[\s,:]*", re.I)
CORRECTION = re.compile(rf"^\s*(?:{CORRECTIONS})(?=[\s,:])[\s,:]*", re.I)
NOT_THIS = re.compile(r",?\s+(?:and )?not (?:the |a )?[\w\s]{1,40}$", re.I)
BARE = re.compile(
    rf"^\s*(?:and |but |so )?(?:together |up |in memory )?(?P<prep>(?:{PREPOSITIONS}) )?(?P<wh>{ASKED})"
    r"(?: (?:is|was|are|were|did|does|do|may|can|must|should|will|could) (?:that|this|it|so|they|he|she|we|i|you))?"
    r"(?: (?P<stranded>to|from|for|with|by))?\s*[?.!]*\s*$",
    re.I,
)
BARE_NOUN = re.compile(
    rf"^\s*(?:and |but |so )?(?P<prep>(?:{PREPOSITIONS}) )?(?P<wh>what|which) (?P<noun>[\w'’-]+(?: [\w'’-]+){{0,2}})"
    r"\s*[?.!]*\s*$",
    re.I,
)
HOW_GRADED = re.compile(r"^\s*(?:and |but )?how (?!many|much|often|long)(\w+)\s*[?.!]*\s*$", re.I)
HOW_GRADED_FRONT = re.compile(r"^\s*how (?!many|much)\w+", re.I)
AUXILIARY = re.compile(
    r"^(is|are|was|were|do|does|did|can|could|will|would|shall|should|has|have|had|may|might|must)\b", re.I
)
WH = re.compile(rf"^(?:(?:{PREPOSITIONS}) )?(who|whom|whose|what|which|where|when|why|how)\b", re.I)
BARE_TYPES = {
    "how many": ("number",),
    "how much": ("money", "percent", "quantity", "number"),
    "how long": ("duration",),
    "how often": ("frequency",),
}
INTENTS = {
    "how many": "how_many",
    "how much": "how_much",
    "how long": "how_long",
    "how often": "how_often",
    "whom": "who",
}
CHOICES = {
    "first": 0, "1": 0, "1st": 0, "former": 0, "one": 0, "second": 1, "2": 1, "2nd": 1, "two": 1, "third": 2, "3": 2,
    "3rd": 2, "last": -1, "latter": -1,
}  # fmt: skip
CHOICE = re.compile(r"^(?:i mean(?:t)? )?(?:the )?(\w+)(?: one| question)?(?: please)?\s*[.!?]*$", re.I)
TO = re.compile(r"to \w+", re.I)
YES = re.compile(r"^(?:yes|yeah|yep|sure|right|exactly|ok|okay|please do)(?:,? please)?\s*[.!]*$", re.I)


def complete(
    line: str,
    before: Turn | None,
    type_of: Callable[[Term], str],
    terms_of: Callable[[str], tuple[Term, ...]],
    parse: Callable[[str], Sentence | None] = lambda text: None,
) -> Completed:
    """Read a line in the light of the turn before.

    type_of: the kinds of a term (an entity's type, or coarse kinds of a noun, joined by ``/``), for telling which part
    of the earlier question the new words replace. terms_of: the terms of a fragment. parse: its parse, None for none.
    """
    if before is None or before.query is None:
        return _offered(line, before) or Completed(line)
    chosen = _offered(line, before)
    if chosen is not None:
        return chosen
    bare = BARE.match(line)
    if bare and not (bare["wh"].lower() in ("what", "which") and not bare["prep"]):
        return _bare(line, bare, before)
    graded, asked = HOW_GRADED.match(line), HOW_GRADED_FRONT.match(before.text)
    if graded and asked:
        return read_as(f"How {graded.group(1)}{before.text[asked.end() :]}")
    narrowed = BARE_NOUN.match(line)
    if narrowed:
        made = _bare_noun(line, narrowed, before, terms_of, type_of)
        if made is not None:
            return made
    line, noted = with_noun_counted(line, before)
    corrected = CORRECTION.match(line) is not None
    fragment = AND.sub("", line).strip(" ?.!")
    fragment = NOT_THIS.sub("", fragment) if corrected else fragment
    wanted = BARE.match(f"{fragment}?") if corrected else None
    if wanted and not (wanted["wh"].lower() in ("what", "which") and not wanted["prep"]):
        return _bare(line, wanted, before)  # no, I meant when
    if corrected and (WH.match(fragment) or AUXILIARY.match(fragment)):
        return with_pronouns(f"{fragment[:1].upper()}{fragment[1:]}?", before, True)
    if _is_fragment(line, fragment):
        said = with_pair(with_times(fragment, before), before)
        other = other_action(said, before.query, parse(said))
        exchanged = exchange(said, before.query, type_of, terms_of) if not (other and TO.match(said)) else None
        exchanged = exchanged or other
        if corrected and exchanged is not None and exchanged.endswith(f" {said}?"):
            exchanged = put_right(said, before.query) or exchanged
        if exchanged is not None:
            made = with_pronouns(exchanged, before, True) if not said.lower().startswith("the ") else read_as(exchanged)
            return replace(made, asked=before.asked, note=note_of(made.text, before.asked))
        if AND.match(line) and not noted:
            return Completed(line, unclear=True)
    return with_pronouns(line, before, noted)


def _is_fragment(line: str, fragment: str) -> bool:
    """*And the SCO?*, *What about material?*, *Kazakhstan?*: a phrase without a verb of its own."""
    words = fragment.split()
    if not words or len(words) > 7:
        return False
    if re.match(r"^how (many|much) \w+( \w+)?$", fragment, re.I):
        return True
    led = AND.match(line) is not None
    return not (WH.match(fragment) or AUXILIARY.match(fragment)) and (led or len(words) <= 4)


# Answers to what the bot offered


def _offered(line: str, before: Turn | None) -> Completed | None:
    """*The second one*, *yes*, or a name that only one of the questions offered has: that question is asked."""
    if before is None or not before.offers:
        return None
    chosen = None
    if YES.match(line.strip()) and len(before.offers) > 1:
        return Completed(line, unclear=True)
    choice = CHOICE.match(line.strip())
    if YES.match(line.strip()) and len(before.offers) == 1:
        chosen = before.offers[0]
    elif choice and choice.group(1).lower() in CHOICES:
        place = CHOICES[choice.group(1).lower()]
        chosen = before.offers[place] if place < len(before.offers) else None
    elif len(line.split()) <= 5 and not before.values and _differ(before.offers):
        words = set(re.findall(r"\w+", CORRECTION.sub("", line).lower())) - {"the", "a", "one", "i", "mean", "meant"}
        having = [q for q in before.offers if words and words <= set(re.findall(r"\w+", q.lower()))]
        chosen = having[0] if len(having) == 1 else None
    return Completed(chosen, None, f"chose “{chosen}” of what was offered") if chosen is not None else None


def _differ(offers: tuple[str, ...]) -> bool:
    """Whether the questions differ by a name only: readings of one question, not questions to go on with."""
    words = [set(q.lower().split()) for q in offers]
    return len(offers) > 1 and all(len(set.intersection(*words)) >= 2 for _ in words)


# A bare question word


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
    bound = (bare["prep"] or "").strip().lower()
    gap = Gap(
        role, types, head=-1, counted=wh == "how many", bound=bound if bound in ("until", "till", "since") else ""
    )
    made = _asking(line, INTENTS.get(wh, wh), gap, before)
    return _in_words(f"{bound} {wh}".strip(), bare["stranded"] or "", before, made)


def _in_words(phrase: str, stranded: str, before: Turn, made: Completed) -> Completed:
    """The question in words, where it can be turned; the query made of the one before to fall back on."""
    assert before.query is not None
    text = reworded(before.query, before.values, phrase, stranded.lower())
    return replace(read_as(text), others=(made,)) if text else made


def _asking(line: str, intent: str, gap: Gap, before: Turn, without: int = -1) -> Completed:
    """The query before with another gap. without: an argument that the gap takes the place of, -1 for none."""
    query = before.query
    assert query is not None
    terms, arguments = _with_asked(query, gap)
    if without >= 0:
        terms = tuple(t for t in terms if t.argument != without)
        terms = tuple(replace(t, argument=t.argument - 1) if t.argument > without else t for t in terms)
        arguments = tuple(k for n, k in enumerate(arguments) if n != without)
    made = replace(
        query,
        text=line,
        intent=intent,
        lookup="gap",
        gap=gap,
        terms=terms,
        arguments=arguments,
        negative=query.negative and query.lookup != "yesno",
        answer_type="/".join(gap.types),
        notes=(),
    )
    note = f"“{line.strip()}” asked of “{before.text}”"
    return Completed(line, made.noted(note), note)


def _with_asked(query: Query, gap: Gap) -> tuple[tuple[Term, ...], tuple[Known, ...]]:
    """Terms and arguments with what was asked for now known: *Which station was closed?* … *Why?* asks why the station
    was. A role that the new gap takes is left to it."""
    old = query.gap
    known = None
    if old is not None and old.noun and old.head >= 0 and old.role not in ("modifier", "attr", gap.role):
        head = query.sentence.tokens[old.head]
        if any(t.place == "gap" and head.i in t.tokens for t in query.terms) and old.role in ("subj", "obj"):
            known = Known(old.role, head.i, (head.i,), head.text)
    terms = []
    for term in query.terms:
        if term.place == "gap":
            mine = known is not None and known.head in term.tokens
            term = replace(term, place="argument" if mine else "loose", argument=len(query.arguments) if mine else -1)
        terms.append(term)
    return tuple(terms), (*query.arguments, known) if known is not None else query.arguments


def _bare_noun(
    line: str,
    found: re.Match[str],
    before: Turn,
    terms_of: Callable[[str], tuple[Term, ...]],
    type_of: Callable[[Term], str],
) -> Completed | None:
    """*In which year?*, *On what day?* ask of the question before; *Which customers?* for more of what it named."""
    query = before.query
    assert query is not None
    terms = terms_of(found["noun"])
    if not terms or any(t.pos not in ("n", "a", "m") for t in terms) or terms[-1].pos != "n":
        return None
    noun = terms[-1]
    kinds = tuple(sorted(set(type_of(noun).split("/")) - {"", "thing"}))
    preposition = (found["prep"] or "").strip().lower()
    if preposition:
        timely = {"date", "time", "duration"} & set(kinds)
        role = "date" if {"date", "time"} & set(kinds) else "duration" if timely else f"obl:{preposition}"
        named = "" if set(kinds) & {"date", "time", "duration", "money", "quantity", "number"} else noun.lemma
        made = _asking(line, "what", Gap(role, kinds, named, head=-1), before)
        return _in_words(f"{preposition} {found['wh']} {found['noun']}".lower(), "", before, made)
    same = next((t for t in query.terms if t.lemma == noun.lemma and t.argument >= 0 and t.place == "argument"), None)
    if same is None:
        return None
    role = query.arguments[same.argument].role
    gap = Gap(role, kinds, noun.lemma, head=-1, plural="Number=Plur" in query.sentence.tokens[same.tokens[-1]].feats)
    return _asking(line, "what", gap, before, same.argument)
