"""Meetings: who came, what was said, changes that lose nothing, and what measures count."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from tests.cast import Cast, moment

from accord.agreements import operations, queries
from accord.agreements.models import Engagement
from accord.agreements.operations import Guest
from accord.agreements.queries import engagements_as_changes
from accord.kernel.refused import Clash
from accord.kernel.text import Bilingual

pytestmark = pytest.mark.django_db
KEY = "chengdu-cass"
HELD = date(2019, 9, 12)


def hold(cast: Cast, **changes: Any) -> Engagement:
    """Record a visit."""
    values: dict[str, Any] = {
        "kind": "visit", "title": Bilingual("Visit to London"), "held_on": HELD, "place": Bilingual("London"),
        "attendees": 8, "by": cast.owner.person, "at": moment(HELD),
    }  # fmt: skip
    return operations.record_engagement(agreement=cast.agreement, **{**values, **changes})


def change(cast: Cast, meeting: Engagement, **changes: Any) -> Engagement:
    """Change the visit; what is not said stays."""
    values: dict[str, Any] = {
        "version": meeting.version, "kind": meeting.kind, "title": meeting.title, "held_on": meeting.held_on,
        "place": meeting.place, "attendees": meeting.attendees, "minutes": meeting.minutes, "persons": [],
        "guests": [], "by": cast.partner.person, "at": moment(date(2019, 10, 1)),
    }  # fmt: skip
    return operations.change_engagement(engagement=meeting, **{**values, **changes})


def counted() -> list[tuple[Any, ...]]:
    """Return what measures count: amount, day, known from, known until."""
    from django.db.models import F  # noqa: PLC0415 (only here)

    rows = engagements_as_changes(F("attendees")).order_by("known_at")
    return [(row["amount"], row["occurred_on"], row["recorded_at"], row["unrecorded_at"]) for row in rows]


def test_whoever_is_named_twice_came_once(cast: Cast) -> None:
    guests = [Guest("Ada Wong", "City"), Guest(" ada  wong ", "city"), Guest("Ada Wong", "Elsewhere"), Guest("  ")]

    meeting = hold(cast, persons=[cast.owner.person.pk, cast.owner.person.pk], guests=guests)

    assert [(str(one.name), one.institution) for one in queries.attendees_of(meeting)] == [
        ("Owner", ""), ("Ada Wong", "City"), ("Ada Wong", "Elsewhere"),
    ]  # fmt: skip
    assert meeting.attendees == 8


def test_fewer_cannot_have_come_than_are_named(cast: Cast) -> None:
    with pytest.raises(operations.FewerThanNamed) as refused:
        hold(cast, attendees=1, guests=[Guest("Ada"), Guest("Bo")])

    assert (refused.value.field, Engagement.objects.count()) == ("attendees", 0)


def test_change_keeps_what_was_known_before(cast: Cast) -> None:
    meeting = hold(cast)

    changed = change(cast, meeting, attendees=10, held_on=date(2019, 9, 13), guests=[Guest("Ada")])

    then, now = moment(HELD), moment(date(2019, 10, 1))
    assert counted() == [(8, HELD, then, now), (10, date(2019, 9, 13), now, None)]
    assert (changed.version, [one.name for one in queries.attendees_of(changed)]) == (2, ["Ada"])


def test_change_of_words_alone_counts_nothing_anew(cast: Cast) -> None:
    meeting = hold(cast, guests=[Guest("Ada")])

    changed = change(cast, meeting, minutes=Bilingual("All agreed."), guests=[Guest("Ada")])

    assert counted() == [(8, HELD, moment(HELD), None)]
    assert (str(changed.minutes), changed.version) == ("All agreed.", 2)


def test_same_again_changes_nothing(cast: Cast) -> None:
    meeting = hold(cast, guests=[Guest("Ada")])

    assert change(cast, meeting, guests=[Guest("Ada")], version=99).version == 1


def test_change_from_a_stale_version_clashes(cast: Cast) -> None:
    meeting = hold(cast)
    change(cast, meeting, attendees=9)

    with pytest.raises(Clash):
        change(cast, meeting, attendees=10)

    assert Engagement.objects.get().attendees == 9


def test_struck_meeting_stops_counting_and_is_not_changed(cast: Cast) -> None:
    meeting = hold(cast)
    struck = operations.strike_engagement(engagement=meeting, by=cast.owner.person, at=moment(date(2019, 9, 20)))

    with pytest.raises(operations.EngagementStruck):
        change(cast, struck, attendees=10)

    assert counted() == [(8, HELD, moment(HELD), moment(date(2019, 9, 20)))]


def test_meetings_recorded_before_counts_had_lines_are_counted_as_before(cast: Cast) -> None:
    first, second = hold(cast), hold(cast, attendees=3)
    operations.strike_engagement(engagement=second, by=cast.owner.person, at=moment(date(2019, 9, 20)))
    before = counted()
    module = __import__("importlib").import_module(
        "accord.agreements.migrations.0004_count_the_meetings_that_are_there"
    )

    with connection.cursor() as cursor:
        cursor.execute("delete from agreements_engagementcount")
        cursor.execute(module.FILL)

    assert counted() == before
    assert first.counts.count() == 1


def test_meeting_is_recorded_with_names_and_shown_to_the_parties_alone(cast: Cast) -> None:
    form = {
        "kind": "visit", "title_0": "Visit to London", "held_on": "2019-09-12", "attendees": "4",
        "persons": [str(cast.partner.person.pk)], "guests": "Ada Wong，City University\nBo", "minutes_0": "We met.",
    }  # fmt: skip

    answer = cast.owner.client.post(reverse("agreements:record-engagement", args=[KEY]), form)
    url = reverse("agreements:engagement", args=[KEY, Engagement.objects.get().pk])
    page = cast.executive.client.get(url).content.decode()

    assert answer.status_code == 302
    for words in ("Partner", "Ada Wong", "City University", "Bo", "We met.", "1 of them is not named."):
        assert words in page
    assert "Change the meeting" not in page
    assert cast.outsider.client.get(url).status_code == 404


def test_person_of_nobody_here_cannot_be_ticked(cast: Cast) -> None:
    form = {"kind": "visit", "title_0": "Visit", "held_on": "2019-09-12", "attendees": "4",
            "persons": [str(cast.outsider.person.pk)]}  # fmt: skip

    answer = cast.owner.client.post(reverse("agreements:record-engagement", args=[KEY]), form)

    assert (answer.status_code, Engagement.objects.count()) == (422, 0)


def test_two_editors_of_a_meeting_see_both_versions(cast: Cast) -> None:
    meeting = hold(cast, guests=[Guest("Ada")])
    url = reverse("agreements:change-engagement", args=[KEY, meeting.pk])
    opened = cast.owner.client.get(url).content.decode()
    carried = {name: opened.split(f'name="{name}" value="')[1].split('"')[0] for name in ("version", "started")}
    change(cast, meeting, attendees=20, guests=[Guest("Ada")])
    form = {"kind": "visit", "title_0": "Visit to Oxford", "held_on": "2019-09-12", "place_0": "London",
            "attendees": "8", "guests": "Ada"}  # fmt: skip

    clash = cast.owner.client.post(url, {**form, **carried})

    page = clash.content.decode()
    assert (clash.status_code, Engagement.objects.get().attendees) == (409, 20)
    assert "Visit to Oxford" in page
    assert "20" in page


def test_who_may_open_and_change_a_meeting(cast: Cast) -> None:
    meeting = hold(cast)
    members = (cast.owner, cast.partner, cast.steward, cast.executive, cast.outsider)
    urls = [reverse(f"agreements:{name}", args=[KEY, meeting.pk]) for name in ("engagement", "change-engagement")]

    assert [[one.client.get(url).status_code for one in members] for url in urls] == [
        [200, 200, 200, 200, 404],
        [200, 200, 200, 403, 404],
    ]
