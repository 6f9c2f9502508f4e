"""The world that browser tests walk through: a demo day with deliveries in every state, forecasts and meetings."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tests.cast import EXAMPLES, Cast, Member, apply_example, make_cast, moment

from accord.agreements import operations as agreements
from accord.engines import agreementfile
from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.measures import operations as measures
from accord.measures.models import Evidence
from accord.people import operations as people

TODAY = date(2019, 9, 30)
KEY = "chengdu-cass"
PROMISE = "resident-teams"
FIRST_MONDAY, LAST_MONDAY = date(2019, 7, 15), date(2019, 9, 30)
LATE = date(2019, 9, 12)
"""When the delivery of 21 August came to be known."""


@dataclass(frozen=True)
class Scene:
    """Who is there, and one entry in each state."""

    cast: Cast
    confirmed: Evidence
    waiting: Evidence
    contested: Evidence
    withdrawn: Evidence
    public_token: str
    others: dict[str, Member] = field(default_factory=dict)
    """People whom a context brought, by the name that its views give them."""


def build_scene() -> Scene:
    """Make the world; needs an empty database."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=7, scale=1.0, built_at=moment(TODAY))
    cast = make_cast()
    apply_example("zju-ant")
    person = people.register_person(key="li-na", name=Bilingual("Li Na", "李娜"), is_simulated=True)
    people.open_account(person=person, email="li.na@example.org", password=None)
    _deliver_weekly(cast)
    confirmed = cast.record(
        PROMISE, 9, date(2019, 8, 21), recorded=moment(LATE), confirmed=moment(LATE + timedelta(days=1))
    )
    waiting = cast.record(PROMISE, 6, date(2019, 9, 24))
    contested = _contest(cast, cast.record(PROMISE, 40, date(2019, 9, 2), confirmed=moment(date(2019, 9, 5))))
    withdrawn = _withdraw(cast, cast.record(PROMISE, 11, date(2019, 9, 3)))
    _meet(cast)
    _keep_an_earlier_deadline(cast)
    _foresee()
    agreements.set_public(agreement=cast.agreement, public=True, by=cast.owner.person, at=moment(TODAY, 0))
    cast.agreement.refresh_from_db()
    return Scene(cast, confirmed, waiting, contested, withdrawn, str(cast.agreement.public_token))


def _deliver_weekly(cast: Cast) -> None:
    """Deliver teams and trained people week by week, each confirmed two days later."""
    day = date(2019, 7, 16)
    for week in range(11):
        on = day + timedelta(days=7 * week)
        done = moment(min(on + timedelta(days=2), TODAY), 0)
        cast.record(PROMISE, 7 + week % 4, on, confirmed=done)
        cast.record("exchange-to-london", 2 + week % 3, on, confirmed=done)


def _contest(cast: Cast, entry: Evidence) -> Evidence:
    """Let the other side say that an entry is wrong."""
    return measures.contest_evidence(
        evidence=entry,
        version=entry.version,
        reason="The register shows four.",
        party=cast.theirs,
        by=cast.partner.person,
        at=moment(date(2019, 9, 9)),
    )


def _withdraw(cast: Cast, entry: Evidence) -> Evidence:
    """Let our side take an entry back."""
    return measures.withdraw_evidence(
        evidence=entry,
        version=entry.version,
        reason="Entered twice.",
        party=cast.ours,
        by=cast.owner.person,
        at=moment(date(2019, 9, 4)),
    )


def _meet(cast: Cast) -> None:
    """Hold two meetings."""
    for on in (date(2019, 7, 22), date(2019, 9, 18)):
        agreements.record_engagement(
            agreement=cast.agreement,
            kind="visit",
            title=Bilingual("A visit", "一次访问"),
            held_on=on,
            place=Bilingual("Chengdu", "成都"),
            attendees=12,
            by=cast.owner.person,
            at=moment(on, 18),
            is_simulated=True,
        )


def _keep_an_earlier_deadline(cast: Cast) -> None:
    """Bring in an agreement whose deadlines have passed, so that forecasts have come due for scoring."""
    text = (EXAMPLES / f"{KEY}.yaml").read_text(encoding="utf-8")
    early = text.replace(f"agreement: {KEY}", "agreement: earlier").replace("2019-12-31", "2019-09-15")
    reading = agreementfile.read(early, measures=None)
    assert reading.agreement is not None
    agreement = agreements.apply_file(new=reading.agreement, by=None, at=moment(date(2019, 7, 10))).agreement
    ours, theirs = (agreement.parties.get(institution__key=key) for key in ("dreamworks", "cass"))
    promise = agreement.commitments.get(key=PROMISE)
    for week in range(9):
        on = date(2019, 7, 12) + timedelta(days=7 * week)
        entry = measures.record_evidence(
            shares={promise: Decimal(1)},
            party=ours,
            amount=Decimal(18 + week % 5),
            occurred_on=on,
            label=Bilingual("Teams moved in", "团队入驻"),
            document="Register, page 2",
            by=cast.owner.person,
            at=moment(on),
        )
        measures.confirm_evidence(
            evidence=entry, version=entry.version, party=theirs, by=cast.partner.person, at=moment(on, 15)
        )


def _foresee() -> None:
    """Take the snapshot of every Monday."""
    monday = FIRST_MONDAY
    while monday <= LAST_MONDAY:
        measures.take_snapshots(week_on=monday, at=moment(monday, 3))
        monday += timedelta(days=7)
