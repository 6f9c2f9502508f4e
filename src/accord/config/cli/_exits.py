"""How commands end: the exit codes, and the error that carries one."""

from enum import IntEnum


class Exit(IntEnum):
    """What the exit code of a command means; documented in docs/cli.md."""

    DONE = 0
    BUG = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    NOT_SOUND = 5
    DEPENDENCY_DOWN = 6
    INTERRUPTED = 130


EPILOG = (
    "Exit codes: 0 done, 1 a fault in Accord, 2 usage, 3 not found, 4 refused, 5 verification failed, "
    "6 something Accord depends on is missing, 130 interrupted."
)


class StopError(Exception):
    """A command cannot go on; the text says what is wrong and how to mend it."""

    def __init__(self, text: str, code: Exit) -> None:
        """Keep the text for people and the exit code for programs."""
        super().__init__(text)
        self.exit_code = code
