"""Linking: what arguments name and which values they are."""

from __future__ import annotations

from bot.facts.linking import link, placed_values
from bot.facts.model import Argument, Fact
from bot.language.gazetteer import Entity, Gazetteer
from bot.language.sentence import Sentence, from_conllu

NAMES = Gazetteer(
    (
        Entity("norland", "Norland", "country", demonyms=("Norlander",)),
        Entity("suthia", "Suthia", "country", demonyms=("Suthian",)),
        Entity("league", "League of Ports", "organization"),
    )
)


def argument(sentence: Sentence, head: int, *tokens: int, role: str = "obj") -> Argument:
    listed = tokens or (head,)
    first, last = sentence.tokens[listed[0]], sentence.tokens[listed[-1]]
    return Argument(role, sentence.words(listed), head, listed, first.start, last.end)


def linked(sentence: Sentence, *arguments: Argument) -> tuple[Argument, ...]:
    fact = Fact("hold", "v", "holds", (), arguments)
    return link([fact], sentence, NAMES)[0].arguments


def test_link_names_what_the_head_names() -> None:
    s = from_conllu(
        "The the DET 3 det\nLeague league PROPN 6 nsubj\nof of ADP 4 case\nPorts port PROPN 2 nmod\n"
        "'s 's PART 2 case\nholds hold VERB 0 root\nNorlander Norlander ADJ 8 amod\nships ship NOUN 6 obj"
    )
    subject, object_ = linked(s, argument(s, 1, 0, 1, 2, 3, role="subj"), argument(s, 7, 6, 7))
    assert subject.entities == ("league",)
    assert object_.entities == ()


def test_link_names_the_members_of_a_compound() -> None:
    s = from_conllu(
        "a a DET 5 det\nSuthian Suthian ADJ 5 amod\n- - PUNCT 4 punct\n"
        "Norlander Norlander ADJ 5 amod\nfleet fleet NOUN 0 root"
    )
    assert linked(s, argument(s, 4, 0, 1, 2, 3, 4))[0].entities == ("suthia", "norland")


def test_link_reads_values_and_takes_their_unit_from_the_parse() -> None:
    s = from_conllu(
        "about about ADV 2 advmod\n12,000 12000 NUM 6 nummod\nold old ADJ 6 amod\nharbour harbour NOUN 6 compound\n"
        "glass glass NOUN 6 compound\nplates plate NOUN 0 root"
    )
    value = linked(s, argument(s, 5, 0, 1, 2, 3, 4, 5))[0].value
    assert value is not None
    assert (value.kind, value.low, value.unit, value.bound) == ("quantity", 12000, "plate", "about")


def test_link_keeps_the_bound_that_stands_before_the_argument() -> None:
    s = from_conllu("moved move VERB 0 root\nby by ADP 3 case\n2011 2011 NUM 1 obl")
    value = linked(s, argument(s, 2, role="time"))[0].value
    assert value is not None and value.bound == "by" and value.low is None


def test_link_counts_offsets_of_values_in_the_stored_text() -> None:
    inner = from_conllu("paid pay VERB 0 root\n25 25 NUM 3 nummod\neuros euro NOUN 1 obj")
    tokens = tuple(type(t)(t.i, t.text, t.lemma, t.upos, t.dep, t.head, t.start + 100, t.end + 100) for t in inner)
    s = Sentence(inner.text, 100, 100 + len(inner.text), tokens)
    (placed,) = placed_values(s)
    assert (placed.value.start, placed.value.end, placed.tokens) == (105, 113, (1, 2))


def test_link_leaves_supplied_arguments_alone() -> None:
    s = from_conllu("holds hold VERB 0 root")
    supplied = Argument("subj", "Norland", -1, (), 0, 7, entities=("norland",))
    assert linked(s, supplied) == (supplied,)
