"""The parts of matching as pure functions on sentences made by hand: alignment, roles, types, constraints, spans."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot import Bot
from bot.answers.align import Alignment, align
from bot.answers.candidate import Candidate
from bot.answers.candidates import candidates_of
from bot.answers.constraints import amount_fit, negation_fit, number_of_extra_modifiers, time_fit
from bot.answers.cover import FactFit, cover
from bot.answers.predicates import PredicateFit, predicate_fit
from bot.answers.spans import clause, conjuncts, phrase
from bot.answers.types import type_fit, types_of_value
from bot.answers.unify import known_fit, role_fit
from bot.answers.world import World
from bot.facts.model import Antecedent, Fact
from bot.language.sentence import from_conllu
from bot.language.values import values_in
from bot.language.values.model import Value
from bot.questions.query import Gap, Known, Query, Term
from tests.answers.views import CUP, cup_fact, view
from tests.questions import parses
from tests.questions.test_reading import read


@pytest.fixture
def world(club: Bot) -> World:
    return club.world


def name(text: str, *entities: str) -> Term:
    return Term(text.lower(), "n", text, (0,), entities, tuple(text.lower().split()), "argument", 0)


def word(lemma: str, pos: str = "n") -> Term:
    return Term(lemma, pos, lemma, (0,))


class Stated:
    """A world of which only the values of a sentence are asked."""

    def __init__(self, text: str) -> None:
        self._values = values_in(text)

    def values_of(self, number: int) -> tuple[Value, ...]:
        return tuple(self._values)


# Alignment


def test_align_by_entity(world: World) -> None:
    seen = view(CUP, entities={8: ("norway",)})
    (found,) = align(name("Norway", "norway"), seen, world)
    assert (found.token, found.weight, found.where, found.member) == (8, 1.0, "sentence", False)
    assert align(name("Sweden", "sweden"), seen, world) == ()


def test_align_member_by_its_group(world: World) -> None:
    seen = view(CUP, entities={4: ("lowland-clubs",)})
    (found,) = align(name("Aldmoor", "aldmoor"), seen, world)
    assert (found.token, found.member) == (4, True)
    assert found.weight < 1.0
    assert found.step == "Aldmoor is one of Lowland clubs (entities.toml)"


def test_align_by_antecedent_and_by_heading(world: World) -> None:
    pronoun = {0: Antecedent("Norway", 0, 6, "norway")}
    (found,) = align(name("Norway", "norway"), view(CUP, antecedents=pronoun), world)
    assert (found.token, found.where) == (0, "antecedent")
    (found,) = align(name("Norway", "norway"), view(CUP, above_entities=frozenset({"norway"})), world)
    assert (found.token, found.where) == (-1, "above")
    (found,) = align(word("fee"), view(CUP, above={"fee": "heading"}), world)
    assert (found.token, found.step) == (-1, "fee in the heading")


@pytest.mark.parametrize(
    ("term", "token", "exact"),
    [
        (word("club"), 4, True),
        (word("link", "v"), 2, True),
        (word("connect", "v"), 2, False),
        (word("linkage"), 2, False),
    ],
    ids=["same noun", "same verb", "synonym", "derivation"],
)
def test_align_by_lemma_and_lexicon(world: World, term: Term, token: int, exact: bool) -> None:
    best, *_ = align(term, view(CUP), world)
    assert best.token == token
    assert (best.weight == 1.0) == exact
    assert 0 < best.weight <= 1


def test_align_is_sorted_and_finds_nothing_in_unrelated_words(world: World) -> None:
    assert align(word("volcano"), view(CUP), world) == ()
    found = align(word("club"), view(CUP, above={"club": "title"}), world)
    assert [place.weight for place in found] == sorted((place.weight for place in found), reverse=True)
    assert [place.token for place in found] == [4, -1]


def test_align_figures_however_written(world: World) -> None:
    rows = "It it PRON 2 nsubj\nholds hold VERB 0 root\n12,000 12,000 NUM 4 nummod\nphotographs photograph NOUN 2 obj"
    value = values_in("12000")[0]
    (found,) = align(Term("12000", "m", "12000", (0,), value=value), view(rows), world)
    assert (found.token, found.weight) == (2, 1.0)


def test_cover_names_what_is_missing(world: World) -> None:
    query = read(parses.LINK)
    covered = cover(query, view(CUP), world)
    assert not covered.unmet_predicate
    foreign = replace(query, terms=(*query.terms, name("Sweden", "sweden")))
    worse = cover(foreign, view(CUP), world)
    assert [term.text for term in worse.missing] == ["Sweden"]
    assert worse.weight < 0.1 * covered.weight


# Roles and predicates


@pytest.mark.parametrize(
    ("wanted", "found", "least", "most"),
    [
        ("subj", "subj", 1.0, 1.0),
        ("subj", "obj", 0.0, 0.3),
        ("obl:with", "obl:with", 1.0, 1.0),
        ("obl:with", "obl:to", 0.4, 0.9),
        ("obl:before", "obl:after", 0.0, 0.2),
        ("obl:from", "obl:to", 0.0, 0.2),
        ("obl:with", "obl:without", 0.0, 0.2),
        ("place", "obl:in", 1.0, 1.0),
        ("iobj", "obl:to", 0.9, 1.0),
        ("obj", "except", 0.0, 0.3),
    ],
    ids=lambda value: str(value),
)
def test_role_fit(wanted: str, found: str, least: float, most: float) -> None:
    query = read(parses.ENDED, "yes_no")
    assert least <= role_fit(wanted, found, {}, query) <= most


def test_role_fit_follows_a_mapping() -> None:
    query = read(parses.ENDED, "yes_no")
    assert role_fit("subj", "obl:in", {"subj": frozenset({"obl:in"})}, query) == 1.0


def _fact(predicate: str, pos: str = "v", kind: str = "clause") -> Fact:
    return Fact(predicate, pos, predicate, (), (), kind)  # type: ignore[arg-type]


def test_predicate_fit_ranks_same_before_like_before_other(world: World) -> None:
    query = read(parses.LINK)
    same, like, other = (predicate_fit(query, _fact(verb), {}, world).weight for verb in ("link", "connect", "eat"))
    assert same == 1.0 > like >= 0.7 > 0.4 > other


def test_predicate_fit_of_an_exception_wants_an_exception(world: World) -> None:
    query = read(parses.NOT_MEMBER, "exception")
    assert predicate_fit(query, cup_fact(), {}, world).weight == 1.0
    assert predicate_fit(query, _fact("link"), {}, world).weight < 0.5


def test_known_fit_meets_its_argument_and_no_strict_preposition_elsewhere() -> None:
    fact, seen, query = cup_fact(), view(CUP, cup_fact()), read(parses.LINK)
    fit = PredicateFit(1.0, {}, "")
    norway = (Alignment(8, 1.0, "sentence", "Norway named"),)
    met = known_fit(Known("obl:with", 0, (0,), "Norway"), name("Norway", "norway"), fact, fit, norway, seen, query)
    assert met.weight == 1.0
    assert met.argument is not None and met.argument.role == "obl:with"
    strict = known_fit(Known("obl:before", 0, (0,), "Norway"), None, fact, fit, norway, seen, query)
    assert strict.weight < 0.1
    nowhere = known_fit(Known("obl:with", 0, (0,), "Norway"), None, fact, fit, (), seen, query)
    assert nowhere.weight == 0.0


# Types


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("in 1931", "date"),
        ("40 euros", "money"),
        ("85%", "percent"),
        ("four weeks", "duration"),
        ("17.5 metres", "quantity"),
        ("14", "number"),
        ("twice a week", "frequency"),
    ],
    ids=lambda value: str(value),
)
def test_types_of_value(text: str, wanted: str) -> None:
    (value,) = values_in(text)
    assert wanted in types_of_value(value)


def test_type_fit_of_kinds_and_values(world: World) -> None:
    seen = view(CUP, entities={8: ("norway",)})
    norway, clubs = seen.sentence.tokens[8], seen.sentence.tokens[4]
    country = Gap("obj", ("country",), "country")
    assert type_fit(country, {"country", "place"}, norway, seen, world) == 1.0
    assert type_fit(country, {"group"}, clubs, seen, world) < 0.5
    assert type_fit(Gap("obj", (), "club"), {"group"}, clubs, seen, world) == 1.0
    assert type_fit(Gap("date", ("date",)), {"country"}, norway, seen, world) == 0.0
    assert type_fit(Gap("obj"), {"country"}, norway, seen, world) > 0.8


def test_type_fit_of_what_is_prefers_a_name(world: World) -> None:
    """*What is the capital?*: a name of the kind before a noun of the kind, and a name of unsure kind before that."""
    seen = view(CUP, entities={8: ("doc:norway",)})
    norway, clubs = seen.sentence.tokens[8], seen.sentence.tokens[4]
    capital = Gap("attr", ("city",))
    assert type_fit(capital, {"city"}, norway, seen, world) == 1.0
    noun, unsure = type_fit(capital, {"city"}, clubs, seen, world), type_fit(capital, {"person"}, norway, seen, world)
    assert 0.5 < noun < unsure < 1
    assert type_fit(capital, {"group"}, clubs, seen, world) < 0.5


# Constraints


@pytest.mark.parametrize(
    ("asked", "stated", "least", "most"),
    [
        ("in 2000", "between 1998 and 2003", 1.0, 1.0),
        ("in 2010", "between 1998 and 2003", 0.0, 0.05),
        ("in 2010", "with no date at all", 0.1, 0.3),
        ("in 2011", "by 2011", 1.0, 1.0),
        ("in 2005", "by 2011", 0.0, 0.05),
    ],
    ids=lambda value: str(value),
)
def test_time_fit(asked: str, stated: str, least: float, most: float) -> None:
    query = replace(read(parses.OWNS), times=tuple(values_in(asked)))
    fit = time_fit(query, view(CUP), None, Stated(stated))  # type: ignore[arg-type]
    assert least <= fit <= most


def test_time_fit_without_a_time_asked_is_one() -> None:
    assert time_fit(read(parses.OWNS), view(CUP), None, Stated("in 1931")) == 1.0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "stated", "met"),
    [
        ("more than 60 days", "at least 90 days", True),
        ("more than 60 days", "30 days", False),
        ("at most 15 euros", "10 euros", True),
        ("at most 15 euros", "20 euros", False),
    ],
    ids=lambda value: str(value),
)
def test_amount_fit(asked: str, stated: str, met: bool) -> None:
    query = replace(read(parses.OWNS), amounts=tuple(values_in(asked)))
    assert (amount_fit(query, view(CUP), Stated(stated)) == 1.0) == met  # type: ignore[arg-type]


def _negation(query: Query, fact: Fact, candidate: Candidate | None = None) -> float:
    return negation_fit(query, FactFit(fact, PredicateFit(1.0, {}, ""), (), 1.0), candidate)


def test_negation_fit_wants_the_same_polarity() -> None:
    positive, negative = read(parses.OWNS), read(parses.CANNOT)
    assert _negation(positive, cup_fact()) == _negation(negative, cup_fact("negative")) == 1.0
    assert _negation(positive, cup_fact("negative")) < 0.1
    assert _negation(negative, cup_fact()) < 0.1


def test_negation_fit_lets_what_is_excepted_answer_negative_questions_only() -> None:
    fenwick = Candidate(6, (6,), "Fenwick", 0, 7, frozenset({"club"}))
    assert _negation(read(parses.NOT_MEMBER, "exception"), cup_fact(), fenwick) == 1.0
    assert _negation(read(parses.OWNS), cup_fact(), fenwick) < 0.1


def test_number_of_extra_modifiers_tells_the_first_director_from_the_director() -> None:
    asked = """
