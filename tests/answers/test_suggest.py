"""Suggestions: made of facts by rule, and answered when asked."""

from __future__ import annotations

import pytest

from bot import Bot
from bot.answers.askable import candidates
from bot.answers.suggest import Suggester, holds, plain_asker, questions_from, suggest
from bot.documents.model import Passage
from bot.facts.model import Antecedent, Argument, Context, Fact, TraceStep
from bot.facts.store.records import StoredSentence
from bot.language.sentence import from_conllu
from bot.language.values.model import Value

GUIDE = """# The Harbour League

The Harbour League was founded in Tallinn in 1931. The seat of the Harbour League is in Riga.
The Harbour League has 12 members. The president of the Harbour League is Marta Ozola.
The Harbour League joined the Northern Pact in 1950. Marta Ozola signed the Gdansk Charter.
It may not leave the Northern Pact.
"""
TABLE = "Town,Mayor,Population\nRiga,Juris Kalns,605802\nTallinn,Kadri Tamm,461602\n"
ACTIVE = """
The the DET 3 det
Harbour Harbour PROPN 3 compound
League League PROPN 4 nsubj Number=Sing
joined join VERB 0 root Tense=Past|VerbForm=Fin
the the DET 7 det
Northern northern PROPN 7 compound
Pact Pact PROPN 4 obj Number=Sing
in in ADP 9 case
1950 1950 NUM 4 obl
"""
PASSIVE = """
The the DET 3 det
Harbour Harbour PROPN 3 compound
League League PROPN 5 nsubj:pass Number=Sing
was be AUX 5 aux:pass Tense=Past|VerbForm=Fin
founded found VERB 0 root VerbForm=Part
in in ADP 7 case
1931 1931 NUM 5 obl
"""
COPULA = """
The the DET 2 det
president president NOUN 8 nsubj Number=Sing
of of ADP 6 case
the the DET 6 det
Harbour Harbour PROPN 6 compound
League League PROPN 2 nmod
is be AUX 8 cop Tense=Pres|VerbForm=Fin
Ozola Ozola PROPN 0 root
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """A bot on a guide and a table."""
    from bot.facts.build import build

    folder = tmp_path_factory.mktemp("league")
    (folder / "docs").mkdir()
    (folder / "docs" / "guide.md").write_text(GUIDE, encoding="utf-8")
    (folder / "docs" / "towns.csv").write_text(TABLE, encoding="utf-8")
    build(folder / "docs", folder / "made.kb")
    return Bot.open(folder / "made.kb")


def _stored(rows: str) -> StoredSentence:
    sentence = from_conllu(rows)
    passage = Passage(0, len(sentence.text), "paragraph", ())
    return StoredSentence(0, sentence, Context("a.txt"), passage, (), None, None)


def _argument(stored: StoredSentence, role: str, head: int, *tokens: int, **more: object) -> Argument:
    words = stored.sentence.words(list(tokens))
    first, last = stored.sentence.tokens[tokens[0]], stored.sentence.tokens[tokens[-1]]
    return Argument(role, words, head, tokens, first.start, last.end, **more)  # type: ignore[arg-type]


def _year(stored: StoredSentence, at: int) -> Argument:
    value = Value("date", stored.sentence.tokens[at].text, 0, 4, None, None)
    return _argument(stored, "time", at, at, preposition="in", value=value)


def _active(**more: object) -> tuple[Fact, StoredSentence]:
    stored = _stored(ACTIVE)
    arguments = (_argument(stored, "subj", 2, 0, 1, 2), _argument(stored, "obj", 6, 4, 5, 6), _year(stored, 8))
    return Fact("join", "v", "joined", (3,), arguments, tense="past", **more), stored  # type: ignore[arg-type]


def test_an_active_clause_asks_for_subject_object_and_time(bot: Bot) -> None:
    assert questions_from(*_active(), bot.world) == (
        "What joined the Northern Pact?",
        "What did the Harbour League join?",
        "When did the Harbour League join the Northern Pact?",
    )


def test_a_passive_needs_no_helping_verb(bot: Bot) -> None:
    stored = _stored(PASSIVE)
    fact = Fact("found", "v", "was founded", (3, 4), (_argument(stored, "obj", 2, 0, 1, 2), _year(stored, 6)))
    assert questions_from(fact, stored, bot.world) == ("When was the Harbour League founded?",)


def test_a_copula_asks_for_what_bears_the_description(bot: Bot) -> None:
    stored = _stored(COPULA)
    arguments = (_argument(stored, "subj", 1, 0, 1, 2, 3, 4, 5), _argument(stored, "attr", 7, 7))
    fact = Fact("ozola", "n", "is", (6,), arguments, "copula")
    assert questions_from(fact, stored, bot.world) == ("Who is the president of the Harbour League?",)


def test_a_row_asks_by_its_column(bot: Bot) -> None:
    subject, cell = Argument("subj", "Riga", -1, (), 0, 4), Argument("attr", "Latvian", -1, (), 5, 12)
    fact = Fact("main language", "n", "Main language", (), (subject, cell), "table", trace=(TraceStep("row"),))
    assert questions_from(fact, _stored(COPULA), bot.world) == ("What is the main language of Riga?",)


@pytest.mark.parametrize(
    "doubt", [{"polarity": "negative"}, {"hedge": "likely"}, {"modal": "may"}, {"confidence": 0.2}]
)
def test_doubtful_facts_ask_nothing(bot: Bot, doubt: dict[str, object]) -> None:
    assert questions_from(*_active(**doubt), bot.world) == ()


def test_what_only_its_context_names_is_not_asked_about(bot: Bot) -> None:
    fact, stored = _active()
    known = _argument(stored, "subj", 2, 0, 1, 2, antecedent=Antecedent("the League", 0, 3))
    fact = Fact("join", "v", "joined", (3,), (known, *fact.arguments[1:]))
    assert questions_from(fact, stored, bot.world) == ()


def test_every_suggestion_is_answered(bot: Bot) -> None:
    suggester = Suggester(bot.world, plain_asker(bot._understanding, bot.world, bot.weights))
    entities = sorted(bot.kb.mentions())
    offered = [q for entity in entities for q in suggester.about((entity,))]
    offered += [*suggester.starters(8), *suggester.about((), ("seat", "mayor"))]
    assert any(not q.startswith("Tell me about") for q in offered)
    for question in offered:
        assert bot.ask(question).status == "answered", question


def test_starters_come_from_every_document(bot: Bot) -> None:
    ask = plain_asker(bot._understanding, bot.world, bot.weights)
    starters = Suggester(bot.world, ask).starters(6)
    assert starters == Suggester(bot.world, ask).starters(6)
    assert {c.document for q in starters for c in bot.ask(q).citations} == {"guide.md", "towns.csv"}


def test_what_is_not_answered_is_not_offered(bot: Bot) -> None:
    asked: list[str] = []
    entities = tuple(sorted(bot.kb.mentions()))
    assert suggest(bot.world, lambda question, _: asked.append(question), entities, tries=2) == ()  # type: ignore[func-returns-value]
    assert len([q for q in asked if not q.startswith("Tell me about")]) == 2


def test_an_answer_from_elsewhere_does_not_hold(bot: Bot) -> None:
    facts = [(f.fact, bot.kb.sentence(f.sentence)) for f in bot.kb.facts()]
    made = [(c, stored.id) for fact, stored in facts for c in candidates(fact, stored, bot.world)]
    other = bot.ask("Who is the mayor of Tallinn?")
    candidate, number = next((c, n) for c, n in made if "Gdansk" in c.answer.text or "Gdansk" in c.question)
    assert not holds(candidate, number, bot.world, lambda *_: other)


def test_one_sentence_is_asked_as_the_whole_base_is(bot: Bot) -> None:
    ask = plain_asker(bot._understanding, bot.world, bot.weights)
    numbers = bot.kb.postings("president")
    assert numbers
    alone, whole = ask("Who is the president of the Harbour League?", numbers[0]), bot.ask("Who is the president?")
    assert alone is not None and alone.values == ("Marta Ozola",) and whole.status == "answered"
    elsewhere = next(n for n in range(bot.kb.sentence_count) if n not in numbers)
    assert ask("Who is the president of the Harbour League?", elsewhere) is None
