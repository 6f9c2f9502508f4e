"""Looks for faults in an installation: what `accord doctor` and a restore find.

Each check is one function that returns a finding. They read and change nothing, and each can be run on a
database in use. Django must be set up.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pgtrigger
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from accord.agreements.queries import Agreement, agreements_visible_to, as_file
from accord.config import services
from accord.config.findings import MOST_NAMED, Finding, column, faults, one, rows
from accord.engines.agreementfile import digest
from accord.history.enums import Flaw
from accord.history.queries import verify
from accord.kernel.access import Actor, Grant
from accord.people.enums import Role

OLDEST_SERVER = 150_000
BYTES_NEEDED = 500_000_000
CLOCKS_MAY_DIFFER = timedelta(seconds=5)
EVERYTHING = Actor(name="doctor", grants=frozenset({Grant(Role.STEWARD)}))


def examine(folder: Path, *, thorough: bool = False) -> Iterator[Finding]:
    """Yield the finding of every check, in the order in which faults should be mended.

    Thoroughly, what Accord stands on is also tried out: storage, mail server, identity providers.

    Where the tables are not those of this version, checks of records are left out: they would only repeat it.
    """
    for check in OF_THE_FOLDER:
        yield check(folder)
    yield server_version()
    yield clocks()
    tables = migrations()
    yield tables
    if tables.ok:
        for look in OF_RECORDS:
            yield look()
        yield from services.examine(thorough=thorough)


def disk_space(folder: Path) -> Finding:
    """See that the disk of the data folder has room."""
    free = shutil.disk_usage(folder).free
    return Finding(
        "disk space",
        free >= BYTES_NEEDED,
        f"{free // 1_000_000:,} MB are free at {folder}",
        f"Make room: {BYTES_NEEDED // 1_000_000} MB should be free.",
    )


def secret_key_is_private(folder: Path) -> Finding:
    """See that nobody but the owner may read the key that signs sessions."""
    path = folder / "secret-key"
    if not path.exists():
        return Finding("secret key", ok=True, what="kept outside the data folder")
    mode = stat.S_IMODE(path.stat().st_mode)
    mine = path.stat().st_uid == os.getuid()
    return Finding(
        "secret key",
        not mode & 0o077 and mine,
        f"{path} has mode {mode:04o}" + ("" if mine else " and belongs to another user"),
        f"Run chmod 600 {path} as its owner, and use the folder as that user.",
    )


def server_version() -> Finding:
    """See that PostgreSQL answers and is new enough."""
    number = int(one("SHOW server_version_num"))
    return Finding(
        "PostgreSQL",
        number >= OLDEST_SERVER,
        f"version {number // 10_000}.{number % 10_000} answers",
        "Use PostgreSQL 15 or newer.",
    )


def clocks() -> Finding:
    """See that this machine and the database agree on the time, which is plausible."""
    there: datetime = one("SELECT clock_timestamp()")
    here = datetime.now(UTC)
    apart = abs(there - here)
    built = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    return Finding(
        "clocks",
        apart <= CLOCKS_MAY_DIFFER and here > built - timedelta(days=1),
        f"this machine and the database differ by {apart.total_seconds():.1f} s; it is {here:%Y-%m-%d %H:%M} UTC",
        "Set the clocks by NTP: records carry the time of the machine that makes them.",
    )


def migrations() -> Finding:
    """See that the tables are those of this version, neither older nor newer."""
    loader = MigrationLoader(connection)
    held = set(loader.applied_migrations or {})
    known = set(loader.disk_migrations or {}) | set(loader.replacements)
    unknown, lacking = held - known, set(loader.graph.nodes) - held
    if unknown:
        return faults(
            "migrations", [f"{a}.{n} is unknown here" for a, n in unknown], "Use the newer version of Accord."
        )
    return faults(
        "migrations",
        [f"{a}.{n} is missing" for a, n in lacking],
        "Run `accord serve`, or `accord manage migrate`.",
        fine=f"all {len(held)} are there",
    )


def triggers() -> Finding:
    """See that every rule that is kept by a trigger is installed as written, and in force."""
    found = []
    for model, trigger in pgtrigger.registered():
        status, enabled = trigger.get_installation_status(model)
        if status != "INSTALLED" or not enabled:
            found.append(f"{model._meta.label}:{trigger.name} is {status.lower() if enabled else 'switched off'}")  # noqa: SLF001 - Django's public name for it
    mend = "Run `accord manage pgtrigger install`, then `accord manage pgtrigger enable`."
    return faults("triggers", found, mend, fine=f"all {len(pgtrigger.registered())} are in force")


def snapshots_are_append_only() -> Finding:
    """See that the database itself refuses to change or delete a snapshot."""
    enabled = one(
        """SELECT count(*) FROM pg_trigger WHERE tgrelid = 'measures_snapshot'::regclass
           AND tgname LIKE 'pgtrigger_snapshot_append_only%%' AND tgenabled IN ('O', 'A')"""
    )
    return Finding(
        "snapshots",
        enabled == 1,
        "append-only" if enabled else "may be changed and deleted",
        "Run `accord manage pgtrigger install measures.Snapshot:snapshot_append_only`.",
    )


def constraints() -> Finding:
    """See that no constraint or index was left unproven."""
    found = column(
        """SELECT conname || ' is not validated' FROM pg_constraint WHERE NOT convalidated
           UNION ALL
           SELECT indexrelid::regclass || ' is not usable' FROM pg_index WHERE NOT indisvalid"""
    )
    return faults("constraints", found, "ALTER TABLE … VALIDATE CONSTRAINT, or REINDEX INDEX.", fine="all are proven")


def world() -> Finding:
    """See that a demo world holds nothing real, and a real installation nothing simulated."""
    worlds = rows("SELECT is_demo FROM kernel_world")
    if len(worlds) > 1:
        return Finding("world", ok=False, what="more than one row", mend="Restore the last backup.")
    demo = bool(worlds and worlds[0][0])
    strangers = one("SELECT count(*) FROM measures_evidence WHERE is_simulated <> %s", [demo])
    return Finding(
        "world",
        not strangers,
        f"a demo world, {strangers} real entries" if demo else f"a real installation, {strangers} simulated entries",
        "Records of a demo and of a real installation are mixed. Restore the last backup.",
    )


def shares() -> Finding:
    """See that no entry counts for more than the whole."""
    found = column(
        """SELECT 'evidence ' || evidence_id || ' adds to ' || sum(share) FROM measures_attribution
           GROUP BY evidence_id HAVING sum(share) > 1 ORDER BY evidence_id"""
    )
    return faults("shares", found, "Withdraw the entry and record a corrected one.", fine="none above the whole")


def evidence_counts_somewhere() -> Finding:
    """See that every entry counts for a promise: one without was only half written."""
    found = column(
        """SELECT 'evidence ' || e.id || ' counts for nothing' FROM measures_evidence e
           WHERE NOT EXISTS (SELECT FROM measures_attribution a WHERE a.evidence_id = e.id) ORDER BY e.id"""
    )
    return faults("evidence", found, "Withdraw the entry and record it again.", fine="every entry counts for a promise")


def evidence_fits_its_promise() -> Finding:
    """See that entries are counted in the promise's measure and entered by a party of its agreement."""
    found = column(
        """SELECT 'evidence ' || e.id || ' does not fit promise ' || c.key
           FROM measures_attribution a JOIN measures_evidence e ON e.id = a.evidence_id
           JOIN agreements_commitment c ON c.id = a.commitment_id JOIN agreements_party p ON p.id = e.party_id
           WHERE e.measure_code <> c.measure_code OR p.agreement_id <> c.agreement_id ORDER BY e.id"""
    )
    return faults("attributions", found, "Withdraw the entry and record it for the right promise.", fine="all fit")


