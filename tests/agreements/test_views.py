"""Doors of the agreements context."""

from datetime import date

import pytest
from django.urls import reverse
from tests.cast import EXAMPLES, Cast

from accord.agreements.models import Agreement, Engagement

pytestmark = pytest.mark.django_db
KEY = "chengdu-cass"
BRING_IN = "/agreements/bring-in/"


def file_text(name: str) -> str:
    """Return a shipped file's text."""
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


def test_export_is_the_file(cast: Cast) -> None:
    answer = cast.partner.client.get(reverse("agreements:file", args=[KEY]))

    assert answer.content.decode() == file_text(KEY)


def test_steward_brings_in_an_agreement_after_seeing_what_it_changes(cast: Cast) -> None:
    text = file_text("zju-ant")

    plan = cast.steward.client.post(BRING_IN, {"text": text})
    answer = cast.steward.client.post(BRING_IN, {"text": text, "step": "apply"})

    assert "What the file changes" in plan.content.decode()
    assert (answer.status_code, Agreement.objects.filter(key="zju-ant").count()) == (302, 1)


def test_file_with_errors_is_answered_with_line_and_advice_and_nothing_is_applied(cast: Cast) -> None:
    text = file_text("zju-ant").replace("kind: milestone", "kind: milestoned", 1)

    answer = cast.steward.client.post(BRING_IN, {"text": text, "step": "apply"})

    page = answer.content.decode()
    assert (answer.status_code, Agreement.objects.filter(key="zju-ant").count()) == (422, 0)
    assert "There is a problem" in page
    assert "milestoned" in page


def test_officer_cannot_bring_in_an_agreement_of_others(cast: Cast) -> None:
    answer = cast.outsider.client.post(BRING_IN, {"text": file_text("zju-ant"), "step": "apply"})

    assert (answer.status_code, Agreement.objects.filter(key="zju-ant").count()) == (422, 0)


def test_outsider_cannot_take_over_an_agreement_by_adding_their_own_institution(cast: Cast) -> None:
    text = file_text(KEY).replace(
        "sources:\n", "  - key: elsewhere\n    name: {en: Elsewhere}\n    kind: company\nsources:\n", 1
    )

    answer = cast.outsider.client.post(BRING_IN, {"text": text, "step": "apply"})

    assert (answer.status_code, cast.agreement.parties.count()) == (422, 4)


def test_executive_cannot_bring_in(cast: Cast) -> None:
    assert cast.executive.client.get(BRING_IN).status_code == 403


def test_public_page_opens_and_closes_by_choice(cast: Cast, client) -> None:
    url = reverse("measures:public-board", args=[cast.agreement.public_token])
    badge = reverse("measures:badge", args=[cast.agreement.public_token])
    publish = reverse("agreements:publish", args=[KEY])

    closed = client.get(url).status_code, client.get(badge).status_code
    cast.owner.client.post(publish, {"public": "yes"})
    opened = client.get(url).status_code, client.get(badge).status_code
    cast.owner.client.post(publish, {"public": "no"})

    assert (closed, opened, client.get(url).status_code) == ((404, 404), (200, 200), 404)


def test_public_page_shows_no_record_and_no_person(cast: Cast, client) -> None:
    cast.record("resident-teams", 3, date(2019, 8, 1))
    cast.owner.client.post(reverse("agreements:publish", args=[KEY]), {"public": "yes"})

    page = client.get(reverse("measures:public-board", args=[cast.agreement.public_token])).content.decode()

    assert "About 300 fintech enterprises" in page
    assert [word for word in ("A delivery", "Minutes, folder 7", "/evidence/", "Owner") if word in page] == []


def test_executive_and_outsider_cannot_publish(cast: Cast) -> None:
    url = reverse("agreements:publish", args=[KEY])

    answers = [cast.executive.client.post(url, {"public": "yes"}), cast.outsider.client.post(url, {"public": "yes"})]

    assert [answer.status_code for answer in answers] == [403, 404]
    assert not Agreement.objects.get().is_public


def test_meeting_is_recorded_listed_and_struck(cast: Cast) -> None:
    new = reverse("agreements:record-engagement", args=[KEY])
    form = {"kind": "visit", "title_0": "Visit to London", "held_on": "2019-09-12", "attendees": "8"}

    recorded = cast.owner.client.post(new, form)
    listed = cast.partner.client.get(reverse("agreements:engagements", args=[KEY])).content.decode()
    engagement = Engagement.objects.get()
    cast.partner.client.post(reverse("agreements:strike-engagement", args=[KEY, engagement.pk]))

    assert (recorded.status_code, "Visit to London" in listed) == (302, True)
    assert Engagement.objects.get().struck_by == cast.partner.person


def test_meeting_in_the_future_is_refused_beside_its_field(cast: Cast) -> None:
    form = {"kind": "visit", "title_0": "Visit", "held_on": "2999-09-12", "attendees": "8"}

    answer = cast.owner.client.post(reverse("agreements:record-engagement", args=[KEY]), form)

    assert (answer.status_code, Engagement.objects.count()) == (422, 0)
    assert "The day must not be later than today." in answer.content.decode()
