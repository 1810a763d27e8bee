"""Input that nobody meant: each piece gets a clear message or a refusal, the right exit code, and no traceback."""

from __future__ import annotations

import json
import random
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import Bot, CitebotError
from bot.errors import DocumentError, IntentError, KnowledgeBaseError, KnowledgeError
from bot.facts.build import build
from bot.resources import intents_folder
from tests.cli.test_cli import Line, spawn
from tests.conftest import MakeBase

STATUSES = {"answered", "not_stated", "ambiguous", "not_understood", "help"}
TEXT = "# Harbour\n\nThe ferry to Norway costs 40 euros. It carries 300 passengers.\n"
QUESTION = "What does the ferry to Norway cost?"
_noise = random.Random(7)
NOISE: dict[str, str] = {
    "empty": "",
    "blank": " \t\n ",
    "punctuation": "?!?!…",
    "digits": "1234567890",
    "one letter": "x",
    "noise": "".join(_noise.choice("abcdefghij klmnop?\"'({[<\\/%$") for _ in range(10_000)),
    "one long word": "x" * 10_000,
    "many words": "what is the ferry " * 600,
    "brackets": "(" * 300 + ")" * 300,
    "controls": "".join(map(chr, range(32))) + "\x7f\x80\x9b",
    "escapes": "\x1b[2J\x1b]0;title\x07What\x1b[31m is it?",
    "null": "What\x00 is\x00 the ferry?",
    "lone surrogate": "What is \ud800 the ferry?",
    "surrogates only": "\udcff\ud83d",
    "right to left": "מה המחיר של המעבורת?",
    "arabic": "ما هو سعر العبارة؟",
    "override": "What is \u202ethe ferry\u202c?",
    "emoji": "What does the ⛴️ cost? 🤷🏽‍♀️",
    "emoji only": "🙂🙂🙂",
    "combining": "Wh̷̢͝at do̵̱͑es t̶͖̊he f̸̲̈erry cost?",
    "zero width": "What\u200b does\ufeff the ferry\u00ad cost?",
    "full width": "Ｗｈａｔ ｄｏｅｓ ｔｈｅ ｆｅｒｒｙ ｃｏｓｔ？",
    "chinese": "渡轮多少钱？",
    "newlines": "What does\nthe ferry\r\n\u2028cost?",
    "sql": "'; DROP TABLE facts; --",
    "fts": 'ferry" OR "x* NEAR(',
    "path": "../../etc/passwd",
    "percent": "%s%n{0}{ferry}",
    "html": "<script>alert('ferry')</script>",
    "markdown": "**What** does `the ferry` [cost](x)?",
    "wrappers only": "Please, can you tell me",
    "wh only": "which",
    "many wh": "who what when where why how which",
}


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(capfd, monkeypatch)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "harbour.md").write_text(TEXT, encoding="utf-8")
    build(folder, folder / "harbour.kb")
    return folder / "harbour.kb"


@pytest.fixture(scope="module")
def ferry(harbour: Path) -> Bot:
    return Bot.open(harbour)


# Questions


