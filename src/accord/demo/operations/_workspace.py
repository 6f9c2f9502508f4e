"""The work space of the Dreamworks: floors, spaces, teams, their tenancies and reports, up to the demo's day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from accord.agreements.queries import Agreement
from accord.demo import names
from accord.demo.operations._voices import moment, speak_as
from accord.demo.stories import dreamworks as story
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.queries import Person, institutions_by_key
from accord.workspace import operations as workspace
from accord.workspace.enums import BookingMode, Origin, SpaceKind, Stage
from accord.workspace.queries import BookingPolicy, Building, Floor, Site, Space, Team

SOME, FEW_FLOORS = 8, 3
"""The fewest teams and floors of a small world."""
FIRST_NUMBER = 2_000
"""Numbers of simulated persons from here on are people of the work space."""
ABROAD_EVERY, CONTACT_EVERY = 9, 8
RELIEF = (50, 20, 0)
COUNTRIES = ("GB", "SG", "DE", "IL")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """When a team comes and, if it does, goes."""

    number: int
    starts_on: date
    ends_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class House:
    """The site with what stands on it and who is there; `contacts` by the number of their team, `free` offices."""

    site: Site
    floors: tuple[Floor, ...]
    free: tuple[Space, ...]
    rooms: tuple[Space, ...]
    desks: tuple[Space, ...]
    teams: tuple[Team, ...]
    contacts: Mapping[int, Person]


def stays(*, seed: int, scale: float, as_of: date) -> Iterator[Stay]:
    """Yield when teams come and go: as many before the announcement as it states, then fewer each week."""
    draw = Random(f"{seed}:stays")  # noqa: S311 (a simulation, told by its seed)
    share = min(scale, 1.0)
    number = 0
    for _each in range(max(round(story.TEAMS_STATED * share), SOME)):
        number += 1
        came = story.OPENED + timedelta(days=draw.randrange((story.STATED_ON - story.OPENED).days - 5))
        yield _stay(number, came, draw, as_of)
    week = story.STATED_ON + DAY
    weekly = story.ARRIVE_WEEKLY * share
    while week < as_of and number < story.MOST_TEAMS:
        for _each in range(int(weekly + draw.random())):
            number += 1
            came = week + timedelta(days=draw.randrange(7))
            if came <= as_of:
                yield _stay(number, came, draw, as_of)
        week += timedelta(days=7)
        weekly *= 1 - story.SLOWER_WEEKLY


def _stay(number: int, came: date, draw: Random, as_of: date) -> Stay:
    """Return a stay that reaches beyond the demo's day, but for the few teams that leave early."""
    ends = came
    while ends <= as_of + timedelta(days=14):
        ends = _years_on(ends, draw.choice((1, 2)))
    leaves = story.STATED_ON + timedelta(days=draw.randrange(8, 200))
    is_early = draw.random() < story.LEAVE_SHARE * 2 and came < story.STATED_ON and leaves < as_of
    return Stay(number, came, ends, leaves if is_early else None)


def _years_on(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))