Who      who      PRON 0 root
is       be       AUX  1 cop
the      the      DET  4 det
director director NOUN 1 nsubj
"""
    said = """
Ann      Ann      PROPN 5 nsubj
was      be       AUX   5 cop
the      the      DET   5 det
first    first    ADJ   5 amod
director director NOUN  0 root
"""
    query = read(asked, "who")
    (n,) = [n for n, term in enumerate(query.terms) if term.lemma == "director"]
    places = {n: (Alignment(4, 1.0, "sentence", ""),)}
    assert number_of_extra_modifiers(query, places, view(said), frozenset()) == 1
    plain = said.replace("first    first ", "very     very  ").replace("amod", "advmod")
    assert number_of_extra_modifiers(query, places, view(plain), frozenset()) == 0


# Spans and candidates


@pytest.mark.parametrize(
    ("head", "text"),
    [(1, "Cup"), (8, "Norway"), (11, "cold Denmark"), (6, "Fenwick")],
    ids=["article left out", "preposition left out", "adjective kept", "exception"],
)
def test_phrase_is_the_shortest_complete_form(head: int, text: str) -> None:
    sentence = from_conllu(CUP)
    assert sentence.words(list(phrase(sentence, head))) == text


@pytest.mark.parametrize("head", [8, 11], ids=["first", "second"])
def test_conjuncts_are_found_from_any_of_them(head: int) -> None:
    assert conjuncts(from_conllu(CUP), head) == (8, 11)


def test_phrase_keeps_of_but_no_clause() -> None:
    rows = """
