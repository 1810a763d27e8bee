"""Extraction as a whole: what sentences must yield with the shipped pipeline, and that no tree breaks it."""

from __future__ import annotations

import random
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest

from bot.documents.reading import read
from bot.facts.extract import extract, to_openie
from bot.facts.model import Fact
from bot.facts.rules.base import brief, parse
from bot.facts.rules.tables import row_facts
from bot.language.analysis import analyse
from bot.language.sentence import Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language

SHARED = Path(__file__).parents[3] / "shared"
BRIEFING = "seeds/000_8554597b523b5cf6.txt"
RULES = "evaluate/data/library/documents/rules.md"

# (document, number of the sentence outside tables) → facts that it must yield
MUST_YIELD: dict[tuple[str, int], tuple[str, ...]] = {
    (BRIEFING, 2): (
        "promote(subj=many international organizations; obj=cooperation; "
        "obl:in=the economic, security, and other spheres)",
    ),
    (BRIEFING, 3): (
        "provide(subj=Membership or participation in these organizations; iobj=the Central Asian countries; "
        "obj=opportunities to foster bilateral and multilateral relations with a number of countries)",
        "foster(obj=bilateral and multilateral relations; obl:with=a number of countries)",
    ),
    (BRIEFING, 4): ("link(subj=The United Nations; obl:with=all countries)",),
    (BRIEFING, 5): (
        "base(obj=the UN Regional Center for Preventive Diplomacy; obl:in=Ashgabat)",
        "be(subj=Ashgabat; place=Turkmenistan)",
        "provide(obl:in=addition; subj=the UN Regional Center for Preventive Diplomacy; obj=a structure; "
        "obl:for=limited regional activities)",
    ),
    (BRIEFING, 6): tuple(
        f"link(subj=The OSCE; obj=the Central Asian countries; obl:to={x})" for x in ("Europe", "the U.S.", "Canada")
    ),
    (BRIEFING, 7): ("link(subj=The Partnership for Peace; obl:with=NATO)",),
    (BRIEFING, 8): (
        "alias(subj=The CIS; attr=Commonwealth of Independent States)",
        "link(subj=The CIS; obl:with=Russia)",
        "link(subj=its associated groupings; obl:with=other post-Soviet states)",
        "grouping(subj=the Eurasian Economic Community; attr=its associated groupings)",
        "grouping(subj=the Collective Security Treaty Organization; attr=its associated groupings)",
    ),
    (BRIEFING, 9): (
        "link(subj=The Shanghai Cooperation Organization; obj=Central Asian states; except=Turkmenistan; "
        "obl:with=China)",
        "not link(subj=The Shanghai Cooperation Organization; obj=Turkmenistan; obl:with=Russia)",
        "link(subj=The Shanghai Cooperation Organization; obj=Central Asian states; except=Turkmenistan; "
        "obl:with=Russia)",
        "not link(subj=The Shanghai Cooperation Organization; obj=Turkmenistan; obl:with=China)",
    ),
    (BRIEFING, 10): tuple(
        f"link(subj=The Economic Cooperation Organization; obl:with={x})"
        for x in ("Azerbaijan", "Turkey", "Iran", "Afghanistan", "Pakistan")
    ),
    (BRIEFING, 11): (
        "link(subj=The Inter-State Coordinating Commission for Water Resources; obj=the Central Asian states; "
        "obl:with=each other)",
    ),
    (BRIEFING, 13): (
        "rely(subj=Some Central Asian states; obl:on=Russian assistance in border defense)",
        "participate(subj=Some Central Asian states; obl:in=the CIS air defense system)",
    ),
    (BRIEFING, 14): (
        "assistance(time=the same time; obj=they; subj=NATO; "
        "obl:in=reforming, equipping, and training their armed forces)",
        "train(obj=their armed forces)",
    ),
    (BRIEFING, 15): (
        "know(obj=a joint Kazakh-Uzbek-Kyrgyz peacekeeping battalion; obl:as=CENTRASBAT)",
        "battalion(subj=CENTRASBAT; attr=a joint Kazakh-Uzbek-Kyrgyz peacekeeping battalion)",
        "member(subj=Uzbek; of=a joint Kazakh-Uzbek-Kyrgyz peacekeeping battalion)",
        "train(time=Initially; obj=a joint Kazakh-Uzbek-Kyrgyz peacekeeping battalion; "
        "obl:within=the framework of NATO's Partnership for Peace program)",
        "member(subj=Kazakh; of=a joint Kazakh-Uzbek-Kyrgyz peacekeeping battalion)",
        "member(subj=Kyrgyz; of=a joint Kazakh-Uzbek-Kyrgyz peacekeeping battalion)",
    ),
    (BRIEFING, 16): ("take part(subj=Unit elements; obl:in=annual exercises; time=1996-2002)",),
    (BRIEFING, 17): (
        "prefer(time=then; subj=the three states; comp=to focus on training of their forces alone)",
        "focus(subj=the three states; obl:on=training of their forces alone)",
    ),
    (BRIEFING, 18): (
        "provide(subj=The Central Asian states; obj=use of their airspace and facilities; "
        "obl:for=logistical support to U.S. forces in Afghanistan)",
        "support(attr=logistical support; obl:to=U.S. forces in Afghanistan)",
    ),
    (BRIEFING, 19): tuple(
        f"move(subj=The Northern Distribution Network’s various routes; obj={x}; obl:to=Afghanistan; time=2011)"
        for x in ("40% of NATO material", "85% of its fuel")
    ),
    (BRIEFING, 20): (
        "likely route(subj=The Network; attr=a primary route for the eventual withdrawal of NATO equipment; "
        "obl:for=the eventual withdrawal of NATO equipment)",
    ),
    (BRIEFING, 21): ("tie(subj=A few Central Asian countries; obl:with=China)",),
    (RULES, 2): ("adopt(subj=the board; time=9 September 2023; obl:in=force; time=1 January 2024)",),
    (RULES, 4): (
        "open(subj=The main library on Quay Street; attr=open; time=from 10 a.m. to 8 p.m. on weekdays)",
        "open(subj=The main library on Quay Street; attr=open; time=until 5 p.m. on Saturdays)",
    ),
    (RULES, 5): (
        "open(subj=The branch in Oldfield; time=only on Tuesdays)",
        "open(subj=The branch in Oldfield; time=Thursdays)",
    ),
    (RULES, 6): ("close(obj=Both; time=24 December and 1 January)",),
    (RULES, 8): (
        "free(subj=Membership; attr=free; obl:for=residents of Elm Park)",
        "pay(subj=all others; obj=25 euros a year)",
    ),
    (RULES, 9): ("need(subj=Children; obj=the signature of a parent)",),
    (RULES, 10): ("replace(obj=A lost card; quantity=4 euros; subj=the service desk)",),
    (RULES, 11): (
        "borrow(subj=Members; obj=up to 20 items; time=a time)",
        "borrow(subj=children; obj=up to 10)",
    ),
    (RULES, 12): ("lend(obj=Books; duration=four weeks)", "lend(obj=films and games; duration=one week)"),
    (RULES, 13): ("renew(obj=A loan; quantity=twice; obl:unless=another member has reserved the item)",),
    (RULES, 14): ("not borrow(obj=Reference works)", "not borrow(obj=newspapers)"),
    (RULES, 16): (
        "cent(subj=Late return; attr=30 cents per item and day)",
        "euro(subj=Late return; attr=at most 15 euros)",
    ),
    (RULES, 17): (
        "euro(subj=Reservation; attr=1 euro)",
        "free(subj=Reservation; attr=free; obl:for=pensioners)",
    ),
    (RULES, 18): (
        "order(obj=Interlibrary loan; obl:through=the county library in Westbrook)",
        "euro(subj=Interlibrary loan; attr=3.50 euros)",
    ),
    (RULES, 20): (
        "renovate(obj=The hall; time=2021; obl:with=money from the Hartmann Foundation)",
        "rent(obj=The hall; subj=clubs)",
    ),
    (RULES, 21): (
        "director(subj=Ms. Lena Vogel; attr=the deputy director)",
        "go(subj=Rent requests; obl:to=the deputy director)",
        "answer(subj=Ms. Lena Vogel; time=five working days)",
    ),
    (RULES, 22): ("run(subj=She; obj=the summer reading club)",),
    (RULES, 23): ("not allow(obj=Eating; place=anywhere; except=the foyer)", "allow(obj=Eating; obl:in=the foyer)"),
    (RULES, 24): ("probably available(subj=The new 3D printer; attr=available; time=autumn 2025)",),
    (RULES, 25): (
        "found(subj=Josef Adler; obj=the local history archive; time=1958)",
        "hold(subj=it; obj=about 12,000 photographs)",
        "digitise(obj=it; time=currently; subj=volunteers)",
    ),
}

