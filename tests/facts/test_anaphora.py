"""Anaphora: what pronouns and definite phrases stand for, on hand-made parses and on judged articles."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.facts.anaphora import Resolution, resolve, resolve_section
from bot.facts.model import Argument, Context, Fact
from bot.language.gazetteer import Entity, Gazetteer, Group, learn
from bot.language.sentence import Sentence, Token, from_conllu

JUDGED = Path(__file__).parent / "data" / "pronouns.tsv"
ARTICLES = Path(__file__).parents[3] / "shared" / "evaluate" / "data" / "squad-articles.json"
NAMES = Gazetteer(
    (
        Entity("norland", "Norland", "country", demonyms=("Norlander",)),
        Entity("suthia", "Suthia", "country", demonyms=("Suthian",)),
        Entity("vogel", "Lena Vogel", "person", ("Vogel",)),
        Entity("network", "Eastern Harbour Network", "organization"),
        Entity("weston", "Weston", "city"),
    ),
    (Group("ports", "Port states", "country", ("norland", "suthia")),),
)

HELPS = "Norland Norland PROPN 2 nsubj Number=Sing\nhelps help VERB 0 root\nVogel Vogel PROPN 2 obj Number=Sing"


def section(*rows: str, gap: int = 1) -> list[Sentence]:
    """Sentences one after the other, ``gap`` characters between them."""
    sentences, at = [], 0
    for row in rows:
        one = from_conllu(row)
        tokens = tuple(
            Token(t.i, t.text, t.lemma, t.upos, t.dep, t.head, t.start + at, t.end + at, t.feats, t.ent) for t in one
        )
        sentences.append(Sentence(one.text, at, at + len(one.text), tokens))
        at += len(one.text) + gap
    return sentences


def resolved(*rows: str, gap: int = 1) -> dict[str, str]:
    sentences = section(*rows, gap=gap)
    found = resolve_section(sentences, [()] * len(sentences), NAMES)
    return {sentences[one.sentence].tokens[one.token].text: one.antecedent.text for one in found}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((HELPS, "It it PRON 2 nsubj\npays pay VERB 0 root"), {"It": "Norland"}),
        ((HELPS, "She she PRON 2 nsubj\npays pay VERB 0 root"), {"She": "Vogel"}),
        ((HELPS, "They they PRON 2 nsubj\npay pay VERB 0 root"), {}),
        (
            ("Norland Norland PROPN 2 nsubj\nuses use VERB 0 root\nits its PRON 4 nmod:poss\n"
            "ships ship NOUN 2 obj Number=Plur",),
            {"its": "Norland"},
        ),
        (
            # A pronoun is not its own co-argument.
            ("Norland Norland PROPN 2 nsubj\nhelps help VERB 0 root\nit it PRON 2 obj",),
            {},
        ),
        (
            ("Vogel Vogel PROPN 2 nsubj\nsaw see VERB 0 root\nherself herself PRON 2 obj",),
            {"herself": "Vogel"},
        ),
        (
            # 'It is likely that Norland pays': it stands for nothing.
            (HELPS, "It it PRON 3 nsubj\nis be AUX 3 cop\nlikely likely ADJ 0 root\nthat that SCONJ 6 mark\n"
                    "ships ship NOUN 6 nsubj Number=Plur\nsail sail VERB 3 csubj"),
            {},
        ),
        (
            # A fronted phrase looks forward to the subject.
            ("Despite despite ADP 3 case\nits its PRON 3 nmod:poss\nsize size NOUN 6 obl\n, , PUNCT 3 punct\n"
             "Norland Norland PROPN 6 nsubj\ngrows grow VERB 0 root",),
            {"its": "Norland"},
        ),
        (
            (HELPS, "The the DET 2 det\ntwo two NUM 3 nummod\nstates state NOUN 4 nsubj Number=Plur\n"
            "meet meet VERB 0 root"),
            {},
        ),
        (
            ("The the DET 4 det\nEastern eastern ADJ 4 amod\nHarbour harbour PROPN 4 compound\n"
            "Network network PROPN 5 nsubj\n"
             "grows grow VERB 0 root",
             "The the DET 2 det\nNetwork network NOUN 3 nsubj\nhelps help VERB 0 root"),
            {"Network": "The Eastern Harbour Network"},
        ),
        (
            ("A a DET 3 det\njoint joint ADJ 3 amod\nbattalion battalion NOUN 4 nsubj Number=Sing\n"
            "met meet VERB 0 root",
             "The the DET 2 det\nbattalion battalion NOUN 3 nsubj Number=Sing\nmarched march VERB 0 root"),
            {"battalion": "A joint battalion"},
        ),
        (
            ("Weston Weston PROPN 2 nsubj\ngrows grow VERB 0 root",
             "The the DET 2 det\ncity city NOUN 3 nsubj Number=Sing\nhas have VERB 0 root\na a DET 5 det\n"
             "port port NOUN 3 obj"),
            {"city": "Weston"},
        ),
    ],
    ids=["it", "she", "nothing plural", "own subject", "binding", "reflexive", "filler", "looks forward",
         "no two states named", "short name", "same noun", "kind"],
)  # fmt: skip
def test_resolve_section(rows: tuple[str, ...], expected: dict[str, str]) -> None:
    assert resolved(*rows) == expected


COMPOUND = (
    "A a DET 5 det\nSuthian Suthian ADJ 5 amod\n- - PUNCT 4 punct\nNorlander Norlander ADJ 5 amod\n"
    "fleet fleet NOUN 6 nsubj Number=Sing\nmet meet VERB 0 root"
)
THE_TWO = (
    "The the DET 3 det\ntwo two NUM 3 nummod\nstates state NOUN 4 nsubj Number=Plur\nagreed agree VERB 0 root\n"
    "on on ADP 7 case\ntheir their PRON 7 nmod:poss\nships ship NOUN 4 obl Number=Plur"
)


def test_resolve_section_takes_up_the_members_of_a_compound() -> None:
    sentences = section(COMPOUND, THE_TWO)
    found = {one.token: one for one in resolve_section(sentences, [(), ()], NAMES)}
    assert found[2].entities == ("suthia", "norland") and found[2].rule == "numbered group"
    assert found[5].entities == ("suthia", "norland")


def test_resolve_sets_antecedents_and_says_by_which_rule() -> None:
    sentences = section(HELPS, "It it PRON 2 nsubj\npays pay VERB 0 root")
    token = sentences[1].tokens[0]
    argument = Argument("subj", "It", 0, (0,), token.start, token.end)
    fact = Fact("pay", "v", "pays", (1,), (argument,))
    context = Context("a.txt")
    (first, (second,)) = resolve([(), (fact,)], sentences, [context, context], NAMES)
    assert first == ()
    (resolved_argument,) = second.arguments
    assert resolved_argument.antecedent is not None
    assert (resolved_argument.antecedent.text, resolved_argument.antecedent.start) == ("Norland", 0)
    assert resolved_argument.entities == ("norland",) and resolved_argument.antecedent.entity == "norland"
    assert second.trace[-1].rule == "anaphora: pronoun" and second.trace[-1].note == "It → Norland"


def test_resolve_stays_within_the_section() -> None:
    sentences = section(HELPS, "It it PRON 2 nsubj\npays pay VERB 0 root")
    token = sentences[1].tokens[0]
    fact = Fact("pay", "v", "pays", (1,), (Argument("subj", "It", 0, (0,), token.start, token.end),))
    contexts = [Context("a.txt", section=("One",)), Context("a.txt", section=("Two",))]
    assert resolve([(), (fact,)], sentences, contexts, NAMES) == ((), (fact,))


# The judged articles. The texts stay where they are: only positions and our judgements are kept here.

_FRAME = re.compile(r" (?:of|in|with|by|at|from|on|for|to|between) ")


def judgements() -> dict[str, dict[int, tuple[str, ...]]]:
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            article, offset, _, words = line.split("\t")
            found.setdefault(article, {})[int(offset)] = tuple(words.split("|"))
    return found


def verdict(one: Resolution | None, words: tuple[str, ...]) -> str:
    if one is None:
        return "silent"
    # 'The Capital City of Warsaw' is the city; of 'a reference to Warsaw', Warsaw is not the noun.
    noun = _FRAME.split(one.antecedent.text)[0]
    return "right" if any(re.search(rf"\b{re.escape(word)}\b", noun, re.IGNORECASE) for word in words) else "wrong"


@pytest.mark.skipif(not ARTICLES.is_file(), reason="the development articles are not here")
def test_pronouns_of_judged_articles_are_right_when_resolved() -> None:
    from bot.facts.extract import extract
    from bot.facts.linking import link
    from bot.language.analysis import analyse
    from bot.language.pipeline import load

    nlp = load()
    data = json.loads(ARTICLES.read_text(encoding="utf-8"))["data"]
    counts: Counter[str] = Counter()
    shown = []
    for article, judged in sorted(judgements().items()):
        paragraphs = [p["context"] for one in data if one["title"] == article for p in one["paragraphs"]]
        sentences: list[Sentence] = []
        at = 0
        for paragraph in paragraphs:
            sentences += analyse(nlp, paragraph, base=at)
            at += len(paragraph) + 2
        names = Gazetteer(learn(sentences))
        facts = [link(extract(sentence), sentence, names) for sentence in sentences]
        found = {
            sentences[one.sentence].tokens[one.token].start: one for one in resolve_section(sentences, facts, names)
        }
        for offset, words in judged.items():
            one = found.get(offset)
            counts[verdict(one, words)] += 1
            if verdict(one, words) == "wrong" and one is not None:
                shown.append(f"{article} {offset}: {one.antecedent.text!r}, not {'|'.join(words)}")
    print(dict(counts), *shown, sep="\n")
    assert counts["right"] >= 100
    assert counts["right"] / (counts["right"] + counts["wrong"]) >= 0.85
