"""`accord assign`: who reviews what, with the proof that nothing better keeps the rules."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from accord.config.cli import _options as option
from accord.config.cli._form import Command
from accord.config.cli._output import outputs, tables
from accord.config.cli._talk import Talk, talks


def chance(text: str) -> Fraction:
    """Return a chance that is written as 1/2 or as 0.5."""
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise click.BadParameter(f"{text!r} is no chance. Write a fraction such as 1/2, or 0.5.") from None


@click.command(
    cls=Command,
    examples=(
        ("accord assign reviews.xlsx", "the best total fit, with its proof"),
        ("accord assign reviews.xlsx --goal strong --strong 2", "two strong reviewers for every item"),
        ("accord assign reviews.xlsx --goal randomised --at-most 1/2", "hard to game"),
        ("accord assign reviews.xlsx --explain A-17", "why this item has these reviewers"),
        ("accord assign reviews.xlsx -o result.json", "keep the result with its proof"),
        ("accord assign reviews.xlsx --check result.json", "prove and repeat a published result"),
    ),
)
@click.argument("file", type=click.Path(exists=True, path_type=Path), metavar="FILE")
@tables("reviewers", "affinity", "documents", "conflicts", "fixed")
@click.option(
    "--goal",
    type=click.Choice(["best-total", "strong", "randomised"]),
    default="best-total",
    show_default=True,
    help="What the assignment is best at.",
)
@click.option(
    "--per-item", type=click.IntRange(1), metavar="N", help="Reviews of an item that names none.  [default: 3]"
)
@click.option(
    "--seniors", type=click.IntRange(0), metavar="N", help="Senior reviewers of an item at least.  [default: 0]"
)
@click.option("--institution-share", type=click.IntRange(1), metavar="N", help="Reviewers of one institution at most.")
@click.option("--floor", type=float, metavar="FIT", help="Assign nobody with a lower fit, unless fixed.")
@click.option("--strong", type=click.IntRange(1), metavar="K", help="Strong reviewers of every item.  [default: 2]")
@click.option("--at-most", type=chance, metavar="CHANCE", help="How likely a pair may be at most.  [default: 1/2]")
@click.option("--seed", metavar="TEXT", help="Tells equal results apart.  [default: the digest of FILE's contents]")
@click.option("--explain", multiple=True, metavar="ITEM", help="Say why this item has its reviewers; repeatable.")
@click.option(
    "--check", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Prove a result and repeat it."
)
@outputs
@option.language
@option.as_json
@talks
def assign(*, talk: Talk, **asked: Any) -> int:
    """Assign reviewers to items so that every rule holds, and prove how good that is.

    FILE is a workbook with the sheets `items` and `reviewers`, and either `affinity` or `documents`; `conflicts` and
    `fixed` may be left out. Or a folder with CSV files of these names, or a CSV file of items with options for the
    others. Columns are listed in docs/cli.md. Needs no database.

    The exit code is 5 when the file has faults, when no assignment keeps the rules, or when a result does not hold.
    """
    from accord.config.cli import reviewing  # noqa: PLC0415 - brings NumPy, which the help does without

    return reviewing.answer(reviewing.Asked(**asked), talk)