@pytest.mark.parametrize("text", NOISE.values(), ids=NOISE)
def test_bot_takes_any_question(ferry: Bot, text: str) -> None:
    for answer in (ferry.ask(text), ferry.conversation().ask(text)):
        assert answer.status in STATUSES
        assert (answer.reason is None) == (answer.status in ("answered", "help"))
        assert answer.answer
        assert "\x1b" not in answer.answer
        json.dumps(answer.as_dict(), ensure_ascii=False).encode()
        for citation in answer.citations:
            assert TEXT[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("text", NOISE.values(), ids=NOISE)
def test_conversation_takes_any_turn(ferry: Bot, text: str) -> None:
    talk = ferry.conversation()
    talk.ask(QUESTION)
    assert talk.ask(text).status in STATUSES
    assert talk.ask("How many passengers does it carry?").status in STATUSES
    assert talk.state


@pytest.mark.parametrize("text", NOISE.values(), ids=NOISE)
def test_cli_takes_any_question(run: Line, harbour: Path, text: str) -> None:
    for argv in (["ask", "--json", "--", text], ["ask", "--", text], ["parse", "--", text]):
        code, out, err = run(*argv, "--kb", harbour) if "--" not in argv else run(argv[0], "--kb", harbour, *argv[1:])
        assert (code, err) == (0, "")
        assert out.strip() or (argv[0] == "parse" and not text.strip())
        assert not {"\x1b", "\x00", "\u202e"} & set(out) or "--json" in argv
        if "--json" in argv:
            assert json.loads(out)["status"] in STATUSES


def test_cli_takes_all_of_them_from_a_pipe(harbour: Path) -> None:
    lines = b"\n".join(text.encode("utf-8", "surrogatepass") for text in NOISE.values())
    done = spawn("ask", "--json", "--conversation", "--kb", harbour, stdin=lines + b"\n\xff\xfe\x00\n")
    assert done.returncode == 0
    assert done.stderr == b""
    answers = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    assert len(answers) >= len(NOISE) - 2
    assert {answer["status"] for answer in answers} <= STATUSES


def test_repl_takes_all_of_them_from_a_pipe(harbour: Path) -> None:
    lines = b"\n".join(text.encode("utf-8", "surrogatepass") for text in NOISE.values())
    done = spawn("--kb", harbour, stdin=lines + b"\n/nonsense\n/why\n/sources\n/quit\n")
    assert done.returncode == 0
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"\x1b" not in done.stdout


def test_extract_takes_any_line(run: Line) -> None:
    lines = [text.replace("\n", " ").replace("\r", " ") for text in NOISE.values()]
    stdin = "\n".join(lines).encode("utf-8", "replace") + b"\n"
    code, out, err = run("extract", "--json", stdin=stdin)
    assert (code, err) == (0, "")
    assert all("facts" in json.loads(line) for line in out.split("\n") if line)


# Documents

BAD_DOCUMENTS: dict[str, tuple[str, bytes]] = {
    "empty": ("empty.txt", b""),
    "blank": ("blank.txt", b" \n\t\n"),
    "binary": ("binary.txt", bytes(range(256)) * 40),
    "false pdf": ("false.pdf", b"this is no PDF"),
    "false docx": ("false.docx", b"PK\x03\x04 nor is this a DOCX"),
}
GOOD_DOCUMENTS: dict[str, tuple[str, bytes, str]] = {
    "latin-1": ("latin.txt", "The café of Malmö opens at nine.\n".encode("latin-1"), "café of Malmö"),
    "utf-16": ("wide.txt", "The café of Malmö opens at nine.\n".encode("utf-16"), "café of Malmö"),
    "byte order mark": ("bom.md", "\ufeff# Café\n\nIt opens at nine.\n".encode(), "# Café"),
    "old line ends": ("mac.txt", b"The hall is open.\r\nThe bar is shut.\r", "The hall is open.\nThe bar is shut."),
    "ragged csv": ("ragged.csv", b"Room,Seats\nHall\nCabin,4,screen,extra\n,\n\nAttic,\n", "Cabin,4,screen,extra"),
    "csv of one line": ("header.csv", b"Room,Seats\n", "Room,Seats"),
    "csv with a stray quote": ("quote.csv", b'Room,Seats\n"Hall,120\nCabin,4\n', "Cabin"),
    "controls": ("controls.txt", b"The hall \x1b[31mis\x1b[0m open.\n", "is"),
    "one endless line": ("endless.txt", b"hall " * 9_000, "hall hall"),
    "no words": ("marks.md", b"# ***\n\n- \n- !!!\n\n| | |\n| --- | --- |\n| | |\n", "!!!"),
}


def _folder(tmp_path: Path, **files: bytes) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(("name", "content"), BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS)
def test_build_of_one_bad_document_fails_in_words(run: Line, tmp_path: Path, name: str, content: bytes) -> None:
    folder = _folder(tmp_path, **{name: content})
    with pytest.raises((DocumentError, KnowledgeError)):
        build(folder, tmp_path / "api.kb")
    code, out, err = run("build", folder, "--kb", tmp_path / "cli.kb")
    assert (code, out) == (1, "")
    assert name in err and "Traceback" not in err
    assert not list(tmp_path.glob("*.kb"))


@pytest.mark.parametrize(("name", "content"), BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS)
def test_build_goes_on_past_a_bad_document(run: Line, tmp_path: Path, name: str, content: bytes) -> None:
    folder = _folder(tmp_path, **{name: content, "harbour.md": TEXT.encode()})
    code, out, err = run("build", folder, "--kb", tmp_path / "cli.kb")
    assert code == 0
    assert "1 could not be read" in out
    assert name in err and "Traceback" not in err
    assert Bot.open(tmp_path / "cli.kb").ask(QUESTION).values == ("40 euros",)


@pytest.mark.parametrize(("name", "content", "kept"), GOOD_DOCUMENTS.values(), ids=GOOD_DOCUMENTS)
def test_odd_document_is_read_and_asked(run: Line, tmp_path: Path, name: str, content: bytes, kept: str) -> None:
    folder = _folder(tmp_path, **{name: content, "harbour.md": TEXT.encode()})
    code, _, err = run("build", folder, "--kb", tmp_path / "odd.kb")
    assert code == 0
    assert "Traceback" not in err
    bot = Bot.open(tmp_path / "odd.kb")
    assert kept in bot.kb.text(name)
    for question in ("Which room has the most seats?", "When does the café open?", "Is the hall open?", "!!!"):
        for citation in bot.ask(question).citations:
            assert bot.kb.text(citation.document)[citation.start : citation.end] == citation.quote
    code, _, err = run("verify", "--kb", tmp_path / "odd.kb")
    assert (code, err) == (0, "")


def test_failed_build_leaves_the_old_base(run: Line, tmp_path: Path) -> None:
    folder = _folder(tmp_path, **{"harbour.md": TEXT.encode()})
    build(folder, tmp_path / "x.kb")
    before = (tmp_path / "x.kb").read_bytes()
    (folder / "harbour.md").write_bytes(b"")
    code, _, err = run("build", folder, "--kb", tmp_path / "x.kb")
    assert code == 1
    assert "Traceback" not in err
    assert (tmp_path / "x.kb").read_bytes() == before
    assert Bot.open(tmp_path / "x.kb").ask(QUESTION).values == ("40 euros",)


def test_entities_with_mistakes_are_refused_with_all_of_them(run: Line, tmp_path: Path) -> None:
    entities = b'[[entity]]\nid = "A b"\nname = ""\nkind = "x"\n\n[[group]]\nid = "g"\nname = "G"\nmembers = ["gone"]\n'
    folder = _folder(tmp_path, **{"harbour.md": TEXT.encode(), "entities.toml": entities})
    code, out, err = run("build", folder, "--kb", tmp_path / "x.kb")
    assert (code, out) == (1, "")
    assert "entities.toml" in err and "Traceback" not in err
    assert all(mistake in err for mistake in ("'id' got 'A b'", "'name' got ''", "unknown key 'kind'", "[[group]] 'g'"))


# Bases


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 0.5, -1], ids=str)
def test_truncated_base_is_refused(run: Line, harbour: Path, tmp_path: Path, size: float) -> None:
    content = harbour.read_bytes()
    kept = int(len(content) * size) if isinstance(size, float) else size if size >= 0 else len(content) + size
    broken = tmp_path / "broken.kb"
    broken.write_bytes(content[:kept])
    with pytest.raises(KnowledgeBaseError) as caught:
        Bot.open(broken).ask(QUESTION)
    assert "broken.kb" in str(caught.value)
    for command in (["ask", QUESTION], ["facts"], ["verify"], ["text", "harbour.md"], ["parse", QUESTION]):
        code, out, err = run(*command, "--kb", broken)
        assert (code, out) == (1, "")
        assert err.startswith("citebot: ") and "broken.kb" in err
        assert "Traceback" not in err


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\x00" + b"\x00" * 2000], ids=["text", "sqlite"])
def test_foreign_file_is_no_base(run: Line, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "foreign.kb").write_bytes(content)
    code, out, err = run("ask", QUESTION, "--kb", tmp_path / "foreign.kb")
    assert (code, out) == (1, "")
    assert "foreign.kb" in err and "Traceback" not in err


