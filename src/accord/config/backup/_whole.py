"""The backup as a whole: the database with its manifest, and the files that it knows."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from accord import __version__
from accord.config import schema
from accord.config.backup import _files as files
from accord.config.backup._errors import BackupDamagedError, BackupError, ProgramFailedError
from accord.config.backup._files import Held
from accord.config.postgres import binary
from accord.kernel.store import Store

FORMAT = 2
READABLE = {1, 2}  # the first held no files
MANIFEST, DUMP = "manifest.json", "database.dump"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
EMPTY = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;"
PIECE = 1024 * 1024
HEAD = 4096
MAJOR = 10_000
WITH_TRANSACTION_TIMEOUT = 170_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself."""

    format: int
    accord: str
    made_at: str
    postgres: int
    is_demo: bool
    migrations: list[str]
    rows: dict[str, int]
    sha256: str
    size: int
    files: Held = field(default_factory=Held)


def make(url: str, target: Path, *, external: bool, store: Store, place: str) -> Manifest:
    """Write a backup of the database and of its files; it appears whole or not at all.

    Files in a bucket stay there: the backup says in which. Files that are missing from a folder, or are not what
    their name says, are left out and named.

    Raises:
        ProgramFailedError: pg_dump failed.

    """
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with tempfile.TemporaryDirectory(prefix="accord-", dir=target.parent) as folder:
        dump = Path(folder) / DUMP
        manifest, known = _dump(url, dump, external=external)
        manifest = replace(manifest, files=files.survey(store, place, known))
        try:
            _pack(draft, manifest, dump, files.paths(store, known, manifest.files))
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    return manifest


def _dump(url: str, dump: Path, *, external: bool) -> tuple[Manifest, list[str]]:
    """Dump the database and count its rows in one and the same snapshot; also return the files that it knows."""
    with psycopg.connect(url, autocommit=True, application_name="accord backup") as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = _value(connection, "SELECT pg_export_snapshot()")
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _run(_program("pg_dump", connection, external=external), [*options, "--file", str(dump)], url=url)
        rows = row_counts(connection)
        is_demo = "kernel_world" in rows and _value(connection, "SELECT count(*) FROM kernel_world WHERE is_demo")
        held = [str(row[0]) for row in connection.execute(schema.APPLIED)] if "django_migrations" in rows else []
        known = [str(row[0]) for row in connection.execute(files.KNOWN)] if "files_blob" in rows else []
        manifest = Manifest(
            format=FORMAT,
            accord=__version__,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            postgres=connection.info.server_version,
            is_demo=bool(is_demo),
            migrations=sorted(held),
            rows=rows,
            sha256=_sha256(dump),
            size=dump.stat().st_size,
        )
        return manifest, known


def row_counts(connection: psycopg.Connection) -> dict[str, int]:
    """Return how many rows each table holds, as the transaction sees it."""
    names = [str(row[0]) for row in connection.execute(TABLES)]
    counted = sql.SQL("SELECT count(*) FROM {}")
    return {name: int(_value(connection, counted.format(sql.Identifier(name)))) for name in names}


def _pack(target: Path, manifest: Manifest, dump: Path, kept: Iterable[Path]) -> None:
    """Write manifest, dump and files into one file, readable by its owner alone, and see it on the disk."""
    described = json.dumps(asdict(manifest), indent=2).encode()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            member = tarfile.TarInfo(MANIFEST)
            member.size = len(described)
            archive.addfile(member, io.BytesIO(described))
            archive.add(dump, DUMP)
            files.pack(archive, kept)
        file.flush()
        os.fsync(file.fileno())


def describe(source: Path) -> Manifest:
    """Return what a backup says about itself.

    Raises:
        BackupDamagedError: the file is no backup of a known format.

    """
    with _archive(source) as archive:
        member = _member(archive, MANIFEST, source)
        try:
            told = json.load(member)
            manifest = Manifest(**(told | {"files": Held(**told.get("files", {}))}))
        except (ValueError, TypeError, AttributeError) as error:
            raise BackupDamagedError(f"{source} is no backup that this Accord can read. Name another file.") from error
    if manifest.format not in READABLE:
        raise BackupError(f"{source} was made by a newer Accord ({manifest.accord}). Restore it with that version.")
    return manifest