HEADINGS = {BRIEFING: {1, 12}, RULES: {1, 3, 7, 15, 19}}
"""Numbers of the sentences that are titles: they state nothing by themselves."""

QUESTIONS = {
    "Which countries does it link Central Asia with?": "link(obl:with=Which countries; subj=it; obj=Central Asia)",
    "Where is the center based?": "base(place=Where; obj=the center)",
    "When was the hall renovated?": "renovate(time=When; obj=the hall)",
    "How many seats does the hall have?": "have(obj=How many seats; subj=the hall)",
    "On whose assistance do some states rely?": "rely(obl:on=whose assistance; subj=some states)",
    "What is the capital of Kenya?": "capital(subj=What; attr=the capital of Kenya; of=Kenya)",
    "Who runs the club?": "run(subj=Who; obj=the club)",
}


def sentences(nlp: Language, path: Path) -> list[Sentence]:
    """The sentences of a document outside its tables."""
    document = read(path, path.parent)
    passages = [p for p in document.passages if not p.cells]
    return [s for p in passages for s in analyse(nlp, document.text[p.start : p.end], base=p.start)]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not part of the project")
@pytest.mark.parametrize("document", [BRIEFING, RULES])
def test_extract_yields_the_facts_of_the_documents(nlp: Language, document: str) -> None:
    parsed = sentences(nlp, SHARED / document)
    wanted = {number: facts for (name, number), facts in MUST_YIELD.items() if name == document}
    assert {*wanted, *HEADINGS[document]} == {*range(1, len(parsed) + 1)}, "every sentence is listed"
    missing = {
        number: [fact for fact in facts if fact not in found]
        for number, facts in wanted.items()
        if (found := [brief(fact) for fact in extract(parsed[number - 1])]) is not None
    }
    assert {number: facts for number, facts in missing.items() if facts} == {}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not part of the project")
