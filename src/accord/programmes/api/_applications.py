"""Applications to calls, as the office reads and moves them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Day, Detail, Key, Page, Router, Sent, Shown, Text, Words
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotAllowed, NotThere
from accord.people.queries import acting_person
from accord.programmes import operations, queries, rules
from accord.programmes.enums import Permission, WorkflowActor
from accord.programmes.forms import APPLICATIONS
from accord.programmes.queries import Application, Call
from accord.ui.listing import ListAsked, listed

applications = Router(tags=["Programmes"])
OFFICE = (WorkflowActor.OFFICE,)


class CallApplicationShown(Shown):
    """A submitted application, and where it stands."""

    reference: str = Field(examples=["SUMMER-2020-00017"])
    applicant: Words
    home: str | None = Field(description="Key of the institution that sends the applicant.")
    title: Words
    stage: str = Field(description="Short name of the stage of the call's workflow.", examples=["screening"])
    phase: str = Field(description="What the stage means, the same in every workflow.", examples=["screening"])
    entered_at: datetime = Field(description="Since when it stands there.")
    submitted_at: datetime | None
    is_late: bool = Field(description="Submitted after the deadline with a code.")
    group: str
    is_simulated: bool = Field(description="True for what a demo world invented.")
    version: int = Field(description="The row version, as in ETag.")


class StepSent(Sent):
    """A step of the workflow, with the words that it asks for."""

    step: Text = Field(max_length=40, description="Short name of the step.", examples=["pass"])
    reason: Text = Field("", max_length=5000, description="The applicant reads it.")
    note: Text = Field("", max_length=5000, description="For the office alone.")
    question: Text = Field("", max_length=5000, description="The applicant reads and answers it.")
    due_on: Day | None = Field(None, description="Last day for the answer, in the zone of the call.")


class CallApplicationsAsked(ListAsked, table=APPLICATIONS):
    """How the applications to a call may be asked for."""


@applications.reads(
    "/programmes/{programme}/calls/{key}/applications",
    answer=Page[CallApplicationShown],
    may=Permission.SEE_APPLICATIONS,
)
def list_call_applications(
    request: ApiRequest, programme: Key, key: Key, asked: Query[CallApplicationsAsked]
) -> Page[CallApplicationShown]:
    """List the submitted applications to a call. Drafts are nobody's to read but their writers'."""
    call = _call(request, programme, key)
    return listed(request, asked, queries.applications_of_call(call), _shown, whose=lambda row: row.applicant_id)


@applications.reads(
    "/programmes/{programme}/calls/{key}/applications/{reference}",
    answer=CallApplicationShown,
    may=Permission.SEE_APPLICATIONS,
)
def read_call_application(
    request: ApiRequest, programme: Key, key: Key, reference: Key
) -> Detail[CallApplicationShown]:
    """Read where one application stands. Its answers are read on its page."""
    found = queries.find_application_of(_call(request, programme, key), reference)
    people_shown(request.actor, [found.applicant_id], clock.now(request.world))
    return Detail(_shown(found), version=found.version)


@applications.acts(
    "/programmes/{programme}/calls/{key}/applications/{reference}/steps",
    answer=CallApplicationShown,
    may=Permission.DECIDE,
    matches=False,
)
def take_application_step(
    request: ApiRequest, programme: Key, key: Key, reference: Key, sent: StepSent
) -> Detail[CallApplicationShown]:
    """Take a step of the office. What is missing is said in words; steps that follow by themselves are taken too."""
    call = _call(request, programme, key)
    found = queries.find_application_of(call, reference)
    if not rules.may_decide(request.actor, call.programme.owner_id, concerned=[found.applicant_id]):
        raise NotAllowed(_("Nobody decides on an application of their own. Ask a colleague."))
    given: dict[str, Any] = sent.model_dump()
    operations.take_step(
        application=found, actors=OFFICE, by=acting_person(request.actor), at=clock.now(request.world), **given
    )
    done = queries.find_application_of(call, reference)
    return Detail(_shown(done), version=done.version)


def _call(request: ApiRequest, programme: str, key: str) -> Call:
    """Return a call to whoever may read its applications; to all others it has none."""
    call = queries.find_call(request.actor, programme, key)
    if not rules.may_see_applications(request.actor, call.programme.owner_id):
        raise NotThere(_("There is no call of this name among those you may see."))
    return call


def _shown(row: Application) -> CallApplicationShown:
    """Return an application as the API shows it."""
    return CallApplicationShown(
        reference=row.reference,
        applicant=Words.of(row.applicant.name),
        home=row.home.key if row.home else None,
        title=Words.of(row.title),
        stage=row.stage,
        phase=row.phase,
        entered_at=row.entered_at,
        submitted_at=row.submitted_at,
        is_late=row.is_late,
        group=row.group,
        is_simulated=row.is_simulated,
        version=row.version,
    )
