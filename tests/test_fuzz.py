"""Questions from a grammar, mangled the way people mangle them: whatever is asked, no traceback, no answer without a
citation that verifies, and the same bytes in another process.

``CITEBOT_FUZZ=10000 python -m pytest tests/test_fuzz.py`` asks ten thousand instead of a few; it takes a quarter of an
hour or so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import Answer, Bot
from bot.chat.safe import readable
from bot.facts.build import build
from tests.answers.handbook import FILES

COUNT = int(os.environ.get("CITEBOT_FUZZ", "120"))


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handbook")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    build(folder, folder / "handbook.kb")
    return folder / "handbook.kb"


# The grammar: names and words of the documents, words that they do not have, and every form of question.

of = st.sampled_from
NAMES = of(
    ["the Harbour Cup", "the Sound Trophy", "Fenwick", "Aldmoor", "Norway", "Iceland", "Edda Kolm", "Jonas Reith", "HL",
     "the Lowland clubs", "the Salt Foundation", "the club", "Gannet", "Peru", "the Moon League", "it", "they"]
)  # fmt: skip
NOUNS = of(
    ["club", "country", "league", "boat", "member", "fee", "oar", "jetty", "result", "seat", "length", "secretary",
     "crane", "trainer", "cannon", "year", "reason", "consent"]
)  # fmt: skip
VERBS = of(
    ["link", "own", "found", "meet", "borrow", "repair", "train", "publish", "receive", "sell", "keep", "be", "have",
     "join", "cost", "abolish", "use"]
)  # fmt: skip
PARTICIPLES = of(["founded", "linked", "repaired", "borrowed", "published", "excluded", "owned", "sold", "trained"])
ADJECTIVES = of(["annual", "new", "largest", "longest", "fewest", "first", "only", "likely", "other", "Baltic", "red"])
PREPOSITIONS = of(["with", "of", "in", "by", "from", "for", "to", "except", "without", "since", "before", "during"])
QUANTIFIERS = of(["all", "some", "most", "no", "every", "both", "a few", "all of the", "none of the", "each", "any"])
TIMES = of(
    ["in 1931", "before 1998", "between 1998 and 2003", "today", "on Tuesdays", "since 2020", "in May", "at 25:99"]
)
AMOUNTS = of(["40 euros", "two", "85%", "at least 3", "1,000,000", "0", "-5", "half"])
WRAPPERS = of(
    ["Can you tell me", "I'd like to know", "According to the handbook,", "In the section on rules,", "Please,"]
)


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda words: " ".join(word for word in words if word))


def maybe(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), part)


PLAIN = st.one_of(
    NAMES, joined(of(["the", "a", "which", "its", ""]), maybe(ADJECTIVES), NOUNS), joined(QUANTIFIERS, NOUNS), AMOUNTS
)
CLAUSE = st.one_of(
    joined(of(["that", "which", "who"]), maybe(of(["do not", "did", "can"])), VERBS, PLAIN),
    joined(PARTICIPLES, maybe(TIMES)),
)
PHRASE = st.one_of(
    PLAIN,
    joined(PLAIN, PREPOSITIONS, PLAIN),
    joined(PLAIN, of(["and", "or", "but not", "except"]), PLAIN),
    joined(PLAIN, CLAUSE),
)
WH = of(["who", "whom", "what", "where", "when", "why", "how", "how long", "how often", "until when", "whose boat"])
KIND = st.one_of(
    WH, joined(of(["which", "what", "how many", "how much", "with which", "in what"]), maybe(ADJECTIVES), NOUNS)
)
AUX = of(["does", "did", "is", "was", "has", "can", "will", "must", "isn't", "doesn't", "are", "were"])
QUESTION = st.one_of(
    joined(KIND, AUX, PHRASE, maybe(st.one_of(VERBS, PARTICIPLES)), maybe(PREPOSITIONS), maybe(PHRASE), maybe(TIMES)),
    joined(KIND, VERBS, maybe(PHRASE), maybe(joined(PREPOSITIONS, PHRASE))),
    joined(AUX, PHRASE, st.one_of(VERBS, PARTICIPLES), maybe(PHRASE), maybe(TIMES)),
    joined(of(["list", "name", "tell me about", "define", "explain", "compare"]), PHRASE),
    joined(of(["and", "what about", "no, I meant", "why", "since when", "how many", "the former"]), maybe(PHRASE)),
    joined(PHRASE, maybe(NOUNS)),
    joined(PHRASE, VERBS, KIND),
)


@st.composite
def typed(draw: st.DrawFn) -> str:
    """A question as somebody types it: wrapped, in any case, with letters swapped or lost, with odd characters."""
    text = draw(joined(maybe(WRAPPERS), QUESTION)) + draw(of(["?", "", "??", " ?", ".", "!", "…"]))
    text = draw(of([str, str, str.lower, str.upper, str.title, str.capitalize]))(text)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        kind = draw(of(["swap", "drop", "put", "keep", "keep"]))
        if kind == "swap":
            text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        elif kind == "drop":
            text = text[:at] + text[at + 1 :]
        elif kind == "put":
            text = (
                text[:at]
                + draw(st.one_of(of([",", "'", "’", '"', "(", "-", "\t", "\x00", "\x1b[2J"]), st.text(max_size=3)))
                + text[at:]
            )
    return text


def check(bot: Bot, answer: Answer) -> None:
    """What holds of every answer and every refusal."""
    answered = answer.status == "answered"
    assert answered == bool(answer.citations) == bool(answer.values)
    assert (answer.reason is None) == (answer.status in ("answered", "help"))
    assert answer.answer
    assert 0 <= answer.confidence <= 1
    for citation in answer.citations:
        assert citation.quote
        assert bot.kb.text(citation.document)[citation.start : citation.end] == citation.quote


def test_any_question_is_answered_with_proof_or_refused_in_the_same_bytes(kb: Path) -> None:
    bot = Bot.open(kb)
    said: dict[str, str] = {}

    @settings(
        max_examples=COUNT, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(typed(), typed())
    def ask(question: str, following: str) -> None:
        question, following = readable(question), readable(following)
        answer = bot.ask(question)
        check(bot, answer)
        if question:
            said[question] = json.dumps(answer.as_dict(), ensure_ascii=False)
        if len(said) % 4 == 0:
            talk = bot.conversation()
            talk.ask(question)
            check(bot, talk.ask(following))

    ask()
    assert len(said) > COUNT / 2
    lines = "".join(f"{question}\n" for question in said)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--json", "--kb", str(kb)],
        input=lines.encode("utf-8"),
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        check=True,
    )
    assert done.stderr == b""
    again = done.stdout.decode("utf-8").rstrip("\n").split("\n")
    assert [line for line, other in zip(said.values(), again, strict=True) if line != other] == []
    answered = sum('"status": "answered"' in line for line in again)
    assert 0 < answered < len(again)
    print(f"{len(again)} questions, {answered} answered")
