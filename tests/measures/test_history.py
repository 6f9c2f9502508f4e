"""Every write leaves who, what, old, new and when, written by the database."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse
from tests.cast import Cast, moment

from accord.measures.models import Evidence

pytestmark = pytest.mark.django_db


def test_decision_on_a_page_is_kept_with_the_account_and_the_address(cast: Cast) -> None:
    evidence = cast.record("resident-teams", 5, date(2019, 8, 5))
    url = reverse("measures:confirm", args=["chengdu-cass", evidence.pk])

    cast.partner.client.post(url, {"version": 1})

    event = apps.get_model("measures", "EvidenceEvent").objects.get(pgh_obj=evidence)
    assert (event.confirmed_by_id, event.version) == (cast.partner.person.pk, 2)
    assert event.pgh_context.metadata == {"user": cast.partner.person.account.pk, "url": url}


def test_history_sees_a_bulk_update_and_cannot_be_passed_by(cast: Cast) -> None:
    cast.record("resident-teams", 5, date(2019, 8, 5))
    cast.record("resident-teams", 6, date(2019, 8, 6))

    Evidence.objects.update(withdrawn_at=moment(date(2019, 9, 1)), withdrawn_by=cast.owner.person)

    assert apps.get_model("measures", "EvidenceEvent").objects.count() == 2