def agreements_read_back() -> Finding:
    """See that every agreement still says what was applied, by its digest."""
    held = list(agreements_visible_to(EVERYTHING))
    found = [f"{each.key} differs from its file" for each in held if not _reads_back(each)]
    mend = "Somebody changed rows by hand: compare with `accord agreement diff KEY FILE` and apply the file again."
    return faults("agreements", found, mend, fine=f"all {len(held)} read back as applied")


def _reads_back(agreement: Agreement) -> bool:
    """Say whether the rows give the applied digest; the public page may have been opened or closed since."""
    file = as_file(agreement)
    return agreement.digest in {digest(replace(file, public=public)) for public in (True, False)}


def history() -> Finding:
    """See that nothing sealed was changed, and that every record is as its history says."""
    verdict = verify(at=datetime.now(UTC))
    found = [str(fault) for fault in verdict.faults]
    redacted = f", {verdict.redacted} redacted" if verdict.redacted else ""
    mend = "Somebody wrote past Accord. Keep this database, and compare with the last backup that is sound."
    waits = "Start `accord worker`: its job seals every minute."
    return Finding(
        "history",
        verdict.is_sound,
        "; ".join(found[:MOST_NAMED]) or f"{verdict.events} events in {verdict.seals} seals{redacted}, as sealed",
        waits if {fault.flaw for fault in verdict.faults} == {Flaw.LATE} else mend,
    )


def jobs() -> Finding:
    """See that the queue moves: nothing waits long, nothing failed, no worker fell silent over a job."""
    found = column(
        """SELECT task_name || ' failed' FROM procrastinate_jobs WHERE status = 'failed'
            UNION ALL
            SELECT j.task_name || ' waits for a worker' FROM procrastinate_jobs j
            WHERE j.status = 'todo' AND coalesce(j.scheduled_at, (
                SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id
            )) < now() - interval '15 minutes'
            UNION ALL
            SELECT j.task_name || ' is held by a silent worker' FROM procrastinate_jobs j
            LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
            WHERE j.status = 'doing'
              AND coalesce(w.last_heartbeat, '-infinity') < now() - interval '2 minutes'"""
    )
    return faults(
        "jobs",
        found,
        "Start `accord worker`; read why jobs failed in its log, then try them again at /jobs/.",
        fine="none is stuck",
    )


OF_THE_FOLDER: tuple[Callable[[Path], Finding], ...] = (disk_space, secret_key_is_private)
OF_RECORDS: tuple[Callable[[], Finding], ...] = (
    triggers,
    snapshots_are_append_only,
    constraints,
    world,
    shares,
    evidence_counts_somewhere,
    evidence_fits_its_promise,
    agreements_read_back,
    history,
    jobs,
)
