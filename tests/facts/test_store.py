"""The knowledge base: what goes in comes out, and a file that is not a sound base says what is wrong with it."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import Cell, Document, Passage
from bot.errors import KnowledgeBaseError, UsageError
from bot.facts.model import Antecedent, Argument, Fact, TraceStep
from bot.facts.store import BaseContent, KnowledgeBase, ParsedDocument, ParsedPassage, Scope
from bot.facts.store.codec import TagTable, decode_facts, decode_sentence, encode_fact, encode_sentence
from bot.facts.store.lock import BuildInProgress, locked
from bot.facts.store.schema import FORMAT
from bot.facts.store.writer import write_base
from bot.language.sentence import Sentence, Token, from_conllu
from bot.language.values.model import Value

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBER = st.integers(-(2**31), 2**31)
INDICES = st.lists(st.integers(0, 200), max_size=4).map(tuple)


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    words = draw(st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=8))
    at = start = draw(st.integers(0, 10**7))
    tokens = []
    for i, (text, *tags) in enumerate(words):
        at += draw(st.integers(0, 3))
        end = at + draw(st.integers(1, 20))
        lemma, upos, dep, feats, ent = tags
        tokens.append(Token(i, text, lemma, upos, dep, draw(st.integers(0, len(words) - 1)), at, end, feats, ent))
        at = end
    return Sentence(draw(TEXT), start, at, tuple(tokens))


VALUES = st.builds(
    Value,
    kind=st.sampled_from(["date", "money", "percent"]),
    low=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    high=st.none() | st.integers(-(10**9), 10**9),
    bound=st.sampled_from(["exact", "about"]),
    text=TEXT,
    unit=TEXT,
)
ANTECEDENTS = st.builds(Antecedent, TEXT, NUMBER, NUMBER, st.none() | TEXT, st.lists(TEXT, max_size=3).map(tuple))
ARGUMENTS = st.builds(
    Argument,
    role=TEXT,
    text=TEXT,
    head=st.integers(-1, 200),
    tokens=INDICES,
    entities=st.lists(TEXT, max_size=2).map(tuple),
    value=st.none() | VALUES,
    antecedent=st.none() | ANTECEDENTS,
    quantifier=TEXT,
    preposition=TEXT,
)
FACTS = st.builds(
    Fact,
    predicate=TEXT,
    pos=st.sampled_from(["v", "n", "a"]),
    relation=TEXT,
    predicate_tokens=INDICES,
    arguments=st.lists(ARGUMENTS, max_size=4).map(tuple),
    kind=TEXT,
    polarity=st.sampled_from(["positive", "negative"]),
    hedge=TEXT,
    modal=TEXT,
    tense=TEXT,
    confidence=st.floats(0, 1),
    trace=st.lists(st.builds(TraceStep, TEXT, INDICES, TEXT), max_size=3).map(tuple),
)


@given(st.lists(sentences(), min_size=1, max_size=3))
def test_codec_returns_sentences_unchanged(given_sentences: list[Sentence]) -> None:
    table = TagTable()
    parses = [encode_sentence(sentence, table) for sentence in given_sentences]
    for sentence, parse in zip(given_sentences, parses, strict=True):
        assert decode_sentence(sentence.text, sentence.start, sentence.end, parse, table.rows()) == sentence


@given(st.lists(FACTS, max_size=3))
def test_codec_returns_facts_unchanged(facts: list[Fact]) -> None:
    assert decode_facts([encode_fact(fact) for fact in facts]) == tuple(facts)


@pytest.mark.parametrize(
    ("record", "names"),
    [
        (Token, "i text lemma upos dep head start end feats ent"),
        (Fact, "predicate pos relation predicate_tokens arguments kind polarity hedge modal tense confidence trace"),
        (
            Argument,
            "role text head tokens start end preposition entities value quantifier antecedent",
        ),
        (Value, "kind text start end low high unit bound"),
        (Passage, "start end kind section lead level cells page sources"),
        (Cell, "header start end"),
        (Antecedent, "text start end entity lemmas"),
        (TraceStep, "rule tokens note"),
    ],
    ids=lambda item: getattr(item, "__name__", ""),
)
def test_codec_knows_every_field(record: type, names: str) -> None:
    """A field added to a record must be added to the codec, and the format's number raised; one that the record works
    out for itself is not stored."""
    assert [name for name in record.__struct_fields__ if name != "rel"] == names.split()


# A small base: two documents, a section with a bullet under a lead-in, a table row.

LINKS = """
NATO NATO PROPN 2 nsubj
links link VERB 0 root
states state NOUN 2 obj
"""
TRAINS = """
It it PRON 2 nsubj
trains train VERB 0 root
1,200 1,200 NUM 4 nummod
officers officer NOUN 2 obj
"""


def moved(sentence: Sentence, start: int) -> Sentence:
    tokens = tuple(
        Token(t.i, t.text, t.lemma, t.upos, t.dep, t.head, t.start + start, t.end + start) for t in sentence.tokens
    )
    return Sentence(sentence.text, start, start + len(sentence.text), tokens)


def argument(role: str, sentence: Sentence, i: int, **more: object) -> Argument:
    token = sentence.tokens[i]
    return Argument(role, token.text, i, (i,), token.start, token.end, **more)  # type: ignore[arg-type]


def small_documents() -> list[ParsedDocument]:
    text = "Guide\nLinks\nNATO links states\nIt trains 1,200 officers\n"
    lead = moved(from_conllu(LINKS), 12)
    bullet = moved(from_conllu(TRAINS), 30)
    heading = moved(from_conllu("Links link NOUN 0 root"), 6)
    links = Fact(
        "link",
        "v",
        "links",
        (1,),
        (argument("subj", lead, 0, entities=("nato",)), argument("obj", lead, 2)),
        trace=(TraceStep("verb", (1,)),),
    )
    he = Antecedent("NATO", 12, 16, "nato", ("nato",))
    trains = Fact(
        "train", "v", "trains", (1,), (argument("subj", bullet, 0, antecedent=he), argument("obj", bullet, 3))
    )
    passages = (
        ParsedPassage(Passage(6, 11, "heading"), (heading,), ((),)),
        ParsedPassage(Passage(12, 29, "paragraph", ("Links",), sources=("page 4",)), (lead,), ((links,),)),
        ParsedPassage(Passage(30, 54, "bullet", ("Links",), (12, 29)), (bullet,), ((trains,),), "NATO links states"),
    )
    first = Document("a/guide.txt", "Guide", text, tuple(p.passage for p in passages), "txt", "00", ("from somewhere",))
    row = moved(from_conllu("Oslo Oslo PROPN 0 root"), 0)
    cell = Passage(0, 4, "row", cells=(Cell("City", 0, 4),), page=3)
    second = Document("b.csv", "Cities", "Oslo", (cell,), "csv", "11")
    return [ParsedDocument(first, passages), ParsedDocument(second, (ParsedPassage(cell, (row,), ((),)),))]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small ä#1.kb"
    write_base(path, small_documents(), BaseContent(meta={"program": "test"}))
    return path


def test_store_returns_documents_sentences_and_facts(small: Path) -> None:
    written = small_documents()
    with KnowledgeBase.open(small) as base:
        assert [d.path for d in base.documents()] == ["a/guide.txt", "b.csv"]
        assert base.documents()[0].source == ("from somewhere",)
        assert base.text("a/guide.txt") == written[0].document.text
        passages = [item for document in written for item in document.passages]
        stored = list(base.sentences())
        assert [s.id for s in stored] == [0, 1, 2, 3]
        assert [s.sentence for s in stored] == [item.sentences[0] for item in passages]
        assert [s.facts for s in stored] == [item.facts[0] for item in passages]
        assert [s.passage for s in stored] == [item.passage for item in passages]
        assert stored[2].context.lead_text == "NATO links states"
        assert stored[2].context.document == "a/guide.txt"
        assert stored[3].context.page == 3
        assert base.meta["program"] == "test"


def test_store_gives_neighbours_within_the_section(small: Path) -> None:
    with KnowledgeBase.open(small) as base:
        assert [(s.previous, s.next) for s in base.sentences()] == [(None, None), (None, 2), (1, None), (None, None)]


def test_store_finds_sentences_by_their_terms(small: Path) -> None:
    with KnowledgeBase.open(small) as base:
        assert base.postings("link") == (0, 1)
        assert base.postings("links") == (0, 1)
        assert base.postings("num:1200") == (2,)
        assert base.postings("ent:nato") == (1, 2)
        assert base.postings("nato") == (1, 2), "a pronoun is found by what it stands for"
        assert base.postings("it") == ()
        assert base.frequency("link") == 2
        assert base.mentions() == {"nato": 2}
        assert base.vocabulary()["officers"] == 1
        assert base.length(2) == 6


def test_store_finds_what_stands_under_a_word(small: Path) -> None:
    with KnowledgeBase.open(small) as base:
        assert base.scopes("guide") == (Scope(0, 2, 0),)
        assert base.scopes("link") == (Scope(1, 2, 1), Scope(2, 2, -1))
        assert base.section_postings("link") == (1, 2)


def test_store_filters_facts(small: Path) -> None:
    with KnowledgeBase.open(small) as base:
        assert [f.fact.predicate for f in base.facts()] == ["link", "train"]
        assert [f.sentence for f in base.facts(entity="nato")] == [1, 2]
        assert [f.sentence for f in base.facts(relation="train")] == [2]
        assert list(base.facts(document="b.csv")) == []
        assert base.of_kind("row") == (3,)
        with pytest.raises(UsageError, match=r"no such document. It has: a/guide.txt, b.csv"):
            base.text("c.txt")


def test_store_is_the_same_file_every_time(small: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.kb"
    write_base(again, small_documents(), BaseContent(meta={"program": "test"}))
    assert again.read_bytes() == small.read_bytes()


def test_store_is_read_by_many_threads(small: Path) -> None:
    with KnowledgeBase.open(small) as base:
        problems: list[BaseException] = []

        def read() -> None:
            try:
                for _ in range(20):
                    assert len([fact for s in base.sentences() for fact in s.facts]) == 2
                    base.postings(f"term {threading.get_ident()}")
            except BaseException as error:
                problems.append(error)

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert problems == []


def test_opening_a_missing_base(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match=r"no such file.*citebot build FOLDER --kb .*gone\.kb"):
        KnowledgeBase.open(tmp_path / "gone.kb")


def test_opening_a_folder(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="cannot be opened"):
        KnowledgeBase.open(tmp_path)


@pytest.mark.parametrize("content", [b"", b"# Notes\n" * 50], ids=["empty", "text"])
def test_opening_what_is_no_base(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "notes.md").write_bytes(content)
    with pytest.raises(KnowledgeBaseError, match="not a knowledge base"):
        KnowledgeBase.open(tmp_path / "notes.md")


def test_opening_a_database_of_another_program(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE t (x)")
    with pytest.raises(KnowledgeBaseError, match="another program"):
        KnowledgeBase.open(tmp_path / "other.db")


def test_opening_a_base_of_another_format(small: Path) -> None:
    with sqlite3.connect(small) as db:
        db.execute(f"PRAGMA user_version = {FORMAT + 1}")
    with pytest.raises(KnowledgeBaseError, match=rf"format {FORMAT + 1}.*reads format {FORMAT}.*Build it again"):
        KnowledgeBase.open(small)


@pytest.mark.parametrize("kept", [150, 8192, -1])
def test_opening_a_truncated_base(small: Path, kept: int) -> None:
    small.write_bytes(small.read_bytes()[:kept])
    with pytest.raises(KnowledgeBaseError, match=r"damaged.*bytes long, expected"):
        KnowledgeBase.open(small)


def test_reading_a_base_whose_pages_are_overwritten(small: Path) -> None:
    content = bytearray(small.read_bytes())
    content[8192:] = os.urandom(len(content) - 8192)
    small.write_bytes(content)
    with pytest.raises(KnowledgeBaseError, match=r"damaged.*Build it again"), KnowledgeBase.open(small) as base:
        list(base.sentences())


def test_reading_a_sentence_whose_parse_is_nonsense(small: Path) -> None:
    with sqlite3.connect(small) as db:
        db.execute("UPDATE sentences SET parse = '[[1]]' WHERE id = 1")
        db.execute("UPDATE facts SET payload = '[3]' WHERE sentence = 2")
    with KnowledgeBase.open(small) as base:
        for number in (1, 2):
            with pytest.raises(KnowledgeBaseError, match="damaged"):
                base.sentence(number)


def test_writing_removes_leftovers_of_a_killed_build(small: Path) -> None:
    partial = small.with_name(small.name + "-partial")
    partial.write_bytes(b"half a base")
    write_base(small, small_documents(), BaseContent())
    assert [path.name for path in small.parent.iterdir()] == [small.name]


def test_writing_that_fails_keeps_the_old_base(small: Path) -> None:
    before = small.read_bytes()
    broken = small_documents()
    passage = Passage(0, 1, "paragraph")
    lone = Document("x.txt", "\ud800", "x", (passage,), "txt", "")
    with pytest.raises(UnicodeEncodeError):
        write_base(small, [*broken, ParsedDocument(lone, (ParsedPassage(passage, ()),))], BaseContent())
    assert small.read_bytes() == before
    assert [path.name for path in small.parent.iterdir()] == [small.name]


def hold(path: Path, begun: object, done: object) -> None:
    with locked(path):
        begun.set()  # type: ignore[attr-defined]
        done.wait(20)  # type: ignore[attr-defined]


def test_lock_keeps_a_second_builder_out(tmp_path: Path) -> None:
    target = tmp_path / "x.kb"
    method = multiprocessing.get_context("spawn")
    begun, done = method.Event(), method.Event()
    holder = method.Process(target=hold, args=(target, begun, done))
    holder.start()
    assert begun.wait(20)
    with pytest.raises(BuildInProgress, match="another build"), locked(target):
        pass
    done.set()
    with locked(target, wait=20):
        assert target.with_name("x.kb-lock").exists()
    holder.join(20)
    assert list(tmp_path.iterdir()) == []


def test_lock_of_a_killed_builder_is_free(tmp_path: Path) -> None:
    target = tmp_path / "x.kb"
    method = multiprocessing.get_context("spawn")
    begun, done = method.Event(), method.Event()
    holder = method.Process(target=hold, args=(target, begun, done))
    holder.start()
    assert begun.wait(20)
    holder.kill()
    holder.join(20)
    with locked(target):
        pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_lock_in_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(KnowledgeBaseError, match="cannot be written there"), locked(tmp_path / "x.kb"):
        pass
