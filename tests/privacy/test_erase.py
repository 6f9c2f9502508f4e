"""Erasing takes a person out of everything but what is counted, signed and sealed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.db import connection
from tests.cast import Cast
from tests.privacy.conftest import NOW, TODAY

from accord.agreements.models import Agreement
from accord.history import operations as history
from accord.history import queries as chain
from accord.kernel.text import Bilingual
from accord.measures import queries as measures
from accord.outbox import operations as outbox
from accord.outbox.models import Delivery, Message
from accord.people import operations as people
from accord.people import queries as directory
from accord.people.enums import PersonState, Role
from accord.people.models import Account, Person
from accord.people.operations import PersonFacts
from accord.privacy import operations
from accord.privacy.models import SetAside

pytestmark = pytest.mark.django_db
MARKS = ("Zheng", "郑", "qiaomu", "0000-0002-1825-0097")


def everything_that_says(*words: str) -> list[str]:
    """Return every column of every table, of packages and of the history too, that holds one of the words."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()
               AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY') ORDER BY 1, 2"""
        )
        for table, column in cursor.fetchall():
            pattern = "|".join(words)
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ~* %s', [pattern])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def furnish(cast: Cast, person: Person) -> None:
    """Give the person tools, roles, messages, an address of former days and an entry that was merged into theirs."""
    by = {"by": cast.steward.person, "at": NOW}
    Person.objects.filter(pk=person.pk).update(email="former.qiaomu@example.org")
    Person.objects.filter(pk=person.pk).update(email=person.email)
    letter = EmailMessage("Then", "Words", "a@example.org", ["former.qiaomu@example.org"])
    outbox.keep_letter(letter=letter, key="then", at=NOW)
    twin = people.add_person(facts=PersonFacts(Bilingual("Zheng Q."), email="qiaomu@example.com"), **by)
    facts = PersonFacts(person.name, email=person.email, orcid=person.orcid)
    people.merge_persons(kept=person, gone=twin, versions=(person.version, twin.version), facts=facts, **by)
    people.grant_role(person=person, role=Role.OFFICER, institution=cast.ours.institution, starts_on=TODAY)
    people.make_token(
        by=person, name="Zheng's script", scopes=["read"], expires_at=NOW + timedelta(days=9), secret="s" * 40, at=NOW
    )
    people.save_view(by=person, name="Zheng's list", path="/people/", query="q=Zheng")
    people.keep_draft(person_id=person.pk, path="/x/", sent={"words": ["Zheng"]}, at=NOW)
    until = TODAY + timedelta(days=9)
    people.delegate(by=person, to=cast.owner.person, starts_on=TODAY, ends_on=until, reason="Zheng is away")
    for key, readers in (("alone", [person.pk]), ("both", [person.pk, cast.owner.person.pk])):
        outbox.notify(
            topic="measures.evidence-entered",
            people=readers,
            subject=Bilingual(f"Told to {'Zheng' if key == 'alone' else 'two'}"),
            body=Bilingual("Words."),
            key=key,
            at=NOW,
        )
    history.seal_events(at=NOW)


def test_nothing_that_tells_who_it_was_is_left_and_the_chain_proves_all_else(
    cast: Cast, someone: Person, do: Callable[..., Any]
) -> None:
    furnish(cast, someone)
    assert len(everything_that_says(*MARKS)) > 15

    kept = do(operations.erase, person=someone, why="Request 1")
    history.seal_events(at=NOW)

    assert everything_that_says(*MARKS) == []
    verdict = chain.verify(at=NOW)
    assert (verdict.faults, verdict.redacted) == ([], 12)
    assert [(one.kind, one.rows, one.until.isoformat()) for one in kept] == [
        ("contract", 2, "2036-03-04"),
        ("evidence", 1, "2036-03-04"),
    ]