def bring_back(url: str, source: Path, manifest: Manifest, *, in_place: bool, external: bool, store: Store) -> None:
    """Bring a backup into an empty database, or in place of what it holds; all of it or nothing.

    Files come first: they lie under their hash, so that what was there before is still what it was if the database
    is then refused. In place, a folder's files that the backup does not know are dropped at the end.

    Raises:
        BackupDamagedError: the dump or a file inside is not whole, or rows are missing afterwards.
        ProgramFailedError: pg_restore or psql failed; the database is as it was.

    """
    with tempfile.TemporaryDirectory(prefix="accord-") as folder, psycopg.connect(url) as connection:
        server = connection.info.server_version
        if server // MAJOR < manifest.postgres // MAJOR:
            raise BackupError(
                f"{source} comes from PostgreSQL {manifest.postgres // MAJOR}, this server is {server // MAJOR}. "
                "Restore it into the same version or a newer one."
            )
        programs = [_program(name, connection, external=external) for name in ("pg_restore", "psql")]
        connection.close()
        dump = _unpack(source, manifest, Path(folder) / DUMP)
        with _archive(source) as archive:
            kept = files.put_back(archive, manifest.files, store)
        _load(programs, dump, url, replace=in_place, server=server)
    with psycopg.connect(url) as connection:
        found = row_counts(connection)
    if found != manifest.rows:
        differing = sorted(name for name in found.keys() | manifest.rows if found.get(name) != manifest.rows.get(name))
        raise BackupDamagedError(
            f"After the restore {differing[0]} holds other rows than the backup says. Try it again."
        )
    if in_place and manifest.files.place == files.FOLDER:
        files.drop_others(store, kept)


def _load(programs: list[str], dump: Path, url: str, *, replace: bool, server: int) -> None:
    """Turn the dump into SQL and run it in one transaction, after dropping what is there if wanted."""
    pg_restore, psql = programs
    script = dump.with_suffix(".sql")
    _run(pg_restore, ["--no-owner", "--no-privileges", "--file", str(script), str(dump)])
    if server < WITH_TRANSACTION_TIMEOUT:
        _blank(script, b"SET transaction_timeout = 0;")
    options = ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--single-transaction"]
    first = ["--command", EMPTY] if replace else []
    _run(psql, [*options, *first, "--file", str(script)], url=url)


def _blank(script: Path, line: bytes) -> None:
    """Blank a line at the head of a script: a setting that an older server does not know."""
    with script.open("r+b") as file:
        place = file.read(HEAD).find(line)
        if place >= 0:
            file.seek(place)
            file.write(b" " * len(line))


def is_empty(connection: psycopg.Connection) -> bool:
    """Say whether the database holds no tables at all."""
    return connection.execute(TABLES).fetchone() is None


def _unpack(source: Path, manifest: Manifest, dump: Path) -> Path:
    """Copy the dump out of the backup and see that it is whole; return where it lies."""
    with _archive(source) as archive, dump.open("wb") as target:
        shutil.copyfileobj(_member(archive, DUMP, source), target, PIECE)
    if _sha256(dump) != manifest.sha256:
        raise BackupDamagedError(f"{source} is damaged: its contents differ from its checksum. Use another backup.")
    return dump


@contextmanager
def _archive(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, "r:") as archive:
            yield archive
    except (tarfile.TarError, EOFError) as error:
        raise BackupDamagedError(f"{source} is no backup, or not whole ({error}). Name another file.") from error


def _member(archive: tarfile.TarFile, name: str, source: Path) -> IO[bytes]:
    try:
        found = archive.extractfile(name)
    except KeyError:
        found = None
    if found is None:
        raise BackupDamagedError(f"{source} is no backup: it holds no {name}. Name another file.")
    return found


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _value(connection: psycopg.Connection, statement: str | sql.Composed) -> int:
    row = connection.execute(statement).fetchone()
    return row[0] if row else 0


def _program(name: str, connection: psycopg.Connection, *, external: bool) -> str:
    """Return one of PostgreSQL's programs: ours, or for a server of others theirs where it is new enough.

    The bundled programs speak no TLS, which a server elsewhere may ask for; but a program never serves a
    server newer than itself.
    """
    theirs = shutil.which(name) if external else None
    if theirs:
        told = subprocess.run([theirs, "--version"], check=False, capture_output=True, text=True).stdout  # noqa: S603 - a program found on the path, fixed words
        found = re.search(r"\d+", told)
        if found and int(found.group()) >= connection.info.server_version // MAJOR:
            return theirs
    return str(binary(name))


def _run(program: str, options: list[str], *, url: str = "") -> None:
    """Run one of PostgreSQL's programs to its end.

    Raises:
        ProgramFailedError: it failed.

    """
    # Everybody on the machine sees a command line, so the password goes by the environment.
    where = conninfo_to_dict(url)
    secret = {"PGPASSWORD": str(where.pop("password"))} if "password" in where else {}
    address = ["--dbname", make_conninfo("", **where)] if url else []
    ended = subprocess.run(  # noqa: S603 - fixed program, options made here
        [program, *options, *address],
        env=os.environ | secret,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if ended.returncode:
        words = "\n".join(ended.stderr.strip().splitlines()[-3:])
        raise ProgramFailedError(f"{Path(program).name} failed, nothing was changed. Its last words:\n{words}")
