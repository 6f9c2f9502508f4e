"""Calendar feeds and invitations, read by an independent calendar library's eyes: what leaves, and what does not."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from tests.cast import moment
from tests.workspace.booked import WEEK, book, book_as_rival
from tests.workspace.scene import Scene

from accord.kernel.models import World
from accord.outbox.models import Delivery
from accord.outbox.operations._letters import unpacked
from accord.workspace import operations
from accord.workspace.models import CalendarFeed, Occurrence
from accord.workspace.operations import Guest

pytestmark = pytest.mark.django_db
TODAY = date(2019, 9, 30)
WEDNESDAY = datetime(2019, 10, 2, 1, tzinfo=UTC)
AT = "/workspace/dreamworks/booking/calendar/"
NOW = moment(TODAY, 2)
ADA = Guest("ada@example.org", "Ada")


@pytest.fixture(autouse=True)
def _day() -> None:
    """Let it be the last day of September 2019."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=7, scale=1.0, built_at=moment(TODAY, 1))


def read(content: bytes) -> Any:
    """Return what a calendar reads."""
    return Calendar.from_ical(content)


def made(scene: Scene, who: str = "lead") -> str:
    """Make the calendar address of somebody; return its path."""
    page: str = getattr(scene, who).client.post(AT).text
    return "/" + page.split("http://testserver/")[1].split("<", maxsplit=1)[0]


def events(content: bytes) -> list[dict[str, object]]:
    """Return what a calendar says of each of its entries."""
    names = ("UID", "SUMMARY", "STATUS", "SEQUENCE", "CLASS")
    return [
        {**{name.lower(): str(one.get(name, "")) for name in names}, "start": one.decoded("DTSTART")}
        for one in read(content).walk("VEVENT")
    ]


def test_feed_shows_ones_own_dates_and_nobody_elses(scene: Scene) -> None:
    book(scene, WEDNESDAY, title="Own", rule="FREQ=WEEKLY;COUNT=2", is_private=True)
    mate: dict[str, Any] = {"owner": scene.worker.person, "by": scene.worker.person}
    book(scene, WEDNESDAY + timedelta(hours=2), title="A mate's private talk", is_private=True, **mate)
    book(scene, WEDNESDAY + timedelta(hours=4), title="A mate's talk", **mate)
    book_as_rival(scene, WEDNESDAY + timedelta(hours=6), title="A rival's talk")

    answer = Client().get(made(scene))

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [(one["summary"], one["status"], one["class"], one["start"]) for one in events(answer.content)] == [
        ("Own", "CONFIRMED", "PRIVATE", WEDNESDAY),
        ("Own", "CONFIRMED", "PRIVATE", WEDNESDAY + WEEK),
    ]
    assert b"talk" not in answer.content


def test_feed_tells_of_changes_by_a_higher_number_under_the_same_name(scene: Scene) -> None:
    first, second = book(scene, WEDNESDAY, rule="FREQ=WEEKLY;COUNT=2").occurrences
    path = made(scene)
    before = events(Client().get(path).content)

    operations.change_occurrence(
        occurrence=first, starts_at=WEDNESDAY + timedelta(hours=1), by=scene.lead.person, at=NOW
    )
    operations.cancel_occurrence(occurrence=second, by=scene.lead.person, at=NOW)
    after = events(Client().get(path).content)

    assert [one["uid"] for one in after] == [one["uid"] for one in before]
    assert [(one["status"], int(str(one["sequence"]))) for one in before] == [("CONFIRMED", 0), ("CONFIRMED", 0)]
    assert [one["status"] for one in after] == ["CONFIRMED", "CANCELLED"]
    assert all(int(str(one["sequence"])) > 0 for one in after)
    assert after[0]["start"] == WEDNESDAY + timedelta(hours=1)


def test_only_the_digest_of_an_address_is_kept_and_a_new_one_ends_the_old(scene: Scene) -> None:
    first = made(scene)
    second = made(scene)

    token = second.rpartition("/")[2].removesuffix(".ics")
    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    assert token not in {one.digest for one in CalendarFeed.objects.all()}
    assert token not in scene.lead.client.get(AT).text


