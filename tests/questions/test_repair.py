"""Mends of a question's parse: each fires on its sentence and leaves a sound parse alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.sentence import Sentence, Token, from_conllu
from bot.questions.repair import RULES, mend

Arcs = dict[str, tuple[str, str]]

# rule → parse that it mends, the arcs (word → head, relation) that it must make, and a parse that it must leave alone
CASES: dict[str, tuple[str, Arcs, str]] = {
    "taking_place": (
        """
When        when       ADV   5 advmod
did         do         AUX   5 aux
the         the        DET   4 det
siege       siege      NOUN  5 nsubj
take        take       VERB  0 root VerbForm=Inf
place       place      NOUN  5 obj
?           ?          PUNCT 5 punct
""",
        {"place": ("take", "compound:prt"), "siege": ("take", "nsubj")},
        """
When        when       ADV   5 advmod
did         do         AUX   5 aux
the         the        DET   4 det
siege       siege      NOUN  5 nsubj
take        take       VERB  0 root VerbForm=Inf
its         its        PRON  7 nmod:poss
place       place      NOUN  5 obj
?           ?          PUNCT 5 punct
""",
    ),
    "verb_as_noun": (
        """
How         how        ADV   2 advmod
many        many       ADJ   3 amod
photographs photograph NOUN  0 root
does        do         AUX   3 aux
the         the        DET   7 det
archive     archive    NOUN  7 compound
hold        hold       NOUN  3 nsubj
?           ?          PUNCT 3 punct
""",
        {
            "hold": ("hold", "root"),
            "photographs": ("hold", "obj"),
            "does": ("hold", "aux"),
            "archive": ("hold", "nsubj"),
            "the": ("archive", "det"),
        },
        """
What        what       PRON  5 obj
does        do         AUX   5 aux
the         the        DET   4 det
archive     archive    NOUN  5 nsubj
hold        hold       VERB  0 root
?           ?          PUNCT 5 punct
""",
    ),
    "participle_in_wh": (
        """
Which       which      PRON  2 obj
associated  associate  VERB  0 root  Tense=Past|VerbForm=Part
groupings   grouping   NOUN  2 obj
does        do         AUX   6 aux
it          it         PRON  6 nsubj
have        have       VERB  2 ccomp
?           ?          PUNCT 2 punct
""",
        {
            "have": ("have", "root"),
            "groupings": ("have", "obj"),
            "associated": ("groupings", "amod"),
            "Which": ("groupings", "det"),
            "?": ("have", "punct"),
        },
        """
Which       which      DET   2 det
books       book       NOUN  4 nsubj:pass
were        be         AUX   4 aux:pass
borrowed    borrow     VERB  0 root  Tense=Past|VerbForm=Part
?           ?          PUNCT 4 punct
""",
    ),
    "gerund_subject": (
        """
Where       where      ADV   3 advmod
is          be         AUX   3 aux
smoking     smoke      VERB  0 root
permitted   permitted  ADJ   3 xcomp
?           ?          PUNCT 3 punct
""",
        {
            "permitted": ("permitted", "root"),
            "smoking": ("permitted", "nsubj:pass"),
            "is": ("permitted", "aux:pass"),
            "Where": ("permitted", "advmod"),
        },
        """
Where       where      ADV   4 advmod
is          be         AUX   4 aux:pass
smoking     smoking    NOUN  4 nsubj:pass
permitted   permit     VERB  0 root  Tense=Past|VerbForm=Part
?           ?          PUNCT 4 punct
""",
    ),
    "dependents_of_auxiliary": (
        """
Which       which      DET   2 det
countries   country    NOUN  3 obj
does        do         AUX   5 aux
it          it         PRON  3 nsubj
link        link       VERB  0 root
?           ?          PUNCT 5 punct
""",
        {"countries": ("link", "obj"), "it": ("link", "nsubj")},
        """
Who         who        PRON  2 nsubj
links       link       VERB  0 root
it          it         PRON  2 obj
?           ?          PUNCT 2 punct
""",
    ),
    "participle_at_end": (
        """
What        what       PRON  0 root
was         be         AUX   1 cop
the         the        DET   4 det
battalion   battalion  NOUN  1 nsubj
called      call       VERB  4 acl   Tense=Past|VerbForm=Part
?           ?          PUNCT 1 punct
""",
        {
            "called": ("called", "root"),
            "What": ("called", "obj"),
            "was": ("called", "aux:pass"),
            "battalion": ("called", "nsubj:pass"),
            "?": ("called", "punct"),
        },
        """
What        what       PRON  0 root
was         be         AUX   1 cop
the         the        DET   4 det
boat        boat       NOUN  1 nsubj
built       build      VERB  4 acl   Tense=Past|VerbForm=Part
by          by         ADP   7 case
Ann         Ann        PROPN 5 obl
?           ?          PUNCT 1 punct
""",
    ),
    "verb_under_wh": (
        """
