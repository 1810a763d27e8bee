"""A bare question word put into the question before it: *By whom?* after *When was the club founded?*

What was asked gives way to what was answered (*Who gave it to the club?*, *When?* reads *When did the widow of Peter
Quill give it to the club?*), so that the line is read, and looked up, like any question that names all it means.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.sentence import Sentence, Token
from bot.questions.query import Query
from bot.questions.wh import find_wh

LONGEST_ANSWER = 8
"""Words of an answer that is put into the next question; a longer one would only be misread there."""


def reworded(query: Query, values: Sequence[str], phrase: str, stranded: str = "") -> str | None:
    """The earlier question asked for something else.

    query: the earlier question. values: its answers, none where it had none. phrase: what is asked now, with its
    preposition (*By whom*, *Within what time*). stranded: a preposition for the end (*Where to?*).
    RETURNS: the question, None where its form is not one that can be turned.
    """
    sentence = query.sentence
    words = _without_mark(sentence)
    wh = find_wh(sentence)
    ending = [stranded] if stranded else []
    if wh is None:
        if not words or words[0].upos != "AUX":
            return None
        turned = _said(sentence, words)
        return _question(phrase, [turned[:1].lower() + turned[1:]], ending)
    first = next((t for t in words if t.upos == "AUX" and t.i > wh.i and t.head == sentence.root.i), None)
    if wh.i > 3 or sentence.root.upos not in ("VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADV"):
        return None
    subject = sentence.child(sentence.root.i, "nsubj", "csubj")
    asked = _asked_phrase(sentence, wh)
    if subject is not None and subject.i in asked:
        said = _standing_for(sentence, asked, wh, values)
        return _of_subject(sentence, words, asked, first, said, phrase, ending) if said else None
    if first is None or first.i != max(asked) + 1:
        return None
    rest = [t for t in words if t.i >= first.i]
    parts = [_said(sentence, rest)]
    if query.gap is not None and query.gap.role == f"obl:{words[-1].text.lower()}" and words[-1].upos == "ADP":
        # Which countries does it link us with? When? → When does it link us with Norway?
        said = _standing_for(sentence, asked, wh, values)
        parts = [*parts, said] if said else [_said(sentence, rest[:-1])]
    if query.gap is None or query.gap.role.startswith(("obl", "date", "time", "dur", "manner", "reason", "place")):
        return _question(_with_agent(phrase, sentence), parts, ending)
    if sentence.tokens[max(asked)].rel in ("obj", "iobj") or wh.rel in ("obj", "iobj"):
        return _of_object(sentence, words, asked, first, _standing_for(sentence, asked, wh, values), phrase, ending)
    adverbial = wh.rel in ("advmod", "obl") or sentence.tokens[max(asked)].rel == "obl"
    return _question(_with_agent(phrase, sentence), parts, ending) if adverbial else None


def _with_agent(phrase: str, sentence: Sentence) -> str:
    """*Who?* of what was done asks who did it: *By whom was it founded?*"""
    root = sentence.root.i
    passive = sentence.child(root, "aux:pass") is not None
    agent = any(sentence.child(t.i, "case") and t.text.lower() == "by" for t in sentence.children(root, "obl"))
    return "By whom" if phrase.lower() == "who" and passive and not agent else phrase


def _without_mark(sentence: Sentence) -> list[Token]:
    words = list(sentence.tokens)
    while words and words[-1].upos == "PUNCT":
        words.pop()
    return words


def _asked_phrase(sentence: Sentence, wh: Token) -> tuple[int, ...]:
    """The tokens of what is asked for, from the question's first word on: *In which year*, *How many boats*."""
    head = wh
    while (
        head.head != head.i and head.head != sentence.root.i and head.rel in ("det", "advmod", "amod", "nummod", "nmod")
    ):
        head = sentence.tokens[head.head]
    inside = sentence.subtree(head.i) if head.i != sentence.root.i else (wh.i,)
    last = inside[0]
    while last + 1 in inside:  # a preposition of it may stand at the end of the question
        last += 1
    return tuple(range(last + 1)) if wh.i <= last else (wh.i,)


def _standing_for(sentence: Sentence, asked: tuple[int, ...], wh: Token, values: Sequence[str]) -> str:
    """What takes the place of what was asked for: the answer, else its noun with *the*."""
    if (
        0 < len(values) <= 3
        and sum(len(value.split()) for value in values) <= LONGEST_ANSWER
        and wh.text.lower() != "how"
    ):
        return " and ".join(values) if len(values) < 3 else f"{values[0]}, {values[1]} and {values[2]}"
    nouns = [t for t in (sentence.tokens[i] for i in asked) if t.i > wh.i and t.text.lower() not in ("many", "much")]
    if not nouns:
        return ""
    text = _said(sentence, nouns).removeprefix("of ")  # how many [of the labourers]
    return text if wh.text.lower() == "how" else f"the {text}"


def _of_subject(
    sentence: Sentence, words: list[Token], asked: tuple[int, ...], first: Token | None, said: str, phrase: str,
    ending: list[str],
) -> str | None:  # fmt: skip
    """*Which station was closed?* → *Why was the station closed?*; *Who gave it?* → *When did Marlow give it?*"""
    after = [t for t in words if t.i > max(asked)]
    if first is not None and after and after[0].i == first.i:
        return _question(phrase, [first.text, said, _said(sentence, after[1:])], ending)
    verb = after[0] if after else None
    if verb is None or verb.i != sentence.root.i or verb.upos != "VERB" or "VerbForm=Fin" not in verb.feats:
        return None
    plural = "Number=Plur" in verb.feats or " and " in said
    helper = "did" if "Tense=Past" in verb.feats else "do" if plural else "does"
    return _question(phrase, [helper, said, verb.lemma, _said(sentence, after[1:])], ending)


def _of_object(
    sentence: Sentence, words: list[Token], asked: tuple[int, ...], first: Token, said: str, phrase: str,
    ending: list[str],
) -> str | None:  # fmt: skip
    """*How many boats does the club rent?* → *From whom does the club rent boats?*"""
    root = sentence.root
    if root.i <= first.i or not said:
        return None
    last = max([root.i, *(t.i for t in sentence.children(root.i, "compound:prt") if t.i > root.i)])
    before, after = [t for t in words if first.i <= t.i <= last], [t for t in words if t.i > last]
    return _question(phrase, [_said(sentence, before), said, _said(sentence, after)], ending)


def _said(sentence: Sentence, words: Sequence[Token]) -> str:
    return sentence.words([t.i for t in words])


def _question(phrase: str, parts: list[str], ending: list[str]) -> str:
    return f"{' '.join(filter(None, [phrase[:1].upper() + phrase[1:], *parts, *ending]))}?"