def test_extract_yields_the_facts_of_the_table() -> None:
    document = read(SHARED / RULES, (SHARED / RULES).parent)
    rows = [
        [(cell.header, document.text[cell.start : cell.end], cell.start, cell.end) for cell in passage.cells]
        for passage in document.passages
        if passage.cells
    ]
    assert [[brief(fact) for fact in row_facts(row) if fact.predicate != "room"] for row in rows] == [
        ["seat(subj=Reading room; attr=64)", "equipment(subj=Reading room; attr=lamps)"],
        ["seat(subj=Study cabin; attr=4)", "equipment(subj=Study cabin; attr=screen)"],
        [
            "seat(subj=Hall; attr=120)",
            "equipment(subj=Hall; attr=projector)",
            "equipment(subj=Hall; attr=piano)",
        ],
    ]


@pytest.mark.parametrize(("question", "fact"), QUESTIONS.items(), ids=list(QUESTIONS))
def test_extract_keeps_what_a_question_asks_for(nlp: Language, question: str, fact: str) -> None:
    (parsed,) = analyse(nlp, question)
    assert fact in [brief(found) for found in extract(parsed)]


def test_extract_prints_words_of_the_sentence() -> None:
    (fact,) = extract(parse("Books/book/NOUN/3/nsubj:pass are/be/AUX/3/aux:pass lent/lend/VERB/0/root"))
    assert to_openie(fact) == {
        "subject": "Books",
        "relation": "are lent",
        "object": "",
        "arguments": [],
        "confidence": fact.confidence,
    }