How         how        ADV   2 advmod
long        long       ADJ   0 root
are         be         AUX   2 cop
films       film       NOUN  5 nsubj:pass
lent        lend       VERB  2 csubj Tense=Past|VerbForm=Part
?           ?          PUNCT 2 punct
""",
        {"lent": ("lent", "root"), "long": ("lent", "advmod"), "are": ("lent", "aux:pass"), "?": ("lent", "punct")},
        """
How         how        ADV   2 advmod
long        long       ADJ   0 root
until       until      SCONJ 6 mark
films       film       NOUN  6 nsubj:pass
are         be         AUX   6 aux:pass
lent        lend       VERB  2 advcl Tense=Past|VerbForm=Part
?           ?          PUNCT 2 punct
""",
    ),
    "wh_on_subject": (
        """
In          in         ADP   3 case
which       which      DET   3 det
year        year       NOUN  6 obl
was         be         AUX   7 aux:pass
the         the        DET   6 det
treaty      treaty     NOUN  7 nsubj:pass
signed      sign       VERB  0 root  Tense=Past|VerbForm=Part
?           ?          PUNCT 7 punct
""",
        {"year": ("signed", "obl")},
        """
Which       which      DET   2 det
year        year       NOUN  4 obl
the         the        DET   4 det
treaty      treaty     NOUN  5 nsubj
began       begin      VERB  0 root
?           ?          PUNCT 5 punct
""",
    ),
    "auxiliary_on_subject": (
        """
In          in         ADP   3 case
which       which      DET   3 det
year        year       NOUN  7 obl
was         be         AUX   6 cop
the         the        DET   6 det
treaty      treaty     NOUN  7 nsubj:pass
signed      sign       VERB  0 root  Tense=Past|VerbForm=Part
?           ?          PUNCT 7 punct
""",
        {"was": ("signed", "aux:pass")},
        """
When        when       ADV   5 advmod
was         be         AUX   4 cop
the         the        DET   4 det
king        king       NOUN  5 nsubj
ill         ill        ADJ   0 root
?           ?          PUNCT 5 punct
""",
    ),
    "subject_under_of": (
        """
How         how        ADV   2 advmod
many        many       ADJ   3 amod
weeks       week       NOUN  7 nsubj:pass
of          of         ADP   5 case
leave       leave      NOUN  7 nsubj:pass
are         be         AUX   7 aux:pass
paid        pay        VERB  0 root
?           ?          PUNCT 7 punct
""",
        {"leave": ("weeks", "nmod"), "weeks": ("paid", "nsubj:pass")},
        """
How         how        ADV   2 advmod
many        many       ADJ   3 amod
weeks       week       NOUN  7 nsubj:pass
of          of         ADP   5 case
leave       leave      NOUN  3 nmod
are         be         AUX   7 aux:pass
paid        pay        VERB  0 root
?           ?          PUNCT 7 punct
""",
    ),
    "two_subjects": (
        """
Which       which      DET   2 det
countries   country    NOUN  5 nsubj
does        do         AUX   5 aux
it          it         PRON  5 nsubj
link        link       VERB  0 root
with        with       ADP   5 obl
?           ?          PUNCT 5 punct
""",
        {"countries": ("link", "obl"), "with": ("countries", "case"), "it": ("link", "nsubj")},
        """
Which       which      DET   2 det
countries   country    NOUN  3 nsubj
link        link       VERB  0 root
it          it         PRON  3 obj
with        with       ADP   6 case
Asia        Asia       PROPN 3 obl
?           ?          PUNCT 3 punct
""",
    ),
    "stranded_object": (
        """
What        what       PRON  4 obj
is          be         AUX   4 aux:pass
it          it         PRON  4 nsubj:pass
used        use        VERB  0 root  Tense=Past|VerbForm=Part
for         for        ADP   4 obl
?           ?          PUNCT 4 punct
""",
        {"What": ("used", "obl"), "for": ("What", "case")},
        """
What        what       PRON  4 obj
did         do         AUX   4 aux
it          it         PRON  4 nsubj
use         use        VERB  0 root
?           ?          PUNCT 4 punct
""",
    ),
    "two_prepositions": (
        """
Council     Council    PROPN 3 nsubj:pass
is          be         AUX   3 aux:pass
made        make       VERB  0 root Tense=Past|VerbForm=Part
up          up         ADP   7 case
of          of         ADP   7 case
what        what       DET   7 det
people      people     NOUN  3 obl
?           ?          PUNCT 3 punct
""",
        {"up": ("made", "compound:prt"), "of": ("people", "case")},
        """
Council     Council    PROPN 3 nsubj:pass
is          be         AUX   3 aux:pass
seen        see        VERB  0 root Tense=Past|VerbForm=Part
from        from       ADP   7 case
behind      behind     ADP   7 case
what        what       DET   7 det
people      people     NOUN  3 obl
?           ?          PUNCT 3 punct
""",
    ),
    "number_after_noun": (
        """
