"""The ways between the lists of the context, for those who may go them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Request
from accord.outbox import rules
from accord.people.enums import Role
from accord.ui.parts import Link, Tabs


def tabs_of(request: Request) -> Tabs | None:
    """Return the tabs that are open to the reader, the present one marked; None where there is one alone."""
    places = [(_("Notices"), reverse("outbox:inbox"))]
    if rules.may_read_letters(request.actor) or request.world.is_demo:
        places.append((_("Letters"), reverse("outbox:letters")))
    if request.actor.institutions(Role.OFFICER) or rules.may_read_letters(request.actor):
        places += [
            (_("Held letters"), reverse("outbox:batches")),
            (_("Connected systems"), reverse("outbox:endpoints")),
            (_("Group chats"), reverse("outbox:chats")),
        ]
    if len(places) == 1:
        return None
    return Tabs(tuple(Link(name, url, current=request.path == url) for name, url in places), _("What is told"))
