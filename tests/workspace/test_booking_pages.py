"""Pages of booking: the day, the week, the form, a series, what is in the way, one booking, who may what."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import moment
from tests.workspace.booked import book, book_as_rival, states, twin
from tests.workspace.scene import Scene

from accord.kernel.models import World
from accord.workspace.models import Booking, Occurrence

pytestmark = pytest.mark.django_db
TODAY = date(2019, 9, 30)
WEDNESDAY = datetime(2019, 10, 2, 1, tzinfo=UTC)
"""Nine in the morning in Chengdu, two days ahead."""
AT = "/workspace/dreamworks/booking/"


@pytest.fixture(autouse=True)
def _day() -> None:
    """Let it be the last day of September 2019."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=7, scale=1.0, built_at=moment(TODAY, 1))


def answers(scene: Scene, **more: object) -> dict[str, object]:
    """Return what somebody types who books the room on Wednesday from nine to ten."""
    return {
        "title": "Weekly",
        "day": "2019-10-02",
        "start": "09:00",
        "length": "60",
        "team": scene.team.pk,
        "key": str(uuid4()),
        **more,
    }


def form_of(scene: Scene) -> str:
    """Return where the room is booked."""
    return f"{AT}spaces/{scene.room.pk}/book/"


WHO = [
    ("booking", 200, 200, 200, 200, 200, 404),
    ("find-space", 200, 200, 200, 200, 200, 404),
    ("book", 200, 200, 200, 200, 403, 404),
    ("bookings", 200, 200, 200, 200, 403, 404),
    ("feed", 200, 200, 200, 200, 403, 404),
    ("requests", 403, 403, 403, 200, 403, 404),
    ("closures", 200, 200, 200, 200, 403, 404),
    ("close", 403, 403, 403, 200, 403, 404),
    ("walls", 403, 403, 403, 200, 403, 404),
    ("door-sign", 403, 403, 403, 200, 403, 404),
]


@pytest.mark.parametrize("row", WHO, ids=lambda row: row[0])
def test_each_is_answered_as_they_may(scene: Scene, row: tuple[str, int]) -> None:
    args: list[object] = ["dreamworks", *([scene.room.pk] if row[0] in {"book", "door-sign"} else [])]
    path = reverse(f"workspace:{row[0]}", args=args)
    people = [scene.lead, scene.worker, scene.rival, scene.operator, scene.cast.partner, scene.cast.outsider]

    seen = [one.client.get(path).status_code for one in people]

    assert seen == list(row[1:])
    assert Client().get(path).status_code == 302


def test_day_shows_what_each_may_know(scene: Scene) -> None:
    book(scene, WEDNESDAY, title="Lantern plans", is_private=True)
    path = f"{AT}?day=2019-10-02"

    own, mate, rival, keeper, partner = (
        one.client.get(path).text for one in (scene.lead, scene.worker, scene.rival, scene.operator, scene.cast.partner)
    )

    assert ("Lantern plans" in own, "Yours" in own) == (True, True)
    assert "Lantern plans" in keeper
    assert ["Lantern plans" in page for page in (mate, rival, partner)] == [False, False, False]
    assert all('class="block taken"' in page for page in (mate, rival, partner))
    assert f"{form_of(scene)}?day" not in partner


def test_free_hours_open_the_form_with_the_time_filled_in(scene: Scene) -> None:
    book(scene, WEDNESDAY, minutes=75)

    page = scene.worker.client.get(f"{AT}?day=2019-10-02").text
    form = scene.worker.client.get(f"{form_of(scene)}?day=2019-10-02&start=10:15").text

    assert f"{form_of(scene)}?day=2019-10-02&amp;start=08:00" in page
    assert f"{form_of(scene)}?day=2019-10-02&amp;start=10:15" in page
    assert f"{form_of(scene)}?day=2019-10-02&amp;start=09:00" not in page
    assert ('<option value="10:15" selected>' in form, 'value="2019-10-02"' in form) == (True, True)


def test_readers_elsewhere_see_their_own_time_beside(scene: Scene) -> None:
    scene.worker.client.cookies["accord_zone"] = "Europe/London"

    page = scene.worker.client.get(f"{AT}?day=2019-10-02").text

    assert '<span class="there">01:00</span>' in page
    assert "yours (Europe/London)" in " ".join(page.split())


