"""Somebody without an account approves by a link: once, for one party, the text that they read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.cast import LONG_AGO
from tests.negotiation.table import Table

from accord.kernel import secret
from accord.kernel.refused import NotAllowed
from accord.kernel.text import Bilingual
from accord.negotiation import operations, queries
from accord.negotiation.enums import APPROVE_BY_LINK
from accord.negotiation.models import Approval
from accord.people import operations as people
from accord.people.models import Affiliation, Person, RoleGrant, SignedLink
from accord.people.queries import LinkEnded

NOW = datetime.now(UTC)


@pytest.fixture
def rector(table: Table) -> Person:
    """Put a text forward, and know somebody of the other side who has no account."""
    table.put_forward()
    person = people.register_person(key="rector", name=Bilingual("The Rector", "校长"))
    Affiliation.objects.create(person=person, institution=table.theirs.institution, starts_on=LONG_AGO)
    return person


def make(table: Table, person: Person) -> tuple[SignedLink, str]:
    """Make a link by which somebody approves for the other side; return it with its address."""
    token = secret.new_token()
    link = people.make_link(
        person=person,
        purpose=APPROVE_BY_LINK,
        record=f"negotiation-party:{table.theirs.pk}",
        expires_at=NOW + timedelta(days=7),
        token=token,
        by=table.cast.partner.person,
        at=NOW,
    )
    return link, f"/negotiations/approve/{token}/"


def as_read(table: Table) -> dict[str, str]:
    """Return the digests of what the page shows now."""
    text = queries.latest_text(table.negotiation)
    assert text is not None
    return {"digest": text.digest, "impact_digest": queries.impact_of(table.negotiation, text, day=NOW.date()).digest}


def test_officer_makes_the_link_and_the_rector_approves(table: Table, rector: Person) -> None:
    place = f"/links/negotiation-party/{table.theirs.pk}/"
    made = table.cast.partner.client.post(place, {"person": "rector", "purpose": APPROVE_BY_LINK, "days": 7})
    path = "/negotiations/approve/" + made.text.split("/negotiations/approve/", 1)[1].split("/", 1)[0] + "/"

    page = Client().get(path)
    answer = Client().post(path, as_read(table))
    again = Client().get(path)

    approval = Approval.objects.get()
    assert (page.status_code, "Fifty interns" in page.text, "thirty days" in page.text) == (200, True, True)
    assert (answer.status_code, approval.party, approval.approved_by) == (200, table.theirs, rector)
    assert again.status_code == 410
    assert "Approve version 1" not in again.text


@pytest.mark.parametrize(("who", "status"), [("owner", 403), ("steward", 403), ("executive", 403), ("outsider", 404)])
def test_nobody_but_the_party_s_officers_makes_such_a_link(table: Table, rector: Person, who: str, status: int) -> None:
    answer = getattr(table.cast, who).client.get(f"/links/negotiation-party/{table.theirs.pk}/")

    assert answer.status_code == status


def test_text_that_changed_since_it_was_read_is_caught_and_the_link_is_kept(table: Table, rector: Person) -> None:
    link, path = make(table, rector)
    read = as_read(table)
    table.reword("Either party may publish after ninety days.")
    table.put_forward()

    caught = Client().post(path, read)
    link.refresh_from_db()

    assert (caught.status_code, Approval.objects.count(), link.uses_left) == (409, 0, 1)
    assert "ninety days" in caught.text
    assert Client().post(path, as_read(table)).status_code == 200


def test_second_use_is_refused_and_changes_nothing(table: Table, rector: Person) -> None:
    link, _path = make(table, rector)
    operations.approve_by_link(link_id=link.pk, **as_read(table), at=NOW)

    with pytest.raises(LinkEnded):
        operations.approve_by_link(link_id=link.pk, **as_read(table), at=NOW)

    assert Approval.objects.count() == 1


def test_link_of_an_officer_whose_role_has_ended_approves_nothing(table: Table, rector: Person) -> None:
    link, _path = make(table, rector)
    RoleGrant.objects.filter(person=table.cast.partner.person).delete()

    with pytest.raises(NotAllowed):
        operations.approve_by_link(link_id=link.pk, **as_read(table), at=NOW)

    link.refresh_from_db()
    assert (Approval.objects.count(), link.uses_left) == (0, 1)


def test_page_says_why_there_is_nothing_to_approve(table: Table, rector: Person) -> None:
    _link, path = make(table, rector)
    table.ask()

    page = Client().get(path)

    assert (page.status_code, "still open" in page.text, '<button class="button primary"' in page.text) == (
        200,
        True,
        False,
    )