@pytest.mark.parametrize("how", ["revoked", "closed"])
def test_feed_ends_with_its_person(scene: Scene, how: str) -> None:
    path = made(scene)

    if how == "revoked":
        scene.lead.client.post(f"{AT}revoke/")
    else:
        scene.lead.person.account.is_active = False
        scene.lead.person.account.save()

    assert Client().get(path).status_code == 404


def letters(scene: Scene) -> list[tuple[str, bytes]]:
    """Return the letters to Ada, in their order: subject and file."""
    del scene
    found = []
    for one in Delivery.objects.filter(address=ADA.email).order_by("pk").select_related("message"):
        letter = unpacked(one.message.letter or {}, message_id="<a@b>", at=NOW)
        found.append(
            (
                str(letter.subject),
                bytes(letter.attachments[0][1], "utf-8")
                if isinstance(letter.attachments[0][1], str)
                else letter.attachments[0][1],
            )
        )
    return found


def test_guest_is_invited_once_told_of_a_move_and_of_the_end(scene: Scene) -> None:
    date = book(scene, WEDNESDAY, title="Demo", guests=[ADA]).occurrences[0]
    later = WEDNESDAY + timedelta(hours=1)

    operations.change_occurrence(occurrence=date, starts_at=later, by=scene.lead.person, at=NOW)
    operations.cancel_occurrence(occurrence=date, by=scene.lead.person, at=NOW + timedelta(minutes=1))

    files = [read(file) for _subject, file in letters(scene)]
    each = [file.walk("VEVENT")[0] for file in files]
    assert [subject for subject, _file in letters(scene)] == [
        "Invitation: Demo · 邀请：Demo",
        "Invitation: Demo · 邀请：Demo",
        "Called off: Demo · 已取消：Demo",
    ]
    assert [file["METHOD"] for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [one.decoded("DTSTART") for one in each] == [WEDNESDAY, later, later]
    assert len({str(one["UID"]) for one in each}) == 1
    numbers = [int(one["SEQUENCE"]) for one in each]
    assert numbers == sorted(set(numbers))
    assert [str(one["STATUS"]) for one in each] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert "mailto:ada@example.org" in str(each[0]["ATTENDEE"])


def test_invitation_to_a_series_keeps_the_hour_when_clocks_change_and_leaves_out_what_was_refused(scene: Scene) -> None:
    scene.site.time_zone = "Europe/London"
    scene.site.save()
    first = datetime(2019, 10, 16, 8, tzinfo=UTC)
    book_as_rival(scene, first + WEEK)

    book(scene, first, rule="FREQ=WEEKLY;COUNT=4", guests=[ADA], when_taken="skip")

    file = read(letters(scene)[0][1])
    entry = file.walk("VEVENT")[0]
    assert entry["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=4"
    assert entry["DTSTART"].params["TZID"] == "Europe/London"
    assert entry.decoded("DTSTART").hour == 9
    assert [one.dt.astimezone(UTC) for one in entry["EXDATE"].dts] == [first + WEEK]
    assert len(file.walk("VTIMEZONE")) == 1
    starts = Occurrence.objects.filter(booking__title="Weekly").order_by("sequence")
    assert [one.during.lower.hour for one in starts] == [8, 9, 9]


def test_request_invites_nobody_until_it_is_approved(scene: Scene) -> None:
    scene.by_time.needs_approval = True
    scene.by_time.save()

    date = book(scene, WEDNESDAY, guests=[ADA]).occurrences[0]
    before = letters(scene)
    operations.approve_request(occurrence=date, by=scene.operator.person, at=NOW)

    assert (before, len(letters(scene))) == ([], 1)


def test_request_that_is_taken_back_calls_nothing_off(scene: Scene) -> None:
    scene.by_time.needs_approval = True
    scene.by_time.save()
    date = book(scene, WEDNESDAY, guests=[ADA]).occurrences[0]

    operations.cancel_occurrence(occurrence=date, by=scene.lead.person, at=NOW)

    assert letters(scene) == []


def test_booking_that_is_refused_writes_to_nobody(scene: Scene) -> None:
    book_as_rival(scene, WEDNESDAY)

    with pytest.raises(operations.SpaceTaken):
        book(scene, WEDNESDAY, guests=[ADA])

    assert letters(scene) == []
