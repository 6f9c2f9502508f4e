"""What is under way in the demo's programmes: questions to applicants, reviews, a slate, a match, people who begin."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from accord.demo import names
from accord.demo.operations._cast import HOST, REVIEWER
from accord.demo.operations._programmes import Ran
from accord.demo.operations._voices import moment, speak_as
from accord.demo.stories import placings as story
from accord.demo.stories.placings import Reached
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.queries import Institution, Person, institutions_by_key
from accord.programmes import operations as programmes
from accord.programmes.enums import Going, Side
from accord.programmes.queries import Application, MatchRun, Placement, accepted_offers, offers_of_run, wishes_by_place
from accord.review import operations as review
from accord.review.enums import AssignmentGoal
from accord.review.queries import Assignment, Panel, Panelist, assignments_of, criteria_of

DAY = timedelta(days=1)
REVIEWERS = 7
FIRST_NUMBER = 3_000
"""Numbers of simulated persons from here on are reviewers."""
MECHANISM = "joint-applications"
CHAIR, DECLINES, SILENT, LATER, LOOKED_AFTER, TIED = 2, 7, 3, 4, 6, 3
"""Who chairs; who of twelve declines, of seventeen is silent, of five comes later; how many are looked after; tied."""
WORTH, LENIENT = 3.1, (0.9, 0.0, -0.9, 0.2, -0.3)
"""What an item is worth on average, of five; by how much reviewers mark better or worse than others would."""
CRITERIA = (
    ("question", Bilingual("Question and plan", "研究问题与计划"), Decimal(2)),
    ("fit", Bilingual("Fit with the place", "与岗位的契合度"), Decimal(1)),
    ("preparation", Bilingual("Preparation", "已有准备"), Decimal(1)),
)
ANCHORS = {
    "1": {"en": "Hardly told", "zh-hans": "几乎没有说明"},
    "3": {"en": "Clear in most parts", "zh-hans": "大部分清楚"},
    "5": {"en": "Could start tomorrow", "zh-hans": "随时可以开始"},
}
ASKED = Bilingual(
    "Your letter of consent names another period. Which one holds?", "同意函所写的期限与申请表不一致，以哪一个为准？"
)
FOR_APPLICANT = "The plan is clear. Say more about the data that you need and when you need it."


class UnderWay:
    """Carries on what calls have come to, in the name of whoever runs them."""

    def __init__(self, ran: Sequence[Ran], cast: Mapping[str, Person], *, seed: int, as_of: date) -> None:
        """Keep the calls, who is there, and which day it is."""
        self.ran, self.cast, self.seed, self.as_of = ran, cast, seed, as_of
        self.draw = Random(f"{seed}:reviews")  # noqa: S311 (a simulation, told by its seed)

    def go_on(self) -> None:
        """Carry on every call that is neither prepared nor finished."""
        steps = {
            Reached.SCREENING: self._ask,
            Reached.REVIEW: self._review,
            Reached.DECISION: self._review,
            Reached.PLACED: self._place,
        }
        for one in self.ran:
            if one.round.reached in steps:
                steps[one.round.reached](one, speak_as(self.cast[one.scheme.voice]))

    def _ask(self, one: Ran, by: Person) -> None:
        """Ask a few applicants something; some have answered."""
        waiting = [row for row in one.applications if row.phase == "screening"][:6]
        for number, row in enumerate(waiting):
            asked = programmes.ask_applicant(
                application=row,
                text=ASKED.zh_hans if row.language == "zh-hans" else ASKED.en,
                due_on=self.as_of + timedelta(days=number - 2),
                by=by,
                at=moment(self.as_of - 8 * DAY, 3, number),
            )
            if number % 2:
                programmes.answer_enquiry(
                    enquiry=asked,
                    text="The period in the form." if row.language == "en" else "以申请表为准。",
                    by=row.applicant,
                    at=moment(self.as_of - 5 * DAY, 5, number),
                )

    def _review(self, one: Ran, by: Person) -> None:
        """Open a panel, assign its items, and let reviewers work: all of it where the call waits for its decision."""
        opened = one.round.closes_on + 6 * DAY
        panel = self._panel(one, by, opened)
        reviewers = self._reviewers(panel, by, opened)
        programmes.put_in_review(
            call=one.call,
            applications=[row for row in one.applications if row.phase in {"review", "decision"}],
            panel=panel,
            by=by,
            at=moment(opened, 4),
        )
        for number, panelist in enumerate(reviewers):
            review.declare_none(panelist=panelist, by=panelist.person, at=moment(opened + DAY, 2, number))
        run = review.propose_assignment(
            panel=panel,
            goal=AssignmentGoal.BEST_TOTAL,
            seed=f"{self.seed}-{one.scheme.key}",
            by=by,
            at=moment(opened + 2 * DAY),
        )
        review.apply_run(run=run, by=by, at=moment(opened + 2 * DAY, 3))
        self._score(panel, opened, is_whole=one.round.reached is Reached.DECISION)

    def _panel(self, one: Ran, by: Person, opened: date) -> Panel:
        rubric = review.make_rubric(
            owner=one.call.programme.owner,
            key="proposals",
            name=Bilingual("Proposals", "申请评分表"),
            criteria=[
                review.CriterionFacts(key=key, name=name, weight=weight, anchors=ANCHORS)
                for key, name, weight in CRITERIA
            ],
            by=by,
            at=moment(opened),
        )
        return review.open_panel(
            subject=f"call:{one.call.pk}",
            name=one.round.name,
            rubric=rubric,
            owner=one.call.programme.owner,
            mode=one.round.mode,
            reviews_each=2,
            max_load=40,
            due_at=moment(self.as_of + (4 if one.round.reached is Reached.REVIEW else -9) * DAY, 15, 59),
            score_counts="calibrated",
            is_simulated=True,
            by=by,
            at=moment(opened, 1),
        )

    def _reviewers(self, panel: Panel, by: Person, opened: date) -> list[Panelist]:
        """Invite reviewers: the demo's own, and others of whom one belongs to the house that many come from."""
        houses = institutions_by_key(["zju", "sample-polytechnic"])
        found = [self.cast[REVIEWER]]
        for number in range(1, REVIEWERS):
            person = people.register_person(
                key=f"reviewer-{number}", name=names.person(FIRST_NUMBER + number, self.seed), is_simulated=True
            )
            self._belongs(person, houses["zju" if number == 1 else "sample-polytechnic"], by)
            found.append(person)
        return [
            review.invite_panelist(
                panel=panel,
                person=person,
                is_chair=number == CHAIR,
                is_senior=number % 2 == 0,
                expertise=story.PROJECTS[number % len(story.PROJECTS)].en,
                accepted=True,
                by=by,
                at=moment(opened, 2),
            )
            for number, person in enumerate(found)
        ]

    def _belongs(self, person: Person, house: Institution, by: Person) -> None:
        people.affiliate(person=person, institution=house, starts_on=date(2016, 9, 1), by=by, at=moment(self.as_of))

    def _score(self, panel: Panel, opened: date, *, is_whole: bool) -> None:
        """Let reviewers score what they were given: all of it, or some three of four with a few drafts."""
        criteria = [one.key for one in criteria_of(panel.rubric)]
        for number, one in enumerate(assignments_of(panel)):
            if is_whole or number % 4:
                self._one_score(
                    one, criteria, opened + timedelta(days=6 + number % 20), is_draft=not is_whole and number % 9 == 1
                )

    def _one_score(self, one: Assignment, criteria: Sequence[str], day: date, *, is_draft: bool) -> None:
        at, by = moment(min(day, self.as_of - DAY), 6), one.panelist.person
        review.open_item(assignment=one, by=by, at=at)
        kept = review.keep_review(
            assignment=one,
            facts=review.ReviewFacts(
                scores={key: self._mark(one, key) for key in criteria},
                comment_to_applicant=FOR_APPLICANT,
            ),
            version=0,
            by=by,
            at=at,
        )
        if not is_draft:
            review.submit_review(assignment=one, version=kept.version, by=by, at=at + timedelta(hours=1))

    def _mark(self, one: Assignment, criterion: str) -> Decimal:
        """Return what a reviewer gives: what the item is worth to anybody, more or less by how lenient they are."""
        worth = Random(f"{self.seed}:{one.item.code}:{criterion}").gauss(WORTH, 0.9)  # noqa: S311 (a simulation)
        lenient = LENIENT[one.panelist.position % len(LENIENT)]
        return Decimal(min(5, max(1, round(worth + lenient + self.draw.gauss(0, 0.4)))))

    def _place(self, one: Ran, by: Person) -> None:
        """Let hosts rank, run the match, publish it, and let people answer and begin."""
        decided = one.round.decided_on or self.as_of
        self._rank(one, decided)
        run = programmes.run_match(call=one.call, mechanism=MECHANISM, by=by, at=moment(decided + 3 * DAY))
        published = programmes.publish_match(
            run=run, answer_by=moment(decided + 13 * DAY, 15, 59), hold=False, by=by, at=moment(decided + 3 * DAY, 3)
        )
        self._answer(published, decided)
        programmes.lapse_offers(at=moment(decided + 14 * DAY))
        self._begin(one, by)

    def _rank(self, one: Ran, decided: date) -> None:
        """Let each host rank those who want its places."""
        for place, rows in wishes_by_place(one.call).items():
            self.draw.shuffle(rows)
            order = [rows[first : first + TIED] for first in range(0, len(rows), TIED)]
            programmes.rank_applicants(
                place=place, order=order, unwanted={}, by=place.host.contact, at=moment(decided + DAY)
            )

    def _answer(self, run: MatchRun, decided: date) -> None:
        """Let most accept in time, some decline, and a few say nothing."""
        for number, offer in enumerate(offers_of_run(run)):
            at = moment(decided + timedelta(days=4 + number % 7), 4, number % 60)
            if number % 12 == DECLINES:
                programmes.decline_offer(
                    offer=offer, reason="I stay with my laboratory.", by=offer.application.applicant, at=at
                )
            elif number % 17 != SILENT:
                programmes.accept_offer(offer=offer, by=offer.application.applicant, at=at)

    def _begin(self, one: Ran, by: Person) -> None:
        """Begin the placements; those of the first days have a learning agreement, an arrival and a first word."""
        rows: Sequence[Application] = one.applications
        for number, offer in enumerate(accepted_offers(rows).values()):
            starts = one.round.starts_on
            for placement in programmes.begin_placement(
                offer=offer, level=one.scheme.level, by=by, at=moment(starts - 14 * DAY)
            ):
                if number % 5 == LATER:
                    continue
                programmes.confirm_arrival(
                    placement=placement, arrived_on=starts, by=offer.place.host.contact, at=moment(starts, 8)
                )
                if number < LOOKED_AFTER:
                    self._look_after(placement, offer.place.host.contact, by, starts, number)

    def _look_after(self, placement: Placement, host: Person, by: Person, starts: date, number: int) -> None:
        terms = programmes.Terms(
            tasks=f"Work on {placement.title.en.lower()} with the team; report every Friday.",
            aims="Know how the team measures what it does.",
            hours_weekly=Decimal(40),
            starts_on=placement.starts_on,
            ends_on=placement.ends_on,
        )
        agreement = programmes.make_learning_agreement(
            placement=placement, terms=terms, by=by, at=moment(starts - 10 * DAY)
        )
        for side, person in ((Side.PERSON, placement.person), (Side.HOST, host), (Side.HOME, by)):
            if side is Side.HOME and number % 3 == 0:
                continue
            programmes.sign_learning(
                agreement=agreement,
                side=side,
                person=person,
                name=str(person.name),
                digest=agreement.digest,
                at=moment(starts - 6 * DAY, 5),
            )
        programmes.check_in(
            placement=placement,
            side=Side.HOST if host != self.cast[HOST] else Side.PERSON,
            stands_on=starts + 7 * DAY,
            going=Going.MIXED if number % 4 == 0 else Going.WELL,
            text="The access to the data came late." if number % 4 == 0 else "",
            by=host if host != self.cast[HOST] else placement.person,
            at=moment(starts + 7 * DAY, 9),
        )
