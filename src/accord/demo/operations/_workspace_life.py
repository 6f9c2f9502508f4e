"""What goes on in the work space: moves and ends, the waiting list, reports, bookings, mentors and events."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from accord.demo import names
from accord.demo.operations._voices import days_before, moment, speak_as
from accord.demo.operations._workspace import DAY, House, stays
from accord.demo.stories import dreamworks as story
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.queries import Person
from accord.workspace import operations as workspace
from accord.workspace.enums import EndReason, Fate, FundingKind, GraduationRule, OccurrenceState, Origin, Stage
from accord.workspace.queries import Application, Occurrence, Space, Team, tenancies_of

FIRST_MENTOR, MENTORS, STAFF = 2_400, 12, 14
SERIES, SINGLES, WEEKS = 22, 60, 10
REPORTED, LATE = 36, 6
STAYS_AWAY = 9
"""One team in so many does not come to what it booked."""
WISHES = ((160, 18, 900_000, True), (420, 60, None, False), (120, 9, 500_000, False), (240, 30, None, False))
TITLES = ("Team meeting", "Product review", "Talk with a client", "Interview", "Retrospective", "Board call")
ZONE = ZoneInfo("Asia/Shanghai")


class Life:
    """Lets the house live until the demo's day, in the name of the operator and of the teams' leads."""

    def __init__(self, house: House, operator: Person, *, seed: int, scale: float, as_of: date) -> None:
        """Keep the house, who runs it, and how much of it there is."""
        self.house, self.by, self.seed, self.as_of = house, operator, seed, as_of
        self.share = min(scale, 1.0)
        self.free = list(house.free)
        self.stays = {f"sample-{one.number:03}": one for one in stays(seed=seed, scale=scale, as_of=as_of)}
        self.draw = Random(f"{seed}:life")  # noqa: S311 (a simulation, told by its seed)

    def go_on(self) -> None:
        """Do all of it."""
        speak_as(self.by)
        self.let_go()
        self.fund()
        self.report()
        self.wait()
        self.help()
        self.meet()
        self.book()

    def _some(self, number: int) -> int:
        """Return how many there are at this scale, never none."""
        return max(1, round(number * self.share))

    def let_go(self) -> None:
        """Have the teams leave whose day came: early, or as graduates, who are followed up."""
        for number, team in enumerate(team for team in self.house.teams if self.stays[team.key].left_on):
            left_on = self.stays[team.key].left_on or self.as_of
            if number % 3 == 0:
                rule = (GraduationRule.HIGH_TECH, GraduationRule.CAPITAL, GraduationRule.MERGED)[number // 3 % 3]
                workspace.graduate(
                    team=team,
                    rule=rule,
                    graduated_on=left_on,
                    evidence="Certificate of the city (simulated)",
                    by=self.by,
                    at=moment(left_on, 3),
                )
                heard = min(left_on + 30 * DAY, self.as_of)
                workspace.record_fate(team=team, fate=Fate.TRADING, heard_on=heard, by=self.by, at=moment(heard, 4))
            else:
                (tenancy,) = tenancies_of(team)[:1]
                workspace.end_tenancy(
                    tenancy=tenancy,
                    left_on=left_on,
                    reason=EndReason.EARLY,
                    note="Moved to another city (simulated).",
                    by=self.by,
                    at=moment(left_on, 3),
                )

    def fund(self) -> None:
        """Record what some teams received, a few of them from the operator's own fund."""
        since = story.OPENED
        workspace.record_fund(
            site=self.house.site,
            amount_minor=1_000_000_000,
            currency="CNY",
            starts_on=since,
            by=self.by,
            at=moment(since),
        )
        for number, team in enumerate(self.house.teams[::9]):
            came = self.stays[team.key].starts_on
            workspace.record_funding(
                team=team,
                kind=FundingKind.EQUITY,
                amount_minor=(1 + number % 6) * 120_000_000,
                currency="CNY",
                received_on=min(came + 20 * DAY, self.as_of),
                source="Sample capital (simulated)",
                is_from_site=number % 4 == 0,
                by=self.by,
                at=moment(min(came + 25 * DAY, self.as_of), 1),
            )

    def report(self) -> None:
        """Ask how the second quarter went; most asked of the first teams answer, some late, some not at all."""
        asked = date(2019, 7, 1)
        quarter = workspace.open_round(
            site=self.house.site,
            quarter_on=date(2019, 4, 1),
            due_on=date(2019, 7, 20),
            by=self.by,
            at=moment(asked),
        )
        there = [team for team in self.house.teams if self.stays[team.key].starts_on < date(2019, 5, 1)]
        for number, team in enumerate(there[: self._some(REPORTED)]):
            heads = 44 + number % 17
            late = number % LATE == 0
            workspace.report_quarter(
                team=team,
                round=quarter,
                heads=workspace.Heads(
                    jobs=heads * (1 if number % 17 else 3),
                    research_jobs=round(heads * story.LINES[number % len(story.LINES)].research),
                    part_time=number % 3,
                    interns=number % 5,
                    patents_applied=number % 3,
                    patents_held=number % 2,
                    revenue_minor=heads * 9_500_000,
                ),
                stands_on=date(2019, 6, 30),
                by=self.house.contacts.get(self.stays[team.key].number, self.by),
                at=moment(date(2019, 7, 26) if late else date(2019, 7, 8), 2, number % 60),
            )
        asked_again = min(date(2019, 9, 23), self.as_of)
        workspace.open_round(
            site=self.house.site,
            quarter_on=date(2019, 7, 1),
            due_on=asked_again + 22 * DAY,
            by=self.by,
            at=moment(asked_again),
        )

    def wait(self) -> None:
        """Put teams on the waiting list, and make two of them an offer."""
        for number in range(self._some(12)):
            area, heads, limit, has_priority = WISHES[number % len(WISHES)]
            at = days_before(self.as_of, 60 - 4 * number)
            team = workspace.register_team(
                site=self.house.site,
                key=f"waiting-{number + 1:02}",
                name=names.company(700 + number),
                origin=Origin.DOMESTIC,
                stage=tuple(Stage)[number % 3],
                field=story.LINES[number % len(story.LINES)].words,
                is_simulated=True,
                by=self.by,
                at=at,
            )
            wish = workspace.apply_for_space(
                team=team,
                area_m2=Decimal(area),
                people=heads,
                from_on=self.as_of + 20 * DAY,
                price_limit_minor=limit,
                features=("server-room",) if number % 3 == 1 else (),
                wished=("daylight",),
                has_priority=has_priority,
                by=self.by,
                at=at + timedelta(hours=1),
            )
            office = next((one for one in self.free if one.area_m2 and one.area_m2 >= area), None)
            if number in {2, 6} and office is not None:
                self.free.remove(office)
                self._offer(team, wish, office, number)

    def _offer(self, team: Team, wish: Application, office: Space, number: int) -> None:
        rent = office.monthly_minor or 0
        workspace.offer_space(
            team=team,
            spaces=[workspace.Offered(office, rent, Decimal(20))],
            starts_on=self.as_of + 20 * DAY,
            ends_on=self.as_of + 385 * DAY,
            answer_by_on=self.as_of + 10 * DAY,
            number=f"T-W{number:03}",
            application=wish,
            deposit_minor=2 * rent,
            is_simulated=True,
            by=self.by,
            at=days_before(self.as_of, 4),
        )

    def help(self) -> None:
        """Appoint mentors and staff, offer hours, and record the services that teams used."""
        site, since = self.house.site, story.OPENED
        for number in range(self._some(STAFF)):
            workspace.add_staff(
                site=site,
                person=self._person("staff", FIRST_MENTOR + 100 + number, number),
                is_professional=bool(number % 6),
                starts_on=since,
                by=self.by,
                at=moment(since),
            )
        for number in range(self._some(MENTORS)):
            self._mentor(number, self._person("mentor", FIRST_MENTOR + number, number))
        for number, (name, unit, value) in enumerate(story.SERVICES):
            service = workspace.add_service(
                site=site, name=name, unit=unit, value_minor=value, by=self.by, at=moment(since)
            )
            for team in self.house.teams[number::19][: self._some(12)]:
                used = min(self.stays[team.key].starts_on + 12 * DAY, self.as_of)
                workspace.record_service(
                    service=service,
                    team=team,
                    used_on=used,
                    quantity=Decimal(1 + number),
                    by=self.by,
                    at=moment(used, 9),
                )

    def _person(self, part: str, number: int, place: int) -> Person:
        return people.register_person(
            key=f"dreamworks-{part}-{place + 1:02}", name=names.person(number, self.seed), is_simulated=True
        )

    def _mentor(self, number: int, person: Person) -> None:
        """Appoint one, whose hours of the last weeks were mostly taken and held."""
        since = story.OPENED + 20 * number * DAY
        mentor = workspace.appoint_mentor(
            site=self.house.site,
            person=person,
            topics=story.MENTOR_TOPICS[number % len(story.MENTOR_TOPICS)],
            starts_on=since,
            by=self.by,
            at=moment(since),
        )
        first = self.as_of - (21 + number % 5) * DAY
        hours = workspace.Hours(first, time(14, 0), time(16, 0), 60, weeks=5)
        sessions = workspace.offer_hours(mentor=mentor, hours=hours, by=self.by, at=moment(first - 7 * DAY))
        for place, session in enumerate(sessions):
            team = self.house.teams[(number * 7 + place) % len(self.house.teams)]
            if (number + place) % 4 == 0:
                continue
            taken = workspace.take_session(
                session=session, team=team, subject="Next steps", by=self.by, at=moment(first - 5 * DAY)
            )
            if taken.starts_at < moment(self.as_of):
                workspace.settle_session(
                    session=taken,
                    was_held=bool(place % 5),
                    by=self.by,
                    at=taken.starts_at + timedelta(hours=2),
                )

    def meet(self) -> None:
        """Announce news and events, with people who signed up and came."""
        site = self.house.site
        for title, days in story.NEWS:
            on = self.as_of + timedelta(days=days)
            workspace.announce(site=site, title=title, shown_from_on=on, by=self.by, at=moment(on))
        leads = list(self.house.contacts.values())
        for title, days, places in story.EVENTS:
            starts = datetime.combine(self.as_of + timedelta(days=days), time(14, 0), tzinfo=ZONE)
            facts = workspace.EventFacts(
                title=title,
                starts_at=starts,
                ends_at=starts + timedelta(hours=3),
                place=Bilingual("Hall of Building 1", "1号楼报告厅"),
                places=places,
            )
            event = workspace.announce_occasion(
                site=site, facts=facts, by=self.by, at=min(starts, moment(self.as_of)) - timedelta(days=20)
            )
            for lead in leads[: self._some(9)]:
                workspace.sign_up(event=event, by=lead, at=min(starts, moment(self.as_of)) - timedelta(days=6))

    def book(self) -> None:
        """Book rooms and desks over the last and the next weeks; most are checked in, some released, some wait."""
        rooms = [one for one in self.house.rooms if one.policy is not None and not one.policy.needs_approval]
        halls = [one for one in self.house.rooms if one.policy is not None and one.policy.needs_approval]
        monday = self.as_of - timedelta(days=self.as_of.weekday() + 7 * (WEEKS - 2))
        made: list[Occurrence] = []
        for number in range(self._some(SERIES)):
            day = monday + timedelta(days=number % 5)
            made += self._booked(
                rooms[number % len(rooms)], day, 9 + number % 8, 60, number, f"FREQ=WEEKLY;COUNT={WEEKS}"
            )
        for number in range(self._some(SINGLES)):
            day = self.as_of - timedelta(days=self.draw.randrange(-9, 12))
            room = rooms[(number * 7) % len(rooms)]
            made += self._booked(room, day, 8 + self.draw.randrange(11), 30 * (1 + number % 4), SERIES + number)
        for number, desk in enumerate(self.house.desks[: self._some(12)]):
            made += self._booked(desk, self.as_of + timedelta(days=number % 4), 8, 780, 200 + number)
        for number, hall in enumerate(halls[:2]):
            made += self._booked(hall, self.as_of + timedelta(days=8 + number), 8, 300, 300 + number)
        self._come(made)

    def _booked(
        self, space: Space, day: date, hour: int, minutes: int, number: int, rule: str = ""
    ) -> Iterator[Occurrence]:
        """Yield the dates that a team got; none where the hours or other bookings do not allow it."""
        team = self.house.teams[(number * 5) % len(self.house.teams)]
        starts = datetime.combine(day, time(hour, 0), tzinfo=ZONE)
        at = min(starts - timedelta(days=3), moment(self.as_of, 1))
        try:
            yield from workspace.book(
                space=space,
                title=TITLES[number % len(TITLES)],
                starts_at=starts,
                minutes=minutes,
                owner=self.house.contacts.get(self.stays[team.key].number, self.by),
                team=team,
                rule=rule,
                when_taken="skip",
                key=uuid5(NAMESPACE_URL, f"demo:{self.seed}:booking:{number}"),
                code=f"{(number * 7919 + 104_729) % 1_000_000:06}",
                is_private=number % 6 == 0,
                is_simulated=True,
                by=self.by,
                at=at,
            ).occurrences
        except Refused:  # taken, closed, not open yet or over the quota: as in life, it is not had
            return

    def _come(self, made: Sequence[Occurrence]) -> None:
        """Check most teams in on the dates that are over; the rest is released as nobody came."""
        now = moment(self.as_of, 12)
        over = (one for one in made if one.during.upper < now and one.state == OccurrenceState.CONFIRMED)
        for number, one in enumerate(sorted(over, key=lambda one: (one.during.lower, one.pk))):
            if number % STAYS_AWAY:
                workspace.check_in(occurrence=one, by=self.by, at=one.during.lower.astimezone(UTC))
        workspace.release_no_shows(at=now)
