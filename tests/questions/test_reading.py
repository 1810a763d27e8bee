"""From a parse to a query: the wh-phrase, the gap, the known arguments and the terms, on parses made by hand."""

from __future__ import annotations

import pytest

from bot.language import lexicon
from bot.language.gazetteer import Mention
from bot.language.sentence import from_conllu
from bot.questions.intents import load_intents
from bot.questions.phrasing import load_phrasing
from bot.questions.query import Gap, Query, describe
from bot.questions.reading import Reader
from bot.questions.variants import variants, without_light_verb
from bot.questions.wh import WhPhrase, find_wh, read_wh
from bot.resources import intents_folder
from tests.questions import parses

INTENTS = {intent.name: intent for intent in load_intents(intents_folder())}
WORDS = lexicon.load()
PHRASING = load_phrasing(intents_folder())


def read(rows: str, intent: str = "what", *mentions: Mention) -> Query:
    sentence = from_conllu(rows)
    return Reader(WORDS, PHRASING).read(sentence, INTENTS[intent], mentions, sentence.text)


def gap(rows: str, intent: str = "what") -> Gap:
    found = read(rows, intent).gap
    assert found is not None
    return found


def wh(rows: str) -> WhPhrase:
    sentence = from_conllu(rows)
    word = find_wh(sentence)
    assert word is not None
    return read_wh(sentence, word, WORDS, PHRASING)


# The wh-phrase


def test_find_wh_passes_relative_pronouns() -> None:
    assert find_wh(from_conllu(parses.ENDED)) is None
    assert find_wh(from_conllu(parses.LIST)) is None
    fronted = find_wh(from_conllu(parses.SIGNED_BY))
    assert fronted is not None and fronted.text == "whom"


@pytest.mark.parametrize(
    ("rows", "noun", "counted", "some_type"),
    [
        (parses.LINK, "state", False, "country"),
        (parses.BORROW, "item", True, "number"),
        (parses.SIGNED_BY, None, False, "person"),
        (parses.WHOSE, None, False, "person"),
        (parses.LONG_LENT, None, False, "duration"),
        (parses.UNTIL, None, False, "date"),
        (parses.FUEL, None, True, "percent"),
    ],
    ids=["which states", "how many items", "by whom", "whose signature", "how long", "until when", "how much of"],
)
def test_read_wh_finds_noun_and_types(rows: str, noun: str | None, counted: bool, some_type: str) -> None:
    phrase = wh(rows)
    assert (phrase.noun.lemma if phrase.noun else None, phrase.counted) == (noun, counted)
    assert some_type in phrase.types


def test_read_wh_bare_what_admits_any_type() -> None:
    assert wh(parses.OWNS).types == ()


@pytest.mark.parametrize(
    ("noun", "wanted"),
    [("weeks", "duration"), ("times", "frequency"), ("euros", "money"), ("boats", "number")],
    ids=["weeks", "times", "euros", "boats"],
)
def test_read_wh_how_many_of_a_unit_wants_that_kind(noun: str, wanted: str) -> None:
    rows = f"How how ADV 2 advmod\nmany many ADJ 3 amod\n{noun} {noun[:-1]} NOUN 4 nsubj\nremain remain VERB 0 root"
    assert wanted in wh(rows).types


@pytest.mark.parametrize(
    ("shell", "noun", "counted", "measured"),
    [("kind", "engine", False, ""), ("percentage", None, True, "engine")],
    ids=["kind", "percentage"],
)
def test_read_wh_looks_through_shells(shell: str, noun: str | None, counted: bool, measured: str) -> None:
    phrase = wh(
        f"What what DET 2 det\n{shell} {shell} NOUN 5 nsubj\n"
        "of of ADP 4 case\nengine engine NOUN 2 nmod\nran run VERB 0 root"
    )
    assert phrase.shell == shell
    assert (phrase.noun.lemma if phrase.noun else None, phrase.counted, phrase.measured) == (noun, counted, measured)


