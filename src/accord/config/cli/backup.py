"""`accord backup` and `accord restore`: everything in one file, and back."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from accord.config import backup as backups
from accord.config import env, storage
from accord.config.cli import _options as option
from accord.config.cli._exits import Exit, StopError
from accord.config.cli._form import Command
from accord.config.cli._fresh import refuse_while_used
from accord.config.cli._opening import Database, opened, reached, set_up_django
from accord.config.cli._place import Place, opens_database
from accord.config.cli._tables import emit
from accord.config.cli._talk import Talk, talks

MOST_NAMED = 3


@click.command(
    cls=Command,
    examples=(
        ("accord backup", "into accord-<time>.backup in this folder"),
        ("accord backup -o nightly.backup --quiet", "from a timer"),
    ),
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@option.as_json
@opens_database
@talks
def backup(*, output: Path | None, as_json: bool, place: Place, talk: Talk) -> int:
    """Write database and files into one file while everything goes on; it appears whole or not at all.

    The secret key is not in it: keep `secret-key` of the data folder apart. Files in a bucket stay there.
    """
    target = output or Path(f"accord-{datetime.now(UTC):%Y%m%d-%H%M%S}.backup")
    with reached(place, Talk(quiet=True)) as database:
        _refuse_empty(database)
        with talk.step("Backup"):
            kept = env.file_settings(place.folder)
            manifest = backups.make(
                database.url,
                target.absolute(),
                external=not place.is_own,
                store=storage.store_of(kept),
                place=storage.place_of(kept),
            )
    if as_json:
        files = asdict(manifest.files)
        emit({"file": str(target), "bytes": target.stat().st_size, "rows": manifest.rows, "files": files})
    else:
        click.echo(target)
    talk.say(f"{sum(manifest.rows.values()):,} rows, {target.stat().st_size:,} bytes. Next: accord restore {target}")
    return _tell_of_files(manifest.files, talk)


def _tell_of_files(files: backups.Held, talk: Talk) -> int:
    """Say where the files are; where some are lacking, which."""
    if files.place == backups.FOLDER:
        talk.say(f"{files.count:,} files are in it.")
    elif files.count:
        talk.say(f"{files.count:,} files stay in {files.place}: keep that bucket, and the versions in it.")
    if not files.lacking:
        return Exit.DONE
    named = ", ".join(digest[:12] for digest in files.lacking[:MOST_NAMED])
    click.echo(
        f"{len(files.lacking)} files are missing or damaged and not in the backup ({named}). "
        "Bring them back from an older backup, then make another.",
        err=True,
    )
    return Exit.NOT_SOUND


def _refuse_empty(database: Database) -> None:
    """Refuse to back up a database in which there is nothing: most likely it is the wrong one."""
    with database.connect() as connection:
        if backups.is_empty(connection):
            raise StopError("There is nothing to back up here. Name the data folder with --data-dir.", Exit.NOT_FOUND)


@click.command(
    cls=Command,
    examples=(
        ("accord restore nightly.backup --data-dir var/again", "into a new data folder"),
        ("accord restore nightly.backup --replace --yes", "in place of what is there"),
    ),
)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--replace", is_flag=True, help="Drop what the database holds first, and files that are not inside.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@opens_database
@talks
def restore(*, source: Path, replace: bool, yes: bool, place: Place, talk: Talk) -> int:
    """Bring a backup back, all of it or nothing, and see by the checks of `accord doctor` that it is sound.

    The database must be empty unless --replace is given. A backup of an older version is brought up to date.
    """
    manifest = backups.describe(source)
    with reached(place, talk) as database:
        drops = _drops(database, replace=replace, yes=yes)
        with talk.step("Restore"):
            backups.bring_back(
                database.url,
                source,
                manifest,
                in_place=drops,
                external=not place.is_own,
                store=storage.store_of(env.file_settings(place.folder)),
            )
    with opened(place, talk, writes=True):
        return _examine(place, talk)


def _drops(database: Database, *, replace: bool, yes: bool) -> bool:
    """Say whether something is there that may be dropped.

    Raises:
        StopError: something is there and may not be, or somebody uses it.

    """
    with database.connect() as connection:
        if backups.is_empty(connection):
            return False
        if not replace:
            raise StopError(
                "This database is not empty. Restore into a new folder with --data-dir, or add --replace to drop "
                "what it holds.",
                Exit.REFUSED,
            )
        refuse_while_used(connection)
    if not yes:
        click.confirm("Drop everything that this database holds, and its files?", abort=True, err=True)
    return True


def _examine(place: Place, talk: Talk) -> int:
    """Run the doctor's checks and say what they found."""
    set_up_django()
    from accord.config import doctor  # noqa: PLC0415 - needs Django set up

    faults = [one for one in doctor.examine(place.folder) if not one.ok]
    for one in faults:
        click.echo(f"{one.name}: {one.what}. {one.mend}", err=True)
    if not faults:
        talk.say("Restored and sound. Next: accord serve")
    return Exit.NOT_SOUND if faults else Exit.DONE
