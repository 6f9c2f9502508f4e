"""Takes over the applications of a call that was run elsewhere: all of a register at once, along its own workflow."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.engines import workflow
from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.people.queries import Institution, Person
from accord.programmes.enums import OfferState
from accord.programmes.models import Application, Call, Decision, Offer, Place, Seat, Slate, Step, Wish
from accord.programmes.operations._count_places import count_places
from accord.programmes.queries import current_form, digest_of_order, flow_of, line_of_order


class RegisterClashes(Refused):
    """Two lines of a register, or one of them and what is there, cannot both be so."""

    code = "register-clashes"


class PathUnknown(Refused):
    """An application of a register took a step that does not lead on from where it stood."""

    code = "path-unknown"


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step that an application took, by whom, and what the applicant was told."""

    step: str
    at: datetime
    by: Person | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PastDecision:
    """What was decided, with the score that counted and the reason."""

    outcome: str
    score: Any = None
    reason: str = ""
    reserve_position: int | None = None


@dataclass(frozen=True, slots=True)
class PastApplication:
    """An application as a register has it: who, with what, and every step it took, in order."""

    reference: str
    person: Person
    started_at: datetime
    home: Institution | None = None
    title: Bilingual = field(default_factory=Bilingual)
    answers: Mapping[str, Any] = field(default_factory=dict)
    screening: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en"
    submitted_at: datetime | None = None
    is_late: bool = False
    withdrawn_at: datetime | None = None
    withdraw_reason: str = ""
    steps: Sequence[PastStep] = ()
    wishes: Sequence[Place] = ()
    decision: PastDecision | None = None
    place: Place | None = None
    offered_at: datetime | None = None
    accepted_at: datetime | None = None
    group: str = ""
    is_simulated: bool = False


@transaction.atomic
def take_over_round(
    *, call: Call, applications: Sequence[PastApplication], by: Person, at: datetime, decided_at: datetime | None = None
) -> list[Application]:
    """Take over applications with their steps, wishes, decisions and accepted places; whole or not at all.

    Nobody is told: what is taken over is known already. Decisions become one settled slate, told at `decided_at`; a
    place that somebody accepted holds a seat, and counts as filled from then on.
    What the steps need is not asked, since it lies elsewhere; that each leads on from the one before is. Raises
    `PathUnknown`, and `RegisterClashes` where a reference or an applicant stands twice.
    """
    form, flow = current_form(call), flow_of(call)
    walks = [list(_walk(flow, one)) for one in applications]
    clash = _("Two applications of the register have the same reference or the same applicant.")
    with refused_as(dict.fromkeys(_ONCE, lambda: RegisterClashes(clash))):
        rows = Application.objects.bulk_create(
            Application(
                call=call,
                form=form,
                reference=one.reference,
                applicant=one.person,
                home=one.home,
                title=one.title,
                answers=dict(one.answers),
                screening=dict(one.screening),
                language=one.language,
                stage=walk[-1].key,
                phase=walk[-1].phase,
                entered_at=one.steps[-1].at if one.steps else one.started_at,
                started_at=one.started_at,
                submitted_at=one.submitted_at,
                is_late=one.is_late,
                withdrawn_at=one.withdrawn_at,
                withdrawn_by=one.person if one.withdrawn_at else None,
                withdraw_reason=one.withdraw_reason,
                is_brought_in=not one.is_simulated,
                is_simulated=one.is_simulated,
                group=one.group,
            )
            for one, walk in zip(applications, walks, strict=True)
        )
    pairs = list(zip(applications, rows, strict=True))
    Step.objects.bulk_create(
        step for (one, row), walk in zip(pairs, walks, strict=True) for step in _steps(one, row, walk)
    )
    Wish.objects.bulk_create(
        Wish(application=row, place=place, rank=rank)
        for one, row in pairs
        for rank, place in enumerate(one.wishes, start=1)
    )
    _decide(call, pairs, by, decided_at or at)
    _seat(call, pairs, by)
    return rows


_ONCE = ("programmes_application_reference_key", "application_once_a_call")


def _walk(flow: workflow.Workflow, one: PastApplication) -> Iterator[workflow.Stage]:
    """Yield the stages that an application went through, the first and the last included."""
    here = flow.start
    yield flow.stage(here)
    for taken in one.steps:
        step = flow.step(taken.step)
        if step is None or here not in step.from_stages:
            raise PathUnknown(
                _("Application %(reference)s cannot have taken the step %(step)s from the stage %(stage)s.")
                % {"reference": one.reference, "step": taken.step, "stage": here}
            )
        here = step.to
        yield flow.stage(here)


def _steps(one: PastApplication, row: Application, walk: Sequence[workflow.Stage]) -> Iterator[Step]:
    for taken, before, after in zip(one.steps, walk, walk[1:], strict=False):
        yield Step(
            application=row,
            step=taken.step,
            from_stage=before.key,
            to_stage=after.key,
            to_phase=after.phase,
            words=taken.words,
            moved_at=taken.at,
            mover=taken.by,
        )


def _seat(call: Call, pairs: Sequence[tuple[PastApplication, Application]], by: Person) -> None:
    """Give each application that accepted a place its offer and the next seat there, and count the places."""
    offers = Offer.objects.bulk_create(
        Offer(
            application=row,
            place=one.place,
            state=OfferState.ACCEPTED,
            answer_by_at=one.accepted_at,
            made_at=one.offered_at or one.accepted_at,
            made_by=by,
            told_at=one.offered_at or one.accepted_at,
            answered_at=one.accepted_at,
            answerer=one.person,
        )
        for one, row in pairs
        if one.place and one.accepted_at
    )
    taken: Counter[int] = Counter()
    seats = []
    for offer in offers:
        taken[offer.place_id] += 1
        number = taken[offer.place_id]
        seats.append(
            Seat(place_id=offer.place_id, number=number, offer=offer, taken_at=offer.answered_at or offer.made_at)
        )
    over = _("More people accepted a place than it has. Raise its number first.")
    with refused_as({"seat_of_place": lambda: RegisterClashes(over)}):
        Seat.objects.bulk_create(seats)
    if offers:
        count_places(call=call, at=max(offer.answered_at for offer in offers if offer.answered_at))


def _decide(call: Call, pairs: Sequence[tuple[PastApplication, Application]], by: Person, decided_at: datetime) -> None:
    """Write the decisions of a register as one settled slate, in the order of their scores."""
    decided = [(one.decision, row) for one, row in pairs if one.decision is not None]
    if not decided:
        return
    decided.sort(key=lambda pair: (-(pair[0].score or 0), pair[1].reference))
    order = [
        line_of_order(rank, row.reference, decision.score, decision.outcome)
        for rank, (decision, row) in enumerate(decided, 1)
    ]
    slate = Slate.objects.create(
        call=call,
        number=call.slates.count() + 1,
        quota=call.quota,
        reserve_length=call.reserve_length,
        order=order,
        digest=digest_of_order(order),
        opened_at=decided_at,
        opened_by=by,
        settled_at=decided_at,
        settled_by=by,
    )
    Decision.objects.bulk_create(
        Decision(
            slate=slate,
            application=row,
            outcome=decision.outcome,
            score=decision.score,
            reason=decision.reason,
            reserve_position=decision.reserve_position,
            decided_at=decided_at,
            decided_by=by,
            told_at=decided_at,
        )
        for decision, row in decided
    )
