"""Whatever a command raises ends as one line and the documented exit code."""

import errno

import pytest

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._faults import told
from accord.config.env import UnreadableSettingError
from accord.config.postgres import DiskFullError, OtherVersionError
from accord.config.supervisor import PortError
from accord.kernel.refused import NotThere, Refused


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StopError("Mend this.", Exit.NOT_SOUND), 5),
        (UnreadableSettingError("Mend this."), 2),
        (Refused("Mend this."), 4),
        (NotThere("Mend this."), 3),
        (PortError("Mend this."), 4),
        (OtherVersionError("Mend this."), 4),
        (DiskFullError("Mend this."), 6),
        (OSError(errno.ENOSPC, "Mend this."), 6),
        (PermissionError(errno.EACCES, "Mend this."), 4),
        (KeyError("Mend this."), 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_error_becomes_one_line_and_its_code(error: Exception, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> None:
        raise error

    ended = told(command)

    said = capsys.readouterr()
    assert (ended, said.out) == (code, "")
    assert said.err.startswith("Error: ")
    assert "Mend this." in said.err
    assert said.err.count("\n") == 1


def test_traceback_is_shown_when_debugging(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ACCORD_DEBUG", "true")

    told(lambda: 1 // 0)

    assert "ZeroDivisionError" in capsys.readouterr().err.partition("Traceback")[2]


def test_interruption_ends_with_130() -> None:
    def command() -> None:
        raise KeyboardInterrupt

    assert told(command) == 130
