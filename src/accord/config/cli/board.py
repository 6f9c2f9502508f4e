"""`accord board` and `accord forecast`: what was promised, what was delivered, what will be met."""

from datetime import datetime

import click

from accord.config.cli import _options as option
from accord.config.cli._form import Command
from accord.config.cli._opening import opened
from accord.config.cli._place import Place, opens_database
from accord.config.cli._tables import emit
from accord.config.cli._talk import Talk, talks


@click.command(
    cls=Command,
    examples=(
        ("accord board", "every agreement, today"),
        ("accord board chengdu-cass --as-of 2019-09-30", "one agreement on a past day"),
        ("accord board --as-of 2019-09-30 --known-on 2019-10-31", "with what was recorded a month later"),
        ("accord board --json", "with the provenance of every figure"),
    ),
)
@click.argument("key", required=False)
@option.as_of
@option.known_on
@option.language
@option.as_json
@opens_database
@talks
def board(
    *,
    key: str | None,
    as_of: datetime | None,
    known_on: datetime | None,
    language: str,
    as_json: bool,
    place: Place,
    talk: Talk,
) -> None:
    """Show every promise of one agreement, or of all: promised, delivered, and how it stands."""
    with opened(place, talk):
        from accord.config.cli.ready import boards  # noqa: PLC0415 - needs the database open

        shown = boards.boards(key, boards.bounds(as_of, known_on), language)
        if as_json:
            emit({"agreements": shown.as_data()})
        else:
            boards.tell_boards(shown, talk)


@click.command(
    cls=Command,
    examples=(
        ("accord forecast", "every promise with a number and a deadline"),
        ("accord forecast chengdu-cass --promise resident-teams", "one promise"),
        ("accord forecast --json", "quantiles and pace, for programs"),
    ),
)
@click.argument("key", required=False)
@click.option("--promise", metavar="KEY", help="Show this promise alone.")
@option.as_of
@option.language
@option.as_json
@opens_database
@talks
def forecast(
    *,
    key: str | None,
    promise: str | None,
    as_of: datetime | None,
    language: str,
    as_json: bool,
    place: Place,
    talk: Talk,
) -> None:
    """Show what will be met: chances from 5 to 95 in 100, the range, and the pace that is needed."""
    with opened(place, talk):
        from accord.config.cli.ready import boards  # noqa: PLC0415 - needs the database open

        shown = boards.boards(key, boards.bounds(as_of, None), language)
        if as_json:
            emit({"forecasts": boards.forecast_data(shown, promise)})
        else:
            boards.tell_forecasts(shown, promise, talk)
