"""Today is the day at the site: two zones between which it is never the same day, whatever the hour of the test."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.api.conftest import caller_for
from tests.cast import moment
from tests.workspace.cared import Cared, furnish
from tests.workspace.scene import MOVED_IN, Scene
from tests.workspace.test_tenancies import offer, signed

from accord.kernel.access import Actor
from accord.kernel.models import World
from accord.people.queries import actor_of
from accord.workspace import operations, queries
from accord.workspace.models import MentorSession, Space, TeamMember, Tenancy
from accord.workspace.operations import DepositOdd, UseInFuture

pytestmark = pytest.mark.django_db
EAST, WEST = "Pacific/Kiritimati", "Etc/GMT+12"
EVENING = datetime(2019, 9, 30, 17, tzinfo=UTC)
"""The first of October in Chengdu, the thirtieth of September in London."""
HERE = date(2019, 10, 1)


@pytest.fixture
def cared(scene: Scene) -> Cared:
    """Put mentors, hours and services there."""
    return furnish(scene)


def day_in(zone: str) -> date:
    """Return the day that it is now in a zone."""
    return datetime.now(ZoneInfo(zone)).date()


def move(scene: Scene, zone: str) -> None:
    """Let the site of the scene stand in another zone."""
    scene.site.time_zone = zone
    scene.site.save()


def test_zones_of_these_tests_are_never_in_one_day() -> None:
    now = datetime.now(UTC)
    assert now.astimezone(ZoneInfo(EAST)).date() > now.astimezone(ZoneInfo(WEST)).date()


@pytest.mark.parametrize("path", ["spaces/", "spaces/{space}/", "floors/{floor}/"])
def test_space_opens_on_the_day_of_its_site(scene: Scene, path: str) -> None:
    Space.objects.filter(pk=scene.next_office.pk).update(starts_on=day_in(EAST))
    address = f"/workspace/dreamworks/{path.format(space=scene.next_office.pk, floor=scene.ground.pk)}"

    pages = {}
    for zone in (WEST, EAST):
        move(scene, zone)
        pages[zone] = scene.operator.client.get(address).text.count("Free")

    assert pages[EAST] == pages[WEST] + 1


def test_api_says_how_a_space_stands_on_the_day_of_its_site(scene: Scene) -> None:
    Space.objects.filter(pk=scene.next_office.pk).update(starts_on=day_in(EAST))
    path = f"/work-spaces/dreamworks/spaces/{scene.next_office.pk}"

    states = []
    for zone in (WEST, EAST):
        move(scene, zone)
        states.append(caller_for(scene.operator).get(path).json()["state"])

    assert states == ["closed", "free"]


def test_list_of_sites_counts_each_on_its_own_day(scene: Scene) -> None:
    operations.count_team(team=scene.team, at=moment(MOVED_IN))
    actor = actor_of(scene.operator.person, on=MOVED_IN)

    teams = []
    for zone in ("Europe/London", "Asia/Shanghai"):
        move(scene, zone)
        teams += [row.numbers.teams for row in queries.site_rows(actor, datetime(2019, 2, 28, 17, tzinfo=UTC))]

    assert teams == [0, 1]


def test_wall_shows_the_spaces_of_the_day_at_its_site(scene: Scene) -> None:
    Space.objects.filter(pk=scene.lab.pk).update(starts_on=HERE)
    Space.objects.filter(pk=scene.room.pk).update(ends_on=HERE)

    codes = {row.space.code for row in queries.wall_of(scene.site, None, EVENING)}

    assert codes == {"A-001", "A-002", "L-001", "D-101"}


def test_deposit_and_service_are_recorded_for_today_at_the_site(scene: Scene, cared: Cared) -> None:
    by_and_at = {"by": scene.operator.person, "at": EVENING}
    tomorrow, one = HERE + timedelta(days=1), Decimal(1)
    used = {"service": cared.service, "team": scene.team, "quantity": one, **by_and_at}
    made = signed(scene)

    with pytest.raises(DepositOdd):
        operations.record_deposit(tenancy=made, received_on=tomorrow, **by_and_at)
    with pytest.raises(UseInFuture):
        operations.record_service(used_on=tomorrow, **used)
    kept = operations.record_deposit(tenancy=made, received_on=HERE, **by_and_at)
    with pytest.raises(DepositOdd):
        operations.return_deposit(tenancy=kept, returned_on=tomorrow, returned_minor=1, **by_and_at)
    back = operations.return_deposit(tenancy=kept, returned_on=HERE, returned_minor=1, **by_and_at)
    use = operations.record_service(used_on=HERE, **used)

    assert (back.deposit_on, back.deposit_back_on, use.used_on) == (HERE, HERE, HERE)


def test_member_books_from_their_first_day_at_the_site(scene: Scene) -> None:
    today = day_in(EAST)
    TeamMember.objects.filter(person=scene.worker.person).update(starts_on=today)
    begins = datetime.combine(today + timedelta(days=7 - today.weekday()), time(10), ZoneInfo(EAST))
    wish = {"space": scene.room.pk, "title": "Planning", "starts_at": begins.isoformat(), "minutes": 60}

    statuses = []
    for zone in (WEST, EAST):
        move(scene, zone)
        statuses.append(caller_for(scene.worker).post("/work-spaces/dreamworks/bookings", wish).status_code)

    assert statuses == [403, 201]


def test_offer_waits_for_an_answer_until_its_last_day_at_the_site(scene: Scene) -> None:
    made = offer(scene)
    Tenancy.objects.filter(pk=made.pk).update(answer_by_on=day_in(EAST) - timedelta(days=1))

    waiting = []
    for zone in (WEST, EAST):
        move(scene, zone)
        waiting.append(len(queries.offers_to_answer(Actor(person_id=scene.rival.person.pk), 5)))

    assert waiting == [1, 0]


def test_hour_with_a_mentor_waits_to_be_settled_from_the_next_day_at_the_site(scene: Scene, cared: Cared) -> None:
    began = datetime.now(UTC)
    MentorSession.objects.filter(pk=cared.taken.pk).update(starts_at=began)
    MentorSession.objects.exclude(pk=cared.taken.pk).delete()
    keeper = actor_of(scene.operator.person, on=began.date())

    assert queries.hours_to_settle(keeper, 5) == []
    MentorSession.objects.update(starts_at=began - timedelta(days=1))
    assert len(queries.hours_to_settle(keeper, 5)) == 1


def test_lead_owes_a_report_from_the_moment_they_are_asked(scene: Scene) -> None:
    now = datetime.now(UTC)
    Tenancy.objects.filter(pk=scene.tenancy.pk).update(ends_on=None)

    owed = []
    for zone in (WEST, EAST):
        move(scene, zone)
        round_ = operations.open_round(
            site=scene.site, quarter_on=date(2019, 7, 1), due_on=day_in(zone), by=scene.operator.person, at=now
        )
        owed.append(len(queries.reports_due(Actor(person_id=scene.lead.person.pk), 5)))
        round_.delete()

    assert owed == [1, 1]


@pytest.mark.parametrize("zone", [WEST, "UTC", EAST])
def test_demo_day_turns_with_the_clock_of_the_site(scene: Scene, cared: Cared, zone: str) -> None:
    World.objects.create(is_demo=True, demo_day=date(2019, 9, 30), seed=7, scale=1.0)
    move(scene, zone)
    now = datetime.combine(date(2019, 9, 30), datetime.now(UTC).timetz()).astimezone(ZoneInfo(zone))
    keeper = actor_of(scene.operator.person, on=now.date())
    MentorSession.objects.exclude(pk=cared.taken.pk).delete()

    waiting = []
    for hours in (0, 24):
        begins = now.replace(hour=12) - timedelta(hours=hours)
        MentorSession.objects.update(starts_at=begins)
        waiting.append(len(queries.hours_to_settle(keeper, 5)))

    assert waiting == [0, 1]
