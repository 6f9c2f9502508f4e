"""`accord agreement`: agreement files, checked, planned, applied, exported and compared."""

from pathlib import Path

import click

from accord.config.cli import _options as option
from accord.config.cli._exits import Exit, StopError
from accord.config.cli._form import Group
from accord.config.cli._opening import opened, set_up_without_database
from accord.config.cli._place import Place, opens_database
from accord.config.cli._tables import emit
from accord.config.cli._talk import Talk, talks

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
FILES = click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")


@click.group(
    cls=Group,
    examples=(
        ("accord agreement check deal.yaml", "every error with line, column and how to mend it"),
        ("accord agreement plan deal.yaml", "what applying it would change"),
        ("accord agreement apply deal.yaml", "bring it in, whole or not at all"),
    ),
)
def agreement() -> None:
    """Work with agreement files: one YAML file holds one agreement (docs/agreement-file.md)."""


@agreement.command(
    examples=(
        ("accord agreement check examples/agreements/*.yaml", "both announcements"),
        ("accord agreement check deal.yaml --json", "for an editor or a build"),
    ),
    short_help="List every error of a file; needs no database.",
)
@FILES
@option.language
@option.as_json
@talks
def check(*, files: tuple[Path, ...], language: str, as_json: bool, talk: Talk) -> int:
    """List everything that is wrong with files: where, what, and how to mend it.

    Needs no database. The exit code is 5 when a file has errors; advice alone leaves it 0.
    """
    set_up_without_database()
    from accord.config.cli.ready import agreements  # noqa: PLC0415 - the catalogue needs Django set up

    found = agreements.check(files, language)
    if as_json:
        emit([one.as_data() for one in found])
    else:
        agreements.tell_check(found, talk)
    return Exit.NOT_SOUND if any(one.errors for one in found) else Exit.DONE


@agreement.command(
    examples=(("accord agreement plan deal.yaml", "line by line what would change"),),
    short_help="Show what applying files would change.",
)
@FILES
@option.language
@option.as_json
@opens_database
@talks
def plan(*, files: tuple[Path, ...], language: str, as_json: bool, place: Place, talk: Talk) -> int:
    """Show what applying the files would change, and change nothing.

    The exit code is 4 when a signed agreement refuses a change, and 5 when a file has errors.
    """
    with opened(place, talk):
        from accord.config.cli.ready import agreements  # noqa: PLC0415 - needs the database open

        plans = agreements.plan(agreements.sound(files, language), language)
        if as_json:
            emit([one.as_data() for one in plans])
        else:
            agreements.tell_plans(plans, talk)
        return Exit.REFUSED if any(one.refusals for one in plans) else Exit.DONE


@agreement.command(
    examples=(
        ("accord agreement apply examples/agreements/*.yaml", "both announcements"),
        ("accord agreement apply deal.yaml --json", "what changed, for programs"),
    ),
    short_help="Bring files in: all of them, or none.",
)
@FILES
@option.language
@option.as_json
@opens_database
@talks
def apply(*, files: tuple[Path, ...], language: str, as_json: bool, place: Place, talk: Talk) -> None:
    """Bring the agreements of all the files in, in one transaction; twice changes nothing.

    What a signed agreement promised does not change: such a file is refused with exit code 4 and says what to
    write instead. Afterwards this week's snapshot of every new promise is taken.
    """
    with opened(place, talk, writes=True):
        from accord.config.cli.ready import agreements  # noqa: PLC0415 - needs the database open

        outcome = agreements.apply(agreements.sound(files, language), language)
        if as_json:
            emit(outcome.as_data())
        else:
            agreements.tell_outcome(outcome, talk)


@agreement.command(
    examples=(("accord agreement export chengdu-cass -o deal.yaml", "into a file"),),
    short_help="Give the file of an agreement back.",
)
@click.argument("key")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@opens_database
@talks
def export(key: str, output: Path | None, place: Place, talk: Talk) -> None:
    """Print the agreement as a file; applying it again changes nothing."""
    with opened(place, talk):
        from accord.config.cli.ready import agreements  # noqa: PLC0415 - needs the database open

        text = agreements.text_of(key)
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text, encoding="utf-8")
    talk.say(f"Wrote {output}.")


@agreement.command(
    examples=(
        ("accord agreement diff chengdu-cass deal.yaml", "the agreement as applied against a file"),
        ("accord agreement diff old.yaml new.yaml", "two files; needs no database"),
    ),
    short_help="Compare an agreement with a file, or two files.",
)
@click.argument("old", metavar="KEY|FILE")
@click.argument("new", type=FILE, metavar="FILE")
@option.language
@option.as_json
@opens_database
@talks
def diff(*, old: str, new: Path, language: str, as_json: bool, place: Place, talk: Talk) -> None:
    """Show value by value what differs; a name that is a file is read as one."""
    if Path(old).is_file():
        set_up_without_database()
        from accord.config.cli.ready import agreements  # noqa: PLC0415 - the catalogue needs Django set up

        found = agreements.compare_files(Path(old), new, language)
    else:
        _refuse_path(old)
        with opened(place, talk):
            from accord.config.cli.ready import agreements  # noqa: PLC0415 - needs the database open

            found = agreements.compare_held(old, new, language)
    if as_json:
        emit(found.as_data())
    else:
        agreements.tell_plans([found], talk)


def _refuse_path(name: str) -> None:
    """Refuse what looks like a file and is none, before it is taken for an agreement."""
    if "/" in name or name.endswith((".yaml", ".yml")):
        raise StopError(f"There is no file {name}. See how the name is written.", Exit.NOT_FOUND)


@agreement.command(
    examples=(("accord agreement schema > agreement.schema.json", "for completion in an editor"),),
    short_help="Print the JSON Schema of agreement files.",
)
def schema() -> None:
    """Print the JSON Schema of agreement files, which editors complete and check by."""
    from accord.engines.agreementfile import json_schema  # noqa: PLC0415 - costs 60 ms, which other commands save

    emit(json_schema())
