"""Tells what is wrong with files that were handed in: every fault at once, for people or for programs."""

from typing import Any, Protocol

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._tables import emit
from accord.kernel.sheets import FaultyTablesError

NOTHING_DONE = ("{n} faults in {file}; nothing was decided.", "{file}有{n}处错误，未作任何安排。")
ONE_FAULT = ("A fault in {file}; nothing was decided.", "{file}有1处错误，未作任何安排。")


class Told(Protocol):
    """What an engine refuses: a stable code, the ids it is about, and words in both languages."""

    ids: tuple[str, ...]

    @property
    def code(self) -> str:
        """The stable code of the refusal."""

    def words(self, language: str) -> str:
        """Return what is wrong and how to mend it."""


def refused_tables(error: FaultyTablesError, file: str, language: str, *, as_json: bool) -> int:
    """Tell every fault of filled-in tables; return the exit code, or raise it with the words.

    Raises:
        StopError: the faults, one a line, unless JSON was wanted.

    """
    head = (ONE_FAULT if len(error.faults) == 1 else NOTHING_DONE)[language != "en"]
    words = "\n".join([head.format(n=len(error.faults), file=file), *(one.line(language) for one in error.faults)])
    return _refused([dict(one.as_data(language)) for one in error.faults], words, as_json=as_json)


def refused_by_engine(error: Told, language: str, *, as_json: bool) -> int:
    """Tell what an engine refuses; return the exit code, or raise it with the words.

    Raises:
        StopError: the words, unless JSON was wanted.

    """
    words = error.words(language)
    return _refused([{"code": error.code, "ids": list(error.ids), "what": words}], words, as_json=as_json)


def _refused(problems: list[dict[str, Any]], words: str, *, as_json: bool) -> int:
    if as_json:
        emit({"ok": False, "problems": problems})
        return Exit.NOT_SOUND
    raise StopError(words, Exit.NOT_SOUND)