def test_many_spaces_stand_on_several_pages(scene: Scene) -> None:
    for number in range(30):
        twin(scene, f"R-9{number:02}")

    first, second, beyond = (scene.worker.client.get(f"{AT}?day=2019-10-02&page={page}") for page in (1, 2, 9))

    assert ("R-001" in first.text, "R-929" in first.text, "32 spaces" in first.text) == (True, False, True)
    assert ("R-001" in second.text, "D-101" in second.text) == (False, True)
    assert beyond.status_code == 302


def test_week_shows_seven_days_and_closed_ones(scene: Scene) -> None:
    book(scene, WEDNESDAY)

    page = scene.lead.client.get(f"{AT}spaces/{scene.room.pk}/?day=2019-10-02").text

    assert page.count('scope="row"') == 7
    assert page.count('class="block own"') == 1
    assert page.count('<td class="shut" colspan="48">') == 2


def test_booking_is_made_once_however_often_it_is_sent(scene: Scene) -> None:
    sent = answers(scene, guests="ada@example.org, Ada")

    first = scene.worker.client.post(form_of(scene), sent)
    again = scene.worker.client.post(form_of(scene), sent)

    made = Booking.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == f"{AT}{made.pk}/"
    assert (made.owner, made.team, made.starts_at, made.minutes) == (
        scene.worker.person,
        scene.team,
        WEDNESDAY,
        60,
    )
    assert [(one.email, one.name) for one in made.guests.all()] == [("ada@example.org", "Ada")]
    assert made.code.isdecimal()
    assert len(made.code) == 6


def test_collision_says_what_is_in_the_way_and_books_another_time_at_a_press(scene: Scene) -> None:
    book_as_rival(scene, WEDNESDAY, title="Secret of the harbour", is_private=True)
    sent = answers(scene, note="With the projector")

    refused = scene.worker.client.post(form_of(scene), sent)
    pressed = scene.worker.client.post(form_of(scene), {**sent, "at": "2019-10-02T02:00:00+00:00"})

    page = refused.text
    assert refused.status_code == 409
    assert "Secret of the harbour" not in page
    assert ("With the projector" in page, "Taken until" in page) == (True, True)
    assert '<button name="at" value="2019-10-02T02:00:00+00:00">' in page
    assert pressed.status_code == 302
    assert Booking.objects.get(owner=scene.worker.person).starts_at == datetime(2019, 10, 2, 2, tzinfo=UTC)


def test_waiting_list_is_one_press_away(scene: Scene) -> None:
    book_as_rival(scene, WEDNESDAY)

    scene.worker.client.post(form_of(scene), answers(scene, wait="1"))

    assert states(Booking.objects.get(owner=scene.worker.person)) == ["waiting"]


def test_series_is_looked_at_before_it_is_booked(scene: Scene) -> None:
    book_as_rival(scene, datetime(2019, 10, 9, 1, tzinfo=UTC))
    sent = answers(scene, repeat="weekly", count="4")

    looked = scene.worker.client.post(form_of(scene), sent)
    before = Booking.objects.filter(owner=scene.worker.person).count()
    ticked = {**sent, "step": "book", "chosen": "1", "date": ["0", "3"]}
    done = scene.worker.client.post(form_of(scene), ticked)

    page = " ".join(looked.text.split())
    assert (looked.status_code, before, done.status_code) == (200, 0, 302)
    assert "<strong>3 dates</strong> can be had." in page
    assert ("9 Oct 2019, 09:00–10:00" in page, "Taken until" in page) == (True, True)
    made = Booking.objects.get(owner=scene.worker.person)
    assert [(one.sequence, one.during.lower.day) for one in made.occurrences.order_by("sequence")] == [(0, 2), (3, 23)]
    assert made.rule == "FREQ=WEEKLY;BYDAY=WE;COUNT=4"


def test_back_from_the_preview_keeps_what_was_typed(scene: Scene) -> None:
    sent = answers(scene, repeat="weekly", count="4", weekdays=["MO", "WE"], note="Bring the model")

    page = scene.worker.client.post(form_of(scene), {**sent, "step": "back"})

    assert page.status_code == 200
    assert "Bring the model" in page.text
    assert page.text.count("checked") == 2
    assert '<option value="weekly" selected>' in page.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Say what the space is for."),
        ({"day": "tomorrow"}, "Enter a day such as"),
        ({"repeat": "weekly"}, "Say until when it repeats"),
        ({"repeat": "daily", "count": "367"}, "Enter 366 or less."),
        ({"repeat": "weekly", "until": "2019-10-01"}, "not before the first"),
        ({"guests": "Ada without address"}, "holds no email address"),
        ({"start": "03:00"}, "Choose one of the listed answers."),
        ({"day": "2019-10-05"}, "closed on this day of the week"),
    ],
)
def test_form_says_what_is_wrong_and_books_nothing(scene: Scene, wrong: dict[str, str], sentence: str) -> None:
    page = scene.worker.client.post(form_of(scene), answers(scene, **wrong))

    assert page.status_code == 422
    assert sentence in page.text
    assert Booking.objects.count() == 0


