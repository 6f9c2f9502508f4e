"""The programmes of the demo: their calls in every state, with forms, hosts and places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accord.agreements.queries import Agreement, Commitment
from accord.demo.operations._cast import APPLICANT, HOST
from accord.demo.operations._programmes_people import Crowd
from accord.demo.operations._voices import moment, speak_as
from accord.demo.stories import placings as story
from accord.demo.stories.placings import Reached, Round, Scheme
from accord.kernel.text import Bilingual
from accord.people.queries import Institution, Person, institutions_by_key
from accord.programmes import operations as programmes
from accord.programmes.enums import HostScore
from accord.programmes.queries import Application, Call, Host, Place, Programme

FIRST_NUMBER = 4_000
"""Numbers of simulated persons from here on are applicants."""
FEWEST = 12
"""The fewest applications of a call in a small world."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ran:
    """A call with what stands on it: its places, and its applications as they were taken over."""

    scheme: Scheme
    round: Round
    call: Call
    places: tuple[Place, ...]
    applications: tuple[Application, ...] = ()


class Programmes:
    """Opens programmes and calls in the name of whoever runs them, and lets people apply, be decided on and come."""

    def __init__(
        self,
        agreements: Mapping[str, Agreement],
        cast: Mapping[str, Person],
        *,
        seed: int,
        scale: float,
        as_of: date,
    ) -> None:
        """Keep the agreements by key, who is there, and which day it is."""
        self.agreements, self.cast = agreements, cast
        self.seed, self.share, self.as_of = seed, min(scale, 1.0), as_of
        self.number = FIRST_NUMBER
        keys = {key for one in story.SCHEMES for key in (one.owner, *one.homes, *one.hosts)}
        self.houses: Mapping[str, Institution] = institutions_by_key(sorted(keys))

    def run(self) -> list[Ran]:
        """Run every programme; return the calls with what stands on them."""
        ran = []
        for scheme in story.SCHEMES:
            voice = speak_as(self.cast[scheme.voice])
            programme = self._open(scheme, voice)
            ran += [
                self._run(scheme, one, programme, voice)
                for one in scheme.rounds
                if one.opens_on <= self.as_of or not one.applications
            ]
        return ran

    def _open(self, scheme: Scheme, by: Person) -> Programme:
        agreement = self.agreements.get(scheme.agreement)
        return programmes.open_programme(
            key=scheme.key,
            name=scheme.name,
            summary=scheme.summary,
            kind=scheme.kind,
            owner=self.houses[scheme.owner],
            agreement=agreement,
            commitment=self._promise(agreement, scheme.promise),
            is_simulated=True,
            by=by,
            at=moment(min(one.opens_on for one in scheme.rounds) - 60 * DAY if scheme.agreement else self.as_of),
        )

    def _promise(self, agreement: Agreement | None, key: str) -> Commitment | None:
        return None if agreement is None else agreement.commitments.get(key=key)

    def _run(self, scheme: Scheme, one: Round, programme: Programme, by: Person) -> Ran:
        """Prepare a call, publish it when its time has come, and take over what was applied for."""
        call = self._prepare(scheme, one, programme, by)
        if one.reached is Reached.PREPARED:
            return Ran(scheme, one, call, ())
        published = programmes.publish_call(
            call=call, seed=f"{self.seed}-{scheme.key}-{one.key}", by=by, at=moment(one.opens_on - 14 * DAY)
        )
        places = tuple(self._places(scheme, one, published, by))
        crowd = Crowd(scheme, one, places, self.houses, by, first=self.number, seed=self.seed, as_of=self.as_of)
        applications = crowd.apply(published, max(round(one.applications * self.share), FEWEST))
        self.number += len(applications) + 1
        if one.reached is Reached.OPEN:
            self._begin_own(published, places)
        if one.reached is Reached.FINISHED:
            crowd.come(programme, applications)
            programmes.finish_call(call=published, by=by, at=moment(min(one.starts_on + 30 * DAY, self.as_of)))
        return Ran(scheme, one, published, places, applications)

    def _prepare(self, scheme: Scheme, one: Round, programme: Programme, by: Person) -> Call:
        at = moment(min(one.opens_on - 30 * DAY, self.as_of - DAY))
        call = programmes.prepare_call(
            programme=programme,
            facts=programmes.CallFacts(
                key=one.key,
                name=one.name,
                summary=scheme.summary,
                who_may=Bilingual(
                    "Whoever studies or works at a house of the partnership.", "合作各方的学生和在职人员均可申请。"
                ),
                gives=_gives(scheme),
                contact=f"{scheme.key}@example.org",
                time_zone=scheme.zone,
                partner_zone=scheme.partner_zone,
                opens_at=moment(one.opens_on, 1),
                closes_at=moment(one.closes_on, 15, 59),
                results_on=one.decided_on,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                quota=one.places or None,
                reserve_length=max(one.places // 4, 0),
                mode=one.mode,
                most_wishes=one.wishes,
                takes_joint=one.takes_joint,
                host_score=HostScore.HOST if one.is_matched else HostScore.REVIEW,
            ),
            by=by,
            at=at,
        )
        form = call.forms.get()
        if one.reached is not Reached.PREPARED:
            programmes.publish_form(form=form, by=by, at=at)
        return call

    def _places(self, scheme: Scheme, one: Round, call: Call, by: Person) -> Iterator[Place]:
        """Yield the places that hosts open in the first days of a call, a few at each desk."""
        if not one.places:
            return
        wanted = max(round(one.places * self.share), 2)
        hosts = [self._host(call, self.houses[key], by, one) for key in scheme.hosts]
        sorts = min(len(scheme.subjects), wanted)
        for number in range(sorts):
            count = wanted // sorts + (number < wanted % sorts)
            yield programmes.open_place(
                host=hosts[number % len(hosts)],
                facts=programmes.PlaceFacts(
                    name=scheme.subjects[number],
                    text=Bilingual(
                        f"Work on {scheme.subjects[number].en.lower()} with the team that runs it.",
                        f"与相关团队一起开展{scheme.subjects[number].zh_hans}工作。",
                    ),
                    city=Bilingual("Hangzhou", "杭州") if scheme.owner in {"zju", "ant"} else Bilingual(),
                    count=count,
                    starts_on=one.starts_on,
                    ends_on=one.ends_on,
                ),
                by=hosts[number % len(hosts)].contact,
                at=moment(one.opens_on - (10 - number) * DAY, 3),
            )

    def _host(self, call: Call, house: Institution, by: Person, one: Round) -> Host:
        contact = self.cast[HOST] if house.key == "sample-bank" else self._contact(house)
        return programmes.invite_host(
            call=call,
            institution=house,
            contact=contact,
            email=f"places@{house.key}.example.org",
            by=by,
            at=moment(one.opens_on - 13 * DAY),
        )

    def _contact(self, house: Institution) -> Person:
        return self.cast.get(f"demo-{house.key}-officer") or self.cast[HOST]

    def _begin_own(self, call: Call, places: Sequence[Place]) -> None:
        """Let the demo's own applicant begin, and leave it half done."""
        person, at = self.cast[APPLICANT], moment(self.as_of - 2 * DAY, 7)
        draft = programmes.begin_application(call=call, person=person, language="en", at=at, is_simulated=True)
        draft = programmes.keep_answers(
            application=draft,
            section="you",
            raw={"full-name": str(person.name)},
            version=draft.version,
            by=person,
            at=at + timedelta(minutes=4),
        )
        programmes.rank_places(application=draft, places=list(places[:2]), by=person, at=at + timedelta(minutes=9))


def _gives(scheme: Scheme) -> Bilingual:
    if not scheme.stipend_minor:
        return Bilingual("A desk, a supervisor at each side, and a certificate.", "工位、双方导师及证书。")
    monthly = scheme.stipend_minor // 100
    return Bilingual(f"CNY {monthly:,} a month, a desk and a supervisor.", f"每月{monthly:,}元津贴、工位和导师。")
