"""Which calls the office reads and decides on by program."""

from django.utils.translation import gettext_lazy as _

from accord.kernel.api import ApiRequest
from accord.kernel.refused import NotAllowed
from accord.programmes import queries, rules
from accord.programmes.queries import Call

CALL = "/programmes/{programme}/calls/{key}"


def call_of_office(request: ApiRequest, programme: str, key: str) -> Call:
    """Return a call to the office that decides on it; others who know of it hear why not."""
    found = queries.find_call(request.actor, programme, key)
    if not rules.may_see_applications(request.actor, found.programme.owner_id):
        raise NotAllowed(
            _("Who gets which place is read by the office of the institution that runs this. Others see numbers.")
        )
    return found


def call_to_decide(request: ApiRequest, programme: str, key: str) -> Call:
    """Return a call on whose applications the reader may decide; nobody where they applied themselves."""
    found = call_of_office(request, programme, key)
    mine = queries.applications_of(request.actor).filter(call=found).values_list("applicant_id", flat=True)
    if not rules.may_decide(request.actor, found.programme.owner_id, concerned=list(mine)):
        raise NotAllowed(_("You applied to this call yourself. Somebody else of the office decides on it."))
    return found


def call_to_run(request: ApiRequest, programme: str, key: str) -> Call:
    """Return a call whose form and workflow the reader writes; others who know of it hear why not."""
    found = queries.find_call(request.actor, programme, key)
    if not rules.may_run(request.actor, found.programme.owner_id):
        raise NotAllowed(
            _("Only stewards, officers and programme managers of the institution that runs this change it. Ask one.")
        )
    return found