the      the      DET  2 det
consent  consent  NOUN 0 root
of       of       ADP  5 case
a        a        DET  5 det
parent   parent   NOUN 2 nmod
that     that     PRON 7 nsubj
signs    sign     VERB 2 acl:relcl
"""
    sentence = from_conllu(rows)
    assert sentence.words(list(phrase(sentence, 1))) == "consent of a parent"
    assert sentence.words(list(phrase(sentence, 1, keep_of=False))) == "consent"


def test_clause_loses_its_outer_marks() -> None:
    rows = """
,        ,        PUNCT 3 punct
because  because  SCONJ 3 mark
rain     rain     NOUN  0 root
fell     fall     VERB  3 acl
.        .        PUNCT 3 punct
"""
    sentence = from_conllu(rows)
    assert sentence.words(list(clause(sentence, 2))) == "because rain fell"


def test_candidates_are_phrases_in_order_with_their_places(club: Bot) -> None:
    query = club.parse("Which countries does the Harbour Cup link the Lowland clubs with?")
    assert isinstance(query, Query)
    seen = next(club.world.view(n) for n in range(99) if "except" in club.kb.sentence(n).sentence.text)
    found = candidates_of(query, seen, club.world)
    text = club.kb.text(seen.stored.document)
    assert {"Norway", "Denmark", "Fenwick"} <= {candidate.text for candidate in found}
    assert [c.start for c in found] == sorted(c.start for c in found)
    assert all(text[c.start : c.end].endswith(c.text.split()[-1]) for c in found)
