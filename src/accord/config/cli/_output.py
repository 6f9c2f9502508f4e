"""Options of commands that read filled-in tables and write results."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]
ENDINGS = (".json", ".csv", ".xlsx")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def tables(*names: str) -> Callable[[Command], Command]:
    """Give a command an option for each of these tables, and the argument `beside`: files by the names of tables."""

    def gather(command: Command) -> Command:
        def called(**given: Any) -> Any:
            beside = {name: given.pop(f"table_{name}") for name in names}
            return command(beside={name: path for name, path in beside.items() if path}, **given)

        called.__doc__, called.__name__ = command.__doc__, command.__name__
        called.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
        wrapped: Command = called
        for name in reversed(names):
            wrapped = click.option(f"--{name}", f"table_{name}", type=FILE, help=f"CSV file with the table {name}.")(
                wrapped
            )
        return wrapped

    return gather


def _endings(_context: click.Context, _parameter: click.Parameter, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    for path in paths:
        if path.suffix.casefold() not in ENDINGS:
            raise click.BadParameter(f"{path} should end in {', '.join(ENDINGS)}.")
    return paths


outputs = click.option(
    "-o",
    "--output",
    multiple=True,
    callback=_endings,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, .json, .csv or .xlsx; repeatable.",
)
