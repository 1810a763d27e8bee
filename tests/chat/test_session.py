from __future__ import annotations

import io

import pytest

from bot.chat.session import PlainTerminal, converse, run
from tests.chat.fakes import FakeBot


def chat(text: str, *, echo: bool = True) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a session fed with this text."""
    out, err = io.StringIO(), io.StringIO()
    code = converse(FakeBot(), PlainTerminal(io.StringIO(text), out, err, echo=echo))
    return code, out.getvalue(), err.getvalue()


def test_a_piped_session_is_a_readable_transcript() -> None:
    assert chat("How long are loans?\n\n/quit\nnever asked\n") == (
        0,
        "citebot: 1 document, 1 sentence. Ask in plain English; /help lists the commands.\n"
        "\n"
        "> How long are loans?\n"
        "Loans last three weeks.\n"
        "    “Loans last three weeks.”\n"
        "    rules.md › Loans › Length [10:33]\n"
        "\n"
        "> /quit\n",
        "",
    )


def test_the_end_of_the_input_ends_the_session() -> None:
    assert chat("")[0] == 0
    assert "three weeks" in chat("How long are loans?")[1]  # a last line without its line end counts


def test_without_echo_only_answers_are_shown() -> None:
    assert "> " not in chat("How long are loans?\n", echo=False)[1]


def test_an_error_goes_to_standard_error_and_the_session_goes_on() -> None:
    code, out, err = chat("fail\nHow long are loans?\n")
    assert code == 1
    assert err == "the base is gone.\nBuild it again.\n"
    assert "three weeks" in out


def test_an_interrupted_question_does_not_end_the_session() -> None:
    code, out, _ = chat("interrupt\nHow long are loans?\n")
    assert code == 0
    assert "Interrupted." in out
    assert "three weeks" in out


def test_an_echoed_line_cannot_steer_the_terminal() -> None:
    out = chat("\x1b]0;title\x07 loans\n")[1]
    assert "> \\x1b]0;title\\x07 loans\n" in out
    assert "\x1b" not in out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_run_speaks_utf_8_whatever_the_locale(encoding: str) -> None:
    source = io.TextIOWrapper(io.BytesIO("loans “café” \n".encode() + b"\xff loans\n"), encoding=encoding)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
    assert run(FakeBot, source, out, err) == 0
    written = out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert "> loans “café”" in written
    assert "> \ufffd loans" in written
    assert "\x1b" not in written