# The gap


@pytest.mark.parametrize(
    ("rows", "intent", "role"),
    [
        (parses.LINK, "what", "obl:with"),
        (parses.BORROW, "how_many", "obj"),
        (parses.SIGNED_BY, "who", "subj"),
        (parses.SIGNED_BY_WHO, "who", "subj"),
        (parses.WHOSE, "who", "modifier"),
        (parses.LONG_LENT, "how_long", "duration"),
        (parses.CANNOT, "what", "obj"),
        (parses.OWNS, "what", "subj"),
    ],
    ids=["with", "object", "by whom", "by who", "whose", "how long", "passive", "subject"],
)
def test_gap_role(rows: str, intent: str, role: str) -> None:
    assert gap(rows, intent).role == role


def test_gap_of_whose_is_the_noun_that_it_stands_before() -> None:
    query = read(parses.WHOSE, "who")
    assert query.gap is not None
    assert query.arguments[query.gap.of].text == "signature"


def test_gap_says_what_is_counted_measured_bound_and_its_dimension() -> None:
    assert (gap(parses.BORROW, "how_many").counted, gap(parses.BORROW, "how_many").noun) == (True, "item")
    assert gap(parses.FUEL, "how_much").measured == "fuel"
    assert gap(parses.UNTIL, "when").bound == "until"
    assert gap(parses.LONG_BRIDGE, "measure").dimension == "long"
    assert gap(parses.LONG_LENT, "how_long").dimension == ""


def test_gap_is_plural_where_several_are_asked_for() -> None:
    assert gap(parses.LINK).plural
    assert gap(parses.LIST, "list").plural
    assert not gap(parses.UNTIL, "when").plural


def test_gap_of_a_list_is_its_noun_and_the_clause_its_predicate() -> None:
    query = read(parses.LIST, "list")
    assert query.gap is not None
    assert (query.predicate, query.gap.noun, query.gap.role) == ("sign", "state", "subj")


@pytest.mark.parametrize("family", ["yes_no", "topic", "keyword"])
def test_families_without_a_gap(family: str) -> None:
    assert read(parses.ENDED, family).gap is None


# What is known


@pytest.mark.parametrize(
    ("rows", "intent", "predicate", "known"),
    [
        (parses.LINK, "what", "link", [("subj", "it")]),
        (parses.BORROW, "how_many", "borrow", [("subj", "a child")]),
        (parses.SIGNED_BY, "who", "sign", [("obj", "the treaty")]),
        (parses.ENDED, "yes_no", "end", [("subj", "the treaty"), ("obj", "the war"), ("obl:in", "1945")]),
        (parses.WHOSE, "who", "need", [("obj", "signature"), ("subj", "children")]),
        (parses.CANNOT, "what", "borrow", []),
    ],
    ids=["active", "how many", "passive", "yes/no", "whose", "nothing known"],
)
def test_known_arguments_have_their_roles(rows: str, intent: str, predicate: str, known: list[tuple[str, str]]) -> None:
    query = read(rows, intent)
    assert query.predicate == predicate
    assert [(argument.role, argument.text) for argument in query.arguments] == known


def test_quantifier_and_universal() -> None:
    query = read(parses.ALL_PAY, "yes_no")
    assert query.universal
    assert query.arguments[0].quantifier == "all"
    assert not read(parses.ENDED, "yes_no").universal


def test_negation_of_the_predicate() -> None:
    assert read(parses.CANNOT).negative
    assert not read(parses.OWNS).negative


def test_exception_needs_no_words_of_its_own() -> None:
    query = read(parses.NOT_MEMBER, "exception")
    assert query.exception and query.negative
    assert query.predicate == ""
    assert {argument.role for argument in query.arguments} <= {"any"}
    assert "union" in {term.lemma for term in query.terms}


