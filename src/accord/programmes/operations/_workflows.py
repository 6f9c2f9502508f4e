"""Changes the workflow of a call, until applicants were promised it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.engines import workflow
from accord.kernel.refused import Refused
from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.programmes import queries
from accord.programmes.models import Application, Call
from accord.programmes.operations._calls import CallPromised, live_call


class WorkflowFaulty(Refused):
    """The workflow does not hold together; `detail["faults"]` names everything that is wrong."""

    code = "workflow-faulty"


@transaction.atomic
def keep_workflow(*, call: Call, definition: Mapping[str, Any], version: int, by: Person, at: datetime) -> Call:
    """Keep how applications to a call move. The same again changes nothing.

    Raises `CallOver`, `Clash`, `WorkflowFaulty`, and `CallPromised` once the call is published or somebody applied.
    """
    del by, at  # the history keeps both
    held = live_call(call)
    try:
        wanted = workflow.as_data(queries.workflow_of(definition))
    except workflow.WorkflowRefused as refused:
        raise WorkflowFaulty(
            _("The workflow does not hold together. Mend what is listed."), faults=refused.faults
        ) from refused
    if held.workflow == wanted:
        return held
    expect(held, version)
    if held.published_at is not None or Application.objects.filter(call=held).exists():
        raise CallPromised(_("The call is published, and people apply by this workflow. It stays as it is."))
    held.workflow, held.version = wanted, held.version + 1
    held.save(update_fields=["workflow", "version"])
    return held