def test_folder_is_no_base(run: Line, tmp_path: Path) -> None:
    code, out, err = run("ask", QUESTION, "--kb", tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith("citebot: ") and "Traceback" not in err


@pytest.fixture
def locked_folder(tmp_path: Path) -> Iterator[Path]:
    """A cache folder that cannot be made: a file stands in its way, which holds for the superuser too."""
    blocked = tmp_path / "cache"
    blocked.write_text("in the way")
    blocked.chmod(stat.S_IRUSR)
    yield blocked
    blocked.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_cache_folder_that_cannot_be_used_is_told(
    run: Line, locked_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, make_kb: MakeBase
) -> None:
    """The bundled base is built elsewhere; here a small one, since only the way there is tested."""
    small = make_kb({"knowledge/documents/harbour.md": TEXT}).parent / "documents" / "knowledge"
    monkeypatch.setattr("bot.facts.cache.knowledge_folder", lambda: small)
    monkeypatch.setenv("XDG_CACHE_HOME", str(locked_folder))
    code, out, err = run("ask", QUESTION, "--json")
    assert code == 0
    assert json.loads(out)["values"] == ["40 euros"]
    assert str(locked_folder) in err and "cannot be used" in err and "XDG_CACHE_HOME" in err
    assert "Traceback" not in err


# Intents

FIVE = """
name = "when"
about = 7
lookup = "gapp"
paterns = ["^ when ..."]
patterns = ["^ {nmae} ..."]
examples = []
asks = "when"
"""


def test_check_names_five_mistakes_of_one_intent(run: Line, tmp_path: Path) -> None:
    folder = tmp_path / "intents"
    shutil.copytree(intents_folder(), folder)
    (folder / "when.toml").write_text(FIVE, encoding="utf-8")
    code, out, err = run("check", "--intents", folder)
    assert code == 1
    assert "intents: not sound" in out
    assert len([line for line in err.splitlines() if "when.toml: " in line]) == 5
    assert "Traceback" not in err


def test_bot_refuses_to_start_with_five_mistakes(
    run: Line, harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "intents"
    shutil.copytree(intents_folder(), folder)
    (folder / "when.toml").write_text(FIVE, encoding="utf-8")
    monkeypatch.setattr("bot.api.intents_folder", lambda: folder)
    with pytest.raises(IntentError) as caught:
        Bot.open(harbour)
    assert len(str(caught.value).splitlines()) == 5
    code, out, err = run("ask", QUESTION, "--kb", harbour)
    assert (code, out) == (1, "")
    assert len([line for line in err.splitlines() if "when.toml: " in line]) == 5
    assert "Traceback" not in err


@pytest.mark.parametrize("kind", [DocumentError, IntentError, KnowledgeBaseError, KnowledgeError])
def test_errors_of_input_are_failures_of_one_tree(kind: type[CitebotError]) -> None:
    assert issubclass(kind, CitebotError)
    assert kind.exit_code == 1