def test_somebody_of_another_team_cannot_book_in_its_name(scene: Scene) -> None:
    page = scene.rival.client.post(form_of(scene), answers(scene))

    assert page.status_code == 422
    assert Booking.objects.count() == 0


def test_operator_books_for_somebody_else(scene: Scene) -> None:
    sent = answers(scene, owner="worker@example.org")

    done = scene.operator.client.post(form_of(scene), sent)
    missed = scene.operator.client.post(form_of(scene), answers(scene, owner="outsider@example.org"))

    assert done.status_code == 302
    assert Booking.objects.get().owner == scene.worker.person
    assert (missed.status_code, "Nobody at this work space" in missed.text) == (422, True)


def test_booking_by_day_takes_whole_days(scene: Scene) -> None:
    path = f"{AT}spaces/{scene.desk.pk}/book/"
    scene.by_day.max_minutes = 3 * 1440
    scene.by_day.save()

    scene.worker.client.post(path, answers(scene, length="2"))

    taken = Occurrence.objects.get(space=scene.desk).during
    assert (taken.lower, taken.upper) == (
        datetime(2019, 10, 2, 0, tzinfo=UTC),
        datetime(2019, 10, 3, 12, tzinfo=UTC),
    )


def test_half_days_are_free_or_taken_as_a_whole(scene: Scene) -> None:
    scene.by_day.mode, scene.by_day.half_day_at, scene.by_day.max_minutes = "half_day", time(13), 1440
    scene.by_day.save()
    path = f"{AT}spaces/{scene.desk.pk}/book/"

    scene.worker.client.post(path, answers(scene, length="first"))
    page = scene.lead.client.get(f"{AT}?day=2019-10-02").text
    form = scene.lead.client.get(f"{path}?day=2019-10-02&start=13:00").text

    taken = Occurrence.objects.get(space=scene.desk).during
    assert (taken.lower.hour, taken.upper.hour) == (0, 5)
    assert f"{path}?day=2019-10-02&amp;start=13:00" in page
    assert f"{path}?day=2019-10-02&amp;start=08:00" not in page
    assert '<option value="second" selected>' in form


def test_what_is_over_cannot_be_pressed(scene: Scene) -> None:
    page = scene.worker.client.get(f"{AT}?day=2019-09-27").text

    assert f"{form_of(scene)}?day" not in page
    assert 'class="past"' in page


def test_one_booking_shows_code_and_guests_to_its_people_alone(scene: Scene) -> None:
    made = book(scene, WEDNESDAY, title="Plans").booking
    path = f"{AT}{made.pk}/"

    own, mate, rival = (one.client.get(path) for one in (scene.lead, scene.worker, scene.rival))

    assert ("123456" in own.text, "Call off" in own.text) == (True, True)
    assert (mate.status_code, "123456" in mate.text, "Call off" in mate.text) == (200, False, False)
    assert rival.status_code == 404


@pytest.mark.parametrize(("scope", "left"), [("this", 3), ("following", 1), ("all", 0)])
def test_calling_off_as_much_as_was_chosen(scene: Scene, scope: str, left: int) -> None:
    made = book(scene, WEDNESDAY, rule="FREQ=WEEKLY;COUNT=4").booking
    second = made.occurrences.get(sequence=1)
    path = f"{AT}{made.pk}/dates/{second.pk}/call-off/"

    mate = scene.worker.client.post(path, {"scope": scope})
    own = scene.lead.client.post(path, {"scope": scope, "reason": "Holidays"})

    assert (mate.status_code, own.status_code) == (403, 302)
    assert states(made).count("confirmed") == left


def test_moving_a_date_says_what_is_in_the_way(scene: Scene) -> None:
    made = book(scene, WEDNESDAY).booking
    book_as_rival(scene, datetime(2019, 10, 2, 3, tzinfo=UTC))
    path = f"{AT}{made.pk}/dates/{made.occurrences.get().pk}/move/"
    sent = {"day": "2019-10-02", "length": "60", "space_to": scene.room.pk, "scope": "this"}

    refused = scene.lead.client.post(path, {**sent, "start": "11:00"})
    moved = scene.lead.client.post(path, {**sent, "start": "10:00"})

    assert (refused.status_code, "Taken until" in refused.text) == (409, True)
    assert moved.status_code == 302
    assert made.occurrences.get().during.lower == datetime(2019, 10, 2, 2, tzinfo=UTC)


