from __future__ import annotations

import stat
from pathlib import Path

import pytest
from prompt_toolkit.history import InMemoryHistory

from bot.chat.history import history_file
from bot.chat.prompt import open_history


@pytest.mark.parametrize(
    ("environment", "platform", "file"),
    [
        ({"XDG_STATE_HOME": "/state"}, "linux", Path("/state/citebot/history")),
        ({}, "linux", Path.home() / ".local/state/citebot/history"),
        ({"XDG_STATE_HOME": "relative"}, "darwin", Path.home() / ".local/state/citebot/history"),
        ({"LOCALAPPDATA": "/local"}, "win32", Path("/local/citebot/history")),
    ],
    ids=["xdg", "default", "relative-ignored", "windows"],
)
def test_history_file(environment: dict[str, str], platform: str, file: Path) -> None:
    assert history_file(environment, platform) == file


def test_history_is_kept_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "state" / "citebot" / "history"
    history, problem = open_history(file)
    assert problem == ""
    history.append_string("Who? \udcff")
    assert list(open_history(file)[0].load_history_strings()) == ["Who? ?"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_state_folder_that_cannot_be_written_gives_memory_and_a_notice(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    history, problem = open_history(tmp_path / "state" / "history")
    assert isinstance(history, InMemoryHistory)
    assert problem.startswith("The history of this session will not be kept: ")


def test_a_history_that_vanishes_goes_on_in_memory(tmp_path: Path) -> None:
    folder = tmp_path / "citebot"
    history, _ = open_history(folder / "history")
    (folder / "history").unlink()
    folder.rmdir()
    history.append_string("Who?")
    assert history.get_strings() == ["Who?"]
    (tmp_path / "citebot").mkdir()
    (folder / "history").mkdir()  # a folder of that name cannot be read as a file
    assert list(history.load_history_strings()) == []
