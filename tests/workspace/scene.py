"""A small work space for tests: one site of our side, two floors, rooms and offices, and two teams that work there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.test import Client
from tests.cast import LONG_AGO, PASSWORD, Cast, Member, member, moment

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role
from accord.workspace import models
from accord.workspace.enums import BookingMode, MemberRole, Origin, SpaceKind, Stage, TenancyState

OPENED = date(2019, 1, 1)
MOVED_IN = date(2019, 3, 1)
WORKDAYS = {str(day): [["08:00", "20:00"]] for day in range(1, 6)}


@dataclass(frozen=True)
class Scene:
    """The site with its rooms and teams, and the people who use it."""

    cast: Cast
    site: models.Site
    building: models.Building
    ground: models.Floor
    first: models.Floor
    by_time: models.BookingPolicy
    by_day: models.BookingPolicy
    room: models.Space
    desk: models.Space
    office: models.Space
    next_office: models.Space
    lab: models.Space
    team: models.Team
    other_team: models.Team
    tenancy: models.Tenancy
    operator: Member
    lead: Member
    worker: Member
    rival: Member


MADE: dict[int, "Scene"] = {}
"""The scenes of this process by the number of their site."""


def made_scene(cast: Cast) -> "Scene":
    """Return the scene that stands in the database, or make one that counts for no agreement."""
    site = models.Site.objects.filter(key="dreamworks").first()
    return MADE[site.pk] if site is not None else make_scene(cast, is_counted=False)


def make_scene(cast: Cast, *, is_counted: bool = True) -> Scene:
    """Make the whole scene; needs the database. It counts for the agreement of the cast, unless it is told not to."""
    site = models.Site.objects.create(
        key="dreamworks",
        name=Bilingual("Jiaozi Dreamworks", "交子梦工场"),
        operator=cast.ours.institution,
        agreement=cast.agreement if is_counted else None,
        time_zone="Asia/Shanghai",
        currency="CNY",
        opened_at=moment(OPENED),
        opened_by=cast.owner.person,
    )
    building = models.Building.objects.create(site=site, key="a", name=Bilingual("Building A", "A栋"))
    ground, first = (_floor(cast, building, level) for level in (0, 1))
    by_time = models.BookingPolicy.objects.create(site=site, name=Bilingual("Rooms", "会议室"), opening=WORKDAYS)
    by_day = models.BookingPolicy.objects.create(
        site=site, name=Bilingual("Desks", "工位"), opening=WORKDAYS, mode=BookingMode.DAY
    )
    office = _space(ground, "A-001", SpaceKind.OFFICE, 60, 10, position=1)
    team, other_team = (_team(cast, site, key) for key in ("lantern", "harbour"))
    scene = Scene(
        cast=cast,
        site=site,
        building=building,
        ground=ground,
        first=first,
        by_time=by_time,
        by_day=by_day,
        room=_space(ground, "R-001", SpaceKind.ROOM, 30, 8, by_time, position=4),
        desk=_space(first, "D-101", SpaceKind.DESK, 4, 1, by_day, position=1),
        office=office,
        next_office=_space(ground, "A-002", SpaceKind.OFFICE, 80, 14, position=2),
        lab=_space(ground, "L-001", SpaceKind.LAB, 100, 6, position=3),
        team=team,
        other_team=other_team,
        tenancy=_let(cast, team, office),
        operator=member("operator", Role.OPERATOR, cast.ours.institution),
        lead=_works(cast, team, "lead", MemberRole.LEAD),
        worker=_works(cast, team, "worker", MemberRole.MEMBER),
        rival=_works(cast, other_team, "rival", MemberRole.LEAD),
    )
    MADE[site.pk] = scene
    return scene


def _floor(cast: Cast, building: models.Building, level: int) -> models.Floor:
    floor = models.Floor.objects.create(building=building, level=level, area_m2=Decimal(1000), width=100, height=60)
    models.FloorRun.objects.create(
        floor=floor, area_m2=floor.area_m2, starts_on=OPENED, recorded_at=moment(OPENED), recorded_by=cast.owner.person
    )
    return floor


def _space(
    floor: models.Floor,
    code: str,
    kind: SpaceKind,
    area: int,
    capacity: int,
    policy: models.BookingPolicy | None = None,
    position: int = 0,
) -> models.Space:
    return models.Space.objects.create(
        floor=floor,
        code=code,
        kind=kind,
        area_m2=Decimal(area),
        capacity=capacity,
        policy=policy,
        position=position,
        monthly_minor=area * 4000,
        door_token=f"door-{code}",
        starts_on=OPENED,
        added_at=moment(OPENED),
    )


def _team(cast: Cast, site: models.Site, key: str) -> models.Team:
    return models.Team.objects.create(
        site=site,
        key=key,
        name=Bilingual(key.title(), ""),
        origin=Origin.DOMESTIC,
        stage=Stage.SEED,
        registered_at=moment(OPENED),
        registered_by=cast.owner.person,
    )


def _let(cast: Cast, team: models.Team, office: models.Space) -> models.Tenancy:
    """Let an office to a team, signed."""
    tenancy = models.Tenancy.objects.create(
        team=team,
        number=f"T-{team.key}",
        state=TenancyState.SIGNED,
        starts_on=MOVED_IN,
        ends_on=date(2020, 3, 1),
        currency="CNY",
        offered_at=moment(date(2019, 2, 1)),
        offered_by=cast.owner.person,
        answer_by_on=date(2019, 2, 15),
        signed_at=moment(date(2019, 2, 10)),
        signed_by=cast.owner.person,
    )
    models.TenancySpace.objects.create(
        tenancy=tenancy,
        space=office,
        starts_on=MOVED_IN,
        ends_on=tenancy.ends_on,
        monthly_minor=office.monthly_minor,
        recorded_at=moment(date(2019, 2, 10)),
        recorded_by=cast.owner.person,
    )
    return tenancy


def _works(cast: Cast, team: models.Team, key: str, role: MemberRole) -> Member:
    """Make a person with an account who works in a team and holds no role."""
    person = people.register_person(key=key, name=Bilingual(key.title(), ""))
    account = people.open_account(person=person, email=f"{key}@example.org", password=PASSWORD)
    models.TeamMember.objects.create(
        team=team, person=person, role=role, starts_on=LONG_AGO, added_at=moment(OPENED), added_by=cast.owner.person
    )
    client = Client()
    client.force_login(account)
    return Member(person, client)
