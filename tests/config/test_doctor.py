"""Each check of the doctor finds what is planted, and is content without it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from accord.agreements.models import Agreement, Commitment
from accord.agreements.operations import apply_file
from accord.config import doctor
from accord.engines import agreementfile as engine
from accord.history.operations import guard_tables, seal_events

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
AT = datetime(2019, 9, 30, 12, tzinfo=UTC)
ENTRY = """
    INSERT INTO measures_evidence (measure_code, amount, occurred_on, label, document, document_url, is_simulated,
        party_id, recorded_at, recorded_by_id, contest_reason, withdraw_reason, version)
    SELECT %s, 1, '2019-09-01', '{}', 'Register', '', %s, (SELECT min(id) FROM agreements_party), now(), p.id, '', '', 1
    FROM people_person p WHERE p.key = 'a' RETURNING id"""
PERSON = """
    INSERT INTO people_person (key, name, sort_key, email, orcid, country, state, is_simulated, version)
    VALUES ('a', '{}', 'a', '', '', '', 'active', false, 1)"""


@pytest.fixture
def agreement() -> Agreement:
    path = ROOT / "examples" / "agreements" / "chengdu-cass.yaml"
    file = engine.read(path.read_text(encoding="utf-8")).agreement
    assert file is not None
    return apply_file(new=file, by=None, at=AT).agreement


def execute(statement: str, *values: object) -> int:
    """Run SQL; return the first value, or 0."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger waits when a table is altered
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0] if cursor.description else 0


def enter(*, code: str = "workspace.resident_teams", simulated: bool = False) -> int:
    """Insert an entry that counts for nothing yet; return its number."""
    execute(PERSON)
    return execute(ENTRY, code, simulated)


def attribute(evidence: int, promise: str, share: str = "1") -> None:
    """Count an entry for a promise, past the trigger that guards shares."""
    execute("ALTER TABLE measures_attribution DISABLE TRIGGER USER")
    commitment = Commitment.objects.get(key=promise)
    execute(
        "INSERT INTO measures_attribution (evidence_id, commitment_id, share) VALUES (%s, %s, %s)",
        *(evidence, commitment.pk, share),
    )


def test_sound_installation_has_no_faults(agreement: Agreement, tmp_path: Path) -> None:
    found = list(doctor.examine(tmp_path))

    assert [one.what for one in found if not one.ok] == []
    assert len(found) == len({one.name for one in found}) == 19


def test_row_changed_by_hand_is_found(agreement: Agreement) -> None:
    execute("UPDATE agreements_commitment SET is_about = NOT is_about WHERE key = 'resident-teams'")

    found = doctor.agreements_read_back()

    assert (found.ok, found.what) == (False, "chengdu-cass differs from its file")


def test_entry_that_counts_for_nothing_is_found(agreement: Agreement) -> None:
    number = enter()

    found = doctor.evidence_counts_somewhere()

    assert (found.ok, found.what) == (False, f"evidence {number} counts for nothing")


def test_shares_above_the_whole_are_found(agreement: Agreement) -> None:
    number = enter()
    attribute(number, "resident-teams", "0.7")
    attribute(number, "research-personnel", "0.5")

    found = doctor.shares()

    assert (found.ok, found.what) == (False, f"evidence {number} adds to 1.2000")


def test_entry_for_a_promise_of_another_measure_is_found(agreement: Agreement) -> None:
    number = enter(code="research.outputs")
    attribute(number, "resident-teams")

    found = doctor.evidence_fits_its_promise()

    assert (found.ok, found.what) == (False, f"evidence {number} does not fit promise resident-teams")


def test_simulated_entry_in_a_real_installation_is_found(agreement: Agreement) -> None:
    enter(simulated=True)

    assert not doctor.world().ok


def test_disabled_trigger_is_found_by_both_checks(agreement: Agreement) -> None:
    execute("ALTER TABLE measures_snapshot DISABLE TRIGGER USER")

    assert doctor.triggers().what == "measures.Snapshot:snapshot_append_only is switched off"
    assert doctor.snapshots_are_append_only().what == "may be changed and deleted"


def test_failed_job_is_found() -> None:
    execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'accord.jobs.thing', 'failed')"
    )

    found = doctor.jobs()

    assert (found.ok, found.what) == (False, "accord.jobs.thing failed")


def test_migration_of_a_newer_version_is_found_and_records_are_left_alone(tmp_path: Path) -> None:
    execute("INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0042_later', now())")

    found = list(doctor.examine(tmp_path))

    assert (found[-1].name, found[-1].ok) == ("migrations", False)
    assert found[-1].what == "people.0042_later is unknown here"


@pytest.mark.parametrize(("mode", "ok"), [(0o600, True), (0o640, False), (0o604, False)])
def test_key_that_others_may_read_is_found(tmp_path: Path, mode: int, ok: bool) -> None:
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(mode)

    assert doctor.secret_key_is_private(tmp_path).ok is ok


def test_history_is_well_where_it_is_as_sealed(agreement: Agreement) -> None:
    seal_events(at=AT)

    found = doctor.history()

    assert found.ok
    assert re.fullmatch(r"\d+ events in 1 seals, as sealed", found.what)


def test_row_of_the_past_that_was_changed_is_named(agreement: Agreement) -> None:
    seal_events(at=AT)
    execute("ALTER TABLE agreements_agreementevent DISABLE TRIGGER USER")
    event = execute("UPDATE agreements_agreementevent SET state = 'draft' RETURNING pgh_id")
    execute("ALTER TABLE agreements_agreementevent ENABLE TRIGGER USER")
    guard_tables()

    found = doctor.history()

    assert not found.ok
    assert found.what.split("; ")[0] == f"agreements_agreementevent {event} was changed after it was sealed"
    assert "past Accord" in found.mend


def test_events_that_wait_for_a_worker_say_so(agreement: Agreement) -> None:
    execute("ALTER TABLE agreements_agreementevent DISABLE TRIGGER USER")
    execute("UPDATE agreements_agreementevent SET pgh_created_at = now() - interval '2 hours'")
    execute("ALTER TABLE agreements_agreementevent ENABLE TRIGGER USER")
    guard_tables()

    found = doctor.history()

    assert not found.ok
    assert "waits for its seal" in found.what
    assert found.mend.startswith("Start `accord worker`")