def test_calling_off_a_range_shows_it_first(scene: Scene) -> None:
    made = book(scene, WEDNESDAY, rule="FREQ=DAILY;COUNT=3").booking
    other = book_as_rival(scene, datetime(2019, 10, 3, 6, tzinfo=UTC)).booking
    path, days = f"{AT}mine/call-off/", {"from_on": "2019-10-03", "until_on": "2019-10-04"}

    looked = scene.lead.client.post(path, days)
    before = states(made)
    scene.lead.client.post(path, {**days, "step": "confirm"})

    assert "These 2 dates are called off" in looked.text
    assert (before, states(made)) == (["confirmed"] * 3, ["confirmed", "cancelled", "cancelled"])
    assert states(other) == ["confirmed"]


def test_my_bookings_are_mine(scene: Scene) -> None:
    book(scene, WEDNESDAY, title="Lantern plans")
    book_as_rival(scene, datetime(2019, 10, 2, 6, tzinfo=UTC), title="Harbour plans")

    page = scene.lead.client.get(f"{AT}mine/").text

    assert ("Lantern plans" in page, "Harbour plans" in page) == (True, False)
    assert "2 Oct 2019, 09:00–10:00" in page


def test_finding_a_space_offers_the_nearest_where_none_is_free(scene: Scene) -> None:
    ask = f"{AT}find/?day=2019-10-02&start=09:00&minutes=60&kind=room&seats="

    free = scene.worker.client.get(f"{ask}8").text
    book_as_rival(scene, WEDNESDAY)
    taken = " ".join(scene.worker.client.get(f"{ask}8").text.split())

    assert f"{form_of(scene)}?day=2019-10-02&amp;start=09%3A00&amp;minutes=60" in free
    assert "Nothing like that is free on 2 Oct 2019, 09:00–10:00" in taken
    assert f"{form_of(scene)}?day=2019-10-02&amp;start=10%3A00&amp;minutes=60" in taken


def test_operator_settles_requests(scene: Scene) -> None:
    scene.by_time.needs_approval = True
    scene.by_time.save()
    first = book(scene, WEDNESDAY).occurrences[0]
    second = book_as_rival(scene, WEDNESDAY).occurrences[0]
    desk = f"{AT}requests/"

    listed = scene.operator.client.get(desk).text
    bare = scene.operator.client.post(f"{desk}{second.pk}/", {"decision": "decline"})
    scene.operator.client.post(f"{desk}{second.pk}/", {"decision": "decline", "reason": "Fire drill"})
    scene.operator.client.post(f"{desk}{first.pk}/", {"decision": "approve"})

    assert ("Weekly" in listed, "Harbour" in listed) == (True, True)
    assert (bare.status_code, "Say why" in bare.text) == (422, True)
    assert states(first.booking) == ["confirmed"]  # type: ignore[arg-type]
    assert states(second.booking) == ["declined"]  # type: ignore[arg-type]


def test_closing_shows_what_it_would_call_off(scene: Scene) -> None:
    made = book(scene, WEDNESDAY, title="Lantern plans").booking
    sent = {
        "where": f"space-{scene.room.pk}",
        "from_on": "2019-10-02",
        "from_time": "00:00",
        "until_on": "2019-10-02",
        "until_time": "23:59",
        "reason_0": "Painting",
        "reason_1": "粉刷",
    }

    asked = scene.operator.client.post(f"{AT}closures/new/", sent)
    before = states(made)
    done = scene.operator.client.post(f"{AT}closures/new/", {**sent, "step": "cancel"})
    grid = scene.worker.client.get(f"{AT}?day=2019-10-02").text

    assert (asked.status_code, "Lantern plans" in asked.text, before) == (409, True, ["confirmed"])
    assert (done.status_code, states(made)) == (302, ["cancelled"])
    assert 'class="block closed"' in grid
    assert "Painting" in grid


def test_closure_is_lifted(scene: Scene) -> None:
    test_closing_shows_what_it_would_call_off(scene)
    closure = Occurrence.objects.get(kind="closure").closure
    assert closure is not None

    refused = scene.worker.client.post(f"{AT}closures/{closure.pk}/lift/")
    scene.operator.client.post(f"{AT}closures/{closure.pk}/lift/")

    closure.refresh_from_db()
    assert refused.status_code == 403
    assert closure.lifted_at is not None
    assert 'class="block closed"' not in scene.worker.client.get(f"{AT}?day=2019-10-02").text
