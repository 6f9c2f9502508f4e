"""One's own application as the API shows it, and who may do what with it."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from accord.kernel.api import ApiRequest, Detail, Shown, Words
from accord.kernel.refused import NotAllowed
from accord.programmes import queries, rules
from accord.programmes.queries import Application


class OwnApplicationRow(Shown):
    """An application of the token's person: where it stands, and what happens next."""

    reference: str = Field(examples=["SUM-20-0017"])
    programme: str = Field(description="Key of the programme.")
    call: str = Field(description="Key of the call.")
    call_name: Words
    is_own: bool = Field(description="False: somebody else's, with whom one applies along.")
    stage: str = Field(description="Short name of the stage of the call's workflow.", examples=["draft"])
    stage_name: Words
    phase: str = Field(description="What the stage means, the same in every workflow.", examples=["draft"])
    entered_at: datetime = Field(description="Since when it stands there.")
    tells: Words = Field(description="What the stage means for the applicant.")
    next: Words | None = Field(description="The stage that usually follows.")
    closes_at: datetime = Field(description="Until when the call takes applications.")
    started_at: datetime
    submitted_at: datetime | None = Field(description="When it arrived; null before it is submitted.")
    is_late: bool = Field(description="Submitted after the deadline with a code.")
    withdrawn_at: datetime | None
    version: int = Field(description="The row version, as in ETag.")


class QuestionToApplicant(Shown):
    """A question of the office, with its answer."""

    id: int
    text: str
    asked_at: datetime
    due_on: date | None = Field(description="Last day for the answer, in the zone of the call.")
    answer: str | None
    answered_at: datetime | None
    closed_at: datetime | None = Field(description="Taken back, or no longer needed.")


class StageAhead(Shown):
    """A stage that usually follows."""

    name: Words
    tells: Words


class OwnApplication(OwnApplicationRow):
    """An application of the token's person with what may be done with it now."""

    ahead: list[StageAhead] = Field(description="What usually follows, stage by stage.")
    may_write: bool = Field(description="Answers can be changed now.")
    may_withdraw: bool
    new_form: bool = Field(description="The form has a newer version, which a draft takes before it is submitted.")
    questions: list[QuestionToApplicant] = Field(description="Of the office, the latest first; the applicant's alone.")
    contact: str = Field(description="Email address for questions.")


def own_to_write(request: ApiRequest, reference: str) -> Application:
    """Return an application of one's own; who only applies along hears that they read it."""
    one = queries.find_own_application(request.actor, reference)
    if not rules.may_apply(request.actor, one.applicant_id):
        raise NotAllowed(_("Whose application it is writes it. Whoever applies along reads it."))
    return one


def own_row(request: ApiRequest, one: Application) -> OwnApplicationRow:
    """Return an application as one's own list shows it."""
    ahead = queries.way_ahead(one)
    return OwnApplicationRow(
        reference=one.reference,
        programme=one.call.programme.key,
        call=one.call.key,
        call_name=Words.of(one.call.name),
        is_own=one.applicant_id == request.actor.person_id,
        stage=one.stage,
        stage_name=Words.of(queries.stage_name(one.call, one.stage)),
        phase=one.phase,
        entered_at=one.entered_at,
        tells=Words.of(queries.stage_tells(one)),
        next=Words.of(ahead[0].name) if ahead else None,
        closes_at=one.call.closes_at,
        started_at=one.started_at,
        submitted_at=one.submitted_at,
        is_late=one.is_late,
        withdrawn_at=one.withdrawn_at,
        version=one.version,
    )


def own_shown(request: ApiRequest, reference: str, at: datetime) -> OwnApplication:
    """Return an application as its applicant reads it now."""
    one = queries.find_own_application(request.actor, reference)
    row = own_row(request, one)
    may_write = row.is_own and queries.may_write(one, at)
    return OwnApplication(
        **dict(row),
        ahead=[StageAhead(name=Words.of(each.name), tells=Words.of(each.tells)) for each in queries.way_ahead(one)],
        may_write=may_write,
        may_withdraw=row.is_own and one.withdrawn_at is None and queries.withdraw_step(one) is not None,
        new_form=may_write and queries.form_news(one) is not None,
        questions=_questions(one) if row.is_own else [],
        contact=one.call.contact,
    )


def own_detail(request: ApiRequest, reference: str, at: datetime) -> Detail[OwnApplication]:
    """Answer an application as its applicant reads it now, with its version."""
    shown = own_shown(request, reference, at)
    return Detail(shown, version=shown.version)


def _questions(one: Application) -> list[QuestionToApplicant]:
    return [
        QuestionToApplicant(
            id=each.pk,
            text=each.text,
            asked_at=each.asked_at,
            due_on=each.due_on,
            answer=each.answer or None,
            answered_at=each.answered_at,
            closed_at=each.closed_at,
        )
        for each in queries.enquiries_of(one)
    ]