class WorkSpace:
    """Opens the site, lets its offices and takes the teams' reports, in the operator's name."""

    def __init__(
        self, agreement: Agreement, operator: Person, lead: Person, *, seed: int, scale: float, as_of: date
    ) -> None:
        """Keep for which agreement it runs, who runs it, who leads its first team, and which day it is."""
        self.lead = lead
        self.most_floors = max(FEW_FLOORS, round(story.BUILDINGS * story.LEVELS * min(scale, 1.0)))
        self.agreement, self.by, self.seed, self.scale, self.as_of = agreement, operator, seed, scale, as_of
        self.draw = Random(f"{seed}:work space")  # noqa: S311 (a simulation, told by its seed)

    def open(self) -> House:
        """Build all of it, in the order in which it came about."""
        speak_as(self.by)
        site = self._site()
        floors = tuple(self._floors(site))
        spaces = tuple(self._spaces(site, floors))
        offices = [one for one in spaces if one.kind == SpaceKind.OFFICE]
        contacts: dict[int, Person] = {}
        residents = list(self._residents(offices, contacts))
        teams = workspace.take_over(site=site, residents=residents, by=self.by, at=moment(self.as_of, 1))
        return House(
            site=site,
            floors=floors,
            free=tuple(offices),
            rooms=tuple(one for one in spaces if one.kind == SpaceKind.ROOM),
            desks=tuple(one for one in spaces if one.kind == SpaceKind.DESK),
            teams=tuple(teams),
            contacts=contacts,
        )

    def _residents(self, free: list[Space], contacts: dict[int, Person]) -> Iterator[workspace.Resident]:
        """Yield the teams as they come, each with the first office that is free; these are taken out of `free`."""
        for stay in stays(seed=self.seed, scale=self.scale, as_of=self.as_of):
            office = next((one for one in free if one.starts_on <= stay.starts_on), None)
            if office is not None:
                free.remove(office)
                yield self._resident(stay, office, contacts)

    def _site(self) -> Site:
        return workspace.open_site(
            key="dreamworks",
            name=Bilingual("Jiaozi Fin-Tech Dreamworks", "交子金融梦工场"),
            operator=institutions_by_key(["dreamworks"])["dreamworks"],
            agreement=self.agreement,
            time_zone="Asia/Shanghai",
            currency="CNY",
            address=Bilingual("Chengdu Hi-tech Zone", "成都高新区"),
            is_simulated=True,
            by=self.by,
            at=moment(story.OPENED),
        )

    def _floors(self, site: Site) -> Iterator[Floor]:
        """Yield every floor; those whose day has come are in operation, the others are planned."""
        for number in range(story.BUILDINGS):
            building = workspace.add_building(
                site=site,
                key=f"building-{number + 1}",
                name=Bilingual(f"Building {number + 1}", f"{number + 1}号楼"),
                position=number,
                by=self.by,
                at=moment(story.OPENED),
            )
            for level in range(story.LEVELS):
                place = number * story.LEVELS + level
                if place < self.most_floors:
                    yield self._floor(building, level, place)

    def _floor(self, building: Building, level: int, place: int) -> Floor:
        opened = _opened_on(place)
        floor = workspace.add_floor(
            building=building,
            level=level,
            area_m2=Decimal(story.FLOOR_M2),
            width=1000,
            height=280,
            by=self.by,
            at=moment(story.OPENED),
        )
        if opened > self.as_of:
            return floor
        run = workspace.open_floor(floor=floor, starts_on=opened, by=self.by, at=moment(opened))
        closed, again = story.CLOSED_FOR_WORKS
        if place == story.WORKS_FLOOR and closed <= self.as_of:
            workspace.close_floor(run=run, on=closed, by=self.by, at=moment(closed))
            if again <= self.as_of:
                workspace.open_floor(floor=floor, starts_on=again, by=self.by, at=moment(again))
        return floor

    def _spaces(self, site: Site, floors: tuple[Floor, ...]) -> Iterator[Space]:
        """Yield the spaces of the floors that are in operation, each with its outline on the plan."""
        by_time = self._policy(site, Bilingual("Meeting rooms", "会议室"), check_in_minutes=15, quota_minutes=1_200)
        by_day = self._policy(site, Bilingual("Desks", "工位"), mode=BookingMode.DAY)
        halls = self._policy(
            site,
            Bilingual("Halls", "报告厅"),
            mode=BookingMode.HALF_DAY,
            half_day_at=story.NOON,
            needs_approval=True,
            min_minutes=60,
            max_minutes=780,
        )
        for place, floor in enumerate(floors):
            if (opened := _opened_on(place)) <= self.as_of:
                yield from self._spaces_of(floor, place, opened, by_time, by_day, halls)

    def _policy(self, site: Site, name: Bilingual, **rules: object) -> BookingPolicy:
        rules = {"opening": story.OPENING} | rules
        return workspace.add_policy(site=site, name=name, by=self.by, at=moment(story.OPENED), **rules)

    def _spaces_of(
        self,
        floor: Floor,
        place: int,
        opened: date,
        by_time: BookingPolicy,
        by_day: BookingPolicy,
        halls: BookingPolicy,
    ) -> Iterator[Space]:
        building, level = divmod(place, story.LEVELS)
        code = f"{building + 1}-{level}"
        for number in range(story.OFFICES):
            area = story.OFFICE_M2[(place + number) % len(story.OFFICE_M2)]
            x, y = 100 * (number % 5), 180 * (number // 5)
            features = ["daylight"] if number % 2 else ["daylight", "server-room"]
            yield self._space(
                floor,
                f"{code}{number + 1:02}",
                SpaceKind.OFFICE,
                opened,
                area,
                area // 7,
                (x, y, 98, 98),
                number,
                features,
            )
        yield self._space(floor, f"{code}C", SpaceKind.COMMON, opened, story.COMMON_M2, 0, (500, 0, 300, 278), 20, ())
        is_hall = level == 0
        area = 160 if is_hall else story.ROOM_M2
        yield self._space(
            floor,
            f"{code}R",
            SpaceKind.ROOM,
            opened,
            area,
            60 if is_hall else 10,
            (805, 0, 190, 98),
            21,
            ("screen", "video") if level % 2 else ("screen",),
            halls if is_hall else by_time,
        )
        if level == 1:
            for number in range(6):
                outline = (805 + 32 * number, 180, 30, 60)
                yield self._space(
                    floor, f"{code}D{number + 1}", SpaceKind.DESK, opened, 4, 1, outline, 30 + number, (), by_day
                )

    def _space(  # noqa: PLR0917 (a row of a table)
        self,
        floor: Floor,
        code: str,
        kind: SpaceKind,
        opened: date,
        area: int,
        capacity: int,
        box: tuple[int, int, int, int],
        position: int,
        features: tuple[str, ...] | list[str],
        policy: BookingPolicy | None = None,
    ) -> Space:
        x, y, wide, high = box
        return workspace.add_space(
            floor=floor,
            code=code,
            kind=kind,
            starts_on=opened,
            door_token=f"demo-{self.seed}-{code.lower()}",
            area_m2=Decimal(area),
            capacity=capacity,
            features=tuple(features),
            monthly_minor=area * story.RENT_MINOR if kind == SpaceKind.OFFICE else None,
            position=position,
            outline=((x, y), (x + wide, y), (x + wide, y + high), (x, y + high)),
            policy=policy,
            by=self.by,
            at=moment(opened),
        )

    def _resident(self, stay: Stay, office: Space, contacts: dict[int, Person]) -> workspace.Resident:
        """Return a team with its contract and the heads it came with."""
        rent = office.monthly_minor or 0
        return workspace.Resident(
            key=f"sample-{stay.number:03}",
            facts=self._facts(stay, contacts),
            number=f"T-{stay.number:04}",
            spaces=[workspace.Offered(office, rent, Decimal(RELIEF[stay.number % len(RELIEF)]))],
            starts_on=stay.starts_on,
            ends_on=stay.ends_on,
            signed_at=moment(stay.starts_on - 21 * DAY),
            heads=self._heads(stay.number, office.capacity),
            deposit_minor=2 * rent,
            is_simulated=True,
        )

    def _facts(self, stay: Stay, contacts: dict[int, Person]) -> workspace.TeamFacts:
        """Return what is known of a team; every tenth has somebody whom the operator writes to."""
        if stay.number == 1:
            contacts[stay.number] = self.lead
        elif stay.number % CONTACT_EVERY == 1:
            contacts[stay.number] = people.register_person(
                key=f"dreamworks-lead-{stay.number:03}",
                name=names.person(FIRST_NUMBER + stay.number, self.seed),
                is_simulated=True,
            )
        abroad = stay.number % ABROAD_EVERY == 0
        contact = contacts.get(stay.number)
        return workspace.TeamFacts(
            name=names.company(stay.number),
            origin=Origin.INTERNATIONAL if abroad else Origin.DOMESTIC,
            country=COUNTRIES[stay.number % len(COUNTRIES)] if abroad else "",
            stage=tuple(Stage)[stay.number % len(Stage)],
            field=story.LINES[stay.number % len(story.LINES)].words,
            contact=contact.pk if contact else None,
        )

    def _heads(self, number: int, seats: int) -> workspace.Heads:
        """Return the people of a team, by what it works on and how large its office is."""
        line = story.LINES[number % len(story.LINES)]
        heads = self.draw.randrange(36, 46) + (seats + number) % 19
        return workspace.Heads(
            jobs=heads,
            research_jobs=round(heads * line.research),
            part_time=number % 4,
            interns=number % 3,
            patents_applied=int(number % 5 in {0, 1, 2}),
            patents_held=int(number % 3 == 0),
            revenue_minor=heads * 9_000_000,
        )


def _opened_on(place: int) -> date:
    """Return on which day a floor goes into operation, by its place among all floors."""
    if place < story.FLOORS_AT_START:
        return story.OPENED
    return story.FIRST_NEW_FLOOR + timedelta(days=story.FLOOR_EVERY_DAYS * (place - story.FLOORS_AT_START))
