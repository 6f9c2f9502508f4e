"""Which user the server runs as, and how a program is started as that user.

PostgreSQL refuses to run as root. Root therefore runs it as the owner of the data folder or, for a new one,
as a system user of its own. That user may be unable to pass through the folders above (a home of mode 0700,
say). No folder's mode is changed for it: the server is given the one capability it lacks, and nothing else.
"""

import contextlib
import functools
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ._binaries import binary
from ._errors import AccountMissingError, ForeignFolderError

SYSTEM_USER = "accord-postgres"
_READ, _OVERRIDE = "dac_read_search", "dac_override"
_CAPABILITY_BITS = {_OVERRIDE: 1, _READ: 2}
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}  # no PG*, no LC_* of the caller's
_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Account:
    """A user to run PostgreSQL's programs as; `switch` stands in front of their command line."""

    uid: int
    gid: int
    switch: tuple[str, ...]

    def run(
        self,
        program: str,
        arguments: Sequence[str],
        *,
        folder: Path = Path("/"),
        dies_with_caller: bool = False,
    ) -> tuple[int, str]:
        """Run one of PostgreSQL's programs in a folder to its end; return its exit code and all it said."""
        tether = ("setpriv", "--pdeathsig", "KILL", "--") if dies_with_caller else ()
        done = subprocess.run(  # noqa: S603 - our own programs, arguments made here, no shell
            [*self.switch, *tether, str(binary(program)), *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=_ENVIRONMENT,
            cwd=folder,
            timeout=_SECONDS,
        )
        return done.returncode, done.stdout

    def give(self, path: Path) -> None:
        """Make this user the owner of a folder or file that was just made here."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(cluster: Path) -> Account:
    """Decide who runs the server of this data folder, which may not exist yet.

    Raises:
        ForeignFolderError: the folder belongs to another user, and this one is not root.
        AccountMissingError: root cannot make the system user, or cannot become it.

    """
    me = os.geteuid()
    owner = cluster.stat().st_uid if cluster.is_dir() else None
    if me != 0:
        if owner not in {None, me}:
            raise ForeignFolderError(
                f"The database in {cluster} belongs to {_name(owner)}, not to {_name(me)}: run Accord as "
                f"{_name(owner)}, or choose another folder with --data-dir."
            )
        return Account(uid=me, gid=os.getegid(), switch=())
    entry = pwd.getpwuid(owner) if owner else _system_user()
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, switch=_switch(entry.pw_uid, entry.pw_gid, cluster))


def _name(uid: int | None) -> str:
    try:
        return pwd.getpwuid(uid if uid is not None else os.geteuid()).pw_name
    except KeyError:
        return f"user {uid}"


def _system_user() -> pwd.struct_passwd:
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    command = [
        "useradd",
        "--system",
        "--no-create-home",
        "--home-dir",
        "/",
        "--shell",
        "/usr/sbin/nologin",
        SYSTEM_USER,
    ]
    said = ""
    with contextlib.suppress(FileNotFoundError):
        said = subprocess.run(  # noqa: S603 - a fixed command line
            command,
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={"PATH": os.defpath + ":/usr/sbin:/sbin"},
        ).stderr.strip()
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise AccountMissingError(
            "PostgreSQL does not run as root, and the system user for it could not be made"
            f"{f' ({said})' if said else ''}. Run Accord as an ordinary user, or make that user: "
            f"{' '.join(command)}"
        ) from None


def _switch(uid: int, gid: int, cluster: Path) -> tuple[str, ...]:
    if shutil.which("setpriv") is None:
        raise AccountMissingError(
            "PostgreSQL does not run as root, and setpriv, which runs it as another user, is missing: "
            "`apt install util-linux`, or run Accord as an ordinary user."
        )
    base = ("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--no-new-privs")
    capability = _capability(uid, cluster)
    if capability is None:
        return (*base, "--inh-caps=-all", "--ambient-caps=-all", "--")
    # PostgreSQL asks access(2) whether it may run its own programs, and without this bit the answer leaves
    # capabilities out.
    keep = "--securebits=+no_setuid_fixup"
    only = f"-all,+{capability}"
    return (*base, keep, f"--inh-caps={only}", f"--ambient-caps={only}", f"--bounding-set={only}", "--")


def _capability(uid: int, cluster: Path) -> str | None:
    """Name the capability with which this user reaches the programs and the data, None if it needs none."""
    program = binary("postgres")
    blocked = [path for path in (*program.parents, *cluster.parents) if path.is_dir() and not _may(uid, path, 0o1)]
    wanted = [_READ, _OVERRIDE] if _may(uid, program, 0o5) else [_OVERRIDE]
    if not blocked and _may(uid, program, 0o5):
        return None
    for capability in wanted:
        if _bounding_set() >> _CAPABILITY_BITS[capability] & 1:
            return capability
    where = blocked[-1] if blocked else program
    raise AccountMissingError(
        f"PostgreSQL does not run as root, and the user it runs as, {_name(uid)}, cannot pass through "
        f"{where}. Put the checkout and the data where everybody may pass (for the data: --data-dir "
        "/var/lib/accord), or run Accord as an ordinary user."
    )


def _may(uid: int, path: Path, bits: int) -> bool:
    status = path.stat()
    granted = status.st_mode >> 6 if status.st_uid == uid else status.st_mode
    return stat.S_IMODE(granted) & bits == bits


@functools.cache
def _bounding_set() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1], 16) for line in lines if line.startswith("CapBnd:"))
