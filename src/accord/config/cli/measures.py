"""`accord measures`: what promises are counted in."""

import click

from accord.config.cli import _options as option
from accord.config.cli._form import Command
from accord.config.cli._opening import set_up_without_database
from accord.config.cli._tables import emit


@click.command(
    cls=Command,
    examples=(
        ("accord measures", "the whole catalogue"),
        ("accord measures workspace.resident_teams", "one measure with its counting rule"),
        ("accord measures --json", "for programs"),
    ),
)
@click.argument("code", required=False)
@option.language
@option.as_json
def measures(*, code: str | None, language: str, as_json: bool) -> None:
    """List the measures, or explain one: its unit, its kind and its counting rule. Needs no database."""
    set_up_without_database()
    from accord.config.cli.ready import catalogue  # noqa: PLC0415 - the catalogue needs Django set up

    found = catalogue.found(code)
    if as_json:
        emit([catalogue.as_data(one) for one in found])
    elif code is None:
        catalogue.tell_all(found, language)
    else:
        catalogue.tell_one(found[0], language)
