"""The form of a call and its workflow as data: read, replaced whole, published; every fault with its place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Data,
    Detail,
    Key,
    NothingSent,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    expected,
    point,
)
from accord.kernel.text import Bilingual
from accord.people.queries import acting_person
from accord.programmes import operations, queries
from accord.programmes.api._office import CALL, call_to_run
from accord.programmes.enums import Permission
from accord.programmes.queries import Call

call_forms = Router(tags=["Programmes"])


class FaultShown(Shown):
    """One thing that is wrong with a definition."""

    code: str = Field(examples=["wrong-type"])
    where: str = Field(description="Place in the definition.", examples=["sections[0].questions[1].key"])
    words: Words = Field(description="What is wrong, and how to mend it.")


class FormShown(Shown):
    """The form that the office works at: the draft, or the published one where there is none."""

    definition: Any = Field(description="Sections with their questions; what each word means stands in the guide.")
    is_draft: bool = Field(description="False: nothing is drafted; this is the published version.")
    number: int | None = Field(description="Which version of the form it is.")
    published: int | None = Field(description="Number of the version that applicants are asked.")
    published_at: datetime | None
    faults: list[FaultShown] = Field(description="What keeps the draft from being published.")
    version: int = Field(description="Of the draft, as in ETag; 0 where there is none.")


class FormSent(Sent):
    """A whole form."""

    definition: Data = Field(
        examples=[
            {
                "sections": [
                    {
                        "key": "plan",
                        "title": {"en": "Your plan", "zh-hans": "申请计划"},
                        "questions": [
                            {
                                "key": "why",
                                "kind": "long",
                                "label": {"en": "Why do you want to come?", "zh-hans": "申请理由"},
                            }
                        ],
                    }
                ]
            }
        ]
    )
    note: Text = Field("", max_length=500, description="What is new in it, for colleagues.")


class WorkflowShown(Shown):
    """How applications to a call move: stages, and steps with who takes them and what they need."""

    definition: Any
    may_change: bool = Field(description="Nobody was promised it yet: the call is not published.")
    version: int = Field(description="The row version of the call, as in ETag.")


class WorkflowSent(Sent):
    """A whole workflow."""

    definition: Data = Field(description="`start`, `stages` and `steps`, as the page shows them.")


@call_forms.reads(f"{CALL}/form", answer=FormShown, may=Permission.RUN)
def read_call_form(request: ApiRequest, programme: Key, key: Key) -> Detail[FormShown]:
    """Read the form of a call as data. The draft that is worked at, or the published version."""
    return _form(call_to_run(request, programme, key))


@call_forms.changes(f"{CALL}/form", answer=FormShown, may=Permission.RUN, method="PUT")
def replace_call_form(request: ApiRequest, programme: Key, key: Key, sent: FormSent) -> Detail[FormShown]:
    """Replace the draft of the form. A form that does not hold together is refused with the place of every fault."""
    found = call_to_run(request, programme, key)
    version = expected(request, queries.working_form(found).version)
    faults = queries.read_form(sent.definition).faults
    if faults:
        refused = operations.FormFaulty(_("The form does not hold together yet. Mend what is listed, then publish it."))
        point(refused, _places(faults), under="definition")
        raise refused
    operations.keep_form(
        call=found,
        definition=sent.definition,
        version=version,
        note=sent.note,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return _form(found)


@call_forms.acts(f"{CALL}/form/publication", answer=FormShown, may=Permission.RUN)
def publish_call_form(request: ApiRequest, programme: Key, key: Key, sent: NothingSent) -> Detail[FormShown]:
    """Publish the draft of the form. From now on it is what applicants are asked, and it never changes."""
    del sent
    found = call_to_run(request, programme, key)
    draft = queries.form_draft(found)
    expected(request, draft.version if draft else 0)
    if draft is None:
        raise operations.FormSame(_("The draft asks the same as the published version. Change it, or discard it."))
    try:
        operations.publish_form(form=draft, by=acting_person(request.actor), at=clock.now(request.world))
    except operations.FormFaulty as refused:
        point(refused, _places(refused.detail.get("faults", ())))
        raise
    return _form(found)


@call_forms.reads(f"{CALL}/workflow", answer=WorkflowShown, may=Permission.RUN)
def read_call_workflow(request: ApiRequest, programme: Key, key: Key) -> Detail[WorkflowShown]:
    """Read how applications to a call move."""
    return _workflow(call_to_run(request, programme, key))


@call_forms.changes(f"{CALL}/workflow", answer=WorkflowShown, may=Permission.RUN, method="PUT")
def replace_call_workflow(request: ApiRequest, programme: Key, key: Key, sent: WorkflowSent) -> Detail[WorkflowShown]:
    """Replace the workflow of a call before anybody was promised it. Every fault is named with its place."""
    found = call_to_run(request, programme, key)
    try:
        kept = operations.keep_workflow(
            call=found,
            definition=sent.definition,
            version=expected(request, found.version),
            by=acting_person(request.actor),
            at=clock.now(request.world),
        )
    except operations.WorkflowFaulty as refused:
        point(refused, _places(refused.detail["faults"]), under="definition")
        raise
    return _workflow(kept)


def _places(faults: Sequence[Any]) -> list[tuple[str, Bilingual]]:
    """Return the place of each fault with what is wrong there."""
    return [(one.where, queries.both(one.words)) for one in faults]


def _form(call: Call) -> Detail[FormShown]:
    working = queries.working_form(call)
    stands = working.draft or working.current
    shown = FormShown(
        definition=working.definition,
        is_draft=working.draft is not None,
        number=stands.number if stands else None,
        published=working.current.number if working.current else None,
        published_at=working.current.published_at if working.current else None,
        faults=[
            FaultShown(code=one.code, where=one.where, words=Words.of(queries.both(one.words)))
            for one in working.faults
        ],
        version=working.version,
    )
    return Detail(shown, version=shown.version)


def _workflow(call: Call) -> Detail[WorkflowShown]:
    shown = WorkflowShown(definition=call.workflow, may_change=call.published_at is None, version=call.version)
    return Detail(shown, version=call.version)