def test_times_and_amounts_are_values() -> None:
    (value,) = read(parses.ENDED, "yes_no").times
    assert (value.kind, value.text) == ("date", "1945")
    rows = """
Are     be     AUX   2 cop
loans   loan   NOUN  0 root
of      of     ADP   7 case
more    more   ADJ   6 advmod
than    than   ADP   4 fixed
60      60     NUM   7 nummod
days    day    NOUN  2 nmod
allowed allow  VERB  2 acl
"""
    (amount,) = read(rows, "yes_no").amounts
    assert amount.kind == "duration"
    assert amount.low is not None and amount.high is None


# Terms


def test_terms_of_the_present_and_of_grammar_are_left_out() -> None:
    assert [term.lemma for term in read(parses.ALL_PAY, "yes_no").terms] == ["member", "pay"]


def test_terms_know_their_place() -> None:
    places = {term.lemma: term.place for term in read(parses.BORROW, "how_many").terms}
    assert places == {"item": "gap", "child": "argument", "borrow": "predicate"}


def test_terms_of_names_carry_the_entities() -> None:
    query = read(parses.PROVIDES, "what", Mention(("nato",), (5,), "NATO", "name"))
    (named,) = [term for term in query.terms if term.entities]
    assert (named.text, named.entities, named.words, named.pos) == ("NATO", ("nato",), ("nato",), "n")


def test_terms_of_a_reciprocal_are_one() -> None:
    (term,) = [term for term in read(parses.EACH_OTHER).terms if term.lemma == "each other"]
    assert len(term.tokens) == 2
    assert not read(parses.EACH_OTHER).universal


# Variants


def test_light_verb_is_read_as_its_noun() -> None:
    query = read(parses.PROVIDES)
    same, plain = variants(query, WORDS)
    assert same is query
    assert (query.predicate, plain.predicate) == ("provide", "link")
    assert plain.gap is not None and plain.gap.role == "subj"
    assert "links" not in {known.text for known in plain.arguments}
    assert any("read as “link”" in step for step in plain.trace)


def test_light_verb_that_turns_the_roles() -> None:
    rows = """
Which       which      DET   2 det
states      state      NOUN  3 nsubj
receive     receive    VERB  0 root
assistance  assistance NOUN  3 obj
from        from       ADP   6 case
NATO        NATO       PROPN 3 obl
"""
    plain = without_light_verb(read(rows), WORDS)
    assert plain is not None and plain.gap is not None
    assert (plain.predicate, plain.gap.role) == ("assist", "obj")
    assert [(known.role, known.text) for known in plain.arguments] == [("subj", "NATO")]


@pytest.mark.parametrize("rows", [parses.OWNS, parses.ENDED, parses.BORROW], ids=["owns", "ended", "borrow"])
def test_other_verbs_have_no_variant(rows: str) -> None:
    query = read(rows)
    assert variants(query, WORDS) == (query,)


# Shown


def test_describe_is_a_line_a_person_can_check() -> None:
    assert describe(read(parses.LINK)) == "gap link(subj=it, obl:with=?state)"
    assert describe(read(parses.ENDED, "yes_no")).startswith("yesno end(subj=the treaty, obj=the war")
    assert describe(read(parses.ENDED, "yes_no")).endswith("at 1945")
    assert describe(read(parses.CANNOT)).endswith("[negative]")


# Quantifiers


@pytest.mark.parametrize(
    ("rows", "quantifier", "head"),
    [(parses.ALL_OF, "all", "clubs"), (parses.MOST, "most", "ports")],
    ids=["all of the clubs", "most Baltic ports"],
)
def test_a_quantifier_is_that_of_the_noun(rows: str, quantifier: str, head: str) -> None:
    query = read(rows, "yes_no")
    (known,) = query.arguments
    assert known.quantifier == quantifier
    assert query.sentence.tokens[known.head].text == head
    assert any(term.place == "argument" and term.text == head for term in query.terms)
