"""A programme with two calls, one of many applications under review, one open; an officer and a reviewer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
from django.db import connection

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.models import Account, Person
from accord.programmes import operations as programmes
from accord.programmes.models import Call, Programme
from accord.review import operations as review
from accord.review.models import Panel, Panelist

NOW = datetime.now(UTC).replace(microsecond=0)
BEGUN = NOW - timedelta(days=90)
QUEUE = 40
"""How many items the reviewer has."""

SHORT_FORM = {
    "sections": [
        {
            "key": "plan",
            "title": {"en": "Plan", "zh-hans": "计划"},
            "questions": [{"key": "why", "kind": "long", "most": 300, "label": {"en": "Why?", "zh-hans": "理由"}}],
        }
    ]
}
"""What the open call asks: little, so that the last minute is about submitting."""

WORDS = Bilingual("Many", "很多")

PERSONS = """
    INSERT INTO people_person (key, name, sort_key, email, orcid, country, state, is_simulated, version)
    SELECT %(prefix)s || n, jsonb_build_object('en', 'Person ' || n, 'zh-hans', ''), 'person ' || n, '', '', '',
           'active', false, 1
      FROM generate_series(1, %(many)s) AS n
"""
APPLICATIONS = """
    INSERT INTO programmes_application (call_id, reference, applicant_id, title, stage, phase, entered_at, form_id,
        answers, set_aside, screening, "group", language, started_at, submitted_at, is_late, withdraw_reason,
        is_brought_in, is_simulated, version)
    SELECT %(call)s, %(prefix)s || '-' || lpad(n::text, 6, '0'), person.id,
           jsonb_build_object('en', 'Title ' || n, 'zh-hans', ''), %(stage)s, %(phase)s, %(at)s, %(form)s,
           jsonb_build_object('why', 'Because of number ' || n), '{}', '{}', '', 'en', %(at)s, %(at)s, false, '',
           false, false, 1
      FROM generate_series(1, %(many)s) AS n JOIN people_person person ON person.key = %(prefix)s || n
"""
ITEMS = """
    INSERT INTO review_item (panel_id, record, code, title, topics, put_at, put_by_id, version)
    SELECT %(panel)s, 'application:' || id, right(reference, 6), title, '', %(at)s, %(by)s, 1
      FROM programmes_application WHERE call_id = %(call)s
"""
STANDINGS = """
    INSERT INTO review_standing (panel_id, item_id, raw, calibrated, spread, reviews, raw_rank, calibrated_rank,
        is_calibrated, worked_at)
    SELECT %(panel)s, id, 1 + id %% 400 / 100.0, 1 + id %% 397 / 100.0, 0.5, 2, id, id, true, %(at)s
      FROM review_item WHERE panel_id = %(panel)s
"""
ASSIGNMENTS = """
    INSERT INTO review_assignment (item_id, panelist_id, is_locked, source, why, assigned_at, assigned_by_id, due_at,
        release_reason, reminders, version)
    SELECT item.id, panelist.id, false, 'hand', '{}', %(at)s, %(by)s, %(due)s, '{}', 0, 1
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM review_item WHERE panel_id = %(panel)s) AS item
      JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM review_panelist WHERE panel_id = %(panel)s)
           AS panelist ON panelist.place = CASE WHEN item.place <= %(queue)s THEN 1 ELSE 2 + item.place %% 3 END