def test_counts_and_messages_of_others_stay_account_and_roles_go_and_twice_changes_nothing(
    cast: Cast, someone: Person, do: Callable[..., Any]
) -> None:
    furnish(cast, someone)
    before = counts(cast)

    first = do(operations.erase, person=someone, why="Request 1")

    assert counts(cast) == before
    assert before["attendances"] == 2
    assert not Account.objects.filter(person=someone).exists()
    assert actor(someone).grants == frozenset()
    assert str(Person.objects.get(pk=someone.pk).name) == f"Erased person {someone.pk}"
    assert Message.objects.get(key="alone").subject == Bilingual()
    assert Message.objects.get(key="both").subject == Bilingual("Told to two")
    assert set(Delivery.objects.filter(person=someone).values_list("state", "address")) == {("cancelled", "erased")}
    events = apps.get_model("people", "PersonEvent").objects.count()
    assert do(operations.erase, person=someone, why="Request 1") == first
    assert apps.get_model("people", "PersonEvent").objects.count() == events


def counts(cast: Cast) -> dict[str, Any]:
    """Return what every measure counts, what stands on the board, and how many distinct people took part."""
    counted = {code: list(one.changes()) for code, one in measures.catalogue().items() if one.changes}
    attendance = apps.get_model("agreements", "Attendance").objects.all()
    return {
        "measures": {
            code: [sorted(row.items(), key=str) if isinstance(row, dict) else str(row) for row in rows]
            for code, rows in counted.items()
        },
        "attendances": attendance.count(),
        "distinct": attendance.values("person").distinct().count(),
        "people": Person.objects.count(),
        "board": [str(line) for line in measures.agreement_lines(Agreement.objects.order_by("pk"), TODAY)],
    }


def test_the_last_steward_is_not_erased(cast: Cast, do: Callable[..., Any]) -> None:
    with pytest.raises(people.LastSteward):
        do(operations.erase, person=cast.steward.person, why="Request 1")

    assert Person.objects.get(pk=cast.steward.person.pk).state == PersonState.ACTIVE


def test_nothing_is_added_to_an_erased_person(cast: Cast, someone: Person, do: Callable[..., Any]) -> None:
    do(operations.erase, person=someone, why="Request 1")
    now = Person.objects.get(pk=someone.pk)

    with pytest.raises(people.DataWithheld):
        do(people.change_person, person=now, version=now.version, facts=PersonFacts(Bilingual("Zheng again")))


def test_a_restricted_person_is_stored_and_used_nowhere(cast: Cast, someone: Person, do: Callable[..., Any]) -> None:
    do(operations.restrict, person=someone, why="Request 2")

    find = directory.SEARCHES["person"].find
    assert find(actor(cast.steward.person), "Zheng", 9) == []
    assert find(actor(cast.steward.person), "Restricted", 9) == []
    assert directory.recipients([someone.pk]) == []
    assert someone.pk not in directory.living_persons().values_list("pk", flat=True)
    assert "Zheng" not in cast.owner.client.get("/people/").content.decode()
    assert "Zheng" not in cast.owner.client.get("/agreements/chengdu-cass/engagements/").content.decode()
    assert SetAside.objects.get(person=someone).facts["name"] == {"en": "Zheng Qiaomu", "zh-hans": "郑乔木"}


def actor(person: Person) -> Any:
    return directory.actor_of(person, on=TODAY)


def test_lifting_a_restriction_gives_all_of_it_back(cast: Cast, someone: Person, do: Callable[..., Any]) -> None:
    before = {name: getattr(someone, name) for name in ("name", "sort_key", "email", "orcid", "country", "key")}
    do(operations.restrict, person=someone, why="Request 2")

    do(operations.lift_restriction, person=someone)

    now = Person.objects.get(pk=someone.pk)
    assert {name: getattr(now, name) for name in before} == before
    assert now.state == PersonState.ACTIVE
    assert not SetAside.objects.exists()
    assert chain.verify(at=NOW).faults == []


def test_a_restricted_person_can_be_erased(cast: Cast, someone: Person, do: Callable[..., Any]) -> None:
    do(operations.restrict, person=someone, why="Request 2")

    do(operations.erase, person=someone, why="Request 3")

    assert everything_that_says(*MARKS) == []
