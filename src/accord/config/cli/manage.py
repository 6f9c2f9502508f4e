"""`accord manage`: Django's own commands, on Accord's database."""

import click

from accord.config.cli._form import Command
from accord.config.cli._opening import reached, set_up_django
from accord.config.cli._place import Place, opens_database
from accord.config.cli._talk import Talk, talks


@click.command(
    cls=Command,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    examples=(
        ("accord manage showmigrations", "which migrations the database holds"),
        ("accord manage --demo dbshell", "SQL on the demo's database"),
    ),
)
@opens_database
@talks
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="COMMAND [ARGUMENTS]...")
def manage(place: Place, talk: Talk, arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands; `accord manage help` lists them."""
    with reached(place, talk if not place.is_own else Talk(quiet=True)):
        set_up_django()
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - needs Django set up

        execute_from_command_line(["accord manage", *arguments])
