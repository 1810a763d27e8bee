from __future__ import annotations

import io

import pytest

from bot.chat.session import PlainTerminal, converse, run
from bot.errors import CitebotError
from tests.chat.fakes import FakeBot


def chat(text: str, *, typed: bool = False) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a session fed with this text."""
    out, err = io.StringIO(), io.StringIO()
    code = converse(FakeBot(), PlainTerminal(io.StringIO(text), out, err, typed=typed))
    return code, out.getvalue(), err.getvalue()


def test_a_piped_session_is_a_readable_transcript() -> None:
    assert chat("How long are loans?\n\n/quit\nnever asked\n") == (
        0,
        "citebot: 1 document, 1 sentence. Ask in plain English; /help lists the commands.\n"
        "\n"
        "> How long are loans?\n"
        "three weeks\n"
        "    “Loans last three weeks.”\n"
        "    rules.md › Loans › Length [10:33]\n"
        "\n"
        "> /quit\n",
        "",
    )


def test_the_end_of_the_input_ends_the_session() -> None:
    assert chat("")[0] == 0
    assert "three weeks" in chat("How long are loans?")[1]  # a last line without its line end counts


def test_a_terminal_without_control_sequences_gets_a_prompt() -> None:
    out = chat("How long are loans?\n", typed=True)[1]
    assert "\n> three weeks\n" in out  # the terminal itself shows what is typed
    assert "\x1b" not in out


def test_ctrl_c_clears_the_line_of_such_a_terminal() -> None:
    class Interrupted(io.StringIO):
        lines = iter(("loans?\n", "/quit\n"))

        def readline(self, size: int | None = -1, /) -> str:
            if not self.tell():
                self.seek(1)
                raise KeyboardInterrupt
            return next(self.lines)

    out = io.StringIO()
    assert converse(FakeBot(), PlainTerminal(Interrupted("ab"), out, out, typed=True)) == 0
    assert "> \n> three weeks\n" in out.getvalue()


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


def test_run_reads_a_pipe_line_by_line() -> None:
    out = io.StringIO()
    assert run(FakeBot, io.StringIO("loans “café”\n"), out, io.StringIO()) == 0
    assert "> loans “café”\nthree weeks\n" in out.getvalue()


def test_an_error_in_opening_is_the_callers() -> None:
    def damaged() -> FakeBot:
        raise CitebotError("truncated")

    with pytest.raises(CitebotError, match="truncated"):
        run(damaged, io.StringIO(), io.StringIO(), io.StringIO())
