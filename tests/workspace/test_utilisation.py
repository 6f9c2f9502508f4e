"""Utilisation: let area, bookings by place and hour, what others may not read of them, and the space that is needed."""

import html
import random
import re
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from tests.cast import moment
from tests.workspace.scene import MOVED_IN, Scene

from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.workspace import models, queries
from accord.workspace.enums import ApplicationState, OccurrenceKind, OccurrenceState, TenancyState
from accord.workspace.queries import Used, about, told, told_share

TODAY = date(2019, 9, 30)
ZONE = ZoneInfo("Asia/Shanghai")
PAGE = "/workspace/dreamworks/utilisation/"
MADE = moment(date(2019, 7, 1))


@pytest.fixture
def world(scene: Scene) -> Scene:
    """Put the scene into a demo world of September 2019."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=7, scale=1.0, built_at=moment(TODAY))
    models.BookingPolicy.objects.filter(pk=scene.by_time.pk).update(check_in_minutes=15)
    return scene


def book(scene: Scene, starts: Sequence[tuple[datetime, int, str]], space: models.Space | None = None) -> None:
    """Put bookings into a room: when, for how many minutes, in which state."""
    room, by = space or scene.room, scene.cast.owner.person
    bookings = models.Booking.objects.bulk_create(
        models.Booking(
            key=uuid.uuid4(), space=room, title="Talk", owner=by, starts_at=at, minutes=minutes, code="111111",
            made_at=MADE, made_by=by,
        )
        for at, minutes, _state in starts
    )  # fmt: skip
    spans = [(at, at + timedelta(minutes=minutes)) for at, minutes, _state in starts]
    models.Occurrence.objects.bulk_create(
        models.Occurrence(
            space=room, kind=OccurrenceKind.BOOKING, state=state, during=span, blocked=span, minutes=minutes,
            booking=booking, made_at=MADE, made_by=by,
            checked_in_at=at if state == OccurrenceState.ATTENDED else None,
            checked_in_by=by if state == OccurrenceState.ATTENDED else None,
        )
        for booking, span, (at, minutes, state) in zip(bookings, spans, starts, strict=True)
    )  # fmt: skip


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a time of a day at the site."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


@pytest.mark.django_db
def test_bookings_are_counted_by_week_and_hour_like_the_slow_obvious_way(
    world: Scene, django_assert_num_queries
) -> None:
    dice = random.Random(5)
    states = ("confirmed", "attended", "no_show", "cancelled", "requested")
    made = [
        (local(TODAY - timedelta(days=day), hour, dice.choice((0, 30))), dice.choice((30, 60, 90)), dice.choice(states))
        for day, hour in product(range(1, 60), (7, 9, 13, 22))
    ]
    book(world, made)
    weeks = queries.weeks_before(world.site, TODAY, 4)

    with django_assert_num_queries(2):
        used, hourly = queries.booked(world.site, weeks), queries.hourly(world.site, weeks)

    counted = [one for one in made if weeks.since <= one[0] < weeks.until and one[2] in states[:3]]
    for monday in weeks.mondays:
        mine = [one for one in counted if monday <= one[0].date() < monday + timedelta(days=7)]
        kept = [one for one in mine if one[2] != "no_show"]
        assert used.get((world.ground.pk, monday), Used()) == Used(
            len(kept), sum(minutes for _at, minutes, _state in kept), len(mine) - len(kept), len(mine)
        )
    touched: Counter[tuple[int, int]] = Counter()
    for at, minutes, state in counted:
        if state != "no_show":
            last = at + timedelta(minutes=minutes - 1)
            touched.update((one.isoweekday(), one.hour) for one in {at.replace(minute=0), last.replace(minute=0)})
    assert hourly == dict(touched)


@pytest.mark.django_db
def test_opening_hours_are_those_of_the_rules_on_the_days_in_operation(world: Scene) -> None:
    weeks = queries.weeks_before(world.site, TODAY, 4)
    models.Space.objects.filter(pk=world.room.pk).update(ends_on=weeks.mondays[1] + timedelta(days=2))

    opened = queries.opened(world.site, weeks)

    assert opened == {world.ground.pk: (5 + 2) * 12 * 60, world.first.pk: 20 * 12 * 60}


@pytest.mark.django_db
def test_let_area_is_told_by_floor_and_day(world: Scene) -> None:
    days = [MOVED_IN - timedelta(days=1), MOVED_IN]

    full = queries.occupancy(world.site, days)

    assert [full[world.ground.pk, day] for day in days] == [
        queries.Full(Decimal(240), Decimal(0)), queries.Full(Decimal(240), Decimal(60)),
    ]  # fmt: skip
    assert full[world.ground.pk, MOVED_IN].percent == 25
    assert (world.first.pk, MOVED_IN) not in full


@pytest.mark.django_db
class TestNeed:
    """The space that will be needed."""

    def need(self, scene: Scene) -> dict[date, tuple[int, int, int]]:
        """Return low, mid and high by day."""
        return {one.day: (one.low, one.mid, one.high) for one in queries.space_need(scene.site, TODAY)}

    def test_team_without_notice_may_stay(self, world: Scene) -> None:
        need = self.need(world)

        assert len(need) == 13
        assert (need[date(2020, 2, 29)], need[date(2020, 3, 30)]) == ((60, 60, 60), (0, 60, 60))

    def test_team_that_gave_notice_leaves(self, world: Scene) -> None:
        models.Tenancy.objects.update(notice_on=TODAY)

        assert self.need(world)[date(2020, 3, 30)] == (0, 0, 0)

    def test_offers_and_wishes_add_and_lapsed_offers_do_not(self, world: Scene) -> None:
        def offer(team: models.Team, office: models.Space, answer_by: date, renews: models.Tenancy | None) -> None:
            by = world.cast.owner.person
            tenancy = models.Tenancy.objects.create(
                team=team, number=f"offer-{office.pk}", starts_on=date(2020, 3, 1), ends_on=date(2022, 3, 1),
                currency="CNY", offered_at=MADE, offered_by=by, answer_by_on=answer_by, renews=renews,
            )  # fmt: skip
            models.TenancySpace.objects.create(
                tenancy=tenancy, space=office, starts_on=date(2020, 3, 1), ends_on=date(2022, 3, 1), monthly_minor=1,
                recorded_at=MADE, recorded_by=by,
            )  # fmt: skip

        offer(world.other_team, world.next_office, TODAY, None)
        offer(world.other_team, world.lab, TODAY - timedelta(days=1), None)
        offer(world.team, world.office, TODAY, world.tenancy)
        models.Application.objects.create(
            team=world.other_team, area_m2=Decimal(500), people=9, from_on=date(2020, 1, 15), applied_at=MADE,
            applied_by=world.cast.owner.person, state=ApplicationState.WAITING,
        )  # fmt: skip

        need = self.need(world)
        assert need[date(2019, 12, 30)] == (60, 60, 60)
        assert need[date(2020, 1, 30)] == (60, 60, 560)
        assert need[date(2020, 3, 30)] == (0, 60 + 80, 60 + 80 + 500)

    def test_signed_renewal_goes_on(self, world: Scene) -> None:
        models.Tenancy.objects.filter(pk=world.tenancy.pk).update(ends_on=None)
        models.TenancySpace.objects.update(ends_on=None)

        assert self.need(world)[date(2020, 9, 30)] == (60, 60, 60)
        assert models.Tenancy.objects.get().state == TenancyState.SIGNED


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "<5"), (1, "<5"), (4, "<5"), (5, "5"), (7, "5"), (8, "10"), (1233, "1,235")]
)
def test_small_numbers_are_not_told_and_others_about(number: int, shown: str) -> None:
    assert told(number, exactly=False) == shown
    assert told(number, exactly=True) == f"{number:,}"


def test_no_two_told_numbers_give_away_a_small_one() -> None:
    """Whatever is told of a whole and of all of it but a part, the part stays one of several numbers."""
    for small in range(5):
        seen = {(about(rest), about(rest + small)) for rest in range(5, 60)}
        others = {(about(rest), about(rest + other)) for other in range(5) if other != small for rest in range(5, 80)}
        assert seen <= others


def test_shares_are_told_of_five_or_more() -> None:
    assert told_share(50, 300, 4, exactly=False) is None
    assert told_share(50, 300, 5, exactly=False) == 17
    assert round(told_share(50, 300, 1, exactly=True), 2) == 16.67
    assert told_share(1, 0, 9, exactly=True) is None


@pytest.mark.django_db
def test_partners_and_teams_never_read_small_numbers_in_page_or_file(world: Scene) -> None:
    """Three bookings of one hour, 13 of another and 4 nobody came to: none of these figures leaves the house."""
    monday = TODAY - timedelta(days=14)
    thirteen = [(local(monday + timedelta(days=day), hour), 60, "attended") for day in range(4) for hour in (9, 10, 11)]
    lonely = [(local(monday + timedelta(days=day), 18), 60, "attended") for day in range(3)]
    missed = [(local(monday + timedelta(days=day), 13), 60, "no_show") for day in range(4)]
    book(world, [*thirteen, *lonely, *missed])
    asks = [
        "",
        "?by=building",
        *(f"?part={part}&format={form}" for part in ("weeks", "hours") for form in ("csv", "json")),
    ]

    def read(client) -> list[str]:
        answers = [client.get(PAGE + ask) for ask in asks]
        return ["".join(_cells(b"".join(answer).decode())) for answer in answers]

    house, partner, lead = (read(who.client) for who in (world.operator, world.cast.partner, world.lead))

    assert all("|15|" in text for text in house[:2])
    for pages in (partner, lead):
        for text in pages:
            assert "|15|" in text or "|<5|" in text
            assert not {f"|{number}|" for number in (1, 2, 3, 4, 12, 13, 16, 19)} & set(_numbers(text))
    assert "Fewer than 5 bookings were released" in world.cast.partner.client.get(PAGE).content.decode()
    assert "Fewer than 5" not in world.operator.client.get(PAGE).content.decode()


def _cells(text: str) -> list[str]:
    """Return what stands in shaded cells, or in the fields of a file, between bars."""
    if "<table" in text:
        found = re.findall(r'<td class="n shade-\d">([^<]*)</td>', text)
    elif text.startswith("{"):
        found = re.findall(r'"c\d+": "([^"]*)"', text)
    else:
        found = [cell for line in text.splitlines() for cell in line.split(",")]
    return [f"|{html.unescape(cell)}|" for cell in found]


def _numbers(text: str) -> list[str]:
    return [f"|{cell}|" for cell in text.replace("||", "|").split("|") if cell.isdigit()]


@pytest.mark.django_db
def test_page_takes_as_many_queries_for_many_bookings_as_for_none(world: Scene, django_assert_num_queries) -> None:
    world.operator.client.get(PAGE)  # fills what a process keeps

    with django_assert_num_queries(12):
        assert world.operator.client.get(PAGE).status_code == 200
    days = [TODAY - timedelta(days=back) for back in range(2, 60)]
    book(world, [(local(day, hour), 60, "attended") for day in days for hour in range(8, 20)])
    for level in range(2, 6):
        models.Floor.objects.create(
            building=world.building, level=level, area_m2=Decimal(10), name=Bilingual(f"L{level}")
        )
    with django_assert_num_queries(12):
        world.operator.client.get(PAGE)


@pytest.mark.django_db
def test_odd_spans_fall_back(world: Scene) -> None:
    for ask in ("?weeks=900", "?weeks=x&by=moon", "?part=nothing&format=csv"):
        assert world.operator.client.get(PAGE + ask).status_code == 200
