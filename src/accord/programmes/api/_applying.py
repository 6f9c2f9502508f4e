"""One's own applications: begun, read, submitted and withdrawn by program, as on the pages of applicants."""

from typing import Literal

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Data,
    Detail,
    Key,
    NothingSent,
    Number,
    Page,
    Router,
    Sent,
    Text,
    expected,
    point,
)
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.kernel.text import EN, ZH
from accord.people.queries import acting_person
from accord.programmes import operations, queries
from accord.programmes.api._own import OwnApplication, OwnApplicationRow, own_detail, own_row, own_shown, own_to_write
from accord.programmes.enums import Permission
from accord.programmes.forms import MY_APPLICATIONS
from accord.programmes.queries import Call
from accord.ui.listing import ListAsked, listed

applying = Router(tags=["Programmes"])
ONE = "/applications/{reference}"


class BeginSent(Sent):
    """To which call somebody applies, and what is asked before its form."""

    programme: Key = Field(description="Key of the programme.", examples=["summer-internships"])
    call: Key = Field(description="Key of the call.", examples=["2020"])
    language: Literal["en", "zh-hans"] | None = Field(
        None, description="In which letters are written; as a rule that of Accept-Language."
    )
    answers: Data = Field(
        {}, description="Answers to what the rules of the call ask before the form, by key of the question."
    )
    code: Text = Field("", max_length=100, description="The late code, once the call has closed.")


class SubmitSent(Sent):
    """What goes with the submission."""

    code: Text = Field("", max_length=100, description="The late code, once the call has closed.")


class WithdrawSent(Sent):
    """Why somebody withdraws."""

    reason: Text = Field(min_length=1, max_length=500, description="The office reads it.", examples=["I found a job."])


class OfficeAnswerSent(Sent):
    """The answer to a question of the office."""

    text: Text = Field(min_length=1, max_length=10_000, examples=["In June."])


class OwnApplicationsAsked(ListAsked, table=MY_APPLICATIONS):
    """How one's own applications may be asked for."""


@applying.reads("/applications", answer=Page[OwnApplicationRow], may=Permission.APPLY)
def list_own_applications(request: ApiRequest, asked: Query[OwnApplicationsAsked]) -> Page[OwnApplicationRow]:
    """List one's own applications. Drafts too, and those with whom one applies along; with what happens next."""
    return listed(request, asked, queries.applications_of(request.actor), lambda row: own_row(request, row))


@applying.creates("/applications", answer=OwnApplication, may=Permission.APPLY)
def begin_application(request: ApiRequest, sent: BeginSent) -> Created[OwnApplication]:
    """Begin an application to a call. Begun already, it is the same one; nobody applies for somebody else."""
    now = clock.now(request.world)
    found = queries.find_public_call(request.actor, sent.programme, sent.call, now)
    if request.actor.for_person is not None:
        raise NotAllowed(_("You stand in for somebody. Nobody applies for somebody else: end standing in first."))
    person = acting_person(request.actor)
    try:
        made = operations.begin_application(
            call=found,
            person=person,
            language=sent.language or (ZH if (get_language() or EN).startswith("zh") else EN),
            at=now,
            home=queries.home_on(person, now.date()),
            screening=sent.answers,
            code=sent.code,
        )
    except operations.NotEligible as refused:
        point(refused, _asked_by(found, refused), under="answers")
        raise
    shown = own_shown(request, made.reference, now)
    return Created(shown, version=shown.version, at=reverse("api:read_own_application", args=[made.reference]))


def _asked_by(call: Call, refused: Refused) -> list[tuple[str, Refused]]:
    """Return the questions that the rules which speak against an application look at, each with what they say."""
    form = queries.current_form(call)
    rules = queries.checked_before(call, form)[0] if form else []
    keys = {each.key for one in rules if one.key in refused.detail["rules"] for each in one.questions}
    return [(key, refused) for key in sorted(keys)]


@applying.reads(ONE, answer=OwnApplication, may=Permission.APPLY)
def read_own_application(request: ApiRequest, reference: Key) -> Detail[OwnApplication]:
    """Read one's own application. Where it stands, what usually follows, what the office asks."""
    return own_detail(request, reference, clock.now(request.world))


@applying.acts(f"{ONE}/submission", answer=OwnApplication, may=Permission.APPLY)
def submit_application(request: ApiRequest, reference: Key, sent: SubmitSent) -> Detail[OwnApplication]:
    """Submit an application. The answer is the receipt; what counts is when the server took the request."""
    one, now = own_to_write(request, reference), clock.now(request.world)
    version = expected(request, one.version)
    try:
        operations.submit_application(
            application=one, version=version, by=acting_person(request.actor), at=now, code=sent.code
        )
    except operations.AnswersMissing as refused:
        missing = queries.missing_answers(one, queries.source_codes(one.call))
        point(refused, [(each.question, each.words) for each in missing], under="answers")
        raise
    return own_detail(request, reference, now)


@applying.acts(f"{ONE}/withdrawal", answer=OwnApplication, may=Permission.APPLY)
def withdraw_application(request: ApiRequest, reference: Key, sent: WithdrawSent) -> Detail[OwnApplication]:
    """Withdraw an application for a reason. Nobody reads or decides on it any more."""
    one, now = own_to_write(request, reference), clock.now(request.world)
    expected(request, one.version)
    operations.withdraw_application(application=one, reason=sent.reason, by=acting_person(request.actor), at=now)
    return own_detail(request, reference, now)


@applying.acts(f"{ONE}/new-form", answer=OwnApplication, may=Permission.APPLY)
def take_new_form(request: ApiRequest, reference: Key, sent: NothingSent) -> Detail[OwnApplication]:
    """Move a draft to the newest version of the form. What fits no question any more is set aside, nothing is lost."""
    del sent
    one, now = own_to_write(request, reference), clock.now(request.world)
    expected(request, one.version)
    newest = queries.current_form(one.call)
    if newest is None:
        raise NotThere(_("This call has no form yet. Come back once it is published."))
    operations.take_new_form(application=one, form=newest, by=acting_person(request.actor), at=now)
    return own_detail(request, reference, now)


@applying.acts(f"{ONE}/questions/{{number}}/answer", answer=OwnApplication, may=Permission.APPLY, matches=False)
def answer_office_question(
    request: ApiRequest, reference: Key, number: Number, sent: OfficeAnswerSent
) -> Detail[OwnApplication]:
    """Answer a question of the office. An answer that was given stands; the same again changes nothing."""
    one, now = own_to_write(request, reference), clock.now(request.world)
    enquiry = queries.find_enquiry(one, number)
    operations.answer_enquiry(enquiry=enquiry, text=sent.text, by=acting_person(request.actor), at=now)
    return own_detail(request, reference, now)
