"""The people of the demo's programmes: who applies when, what becomes of them, who comes and how it ends."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from accord.demo import names
from accord.demo.operations._voices import moment
from accord.demo.stories.placings import Reached, Round, Scheme
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.queries import Institution, Person
from accord.programmes import operations as programmes
from accord.programmes.enums import EndReason, Outcome, Side
from accord.programmes.operations import Judged, PastApplication, PastDecision, PastStay, PastStep
from accord.programmes.queries import Application, Call, Offer, Place, Programme, accepted_offers

DAY = timedelta(days=1)
WHY = "I would like to learn how {subject} works in a team that runs it every day, and bring what I measured so far."
REASONS = (
    "Other plans said more precisely what would be done in the first weeks.",
    "The plan does not say which data it needs.",
    "There were more good applications than places.",
)
GAVE_UP = "Another offer came first."
LANGUAGES = ("zh-hans", "en", "zh-hans")
NEVER_SENT, NEVER_SENT_YET = 0.06, 0.45
"""Which share of drafts is never submitted, of calls that are over and of those that are open."""
LATE_EVERY, WITHDRAWN_EVERY, REFUSED_EVERY = 61, 37, 19
BREAKS_OFF, HIRED, SILENT = (14, 5), (9, 2), (11, 0)
"""Every so manieth placement, and the first of them: ended early, hired by the host, not evaluated."""
STAYED_BEFORE_LEAVING, UNTIL_HIRED = 40 * DAY, 35 * DAY


class Crowd:
    """Those who apply to one call."""

    def __init__(
        self,
        scheme: Scheme,
        one: Round,
        places: Sequence[Place],
        houses: Mapping[str, Institution],
        by: Person,
        *,
        first: int,
        seed: int,
        as_of: date,
    ) -> None:
        """Keep what the call is about, its places, who runs it, the number of the first applicant, and the day."""
        self.scheme, self.round, self.places, self.by = scheme, one, places, by
        self.homes = [houses[key] for key in scheme.homes]
        self.seats = [place for place in places for _seat in range(place.count)]
        self.first, self.seed, self.as_of = first, seed, as_of
        self.draw = Random(f"{seed}:{scheme.key}:{one.key}")  # noqa: S311 (a simulation, told by its seed)
        self.told = one.decided_on or as_of

    def apply(self, call: Call, many: int) -> tuple[Application, ...]:
        """Take over what so many people applied with, as far as the call has come."""
        keys = {
            f"applicant-{number}": names.person(number, self.seed) for number in range(self.first, self.first + many)
        }
        register = people.register_persons(names=keys, is_simulated=True)
        scores = {key: Decimal(self.draw.randrange(210, 500)) / 100 for key in keys}
        best = sorted(keys, key=lambda key: (-scores[key], key))
        ranks = {key: rank for rank, key in enumerate(best)}
        rows = [
            self._application(number, register[key], scores[key], ranks[key])
            for number, key in enumerate(keys, start=2)
        ]
        decided = moment(self.round.decided_on) if self.round.decided_on else None
        return tuple(
            programmes.take_over_round(
                call=call, applications=rows, by=self.by, at=moment(self.as_of), decided_at=decided
            )
        )

    def come(self, programme: Programme, applications: Sequence[Application]) -> None:
        """Take over who came, from when until when, and what both sides thought of it."""
        taken = [row for row in applications if row.phase == "placement"]
        offers = accepted_offers(taken)
        stays = [self._stay(offers[row.pk], row, number) for number, row in enumerate(taken, start=1)]
        come = [stay for stay in stays if stay.starts_on <= self.as_of]
        programmes.take_over_stays(programme=programme, stays=come, by=self.by, at=moment(self.as_of))
        programmes.advance_all(applications=taken, at=moment(self.as_of))

    def _application(self, number: int, person: Person, score: Decimal, rank: int) -> PastApplication:
        """Return one application with every step it took until the demo's day."""
        started, submitted, is_late = self._when(number)
        sent = None if submitted is None else moment(submitted, 3 + number % 11, number % 60)
        steps, decision = self._path(number, person, sent, score, rank)
        gone = steps[-1].at if steps and steps[-1].step == "withdraw" else None
        seat = self.seats[rank] if rank < len(self.seats) and self.round.reached is Reached.FINISHED else None
        has_place = seat is not None and bool(steps) and steps[-1].step == "accept-place"
        subject = self.scheme.subjects[number % len(self.scheme.subjects)]
        return PastApplication(
            reference=f"{self.scheme.prefix}-{_short(self.round)}-{number:04}",
            person=person,
            home=self.homes[number % len(self.homes)],
            title=subject,
            answers=_answers(self.scheme, subject, person),
            language=LANGUAGES[number % len(LANGUAGES)],
            started_at=moment(started, number % 3, number % 60),
            submitted_at=sent,
            is_late=is_late,
            withdrawn_at=gone,
            withdraw_reason=GAVE_UP if gone else "",
            steps=steps,
            wishes=self._wishes(number),
            decision=decision,
            place=seat if has_place else None,
            offered_at=moment(self.told + DAY) if has_place else None,
            accepted_at=steps[-1].at if has_place else None,
            is_simulated=True,
        )

    def _when(self, number: int) -> tuple[date, date | None, bool]:
        """Return when an application was begun and submitted: most in the last days, a few late, some never."""
        one = self.round
        last, is_open = min(one.closes_on, self.as_of - DAY), one.closes_on >= self.as_of
        started = one.opens_on + timedelta(days=int((last - one.opens_on).days * self.draw.random() ** 0.6))
        if self.draw.random() < (NEVER_SENT_YET if is_open else NEVER_SENT):
            return started, None, False
        if not is_open and number % LATE_EVERY == 0:
            return started, one.closes_on + 2 * DAY, True
        return started, started + timedelta(days=self.draw.randrange(1 + (last - started).days)), False

    def _wishes(self, number: int) -> tuple[Place, ...]:
        if not self.places or not self.round.wishes:
            return ()
        drawn = self.draw.sample(list(self.places), k=min(self.round.wishes, len(self.places)))
        return tuple(drawn[: max(1, self.round.wishes - number % 2)])

    def _path(
        self, number: int, person: Person, sent: datetime | None, score: Decimal, rank: int
    ) -> tuple[tuple[PastStep, ...], PastDecision | None]:
        """Return the steps of an application, and what was decided on it if anything was."""
        if sent is None:
            return (), None
        submit, reached = PastStep("submit", sent, person), self.round.reached
        if number % WITHDRAWN_EVERY == 0:
            return (submit, PastStep("withdraw", sent + timedelta(hours=9), person, GAVE_UP)), None
        if reached is Reached.OPEN or (reached is Reached.SCREENING and number % 3):
            return (submit,), None
        screened = min(self.round.closes_on + 5 * DAY, self.as_of - DAY)
        if number % REFUSED_EVERY == 0:
            return (submit, PastStep("refuse", moment(screened), self.by, REASONS[1])), None
        read = (submit, PastStep("pass", moment(screened, 4), self.by))
        if reached in {Reached.SCREENING, Reached.REVIEW, Reached.DECISION}:
            return read, None
        more, decision = self._decided(number, person, score, rank)
        return (*read, PastStep("reviewed", moment(self.told - 4 * DAY, 5)), *more), decision

    def _decided(
        self, number: int, person: Person, score: Decimal, rank: int
    ) -> tuple[tuple[PastStep, ...], PastDecision]:
        """Return what was decided by rank: accepted, on the reserve list, or not; and how it went on from there."""
        told, seats = moment(self.told, 6), len(self.seats)
        last = seats * 2 if self.round.is_matched else seats
        if rank >= last + seats // 4:
            reason = REASONS[rank % len(REASONS)]
            decision = PastDecision(Outcome.DECLINE, score, reason)
            return (PastStep("not-accepted", told, words=reason),), decision
        if rank >= last:
            decision = PastDecision(Outcome.RESERVE, score, REASONS[2], reserve_position=rank - last + 1)
            closed = PastStep("no-place", moment(self.told + 20 * DAY), self.by, REASONS[2])
            is_over = self.round.reached is Reached.FINISHED
            return (PastStep("reserved", told), *([closed] if is_over else [])), decision
        accepted = PastStep("accepted", told)
        if self.round.reached is not Reached.FINISHED:
            return (accepted,), PastDecision(Outcome.ACCEPT, score)
        offered = PastStep("offer", moment(self.told + DAY))
        taken = PastStep("accept-place", moment(self.told + (2 + number % 6) * DAY, 9), person)
        return (accepted, offered, taken), PastDecision(Outcome.ACCEPT, score)

    def _stay(self, offer: Offer, row: Application, number: int) -> PastStay:
        """Return one placement; a few end early, some of the others lead to a job with the host."""
        place = offer.place
        starts, ends = self._days(number)
        is_over = ends < self.as_of
        breaks_off = _is(number, BREAKS_OFF) and starts + STAYED_BEFORE_LEAVING < min(self.as_of, ends)
        left = starts + STAYED_BEFORE_LEAVING if breaks_off else ends if is_over else None
        is_judged = is_over and not breaks_off and not _is(number, SILENT)
        hired = ends + UNTIL_HIRED if is_judged and _is(number, HIRED) else None
        is_paid = bool(self.scheme.stipend_minor)
        return PastStay(
            reference=f"{self.scheme.prefix}-{_short(self.round)}-P{number:03}",
            person=row.applicant,
            level=self.scheme.level,
            title=place.name,
            host=place.host.institution,
            home=row.home,
            offer=offer,
            starts_on=starts,
            ends_on=ends,
            agreed_at=moment(starts - 20 * DAY),
            arrived_on=starts,
            left_on=left,
            end_reason=EndReason.PERSON if breaks_off else "",
            judged=self._judged(place.host.contact, row.applicant, ends, number) if is_judged else {},
            hired_on=hired if hired and hired <= self.as_of else None,
            hired_because="Contract of employment (simulated)" if hired else "",
            stipend_minor=self.scheme.stipend_minor or None,
            currency="CNY" if is_paid else "",
            supervisors={
                Side.HOST: names.person(number, self.seed).en,
                Side.HOME: names.person(number + 50, self.seed).en,
            },
            is_simulated=True,
        )

    def _days(self, number: int) -> tuple[date, date]:
        """Return the first and last day: together for interns, a few weeks one after another on exchange."""
        if self.scheme.kind != "exchange":
            return self.round.starts_on + timedelta(days=7 * (number % 3)), self.round.ends_on
        starts = self.round.starts_on + timedelta(days=4 * number)
        return starts, starts + timedelta(days=34 + 7 * (number % 3))

    def _judged(self, host: Person, person: Person, ends: date, number: int) -> dict[Side, Judged]:
        said = moment(min(ends + (2 + number % 5) * DAY, self.as_of - DAY), 8)
        return {
            Side.PERSON: Judged(3 + number % 3, said, person),
            Side.HOST: Judged(3 + (number + 1) % 3, said + timedelta(hours=1), host),
        }


def _is(number: int, every: tuple[int, int]) -> bool:
    """Say whether a number is one of every so many, from a first one on."""
    return number % every[0] == every[1]


def _short(one: Round) -> str:
    """Return the year of a call and the first letter of what follows, as references bear it."""
    year, _hyphen, rest = one.key.partition("-")
    return f"{year[2:]}{rest[:1].upper()}"


def _answers(scheme: Scheme, subject: Bilingual, person: Person) -> dict[str, Any]:
    """Return the answers that the forms of the demo ask for, as far as a register has them."""
    why = WHY.format(subject=subject.en.lower())
    return {
        "full-name": person.name.en,
        "level": scheme.level,
        "subject": subject.en,
        "why": why,
        "purpose": why,
        "project-title": subject.en,
        "summary": why,
    }
