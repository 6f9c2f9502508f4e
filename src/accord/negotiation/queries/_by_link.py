"""A party as a link leads to it: the record for which somebody without an account approves."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.links import FoundLink
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.negotiation.models import NegotiationParty
from accord.negotiation.queries._courses import negotiations_visible_to
from accord.negotiation.rules import may_bind


def shown_party(actor: Actor, pk: int) -> Shown:
    """Return a party of a negotiation as a reference leads to it; who binds it may make links. Raises `NotThere`."""
    found = _parties().filter(pk=pk, negotiation__in=negotiations_visible_to(actor)).first()
    if found is None:
        raise NotThere(_("There is no party of this number in the negotiations that you may see."))
    address = reverse("negotiation:approve", args=[found.negotiation.key])
    return Shown(found.negotiation.title, address, may_bind(actor, found.institution_id))


def party_of_link(link: FoundLink) -> NegotiationParty:
    """Return the party for which a link approves; raises `NotThere` where it has left the negotiation."""
    found = _parties().filter(pk=int(link.record.partition(":")[2])).first()
    if found is None:
        raise NotThere(_("This party has left the negotiation. There is nothing to approve any more."))
    return found


def _parties() -> QuerySet[NegotiationParty]:
    return NegotiationParty.objects.filter(removed_at=None).select_related("institution", "negotiation__base")
