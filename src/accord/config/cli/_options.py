"""Options that several commands share."""

from collections.abc import Callable
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

as_json: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
language: Decorator = click.option(
    "--language", type=click.Choice(["en", "zh-hans"]), default="en", show_default=True, help="Language of the words."
)
as_of: Decorator = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Count what occurred up to this day, such as 2019-09-30.  [default: today]",
)
known_on: Decorator = click.option(
    "--known-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Count only what was recorded by the end of this day.  [default: today]",
)