When        when       ADV   5 advmod
was         be         AUX   5 aux:pass
version     version    NOUN  5 nsubj:pass
3           3          NUM   5 nsubj
released    release    VERB  0 root  Tense=Past|VerbForm=Part
?           ?          PUNCT 5 punct
""",
        {"3": ("version", "nummod"), "version": ("released", "nsubj:pass")},
        """
Who         who        PRON  2 nsubj
gave        give       VERB  0 root
the         the        DET   4 det
club        club       NOUN  2 iobj
3           3          NUM   6 nummod
boats       boat       NOUN  2 obj
?           ?          PUNCT 2 punct
""",
    ),
    "verb_as_plural": (
        """
Which       which      DET   2 det
tool        tool       NOUN  3 compound
repairs     repair     NOUN  4 nsubj Number=Plur
vaults      vault      NOUN  0 root
?           ?          PUNCT 4 punct
""",
        {"repairs": ("repairs", "root"), "tool": ("repairs", "nsubj"), "vaults": ("repairs", "obj")},
        """
Which       which      DET   2 det
guests      guest      NOUN  3 nsubj Number=Plur
repair      repair     VERB  0 root
boats       boat       NOUN  3 obj
?           ?          PUNCT 3 punct
""",
    ),
}
BY_NAME = {rule.__name__: rule for rule in RULES}


def _arcs(sentence: Sentence) -> Arcs:
    return {token.text: (sentence.tokens[token.head].text, token.dep) for token in sentence}


def test_every_rule_has_a_case() -> None:
    assert list(CASES) == list(BY_NAME)


@pytest.mark.parametrize("name", CASES)
def test_rule_mends_its_sentence(name: str) -> None:
    rows, wanted, _ = CASES[name]
    before = from_conllu(rows)
    after = BY_NAME[name](before)
    assert after is not before
    arcs = _arcs(after)
    assert {word: arcs[word] for word in wanted} == wanted
    assert [(t.text, t.start, t.end) for t in after] == [(t.text, t.start, t.end) for t in before]


@pytest.mark.parametrize("name", CASES)
def test_rule_leaves_a_sound_parse_alone(name: str) -> None:
    sentence = from_conllu(CASES[name][2])
    assert BY_NAME[name](sentence) is sentence


@pytest.mark.parametrize("name", CASES)
def test_rule_is_done_after_once(name: str) -> None:
    mended = BY_NAME[name](from_conllu(CASES[name][0]))
    assert BY_NAME[name](mended) is mended


@pytest.mark.parametrize("name", CASES)
def test_mend_names_the_rules_that_changed_something(name: str) -> None:
    mended, applied = mend(from_conllu(CASES[name][0]))
    assert name in applied
    assert list(applied) == [rule for rule in BY_NAME if rule in applied]
    sound = from_conllu(CASES["two_subjects"][2])
    assert mend(sound) == (sound, ())
    assert mended.text == from_conllu(CASES[name][0]).text


WORDS = [
    ("which", "DET"),
    ("what", "PRON"),
    ("how", "ADV"),
    ("does", "AUX"),
    ("was", "AUX"),
    ("it", "PRON"),
    ("link", "NOUN"),
    ("archive", "NOUN"),
    ("hold", "VERB"),
    ("lent", "VERB"),
    ("long", "ADJ"),
    ("with", "ADP"),
    ("?", "PUNCT"),
]
LEMMAS = {"does": "do", "was": "be", "lent": "lend"}
DEPS = ["nsubj", "obj", "obl", "aux", "cop", "case", "det", "advmod", "punct", "nsubj:pass", "xcomp", "acl", "nmod"]


@st.composite
def trees(draw: st.DrawFn) -> Sentence:
    """Any tree over words of questions: the order of attachment is drawn, so that no cycle can arise."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
    order = draw(st.permutations(range(len(words))))
    tokens: dict[int, Token] = {}
    for n, i in enumerate(order):
        head = order[draw(st.integers(0, n - 1))] if n else i
        dep = draw(st.sampled_from(DEPS)) if n else "root"
        text, upos = words[i]
        start = sum(len(word) + 1 for word, _ in words[:i])
        tokens[i] = Token(i, text, LEMMAS.get(text, text), upos, dep, head, start, start + len(text), "VerbForm=Part")
    text = " ".join(word for word, _ in words)
    return Sentence(text, 0, len(text), tuple(tokens[i] for i in range(len(words))))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(trees())
def test_mend_makes_a_tree_of_any_tree(sentence: Sentence) -> None:
    mended, _ = mend(sentence)
    assert [t.text for t in mended] == [t.text for t in sentence]
    roots = [t for t in mended if t.head == t.i]
    assert len(roots) == 1
    for token in mended:
        at, steps = token.i, 0
        while mended.tokens[at].head != at:
            at, steps = mended.tokens[at].head, steps + 1
            assert steps <= len(mended), "a cycle"
