"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from io import TextIOWrapper
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS, INTERRUPTED, main, parser
from bot.cli.progress import progress_text
from bot.facts.store import KnowledgeBase
from bot.version import __version__
from tests.conftest import MakeBase

HARBOUR = """# The harbour

## Ferries

The ferry to Norway costs 40 euros. It carries 300 passengers.

The café opens at nine.\x1b[31m
"""

Run = tuple[int, str, str]


@pytest.fixture
def kb(make_kb: MakeBase) -> Path:
    return make_kb({"harbour.md": HARBOUR, "parts/table.csv": "Berth,Length\nNorth pier,120 m\n"})


class Line:
    """Runs a command line in this process."""

    def __init__(self, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capfd, self._monkeypatch = capfd, monkeypatch

    def __call__(self, *argv: str | Path, stdin: bytes = b"") -> Run:
        reader, writer = os.pipe()
        os.write(writer, stdin)
        os.close(writer)
        with open(reader, "rb") as raw:
            self._monkeypatch.setattr(sys, "stdin", TextIOWrapper(raw, encoding="latin-1"))
            try:
                code = main([str(part) for part in argv])
            except SystemExit as exit_:
                code = int(exit_.code or 0)
        out, err = self._capfd.readouterr()
        return code, out, err


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(capfd, monkeypatch)


def spawn(*argv: str | Path, stdin: bytes = b"", **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", *map(str, argv)]
    return subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **more}, timeout=120)


# Shape


