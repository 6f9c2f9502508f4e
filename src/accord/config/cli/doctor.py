"""`accord doctor`: looks for faults."""

import click

from accord.config.cli import _options as option
from accord.config.cli._exits import Exit
from accord.config.cli._form import Command
from accord.config.cli._opening import reached, set_up_django
from accord.config.cli._place import Place, opens_database
from accord.config.cli._tables import emit
from accord.config.cli._talk import DONE, FAILED, Talk, green, red, talks

NAME = 16


@click.command(
    cls=Command,
    examples=(
        ("accord doctor", "what is well, what is not, and how to mend it"),
        ("accord doctor --thorough", "also tries out storage, mail server and identity providers"),
        ("accord doctor --json", "for monitoring"),
    ),
)
@click.option("--thorough", is_flag=True, help="Also read every file, and go to storage, mail server and providers.")
@option.as_json
@opens_database
@talks
def doctor(*, thorough: bool, as_json: bool, place: Place, talk: Talk) -> int:
    """Look for faults in the installation and its records; changes nothing.

    The exit code is 0 when all is well, 5 when something is not, 6 when the database cannot be reached.
    """
    with reached(place, Talk(quiet=True)):
        set_up_django()
        from accord.config import doctor as checks  # noqa: PLC0415 - needs Django set up

        findings = list(checks.examine(place.folder, thorough=thorough))
    if as_json:
        emit({"ok": all(one.ok for one in findings), "checks": [one.as_data() for one in findings]})
    for one in findings if not as_json else ():
        if not (talk.quiet and one.ok):
            click.echo(f" {green(DONE) if one.ok else red(FAILED)} {one.name.ljust(NAME)} {one.what}")
        if not one.ok:
            click.echo(f"   {' ' * NAME} {one.mend}")
    return Exit.DONE if all(one.ok for one in findings) else Exit.NOT_SOUND
