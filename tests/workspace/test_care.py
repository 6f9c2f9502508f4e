"""Mentors, services, events, announcements and staff: who gets what, and what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection
from tests.cast import make_cast
from tests.workspace.cared import EVENT_AT, HOUR_ON, SET_UP, Cared, facts, furnish, hours, someone
from tests.workspace.scene import Scene, make_scene

from accord.kernel.refused import Clash, Refused
from accord.kernel.text import Bilingual
from accord.outbox.models import InboxNote
from accord.workspace import models, operations, queries
from accord.workspace.enums import SessionState

AFTER = datetime(2019, 10, 11, tzinfo=UTC)


@pytest.fixture
def cared(scene: Scene) -> Cared:
    """Put one of everything at the site."""
    return furnish(scene)


def told(scene: Scene, at: datetime = SET_UP) -> dict:
    """Return who does it, and when."""
    return {"by": scene.cast.owner.person, "at": at}


def refusal(do: Callable[[], object]) -> str:
    """Return the code with which something is refused."""
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


@pytest.mark.django_db
class TestMentors:
    """Appointments and hours."""

    def test_same_person_is_appointed_once_at_a_time(self, scene: Scene, cared: Cared) -> None:
        def again(on: date) -> models.Mentor:
            return operations.appoint_mentor(site=scene.site, person=cared.mentor.person, starts_on=on, **told(scene))

        assert refusal(lambda: again(date(2019, 12, 1))) == "mentor-twice"
        operations.end_mentor(mentor=cared.mentor, ends_on=date(2019, 11, 1), **told(scene))
        assert again(date(2019, 12, 1)).pk

    def test_hours_keep_their_time_of_day_over_the_weeks(self, scene: Scene, cared: Cared) -> None:
        models.Site.objects.update(time_zone="Europe/London")
        offered = operations.offer_hours(mentor=cared.mentor, hours=hours(date(2019, 10, 22), weeks=2), **told(scene))

        assert [f"{one.starts_at.astimezone(UTC):%m-%d %H:%M}" for one in offered] == [
            "10-22 13:00", "10-22 14:00", "10-29 14:00", "10-29 15:00",
        ]  # fmt: skip
        again = operations.offer_hours(mentor=cared.mentor, hours=hours(date(2019, 10, 22), weeks=2), **told(scene))
        assert again == offered

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            (hours(starts=15, ends=15), "hours-odd"),
            (hours(date(2019, 8, 20)), "hour-past"),
            (hours(date(2019, 10, 29), weeks=2), "not-appointed"),
        ],
    )
    def test_hours_that_cannot_be_are_refused(self, scene: Scene, cared: Cared, asked, code: str) -> None:
        operations.end_mentor(mentor=cared.mentor, ends_on=date(2019, 11, 1), **told(scene))

        assert refusal(lambda: operations.offer_hours(mentor=cared.mentor, hours=asked, **told(scene))) == code

    def test_hour_is_taken_once_given_back_and_taken_by_another(self, scene: Scene, cared: Cared) -> None:
        def take(team: models.Team) -> models.MentorSession:
            return operations.take_session(session=cared.free, team=team, subject="Sales", **told(scene))

        assert take(scene.team).team == scene.team
        assert take(scene.team).team == scene.team
        assert refusal(lambda: take(scene.other_team)) == "hour-taken"
        operations.give_back_session(session=cared.free, **told(scene))
        assert take(scene.other_team).team == scene.other_team

    def test_hour_that_has_begun_is_neither_taken_nor_given_back(self, scene: Scene, cared: Cared) -> None:
        late = told(scene, AFTER)

        free, taken = cared.free, cared.taken
        assert (
            refusal(lambda: operations.take_session(session=free, team=scene.team, subject="", **late)) == "hour-past"
        )
        assert refusal(lambda: operations.give_back_session(session=taken, **late)) == "hour-past"

    def test_hour_is_settled_once_it_began_and_can_be_corrected(self, scene: Scene, cared: Cared) -> None:
        def settle(session: models.MentorSession, at: datetime, *, was_held: bool = True) -> str:
            return operations.settle_session(session=session, was_held=was_held, **told(scene, at)).state

        assert refusal(lambda: settle(cared.taken, SET_UP)) == "hour-not-over"
        assert refusal(lambda: settle(cared.free, AFTER)) == "hour-settled"
        assert settle(cared.taken, AFTER) == SessionState.HELD
        assert settle(cared.taken, AFTER, was_held=False) == SessionState.MISSED
        assert refusal(lambda: operations.cancel_session(session=cared.taken, **told(scene, AFTER))) == "hour-settled"

    def test_end_of_an_appointment_cancels_later_hours_and_tells_the_team(self, scene: Scene, cared: Cared) -> None:
        operations.end_mentor(mentor=cared.mentor, ends_on=HOUR_ON, **told(scene))

        states = {one.pk: one.state for one in models.MentorSession.objects.all()}
        assert states[cared.free.pk] == states[cared.taken.pk] == SessionState.CANCELLED
        assert states[cared.past.pk] == SessionState.BOOKED
        assert _notices(operations.HOUR_CANCELLED) == {scene.lead.person.pk, scene.worker.person.pk}

    def test_mentor_is_told_of_hours_taken(self, cared: Cared) -> None:
        assert _notices(operations.HOUR_TAKEN) == {cared.mentor.person_id}

    def test_hours_are_counted_by_their_length(self, scene: Scene, cared: Cared) -> None:
        operations.settle_session(session=cared.past, was_held=True, **told(scene, AFTER))
        operations.cancel_session(session=cared.free, **told(scene))

        counted = queries.hours_of_mentors(scene.site, SET_UP, AFTER)
        assert (counted.offered, counted.taken, counted.held, counted.missed) == (2, 2, 1, 0)
        found = queries.find_mentor(scene.site, cared.mentor.pk, SET_UP, SET_UP.date())
        assert (found.minutes_offered, found.minutes_held, found.free, found.stands) == (120, 60, 0, "yes")


def _notices(topic: str) -> set[int]:
    return set(InboxNote.objects.filter(message__topic=topic).values_list("person_id", flat=True))


@pytest.mark.django_db
class TestServices:
    """Services and their uses."""

    def test_use_is_worth_what_the_team_does_not_pay_on_that_day(self, scene: Scene, cared: Cared) -> None:
        assert cared.use.value_minor == 90_000
        operations.change_service(
            service=cared.service, version=1, name=cared.service.name, unit=cared.service.unit, value_minor=10,
            price_minor=0, ended_on=None, **told(scene),
        )  # fmt: skip
        cared.use.refresh_from_db()
        assert cared.use.value_minor == 90_000

    def test_wrong_uses_are_refused(self, scene: Scene, cared: Cared) -> None:
        def use(**others: object) -> Callable[[], object]:
            usual = {"team": scene.team, "used_on": date(2019, 9, 1), "quantity": Decimal(1)}
            return lambda: operations.record_service(service=cared.service, **{**usual, **others}, **told(scene))

        models.Service.objects.update(ended_on=date(2019, 9, 1))
        cared.service.refresh_from_db()
        assert refusal(use()) == "service-ended"
        assert refusal(use(used_on=date(2019, 9, 2))) == "use-in-future"
        assert refusal(use(used_on=date(2019, 8, 1), quantity=Decimal(0))) == "quantity-odd"

    def test_price_over_worth_and_stale_versions_are_refused(self, scene: Scene, cared: Cared) -> None:
        def change(**others: object) -> Callable[[], object]:
            usual = {"name": Bilingual("Law"), "unit": Bilingual(), "value_minor": 5, "price_minor": 0, "version": 1}
            return lambda: operations.change_service(
                service=cared.service, ended_on=None, **{**usual, **others}, **told(scene)
            )

        assert refusal(change(price_minor=6)) == "price-over-value"
        change()()
        change()()
        with pytest.raises(Clash):
            change(value_minor=7)()

    def test_struck_use_is_listed_no_more(self, scene: Scene, cared: Cared) -> None:
        for _twice in range(2):
            operations.strike_service_use(use=cared.use, **told(scene))

        assert list(queries.service_uses_of(scene.site)) == []


@pytest.mark.django_db
class TestEvents:
    """Events and who comes to them."""

    def test_places_end_and_come_back(self, scene: Scene, cared: Cared) -> None:
        def sign_up(who: object) -> models.EventPlace:
            return operations.sign_up(event=cared.event, by=who.person, at=SET_UP)

        assert sign_up(scene.lead) == sign_up(scene.lead)
        sign_up(scene.worker)
        assert refusal(lambda: sign_up(scene.rival)) == "event-full"
        operations.leave_event(event=cared.event, by=scene.lead.person, at=SET_UP)
        assert sign_up(scene.rival).person == scene.rival.person

    def test_event_called_off_tells_who_signed_up_and_takes_nobody(self, scene: Scene, cared: Cared) -> None:
        operations.sign_up(event=cared.event, by=scene.lead.person, at=SET_UP)
        for _twice in range(2):
            operations.call_off_occasion(event=cared.event, **told(scene))

        assert _notices(operations.CALLED_OFF) == {scene.lead.person.pk}
        taking = operations.sign_up
        assert refusal(lambda: taking(event=cared.event, by=scene.rival.person, at=SET_UP)) == "event-called-off"

    def test_wrong_changes_are_refused(self, scene: Scene, cared: Cared) -> None:
        def change(version: int = 1, **others: object) -> Callable[[], object]:
            return lambda: operations.change_occasion(
                event=cared.event, version=version, facts=facts(**others), **told(scene)
            )

        for who in (scene.lead, scene.worker):
            operations.sign_up(event=cared.event, by=who.person, at=SET_UP)
        assert refusal(change(places=1)) == "fewer-places"
        assert refusal(change(ends_at=EVENT_AT)) == "event-end-odd"
        change(places=None)()
        with pytest.raises(Clash):
            change(places=9)()
        past = facts(starts_at=SET_UP - timedelta(days=1))
        assert refusal(lambda: operations.announce_occasion(site=scene.site, facts=past, **told(scene))) == "event-past"

    def test_who_came_is_said_afterwards(self, scene: Scene, cared: Cared) -> None:
        place = operations.sign_up(event=cared.event, by=scene.lead.person, at=SET_UP)
        operations.sign_up(event=cared.event, by=scene.worker.person, at=SET_UP)

        def mark(at: datetime) -> int:
            return operations.mark_came(event=cared.event, came=[place.pk], **told(scene, at))

        assert refusal(lambda: mark(SET_UP)) == "event-ahead"
        assert mark(AFTER) == 1
        found = queries.find_occasion(scene.site, cared.event.pk)
        assert (found.taken, found.came) == (2, 1)


@pytest.mark.django_db
def test_announcements_are_shown_on_their_days(scene: Scene, cared: Cared) -> None:
    def shown(on: date) -> list[models.Announcement]:
        return list(queries.announcements_now(scene.site, on))

    assert (shown(date(2019, 8, 31)), shown(date(2019, 9, 1))) == ([], [cared.announcement])
    for _twice in range(2):
        operations.take_down(announcement=cared.announcement, on=date(2019, 9, 4), **told(scene))
    assert (shown(date(2019, 9, 3)), shown(date(2019, 9, 4))) == ([cared.announcement], [])
    wrong = {"title": Bilingual("x"), "shown_from_on": date(2019, 9, 1), "shown_until_on": date(2019, 9, 1)}
    assert refusal(lambda: operations.announce(site=scene.site, **wrong, **told(scene))) == "shown-until-odd"


@pytest.mark.django_db
def test_staff_and_funds_hold_over_their_days(scene: Scene, cared: Cared) -> None:
    def again() -> object:
        return operations.add_staff(
            site=scene.site,
            person=cared.staff.person,
            is_professional=False,
            starts_on=date(2019, 10, 1),
            **told(scene),
        )

    early = date(2019, 8, 1)
    assert refusal(again) == "staff-twice"
    assert refusal(lambda: operations.end_staff(member=cared.staff, ends_on=early, **told(scene))) == "staff-end-odd"
    operations.end_staff(member=cared.staff, ends_on=date(2019, 10, 1), **told(scene))
    assert again()
    assert refusal(lambda: operations.end_fund(fund=cared.fund, ends_on=early, **told(scene))) == "fund-end-odd"
    operations.end_fund(fund=cared.fund, ends_on=date(2019, 10, 1), **told(scene))
    days = [date(2019, 9, 30), date(2019, 10, 1)]
    counted = queries.counts_on(scene.site, days)
    assert [(counted[day].professionals, counted[day].funds_minor["CNY"]) for day in days] == [
        (1, 600_000_000), (0, 0),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_of_teams_that_race_for_an_hour_exactly_one_gets_it() -> None:
    scene = make_scene(make_cast())
    cared = furnish(scene)
    teams = [scene.team, scene.other_team] * 3

    answers = _race(
        lambda turn: operations.take_session(session=cared.free, team=teams[turn], subject="", **told(scene)),
        len(teams),
    )

    cared.free.refresh_from_db()
    assert cared.free.team in teams
    lost = [answer for answer in answers if answer == "hour-taken"]
    assert len(lost) == 3
    assert set(answers) - {"hour-taken"} == {None}


@pytest.mark.django_db(transaction=True)
def test_of_people_who_race_for_the_last_places_so_many_get_one() -> None:
    scene = make_scene(make_cast())
    event = operations.announce_occasion(site=scene.site, facts=facts(places=2), **told(scene))
    people = [someone(f"guest-{number}") for number in range(6)]

    answers = _race(lambda turn: operations.sign_up(event=event, by=people[turn], at=SET_UP), len(people))

    assert event.signed_up.count() == 2
    assert sorted(answers, key=str) == [None, None, *["event-full"] * 4]


def _race(do: Callable[[int], object], number: int) -> list[str | None]:
    """Do something so many times at once, each on a connection of its own; return the codes of refusals."""
    answers: list[str | None] = [None] * number
    start = Barrier(number)

    def run(turn: int) -> None:
        start.wait()
        try:
            do(turn)
        except Refused as refused:
            answers[turn] = refused.code
        finally:
            connection.close()

    threads = [Thread(target=run, args=[turn]) for turn in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