"""


@dataclass(frozen=True)
class House:
    """The call under review and the one that is open, with who runs them and who reviews."""

    officer: Account
    reviewer: Account
    call: Call
    open_call: Call
    panel: Panel

    @property
    def address(self) -> str:
        """Return the address of the call under review."""
        return f"/programmes/many/{self.call.key}/"


def build() -> House:
    """Will make a house with a programme, two calls and a panel, all without applications."""
    owner = people.ensure_institution(key="owner", name=Bilingual("Owner"), kind="university")
    officer, reviewer = (_account(key) for key in ("officer", "reviewer"))
    people.grant_role(person=officer.person, role=Role.OFFICER, institution=owner, starts_on=date(2020, 1, 1))
    by: dict[str, Any] = {"by": officer.person, "at": BEGUN}
    programme = programmes.open_programme(key="many", name=Bilingual("Many"), kind="internship", owner=owner, **by)
    call = _call(programme, "reviewed", NOW - timedelta(days=30), officer.person)
    open_call = _call(programme, "open", NOW + timedelta(days=30), officer.person)
    rubric = review.make_rubric(
        owner=owner,
        key="rubric",
        name=Bilingual("Rubric"),
        criteria=[review.CriterionFacts(key="plan", name=Bilingual("Plan"))],
        **by,
    )
    panel = review.open_panel(
        subject=f"call:{call.pk}",
        name=Bilingual("Panel"),
        rubric=rubric,
        owner=owner,
        mode="single",
        reviews_each=2,
        max_load=32_000,
        due_at=NOW + timedelta(days=10),
        **by,
    )
    for person in (reviewer.person, *(people.register_person(key=f"r{n}", name=Bilingual(f"R {n}")) for n in range(3))):
        review.invite_panelist(panel=panel, person=person, accepted=True, **by)
    Panelist.objects.filter(panel=panel).update(stated_at=BEGUN)
    return House(officer, reviewer, call, open_call, panel)


def store(house: House, many: int) -> None:
    """Will put so many applications before the panel, forty of them on the reviewer's queue; triggers look away."""
    given: dict[str, str | int | datetime] = {
        "prefix": f"A{many}",
        "many": many,
        "call": house.call.pk,
        "form": house.call.forms.get().pk,
        "panel": house.panel.pk,
        "by": house.officer.person.pk,
        "at": BEGUN,
        "due": NOW + timedelta(days=10),
        "queue": QUEUE,
        "stage": "decision",
        "phase": "decision",
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM review_assignment")
        cursor.execute("DELETE FROM review_standing")
        cursor.execute("DELETE FROM review_item")
        cursor.execute("DELETE FROM programmes_application WHERE call_id = %s", [house.call.pk])
        for statement in (PERSONS, APPLICATIONS, ITEMS, STANDINGS, ASSIGNMENTS):
            cursor.execute(statement, given)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def store_waiting(url: str, call: Call, prefix: str, many: int) -> None:
    """Will put so many applications of a call where they wait for a place."""
    given = {
        "prefix": prefix,
        "many": many,
        "call": call.pk,
        "form": call.forms.get().pk,
        "at": BEGUN,
        "stage": "matching",
        "phase": "offer",
    }
    with psycopg.connect(url, autocommit=True) as bare:
        bare.execute("SET session_replication_role = replica")
        bare.execute(PERSONS, given)
        bare.execute(APPLICATIONS, given)
        bare.execute("ANALYZE")


def _account(key: str) -> Account:
    person = people.register_person(key=key, name=Bilingual(key.title()))
    return people.open_account(person=person, email=f"{key}@example.org", password=None)


def _call(programme: Programme, key: str, closes_at: datetime, by: Person) -> Call:
    call = programmes.prepare_call(
        programme=programme,
        facts=programmes.CallFacts(
            key=key,
            name=WORDS,
            summary=WORDS,
            who_may=WORDS,
            gives=WORDS,
            opens_at=BEGUN,
            closes_at=closes_at,
            time_zone="Asia/Shanghai",
            most_wishes=10,
            quota=100,
            host_score="host",
        ),
        by=by,
        at=BEGUN - timedelta(days=10),
    )
    programmes.keep_form(
        call=call, definition=SHORT_FORM, version=call.forms.get().version, by=by, at=BEGUN - timedelta(days=9)
    )
    programmes.publish_form(form=call.forms.get(), by=by, at=BEGUN - timedelta(days=9))
    return programmes.publish_call(call=call, seed="a seed", by=by, at=BEGUN - timedelta(days=8))
