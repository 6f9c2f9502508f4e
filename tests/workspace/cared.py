"""Mentors, hours, services, events, staff and money at the site of the scene, for tests of pages and doors."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from tests.cast import moment
from tests.workspace.scene import Scene

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Person
from accord.workspace import models, operations
from accord.workspace.operations import EventFacts, Hours

SET_UP = moment(date(2019, 9, 1))
HOUR_ON = date(2019, 10, 8)
EVENT_AT = datetime(2019, 10, 10, 6, tzinfo=UTC)
SUBJECT = "How to price the first product"


@dataclass(frozen=True)
class Cared:
    """What was put there."""

    mentor: models.Mentor
    free: models.MentorSession
    taken: models.MentorSession
    past: models.MentorSession
    service: models.Service
    use: models.ServiceUse
    event: models.Event
    past_event: models.Event
    announcement: models.Announcement
    staff: models.StaffMember
    fund: models.SeedFund


def someone(key: str) -> Person:
    """Register a person."""
    return people.register_person(key=key, name=Bilingual(key.replace("-", " ").title(), ""))


def hours(on: date = HOUR_ON, *, starts: int = 14, ends: int = 16, weeks: int = 1) -> Hours:
    """Return two hours in the afternoon."""
    return Hours(first_on=on, starts=time(starts), ends=time(ends), minutes=60, weeks=weeks)


def facts(**others: object) -> EventFacts:
    """Return what is told of an event."""
    usual = {
        "title": Bilingual("Demo day", "路演日"),
        "starts_at": EVENT_AT,
        "ends_at": EVENT_AT + timedelta(hours=2),
        "places": 2,
    }
    return EventFacts(**{**usual, **others})  # type: ignore[arg-type]


def furnish(scene: Scene) -> Cared:
    """Put one of everything at the site of the scene, as of September 2019."""
    return furnish_site(scene.site, team=scene.team, by=scene.cast.owner.person, guest=scene.worker.person)


def furnish_site(site: models.Site, *, team: models.Team, by: Person, guest: Person) -> Cared:
    """Put one of everything at a site; a team takes hours and uses a service, a guest comes to an event."""
    told = {"by": by, "at": SET_UP}
    mentor = operations.appoint_mentor(
        site=site, person=someone("mei-lin"), starts_on=date(2019, 9, 1), topics=Bilingual("Sales", "销售"), **told
    )
    free, taken = operations.offer_hours(mentor=mentor, hours=hours(), **told)
    operations.take_session(session=taken, team=team, subject=SUBJECT, **told)
    (past,) = operations.offer_hours(mentor=mentor, hours=hours(date(2019, 9, 3), ends=15), **told)
    operations.take_session(session=past, team=team, subject=SUBJECT, **told)
    service = operations.add_service(
        site=site, name=Bilingual("Legal advice", "法律咨询"), unit=Bilingual("hour", "小时"), value_minor=80_000,
        price_minor=20_000, **told,
    )  # fmt: skip
    use = operations.record_service(
        service=service, team=team, used_on=date(2019, 9, 1), quantity=Decimal("1.5"), **told
    )
    past_event = operations.announce_occasion(
        site=site, facts=facts(starts_at=moment(date(2019, 9, 5)), ends_at=moment(date(2019, 9, 6))), **told
    )
    operations.sign_up(event=past_event, team=team, by=guest, at=SET_UP)
    announcement = operations.announce(
        site=site,
        title=Bilingual("The lift is serviced", "电梯检修"),
        shown_from_on=date(2019, 9, 1),
        body=Bilingual("Take the stairs until noon."),
        **told,
    )
    return Cared(
        mentor=mentor,
        free=free,
        taken=taken,
        past=past,
        service=service,
        use=use,
        event=operations.announce_occasion(site=site, facts=facts(), **told),
        past_event=past_event,
        announcement=announcement,
        staff=operations.add_staff(
            site=site, person=someone("staff-secretary"), is_professional=True, starts_on=date(2019, 9, 1), **told
        ),
        fund=operations.record_fund(
            site=site, amount_minor=600_000_000, currency="CNY", starts_on=date(2019, 9, 1), **told
        ),
    )
