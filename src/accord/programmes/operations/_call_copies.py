"""Makes a call from another one, such as last year's."""

from datetime import datetime

from django.db import transaction

from accord.people.queries import Person
from accord.programmes import queries
from accord.programmes.models import Call, CallDate, FormVersion
from accord.programmes.operations._calls import CallFacts, prepare_call


@transaction.atomic
def copy_call(*, call: Call, facts: CallFacts, by: Person, at: datetime) -> Call:
    """Prepare a call that asks, checks and moves as another one does; `facts` are its own.

    Its form is a draft that anybody of the office may still change; other dates move as the opening does. Nothing of
    applicants, hosts or reviewers is taken over. Raises what `prepare_call` does.
    """
    made = prepare_call(programme=call.programme, facts=facts, by=by, at=at, copied_from=call)
    made.workflow, made.eligibility = call.workflow, call.eligibility
    made.save(update_fields=["workflow", "eligibility"])
    form = queries.current_form(call) or queries.form_draft(call)
    if form is not None:
        FormVersion.objects.filter(call=made).update(definition=form.definition)
    moved = made.opens_at.date() - call.opens_at.date()
    CallDate.objects.bulk_create(
        CallDate(call=made, name=one.name, held_on=one.held_on + moved, position=one.position)
        for one in call.dates.order_by("held_on", "position", "pk")
    )
    return made
