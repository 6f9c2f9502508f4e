"""Every request has an id, and what is written bears who, for whom, by which door, command or job."""

import re
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from tests.cast import Cast

from accord.kernel.text import Bilingual
from accord.kernel.trace import at_work, new_id, request_id
from accord.people import operations as people

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def told() -> dict[str, object]:
    """Return what the last event of an institution was kept with."""
    return dict(apps.get_model("people", "InstitutionEvent").objects.latest("pgh_id").pgh_context.metadata)


def test_ids_are_of_version_7_and_sort_by_time() -> None:
    ids = [new_id() for _each in range(50)]

    assert all(UUID7.fullmatch(one) for one in ids)
    assert {UUID(one).version for one in ids} == {7}
    assert len(set(ids)) == 50
    assert [one[:13] for one in ids] == sorted(one[:13] for one in ids)


@pytest.mark.django_db
def test_an_answer_bears_the_id_of_the_request(client: Client) -> None:
    given = client.get("/healthz", headers={"X-Request-ID": "from-the-proxy-1"})
    made = client.get("/healthz")

    assert given["X-Request-ID"] == "from-the-proxy-1"
    assert UUID7.fullmatch(made["X-Request-ID"])
    assert request_id() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "odd", ["short", "x" * 65, "with space in it", "<script>alert(1)</script>", "-starts-oddly", "新的请求编号一二三"]
)
def test_an_id_that_is_not_well_formed_is_replaced(client: Client, odd: str) -> None:
    answer = client.get("/healthz", HTTP_X_REQUEST_ID=odd)

    assert UUID7.fullmatch(answer["X-Request-ID"])


@pytest.mark.django_db
def test_a_command_or_job_is_kept_with_its_name() -> None:
    with at_work(command="accord agreement apply") as known:
        people.ensure_institution(key="a", name=Bilingual("A"), kind="company")
        assert request_id() == known

    assert told() == {"request": known, "command": "accord agreement apply"}


@pytest.mark.django_db
def test_what_is_written_past_accord_is_kept_with_the_role_of_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL application_name = 'psql'")
        cursor.execute(
            """INSERT INTO people_institution (key, name, kind, country, city, website, ror, lei, uscc, time_zone,
               is_simulated, version) VALUES ('x', '{}', 'company', '', '{}', '', '', '', '', '', false, 1)"""
        )
        cursor.execute("SELECT session_user, pg_current_xact_id()::text")
        role, number = cursor.fetchone()

    assert told() == {"program": "psql", "role": role, "transaction": number}


@pytest.mark.django_db
def test_names_are_kept_once_and_never_rewritten() -> None:
    with at_work(command="one"):
        people.ensure_institution(key="a", name=Bilingual("A"), kind="company")
        first = told()
    with at_work(command="two"):
        people.ensure_institution(key="b", name=Bilingual("B"), kind="company")

    contexts = apps.get_model("pghistory", "Context").objects.all()
    assert first in [one.metadata for one in contexts]
    assert len(contexts) == 2


@pytest.mark.django_db
def test_a_request_that_learns_its_person_late_keeps_both_names_apart(cast: Cast) -> None:
    """What was written before the person was known stays as it was written."""
    import pghistory  # noqa: PLC0415 (the package under test)

    with at_work(command="sign in"):
        people.ensure_institution(key="before", name=Bilingual("B"), kind="company")
        pghistory.context(person=cast.owner.person.pk)
        people.ensure_institution(key="after", name=Bilingual("A"), kind="company")

    rows = apps.get_model("people", "InstitutionEvent").objects.filter(key__in=["before", "after"]).order_by("pgh_id")
    assert [("person" in row.pgh_context.metadata) for row in rows] == [False, True]
