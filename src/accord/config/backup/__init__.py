"""One file that holds everything, and the way back.

A backup is a tar file: `manifest.json` says what is inside and how many rows each table held, `database.dump` is in
PostgreSQL's custom format, and `files/` holds each file under its SHA-256. Rows are counted in the very snapshot that
is dumped, so that a restore can be proven complete. Files that live in a bucket stay there; the manifest says in which.
The secret key is left out: it signs sessions, it is no record.
"""

from accord.config.backup._errors import BackupDamagedError, BackupError, ProgramFailedError
from accord.config.backup._files import FOLDER, Held
from accord.config.backup._whole import DUMP, MANIFEST, Manifest, bring_back, describe, is_empty, make, row_counts

__all__ = [
    "DUMP",
    "FOLDER",
    "MANIFEST",
    "BackupDamagedError",
    "BackupError",
    "Held",
    "Manifest",
    "ProgramFailedError",
    "bring_back",
    "describe",
    "is_empty",
    "make",
    "row_counts",
]
