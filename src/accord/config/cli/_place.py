"""Which data folder and which database a command works on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from accord.config import env

DEMO_FOLDER = env.CHECKOUT / "var" / "demo"


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder, and the server that DATABASE_URL names; without one, the folder's own.

    `options`, with a space before them, lead another command to the same place.
    """

    folder: Path
    url: str
    options: str = ""

    @property
    def is_own(self) -> bool:
        """Say whether Accord runs this database itself."""
        return not self.url


def shown(folder: Path) -> str:
    """Return a folder as somebody standing here would type it."""
    return str(folder.relative_to(Path.cwd())) if folder.is_relative_to(Path.cwd()) else str(folder)


def program() -> str:
    """Return how Accord is called from here."""
    return "./accord" if Path.cwd() == env.CHECKOUT else "accord"


def place_of(data_dir: Path | None, *, demo: bool) -> Place:
    """Return the place that the options and the environment name: --data-dir, ACCORD_DATA_DIR, the default."""
    url = env.text("DATABASE_URL")
    if data_dir is not None:
        folder = data_dir.expanduser().absolute()
        return Place(folder, url, f" --data-dir {shown(folder)}")
    if demo and not env.text("ACCORD_DATA_DIR"):
        return Place(DEMO_FOLDER, url, " --demo")
    return Place(env.data_dir(), url)


def data_dir_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option --data-dir."""
    option = click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="PATH",
        help="Folder of the database and its secret key.",
    )
    return option(command)


def opens_database(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options --data-dir and --demo, and the argument `place` that comes of them."""

    def chosen(context: click.Context, _parameter: click.Parameter, demo: bool) -> Place:  # noqa: FBT001 - click's own signature
        return place_of(context.params.pop("data_dir", None), demo=demo)

    demo = click.option("--demo", "place", is_flag=True, callback=chosen, help="Use the demo's folder, var/demo.")
    folder = click.option(
        "--data-dir",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="PATH",
        is_eager=True,
        help="Folder of the database and its secret key.",
    )
    return folder(demo(command))
