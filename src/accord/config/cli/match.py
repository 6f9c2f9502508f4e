"""`accord match`: who is placed where, with a certificate, reasons, and a check of what others published."""

from pathlib import Path
from typing import Any

import click

from accord.config.cli import _options as option
from accord.config.cli._form import Command
from accord.config.cli._output import outputs, tables
from accord.config.cli._talk import Talk, talks

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PATH = click.Path(exists=True, path_type=Path)
MECHANISMS = ["fair-match", "fill-most", "fair-spread", "priority-order", "joint-applications", "host-first"]


@click.command(
    cls=Command,
    examples=(
        ("accord match choices.xlsx", "a fair match with its certificate"),
        ("accord match choices.xlsx --seed 'text' -o result.json", "with the seed you announced"),
        ("accord match choices.xlsx --explain A-17", "why not me"),
        ("accord match choices.xlsx --check result.json", "prove and repeat a published result"),
        ("accord match mine.csv --cutoffs result.json", "check my own place, without others' data"),
        ("accord match courses.csv --programmes p.csv --mechanism fair-spread", "no scores"),
        ("accord match now.xlsx --previous result.json --previous-file then.xlsx", "after withdrawals"),
    ),
)
@click.argument("file", type=PATH, metavar="FILE")
@tables("programmes", "limits", "people", "reserves", "joint")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["tables", "market", "preflib", "glasgow"]),
    help="What FILE is.  [default: as its name ends]",
)
@click.option("--places", type=click.IntRange(0), metavar="N", help="Places of every programme of a PrefLib file.")
@click.option("--capacities", type=FILE, help="Supervisors and their places, beside a PrefLib file.")
@click.option(
    "--mechanism",
    type=click.Choice(MECHANISMS),
    default="fair-match",
    show_default=True,
    help="The way of placing people.",
)
@click.option("--seed", metavar="TEXT", help="Tells equal scores apart.  [default: the digest of FILE's contents]")
@click.option(
    "--draws",
    type=click.Choice(["single", "multiple"]),
    default="single",
    show_default=True,
    help="One draw for all programmes, or another in each.",
)
@click.option(
    "--spread",
    type=click.Choice(["greedy", "generous", "least-cost"]),
    default="greedy",
    show_default=True,
    help="What a fair spread makes best.",
)
@click.option("--exact", is_flag=True, help="With fill-most: search for the most places and state a bound.")
@click.option(
    "--effort", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="For --exact.  [default: 30]"
)
@click.option("--must-run", is_flag=True, help="With fair-spread: reach every minimum, close nothing.")
@click.option(
    "--reserve-order",
    type=click.Choice(["reserve-first", "merit-first"]),
    help="Seats a member of a group is held against first.  [default: reserve-first]",
)
@click.option("--previous", type=FILE, help="Result of the last round: match again, and say who moves.")
@click.option("--previous-file", type=PATH, help="What --previous was made from.  [default: FILE]")
@click.option(
    "--policy",
    type=click.Choice(["improve-all", "vacancies-only"]),
    default="improve-all",
    show_default=True,
    help="With --previous: everybody may move up, or only gaps are filled.",
)
@click.option("--explain", multiple=True, metavar="ID", help="Say what became of this applicant's choices; repeatable.")
@click.option("--check", type=FILE, help="Prove a published result and repeat it.")
@click.option("--cutoffs", type=FILE, help="Check your own place in this result; FILE holds your own choices alone.")
@outputs
@option.language
@option.as_json
@talks
def match(*, talk: Talk, **asked: Any) -> int:
    """Place people in programmes by a published rule; prove the outcome, explain it, and let others repeat it.

    FILE is a workbook with the sheets `choices` and `programmes`, and, where needed, `limits`, `people`, `reserves`
    and `joint`. Or a folder with CSV files of these names, or a CSV file of choices with options for the others. Or a
    market as JSON, a PrefLib file, or one of the Glasgow formats. Columns are listed in docs/cli.md. Needs no database.

    The exit code is 5 when the file has faults, when the rule cannot be kept, or when a result does not hold.
    """
    from accord.config.cli import placing  # noqa: PLC0415 - brings NumPy, which the help does without

    return placing.answer(placing.Asked(**asked), talk)
