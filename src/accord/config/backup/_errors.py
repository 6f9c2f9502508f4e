"""Why a backup cannot be made or brought back.

BackupError
├── BackupDamagedError    the file is no backup, or not whole
└── ProgramFailedError    one of PostgreSQL's programs failed
"""


class BackupError(Exception):
    """A backup cannot be made or brought back; the text says why and how to mend it."""

    exit_code = 4


class BackupDamagedError(BackupError):
    """The file is no backup, or not whole."""

    exit_code = 5


class ProgramFailedError(BackupError):
    """One of PostgreSQL's programs failed; its last words are quoted."""

    exit_code = 6
