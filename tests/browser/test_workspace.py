"""What people come to do in a work space: be placed, report, book, come or not, and move by a plan."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker
from tests.browser.conftest import OpenPage
from tests.browser.way import BOARD
from tests.browser.world import Scene
from tests.cast import moment

from accord.kernel import clock
from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.workspace import operations as workspace
from accord.workspace.enums import REPORT_QUARTER, OccurrenceKind, OccurrenceState, SpaceKind
from accord.workspace.models import Booking, BookingPolicy, Floor, Occurrence, Site, Space, Team

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOUSE = "/workspace/dreamworks"
PROMISES = ("resident-teams", "research-personnel", "operated-area")
LINK = "/workspace/links/report/a-token-of-the-test/"
MOVED_IN = date(2019, 9, 2)


@dataclass(frozen=True)
class Ready:
    """Numbers of a floor that is not open yet, of a room in London, and of two dates that a team booked."""

    floor: int
    london: int
    dates: tuple[int, int]


def board(page: Page) -> list[int]:
    """Return the three numbers of the work space on the agreement's board."""
    page.goto(BOARD)
    shown = [page.locator(f"#{one} div.fig").inner_text() for one in PROMISES]
    return [int((re.search(r"[\d,]+", one) or ["0"])[0].replace(",", "")) for one in shown]


@pytest.fixture(scope="module")
def ready(scene: Scene, django_db_blocker: DjangoDbBlocker) -> Ready:
    """Let the site count for the agreement, ask a team to report, and make what the tests need; seen by the server."""
    with django_db_blocker.unblock():
        Site.objects.filter(key="dreamworks").update(agreement=scene.cast.agreement)
        site = Site.objects.get(key="dreamworks")
        _ask_to_report(site)
        floor = workspace.add_floor(
            building=site.buildings.get(), level=7, area_m2=Decimal(1300), by=site.opened_by, at=moment(MOVED_IN)
        )
        _add_offices(site)
        _put_on_the_list(site)
        return Ready(floor=floor.pk, london=_room_in_london(scene).pk, dates=_booked(scene))


def test_team_is_placed_and_reports_and_a_floor_opens_and_the_board_moves_by_exactly_that(
    open_page: OpenPage, scene: Scene, ready: Ready
) -> None:
    operator, visitor = open_page(scene.others["operator"]), open_page(None, size=(390, 844))
    reader = open_page(scene.cast.owner)
    before = board(reader)

    operator.goto(f"{HOUSE}/teams/harbour/apply/")
    operator.get_by_label("Area in m²").fill("70")
    operator.get_by_label("People who will work there").fill("9")
    operator.get_by_label("From which day").fill(str(MOVED_IN))
    operator.get_by_role("button", name="Apply for space").click()
    operator.goto(f"{HOUSE}/waiting/")
    operator.get_by_role("link", name="Harbour").click()
    operator.get_by_role("link", name="Offer space").click()
    operator.get_by_label(re.compile("A-071")).check()
    operator.get_by_label("Last day to answer").fill("2019-10-12")
    operator.get_by_label("Number of the contract").fill("T-2019-17")
    operator.get_by_role("button", name="Offer the spaces").click()
    offered = board(reader)
    operator.goto(f"{HOUSE}/teams/harbour/")
    operator.goto(f"{HOUSE}/tenancies/")
    operator.get_by_role("link", name="T-2019-17").click()
    operator.get_by_role("button", name="Record the signed contract").click()
    placed = board(reader)

    visitor.goto(LINK)
    for label, said in (
        ("Jobs", "14"),
        ("Of them in research", "9"),
        ("Patents applied for", "1"),
        ("Rights held", "0"),
    ):
        visitor.get_by_label(label).fill(said)
    visitor.get_by_role("button", name="Send the report").click()
    expect(visitor.get_by_role("main")).to_contain_text("14 jobs, 9 of them in research")
    reported = board(reader)

    operator.goto(f"{HOUSE}/floors/{ready.floor}/open/")
    operator.get_by_label("In operation from").fill("2019-09-16")
    operator.get_by_role("button", name="Record it").click()
    opened = board(reader)

    assert offered == before
    assert [after - earlier for after, earlier in zip(placed, offered, strict=True)] == [1, 0, 0]
    assert [after - earlier for after, earlier in zip(reported, placed, strict=True)] == [0, 9, 0]
    assert [after - earlier for after, earlier in zip(opened, reported, strict=True)] == [0, 0, 1300]


