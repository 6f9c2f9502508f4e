"""Every write leaves who, what, old, new and when, written by the database."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse
from tests.cast import Cast, moment

from accord.measures.models import Evidence

pytestmark = pytest.mark.django_db


def test_decision_on_a_page_is_kept_with_the_person_the_door_and_the_request(cast: Cast) -> None:
    evidence = cast.record("resident-teams", 5, date(2019, 8, 5))
    url = reverse("measures:confirm", args=["chengdu-cass", evidence.pk])

    cast.partner.client.post(url, {"version": 1}, headers={"X-Request-ID": "request-17"})

    event = apps.get_model("measures", "EvidenceEvent").objects.get(pgh_obj=evidence, pgh_label="update")
    assert (event.confirmed_by_id, event.version) == (cast.partner.person.pk, 2)
    assert event.pgh_context.metadata == {
        "request": "request-17",
        "door": "measures:confirm",
        "person": cast.partner.person.pk,
    }


def test_history_sees_a_bulk_update_and_cannot_be_passed_by(cast: Cast) -> None:
    cast.record("resident-teams", 5, date(2019, 8, 5))
    cast.record("resident-teams", 6, date(2019, 8, 6))

    Evidence.objects.update(withdrawn_at=moment(date(2019, 9, 1)), withdrawn_by=cast.owner.person)

    events = apps.get_model("measures", "EvidenceEvent").objects.order_by("pgh_id")
    assert list(events.values_list("pgh_label", flat=True)) == ["insert", "insert", "update", "update"]