def test_commands_are_those_of_the_contract() -> None:
    names = [command.name for command in COMMANDS]
    assert names == ["build", "ask", "extract", "text", "facts", "verify", "parse", "check", "diff", "gaps"]


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_help_of_every_command(run: Line, name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0
    assert out.startswith(f"usage: citebot {name}")


def test_version_and_help_load_nothing_heavy() -> None:
    script = "import sys, bot.cli.main as m; m.parser(); print([n for n in ('spacy', 'numpy') if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout.strip() == b"[]"
    done = spawn("--version")
    assert (done.returncode, done.stdout.decode()) == (0, f"citebot {__version__}\n")


@pytest.mark.parametrize(
    "argv",
    [
        ["nonsense"],
        ["build"],
        ["build", "."],
        ["ask", "--min-confidence", "2", "x"],
        ["ask", "a", "b"],
        ["text"],
        ["text", "--nope", "x"],
        ["build", ".", "--kb", "x.kb", "--jobs", "0"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(run: Line, argv: list[str]) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert "citebot" in err


def test_kb_may_stand_before_or_behind_the_command() -> None:
    assert parser().parse_args(["--kb", "a", "text", "x"]).kb == Path("a")
    assert parser().parse_args(["text", "x", "--kb", "b"]).kb == Path("b")
    assert parser().parse_args(["text", "x"]).kb is None


# Building


def test_build_prints_its_report_and_complains_on_stderr(run: Line, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "a.txt").write_text("Oslo lies in Norway.\n")
    (folder / "b.txt").write_bytes(b"")
    code, out, err = run("build", folder, "--kb", tmp_path / "x.kb")
    assert code == 0
    assert out.splitlines()[0].startswith("1 document, 1 sentence, 1 fact")
    assert "1 could not be read" in out.splitlines()[0]
    assert "citebot: b.txt: the file is empty" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_build_that_fails_ends_with_1(run: Line, tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    code, out, err = run("build", tmp_path / folder, "--kb", tmp_path / "x.kb")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].startswith("citebot: ")
    assert not (tmp_path / "x.kb").exists()


def test_progress_tells_rate_and_time_left() -> None:
    assert progress_text("reading", 0, 4, 0.0) == "reading 4 files"
    assert progress_text("parsing", 2000, 6000, 2.0) == "parsing 2,000 of 6,000 characters, 1,000 a second, 4 s left"
    assert progress_text("parsing", 6000, 6000, 6.0) == "parsing 6,000 of 6,000 characters, 1,000 a second, 6 s in all"


# Asking


def test_ask_prints_answer_quote_and_place(run: Line, kb: Path) -> None:
    code, out, err = run("ask", "What does the ferry to Norway cost?", "--kb", kb)
    assert (code, err) == (0, "")
    assert "“The ferry to Norway costs 40 euros.”" in out
    assert "harbour.md › Ferries [" in out


def test_ask_answers_every_line_with_one_json_object(run: Line, kb: Path) -> None:
    questions = [
        "What does the ferry to Norway cost?",
        "Wer ist das?",
        "x" * 10_000,
        "\x00\x1b[2J ?",
        "?",
        "caf\u00e9 \U0001f600 ?",
    ]
    code, out, _ = run("ask", "--json", "--kb", kb, stdin="\n\n".join(questions).encode() + b"\n")
    assert code == 0
    answers = [json.loads(line) for line in out.split("\n") if line.strip()]
    assert len(answers) == len(questions)
    text = KnowledgeBase.open(kb).text("harbour.md")
    for answer in answers:
        assert answer["status"] in {"answered", "not_stated", "ambiguous", "not_understood", "help"}
        assert answer["status"] in {"answered", "help"} or answer["reason"]["kind"]
        for cited in answer["citations"]:
            assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_ask_survives_input_that_is_not_utf8(run: Line, kb: Path) -> None:
    code, out, _ = run("ask", "--json", "--kb", kb, stdin=b"caf\xe9 open?\r\n\xff\xfe\n")
    assert code == 0
    assert len([json.loads(line) for line in out.splitlines()]) == 2


def test_ask_without_input_says_nothing(run: Line, kb: Path) -> None:
    assert run("ask", "--json", "--kb", kb) == (0, "", "")


def test_ask_in_conversation_starts_anew_after_a_blank_line(run: Line, kb: Path) -> None:
    lines = b"What does the ferry to Norway cost?\nHow many passengers does it carry?\n\nAnd then?\n"
    code, out, _ = run("ask", "--json", "--conversation", "--kb", kb, stdin=lines)
    assert code == 0
    assert len(out.splitlines()) == 3


def test_ask_answers_a_pipe_at_once(kb: Path) -> None:
    """A bridge writes a question and waits for its answer before it writes the next."""
    command = [sys.executable, "-m", "bot", "ask", "--json", "--kb", str(kb)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None
        for _ in range(2):
            process.stdin.write(b"What does the ferry to Norway cost?\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == "What does the ferry to Norway cost?"


def test_ask_holds_back_what_is_not_certain_enough(run: Line, kb: Path) -> None:
    question = "What does the ferry to Norway cost?"
    _, out, _ = run("ask", question, "--json", "--kb", kb)
    assert json.loads(out)["status"] == "answered"
    _, out, _ = run("ask", question, "--json", "--kb", kb, "--min-confidence", "1")
    assert json.loads(out)["status"] != "answered"


# Looking inside


def test_text_is_the_stored_text_exactly(kb: Path) -> None:
    done = spawn("text", "harbour.md", "--kb", kb)
    assert (done.returncode, done.stdout.decode()) == (0, HARBOUR)


def test_text_of_an_unknown_document_names_those_there_are(run: Line, kb: Path) -> None:
    code, out, err = run("text", "harbor.md", "--kb", kb)
    assert (code, out) == (2, "")
    assert "harbour.md, parts/table.csv" in err


def test_facts_lists_and_filters(run: Line, kb: Path) -> None:
    _, everything, _ = run("facts", "--kb", kb)
    assert "| costs |" in everything
    assert "harbour.md › Ferries [" in everything
    _, some, _ = run("facts", "--kb", kb, "--relation", "cost", "--trace")
    assert 0 < len(some.splitlines()) < len(everything.splitlines())
    assert "by " in some
    _, rows, _ = run("facts", "--kb", kb, "--document", "parts/table.csv", "--json")
    facts = [json.loads(line) for line in rows.splitlines()]
    assert facts
    assert {fact["document"] for fact in facts} == {"parts/table.csv"}
    code, _, err = run("facts", "--kb", kb, "--entity", "Atlantis")
    assert code == 2
    assert "no such entity" in err


def test_facts_by_entity_takes_a_name(run: Line, kb: Path) -> None:
    code, out, _ = run("facts", "--kb", kb, "--entity", "norway")
    assert code == 0
    assert out or not KnowledgeBase.open(kb).mentions()


def test_facts_of_a_text_escape_what_steers_a_terminal(run: Line, kb: Path) -> None:
    code, out, _ = run("facts", "--kb", kb, "--text", "harbour.md")
    assert code == 0
    assert "The ferry to Norway costs 40 euros." in out
    assert "\x1b" not in out


def test_verify_proves_facts_and_citations(run: Line, kb: Path, tmp_path: Path) -> None:
    _, answers, _ = run("ask", "--json", "--kb", kb, stdin=b"What does the ferry to Norway cost?\n")
    (tmp_path / "answers.jsonl").write_text(answers, encoding="utf-8")
    code, out, err = run("verify", tmp_path / "answers.jsonl", "--kb", kb)
    assert (code, err) == (0, "")
    assert "0 without their evidence" in out
    answer = json.loads(answers)
    assert answer["citations"]
    answer["citations"][0]["start"] += 1
    (tmp_path / "answers.jsonl").write_text(json.dumps(answer) + "\n", encoding="utf-8")
    code, _, err = run("verify", tmp_path / "answers.jsonl", "--kb", kb)
    assert code == 1
    assert "does not read as quoted" in err


def test_verify_of_what_are_no_answers(run: Line, kb: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello\n")
    code, _, err = run("verify", tmp_path / "notes.txt", "--kb", kb)
    assert code == 2
    assert "line 1: not JSON" in err
    code, _, err = run("verify", tmp_path / "gone.jsonl", "--kb", kb)
    assert code == 1
    assert "gone.jsonl" in err


def test_parse_shows_the_query(run: Line, kb: Path) -> None:
    code, out, _ = run("parse", "What does the ferry to Norway cost?", "--kb", kb, "--tree")
    assert code == 0
    assert "cost" in out
    assert "answer type" in out
    assert "asks for NUM:money" in out


def test_extract_prints_what_build_stores(run: Line, make_kb: MakeBase) -> None:
    from bot.facts.openie import to_openie

    line = "The OSCE connects the ports with Norway."
    code, out, _ = run("extract", "--json", stdin=f"{line}\n\n".encode())
    assert code == 0
    printed = json.loads(out)
    assert printed["sentence"] == line
    assert printed["facts"]
    with KnowledgeBase.open(make_kb({"a.txt": line + "\n"})) as base:
        assert printed["facts"] == [to_openie(stored.fact) for stored in base.facts()]


def test_facts_are_searched_by_words(run: Line, kb: Path) -> None:
    code, out, _ = run("facts", "FERRY", "euro", "--kb", kb)
    assert code == 0
    assert "40 euros" in out and "300 passengers" not in out
    assert run("facts", "zeppelin", "--kb", kb) == (0, "", "")


def test_diff_shows_facts_of_one_base_only(run: Line, kb: Path, make_kb: MakeBase, tmp_path: Path) -> None:
    old = kb.rename(tmp_path / "old.kb")
    new = make_kb({"harbour.md": HARBOUR.replace("40", "50")})
    code, out, _ = run("diff", old, new)
    assert code == 0
    assert any(line.startswith("- ") and "40 euros" in line for line in out.splitlines())
    assert any(line.startswith("+ ") and "50 euros" in line for line in out.splitlines())
    assert run("diff", new, new)[1] == ""


def test_gaps_groups_what_went_unanswered(run: Line, kb: Path, tmp_path: Path) -> None:
    log = tmp_path / "new" / "log.jsonl"
    for question in ("Who owns the crane?", "Who owns the crane?", "What does the ferry to Norway cost?"):
        assert run("ask", question, "--kb", kb, "--log", log)[0] == 0
    code, out, _ = run("gaps", log, "--kb", kb)
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "2 of 3 questions were not answered."
    assert "    Who owns the crane? (2 times)" in lines


def test_gaps_reads_what_ask_prints(run: Line, kb: Path, tmp_path: Path) -> None:
    printed = run("ask", "Who owns the crane?", "--kb", kb, "--json")[1]
    (tmp_path / "answers.jsonl").write_text(printed, encoding="utf-8")
    assert run("gaps", tmp_path / "answers.jsonl", "--kb", kb)[1].startswith("1 of 1 questions were not answered.\n")
    (tmp_path / "answers.jsonl").write_text('{"question": "A?"}\n', encoding="utf-8")
    code, _, err = run("gaps", tmp_path / "answers.jsonl", "--kb", kb)
    assert code == 2
    assert "answers.jsonl, line 1" in err


def test_a_log_that_cannot_be_written_is_said_at_once(run: Line, kb: Path, tmp_path: Path) -> None:
    code, out, err = run("ask", "Who owns the crane?", "--kb", kb, "--log", tmp_path)
    assert (code, out) == (1, "")
    assert "the log cannot be written" in err


def test_check_names_mistakes_of_knowledge_and_intents(run: Line, tmp_path: Path) -> None:
    folder = tmp_path / "k" / "documents"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("Oslo lies in Norway.")
    (tmp_path / "k" / "entities.toml").write_text("[[entity]]\nid = 3\n")
    (tmp_path / "i").mkdir()
    (tmp_path / "i" / "x.toml").write_text("lookup = 'nonsense'\n")
    code, out, err = run("check", "--knowledge", tmp_path / "k", "--intents", tmp_path / "i")
    assert code == 1
    assert "knowledge: not sound" in out
    assert "intents: not sound" in out
    assert "entities.toml" in err
    assert "x.toml" in err


def test_check_runs_golden_questions(run: Line, kb: Path, tmp_path: Path) -> None:
    golden = [
        {"question": "What does the ferry to Norway cost?", "holds": ["40 euros"]},
        {"question": "What does the ferry to Norway cost?", "holds": ["50 euros"]},
    ]
    (tmp_path / "golden.jsonl").write_text("\n".join(map(json.dumps, golden)), encoding="utf-8")
    code, out, err = run("check", "--questions", tmp_path / "golden.jsonl", "--kb", kb)
    assert "questions: 1 of 2 not answered as expected" in out
    assert "knowledge" not in out  # the bundled one has no part in a base of its own
    assert code == 1
    assert "50 euros" in err


def test_check_asks_the_golden_questions_of_a_knowledge_folder(run: Line, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text(
        '{"question": "How many passengers does the ferry carry?", "holds": ["300"]}\n'
        '{"question": "Who owns the ferry?", "status": "not_stated"}\n',
        encoding="utf-8",
    )
    code, out, err = run("check", "--knowledge", tmp_path)
    assert code == 0, err
    assert "questions: 0 of 2 not answered as expected" in out


# Ends


@pytest.mark.parametrize("command", [["ask", "Why?"], ["facts"], ["verify"], ["text", "a"], []], ids=" ".join)
def test_missing_base_ends_with_1_and_no_traceback(run: Line, tmp_path: Path, command: list[str]) -> None:
    code, out, err = run(*command, "--kb", tmp_path / "gone.kb")
    assert (code, out) == (1, "")
    assert err.startswith("citebot: ")
    assert "no such file" in err
    assert "Traceback" not in err


def test_repl_reads_a_pipe(kb: Path) -> None:
    done = spawn("--kb", kb, stdin=b"What does the ferry to Norway cost?\n/quit\n")
    assert done.returncode == 0
    assert "40 euros" in done.stdout.decode()
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_output_is_utf8_in_any_locale(kb: Path, locale: str) -> None:
    environment = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    done = spawn("text", "harbour.md", "--kb", kb, **environment)
    assert done.returncode == 0
    assert "café" in done.stdout.decode("utf-8")
    done = spawn("ask", "--json", "--kb", kb, stdin="Où est le café?\n".encode(), **environment)
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["question"] == "Où est le café?"


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_reader_that_goes_away_is_no_crash(kb: Path) -> None:
    bot = f"'{sys.executable}' -m bot"
    command = f"{bot} facts --text harbour.md --kb '{kb}' | true; {bot} text harbour.md --kb '{kb}' >&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux")
def test_output_that_cannot_be_written_ends_with_1(kb: Path) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "bot", "text", "harbour.md", "--kb", str(kb)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("citebot: ")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_interrupt_ends_quietly(kb: Path) -> None:
    command = [sys.executable, "-m", "bot", "ask", "--kb", str(kb)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # a shell starts what it puts in the background with the signal ignored, and a child inherits that
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, preexec_fn=heed, **pipes) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdin.write(b"What does the ferry to Norway cost?\n")
        process.stdin.flush()
        process.stdout.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.wait(20)
        assert process.returncode == INTERRUPTED
        assert b"Traceback" not in process.stderr.read()