def test_row_facts_state_what_each_column_says() -> None:
    facts = row_facts([("Room", "Hall", 0, 4), ("Seats", "120", 7, 10), ("Equipment", "projector, piano", 13, 29)])
    assert [brief(fact) for fact in facts] == [
        "room(subj=Hall; attr=Room)",
        "seat(subj=Hall; attr=120)",
        "equipment(subj=Hall; attr=projector)",
        "equipment(subj=Hall; attr=piano)",
    ]
    assert [(a.start, a.end) for a in facts[-1].arguments] == [(0, 4), (24, 29)]


RELATIONS = [
    "nsubj",
    "nsubj:pass",
    "nsubj:outer",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "obl:unmarked",
    "advmod",
    "advcl",
    "acl",
    "acl:relcl",
    "conj",
    "cc",
    "case",
    "mark",
    "det",
    "amod",
    "nmod",
    "nmod:poss",
    "nummod",
    "compound",
    "compound:prt",
    "flat",
    "appos",
    "parataxis",
    "xcomp",
    "ccomp",
    "csubj",
    "expl",
    "cop",
    "aux",
    "aux:pass",
    "punct",
    "fixed",
    "orphan",
]
TAGS = [
    "NOUN",
    "PROPN",
    "PRON",
    "VERB",
    "AUX",
    "ADJ",
    "ADV",
    "ADP",
    "DET",
    "NUM",
    "PUNCT",
    "CCONJ",
    "SCONJ",
    "PART",
    "SYM",
]
WORDS = [
    "the",
    "a",
    "of",
    "with",
    "in",
    "by",
    "to",
    "except",
    "no",
    "not",
    "who",
    "which",
    "What",
    "Where",
    "how",
    "many",
    "does",
    "is",
    "was",
    "have",
    ",",
    ".",
    "?",
    ":",
    "(",
    ")",
    "-",
    "–",
    "up",
    "20",
    "1996",
    "%",
    "links",
    "known",
    "as",
    "based",
    "such",
    "other",
    "that",
    "Bush",
    "Kazakh",
    "weeks",
    "including",
    "and",
    "or",
    "but",
    "all",
    "few",
    "'s",
]
FEATURES = ("", "VerbForm=Fin|Tense=Past", "VerbForm=Part|Tense=Past", "VerbForm=Inf", "Number=Plur", "PronType=Int")


def random_tree(seed: int) -> Sentence:
    """Any words with any tags in any tree."""
    chance = random.Random(seed)
    words = [chance.choice(WORDS) for _ in range(chance.randint(1, 14))]
    root = chance.randrange(len(words))
    placed, heads = [root], {root: root}
    for i in chance.sample(range(len(words)), len(words)):
        if i != root:
            heads[i] = chance.choice(placed)
            placed.append(i)
    tokens, at = [], 0
    for i, word in enumerate(words):
        relation = "root" if i == root else chance.choice(RELATIONS)
        tag, features = chance.choice(TAGS), chance.choice(FEATURES)
        tokens.append(Token(i, word, word.lower(), tag, relation, heads[i], at, at + len(word), features))
        at += len(word) + 1
    return Sentence(" ".join(words), 0, at - 1, tuple(tokens))


def test_extract_survives_any_tree() -> None:
    found: list[Fact] = []
    for seed in range(2000):
        sentence = random_tree(seed)
        facts = extract(sentence)
        assert facts == extract(sentence)
        for fact in facts:
            assert to_openie(fact)["relation"] or fact.relation == ""
            assert all(a.text and a.tokens == tuple(sorted(a.tokens)) for a in fact.arguments)
            assert fact.trace
        found += facts
    assert found


def test_extract_takes_no_time_for_words_without_end(nlp: Language) -> None:
    endless = [s for s in analyse(nlp, "what is the ferry " * 600) if len(s) > 1000]
    assert endless
    began = process_time()
    assert [fact for sentence in endless for fact in extract(sentence)] == []
    assert process_time() - began < 0.1