def _ask_to_report(site: Site) -> None:
    """Ask the teams how the quarter went, one of them by a link."""
    at = moment(date(2019, 9, 30), 0)
    workspace.open_round(site=site, quarter_on=date(2019, 7, 1), due_on=date(2019, 10, 20), by=site.opened_by, at=at)
    people.make_link(
        person=people.register_person(key="harbour-contact", name=Bilingual("Mara Quay")),
        purpose=REPORT_QUARTER,
        record=f"team:{Team.objects.get(site=site, key='harbour').pk}",
        token=LINK.rsplit("/", 2)[-2],
        by=site.opened_by,
        at=at,
        expires_at=moment(date(2019, 10, 21)),
    )


def _add_offices(site: Site) -> None:
    """Add an office for each of the two teams that look for one."""
    for number, area in ((71, 75), (72, 95)):
        workspace.add_space(
            floor=Floor.objects.get(building__site=site, level=1),
            code=f"A-{number:03}",
            kind=SpaceKind.OFFICE,
            starts_on=date(2019, 1, 1),
            door_token=f"door-{number}",
            area_m2=Decimal(area),
            capacity=12,
            monthly_minor=area * 4000,
            by=site.opened_by,
            at=moment(date(2019, 1, 1)),
        )


def _put_on_the_list(site: Site) -> None:
    """Put a team on the waiting list that a plan can place."""
    at = moment(date(2019, 9, 28))
    beacon = workspace.register_team(
        site=site, key="beacon", name=Bilingual("Beacon"), origin="domestic", stage="seed", by=site.opened_by, at=at
    )
    workspace.apply_for_space(
        team=beacon, area_m2=Decimal(90), people=6, from_on=date(2020, 1, 1), by=site.opened_by, at=at
    )


def test_weekly_series_keeps_its_hour_over_the_clock_change_collides_and_takes_the_offered_slot(
    open_page: OpenPage, scene: Scene, ready: Ready
) -> None:
    page = open_page(scene.cast.owner)
    way = f"/workspace/london/booking/spaces/{ready.london}/book/"

    page.goto(way)
    page.get_by_label("What for").fill("Stand-up")
    page.get_by_label("Day", exact=True).fill("2020-03-23")
    page.get_by_label("Start").select_option("09:00")
    page.get_by_text("Repeat it").click()
    page.get_by_label("How often").select_option("weekly")
    page.get_by_label(re.compile("Or how many dates")).fill("3")
    page.get_by_role("button", name="Book", exact=True).click()
    page.get_by_role("button", name="Book the ticked dates").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stand-up")

    page.goto(way)
    page.get_by_label("What for").fill("Review")
    page.get_by_label("Day", exact=True).fill("2020-03-30")
    page.get_by_label("Start").select_option("09:00")
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Free next")
    expect(page.get_by_label("What for")).to_have_value("Review")
    page.locator("p.slots button[name=at]").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Review")

    starts = list(
        Occurrence.objects.filter(booking__title="Stand-up").order_by("during").values_list("during", flat=True)
    )
    assert [one.lower for one in starts] == [
        datetime(2020, 3, 23, 9, tzinfo=UTC),
        datetime(2020, 3, 30, 8, tzinfo=UTC),
        datetime(2020, 4, 6, 8, tzinfo=UTC),
    ]
    review = Occurrence.objects.get(booking__title="Review")
    assert review.during.lower == starts[1].upper


