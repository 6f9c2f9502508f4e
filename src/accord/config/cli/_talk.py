"""What a command says to people: on stderr, with times for what takes long, quiet when asked."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from accord.config import env

DONE, FAILED = "✓", "✗"
WIDTH = 46


class Talk:
    """Speaks to people on stderr; says nothing but errors when `quiet`."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Keep whether to be silent."""
        self.quiet = quiet

    def say(self, line: str = "") -> None:
        """Say one line."""
        if not self.quiet:
            click.echo(line, err=True, color=colours())

    @contextmanager
    def step(self, title: str) -> Iterator[Callable[[str], None]]:
        """Name a step that takes time and, once it is done, how long it took.

        Gives a function that says what the step is busy with; shown on a terminal only.
        """
        began = time.monotonic()
        moving = sys.stderr.isatty() and not self.quiet

        def busy(words: str) -> None:
            if moving:
                sys.stderr.write(f"\r\x1b[2K   {words} …")
                sys.stderr.flush()

        busy(title)
        try:
            yield busy
        except BaseException:
            self._close(red(FAILED), title, began)
            raise
        self._close(green(DONE), title, began)

    def done(self, title: str, began: float) -> None:
        """Say that something is done that began at this moment of the monotonic clock."""
        self._close(green(DONE), title, began)

    def _close(self, mark: str, title: str, began: float) -> None:
        if sys.stderr.isatty() and not self.quiet:
            sys.stderr.write("\r\x1b[2K")
        self.say(f" {mark} {title.ljust(WIDTH)} {time.monotonic() - began:5.1f} s")


def colours() -> bool | None:
    """Return False where colours are not wanted, None where the terminal decides."""
    return False if env.text("NO_COLOR") else None


def red(text: str) -> str:
    """Return the text in red, for a terminal that shows colours."""
    return _coloured(text, "red")


def green(text: str) -> str:
    """Return the text in green, for a terminal that shows colours."""
    return _coloured(text, "green")


def _coloured(text: str, colour: str) -> str:
    return text if colours() is False or not sys.stderr.isatty() else click.style(text, fg=colour)


def talks(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option --quiet and the argument `talk`."""

    def made(_context: click.Context, _parameter: click.Parameter, quiet: bool) -> Talk:  # noqa: FBT001 - click's own signature
        return Talk(quiet=quiet)

    option = click.option("--quiet", "talk", is_flag=True, callback=made, help="Say nothing but errors.")
    return option(command)
