"""What a reference to an evidence entry leads to, for the history and others who keep such references."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.measures.queries._evidence import evidence_visible_to


def show_evidence(actor: Actor, pk: int) -> Shown:
    """Return an evidence entry as the actor may see it; nobody edits one. Raises `NotThere`."""
    found = evidence_visible_to(actor).filter(pk=pk).select_related("party__agreement").first()
    if found is None:
        raise NotThere(_("There is no evidence entry of this number among those you may see."))
    key = found.party.agreement.key
    return Shown(Bilingual.of(found.label), reverse("measures:evidence", args=[key, found.pk]))
