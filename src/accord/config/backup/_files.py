"""The files of a backup: each under its hash, proven when it goes in and when it comes out.

Names and places of files stand in the database; here are only bytes. The database is dumped first, so that every file
it knows is already there; files that come meanwhile are not in the backup, as their rows are not.
"""

import hashlib
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from accord.config.backup._errors import BackupDamagedError
from accord.kernel.store import FolderStore, Store

FOLDER = "folder"
INSIDE = "files/"
PIECE = 1024 * 1024
KNOWN = "SELECT digest FROM files_blob WHERE swept_at IS NULL ORDER BY digest"


@dataclass(frozen=True, slots=True)
class Held:
    """Where the files were when the backup was made; of a folder also how many and how large, and which are lacking."""

    place: str = ""
    count: int = 0
    size: int = 0
    lacking: list[str] = field(default_factory=list)


def survey(store: Store, place: str, known: Sequence[str]) -> Held:
    """Say what a backup will hold of the files that the database knows."""
    if not isinstance(store, FolderStore):
        return Held(place, len(known))
    lacking = [digest for digest in known if not _is_whole(store.path(digest), digest)]
    there = [store.path(digest) for digest in known if digest not in set(lacking)]
    return Held(FOLDER, len(there), sum(path.stat().st_size for path in there), lacking)


def paths(store: Store, known: Sequence[str], held: Held) -> Iterator[Path]:
    """Yield the path of each file that goes into the backup; none where they lie in a bucket."""
    if isinstance(store, FolderStore):
        lacking = set(held.lacking)
        yield from (store.path(digest) for digest in known if digest not in lacking)


def pack(archive: tarfile.TarFile, kept: Iterable[Path]) -> None:
    """Add files to a backup, each under its hash."""
    for path in kept:
        archive.add(path, INSIDE + path.name, recursive=False)


def put_back(archive: tarfile.TarFile, held: Held, store: Store) -> set[str]:
    """Bring every file of a backup into the storage; return their hashes.

    Raises:
        BackupDamagedError: a file is not what its name says, or files are missing. Nothing that was there is lost.

    """
    kept = set()
    for member in archive:
        content = archive.extractfile(member) if member.name.startswith(INSIDE) else None
        if content is None:
            continue
        digest = member.name.removeprefix(INSIDE)
        if _sha256(content) != digest:
            raise BackupDamagedError(f"The backup is damaged: the file {digest} in it is another. Use another backup.")
        if isinstance(store, FolderStore) and store.has(digest) and not _is_whole(store.path(digest), digest):
            store.drop(digest)
        content.seek(0)
        store.keep(digest, content)
        kept.add(digest)
    if held.place == FOLDER and len(kept) != held.count:
        raise BackupDamagedError(
            f"The backup is damaged: it holds {len(kept)} files and says {held.count}. Use another backup."
        )
    return kept


def drop_others(store: Store, kept: set[str]) -> None:
    """Delete the files of a folder that a backup brought back in place of everything does not know."""
    if isinstance(store, FolderStore):
        for path in store.folder.glob("??/??/*"):
            if path.name not in kept:
                path.unlink()


def _is_whole(path: Path, digest: str) -> bool:
    """Say whether a file is there and is what its name says."""
    try:
        with path.open("rb") as file:
            return _sha256(file) == digest
    except FileNotFoundError:
        return False


def _sha256(content: IO[bytes]) -> str:
    found = hashlib.sha256()
    while piece := content.read(PIECE):
        found.update(piece)
    return found.hexdigest()