def _room_in_london(scene: Scene) -> Space:
    """Open a second site in London with a room that can be booked far ahead."""
    by, at = scene.cast.owner.person, moment(date(2019, 1, 2))
    site = workspace.open_site(
        key="london",
        name=Bilingual("London rooms"),
        operator=scene.cast.ours.institution,
        time_zone="Europe/London",
        currency="GBP",
        by=by,
        at=at,
    )
    building = workspace.add_building(site=site, key="bunhill", name=Bilingual("Bunhill Row"), by=by, at=at)
    floor = workspace.add_floor(building=building, level=1, area_m2=Decimal(300), by=by, at=at)
    opening = {str(day): [["08:00", "18:00"]] for day in range(1, 6)}
    policy = workspace.add_policy(site=site, name=Bilingual("Rooms"), opening=opening, advance_days=365, by=by, at=at)
    return workspace.add_space(
        floor=floor,
        code="R-1",
        kind=SpaceKind.ROOM,
        starts_on=date(2019, 1, 1),
        door_token="london-r-1",
        area_m2=Decimal(30),
        capacity=8,
        policy=policy,
        by=by,
        at=at,
    )


def _booked(scene: Scene) -> tuple[int, int]:
    """Let two dates stand in a room with check-in at the door: one that has just begun, one that is over."""
    room = Space.objects.get(code="R-001")
    BookingPolicy.objects.filter(pk=room.policy_id).update(check_in_minutes=15)
    now = clock.now(World.current())
    begun, over = now - timedelta(minutes=2), now - timedelta(days=3)
    return _date(scene, room, "Those who come", begun, "111111"), _date(scene, room, "Those who do not", over, "222222")


def _date(scene: Scene, room: Space, title: str, start: datetime, code: str) -> int:
    """Let a date of half an hour stand, at whatever time of the day this runs."""
    lead, span = scene.others["lead"].person, DateTimeTZRange(start, start + timedelta(minutes=30))
    booking = Booking.objects.create(
        key=uuid5(NAMESPACE_URL, title),
        space=room,
        title=title,
        is_private=True,
        owner=lead,
        starts_at=start,
        minutes=30,
        code=code,
        made_at=start - timedelta(days=1),
        made_by=lead,
    )
    return Occurrence.objects.create(
        space=room,
        kind=OccurrenceKind.BOOKING,
        state=OccurrenceState.CONFIRMED,
        during=span,
        blocked=span,
        booking=booking,
        made_at=booking.made_at,
        made_by=lead,
    ).pk


def test_one_team_comes_by_the_code_at_the_door_and_another_is_released(
    open_page: OpenPage, scene: Scene, ready: Ready, django_db_blocker: DjangoDbBlocker
) -> None:
    door = open_page(None, size=(390, 844))

    door.goto("/workspace/doors/door-R-001/")
    expect(door.get_by_role("main")).not_to_contain_text("Those who come")
    door.get_by_label(re.compile("code", re.IGNORECASE)).fill("111111")
    door.get_by_role("button", name="Check in").click()
    expect(door.get_by_role("main")).to_contain_text("Checked in")
    with django_db_blocker.unblock():
        workspace.release_no_shows(at=clock.now(World.current()))

    states = [Occurrence.objects.get(pk=one).state for one in ready.dates]
    assert states == [OccurrenceState.ATTENDED, OccurrenceState.NO_SHOW]


def test_operator_plans_moves_and_publishes_them_as_offers(open_page: OpenPage, scene: Scene, ready: Ready) -> None:
    page = open_page(scene.others["operator"])

    page.goto(f"{HOUSE}/plans/make/")
    page.get_by_label("Name of the plan").fill("First quarter")
    page.get_by_label("Teams move on").fill("2020-01-01")
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("First quarter")
    expect(page.get_by_role("main")).to_contain_text("Beacon")
    page.get_by_role("link", name=re.compile("^Publish")).click()
    page.get_by_label("Last day to answer").fill("2019-10-20")
    page.get_by_role("main").get_by_role("button", name=re.compile("^Publish")).click()
    expect(page.get_by_role("main")).to_contain_text("Published")

    page.goto(f"{HOUSE}/tenancies/")
    expect(page.get_by_role("main")).to_contain_text("Beacon")
