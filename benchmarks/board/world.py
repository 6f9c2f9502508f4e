"""Fills a database: agreements by the operation that applies files, records and snapshots by SQL."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection

from accord.agreements.operations import apply_file
from accord.engines import agreementfile as file
from accord.kernel.clock import monday_of
from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.measures.operations import take_snapshots
from accord.people import operations as people
from accord.people.models import Account, Person

TODAY = date(2019, 9, 30)
PAST = date(2019, 3, 31)
BEGINS, DUE = date(2018, 10, 1), date(2019, 12, 31)
NOW = datetime(2019, 9, 30, 12, tzinfo=UTC)
MEASURES = ("workspace.resident_teams", "research.outputs", "learning.certificates", "workspace.graduates")
WEEKS = 52

# Every record is entered by one side and decided by the other: one in 200 waits, one in a hundred is contested.
EVIDENCE = """
    INSERT INTO measures_evidence (id, measure_code, amount, occurred_on, label, document, document_url,
        is_simulated, party_id, recorded_at, recorded_by_id, confirmed_at, confirmed_by_id, contested_at,
        contested_by_id, contest_reason, withdraw_reason, version)
    SELECT row_number() OVER (ORDER BY g, c.id), c.measure_code, 1 + g %% 3, day.at,
        jsonb_build_object('en', 'Record ' || g, 'zh-hans', '记录 ' || g), 'Register, page ' || g, '', true,
        side.party_id, day.at + interval '3 days', %(enters)s,
        CASE WHEN g %% 200 <> 0 AND g %% 100 <> 1 THEN day.at + interval '9 days' END,
        CASE WHEN g %% 200 <> 0 AND g %% 100 <> 1 THEN %(decides)s END,
        CASE WHEN g %% 100 = 1 THEN day.at + interval '9 days' END,
        CASE WHEN g %% 100 = 1 THEN %(decides)s END,
        CASE WHEN g %% 100 = 1 THEN 'Counted twice' ELSE '' END, '', 2
    FROM generate_series(1, %(each)s) g CROSS JOIN agreements_commitment c
    JOIN agreements_commitmentparty side ON side.commitment_id = c.id AND side.role = 'promisor'
    CROSS JOIN LATERAL (SELECT %(begins)s::date + ((g * 7919 + c.id * 31) %% %(days)s)::int AS at) day"""
ATTRIBUTION = """
    INSERT INTO measures_attribution (evidence_id, commitment_id, share)
    SELECT row_number() OVER (ORDER BY g, c.id), c.id, 1
    FROM generate_series(1, %(each)s) g CROSS JOIN agreements_commitment c"""
SNAPSHOTS = """
    INSERT INTO measures_snapshot (commitment_id, week_on, taken_at, known_at, state, target, due_on, delivered,
        probability, detail, model, is_simulated)
    SELECT s.commitment_id, s.week_on - 7 * w, s.taken_at - w * interval '7 days', s.known_at - w * interval '7 days',
        s.state, s.target, s.due_on, s.delivered * (%(weeks)s - w) / %(weeks)s, s.probability, s.detail, s.model, true
    FROM measures_snapshot s CROSS JOIN generate_series(1, %(weeks)s - 1) w"""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is: agreements of ten promises, and records for each promise."""

    agreements: int
    records_each: int


def fill(size: Size) -> Account:
    """Fill the database and return the account of an officer who may see all of it."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=1, scale=1, built_at=NOW)
    enters, decides = _person("north"), _person("south")
    for number in range(size.agreements):
        apply_file(new=agreement(f"partnership-{number:03}", promises=10), by=None, at=NOW)
    apply_file(new=agreement("wide", promises=100), by=None, at=NOW)
    north = people.ensure_institution(key="north", name=Bilingual("North University"), kind="university")
    people.grant_role(person=enters, role="officer", institution=north, starts_on=BEGINS)
    _records(size, enters, decides)
    take_snapshots(week_on=monday_of(TODAY), at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOTS, {"weeks": WEEKS})
        cursor.execute("VACUUM ANALYZE")
    return people.open_account(person=enters, email="officer@example.org", password=None)


def _person(key: str) -> Person:
    return people.register_person(key=key, name=Bilingual(f"Officer of {key}"), is_simulated=True)


def _records(size: Size, enters: Person, decides: Person) -> None:
    """Insert the records; their rows are right by construction, so row triggers need not look at each."""
    values: dict[str, int | date] = {
        "enters": enters.pk,
        "decides": decides.pk,
        "each": size.records_each,
        "begins": BEGINS,
        "days": (TODAY - BEGINS).days + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(EVIDENCE, values)
        cursor.execute(ATTRIBUTION, values)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SELECT setval('measures_evidence_id_seq', (SELECT max(id) FROM measures_evidence))")


def agreement(key: str, *, promises: int) -> file.AgreementFile:
    """Return an agreement between two made-up parties with so many promises, due at the end of the year."""
    text = file.Bilingual(f"Sample agreement {key}", f"示例协议 {key}")
    source = file.Source("text", text)
    parties = (
        file.Party("north", file.Bilingual("North University", "北方大学"), file.PartyKind.UNIVERSITY),
        file.Party("south", file.Bilingual("South Park", "南方园区"), file.PartyKind.ZONE),
    )
    first = file.Commitment(
        key="promise",
        section="work",
        title=text,
        text=text,
        kind=file.PromiseKind.TARGET,
        by=("south",),
        to=("north",),
        target=Decimal(2600),
        due=DUE,
        cited=(file.Citation("text", 1),),
    )
    return file.AgreementFile(
        key=key,
        title=text,
        parties=parties,
        sections=(file.Section("work", file.Bilingual("Work", "工作")),),
        promises=tuple(
            replace(first, key=f"promise-{number:03}", measure=MEASURES[number % len(MEASURES)])
            for number in range(promises)
        ),
        signed=file.Signing(on=BEGINS - timedelta(days=30)),
        sources=(source,),
    )
