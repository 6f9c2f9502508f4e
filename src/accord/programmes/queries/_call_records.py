"""What references such as `call:7` lead to, and programmes and calls found by words."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.access import Actor
from accord.kernel.finding import Found
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.kernel.words import likest
from accord.programmes.models import Call
from accord.programmes.queries._visible import calls_visible_to, programmes_visible_to
from accord.programmes.rules import may_run


def show_programme(actor: Actor, pk: int) -> Shown:
    """Return a programme as the actor may see it. Raises `NotThere`."""
    found = programmes_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no programme of this number among those you may see."))
    return Shown(found.name, reverse("programmes:programme", args=[found.key]), may_run(actor, found.owner_id))


def show_call(actor: Actor, pk: int) -> Shown:
    """Return a call as the office and the parties may see it. Raises `NotThere`."""
    found = calls_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no call of this number among those you may see."))
    address = reverse("programmes:office", args=[found.programme.key, found.key])
    return Shown(found.name, address, may_run(actor, found.programme.owner_id))


def find_programmes(actor: Actor, said: str, limit: int) -> Sequence[Found]:
    """Return the programmes whose name or summary holds the words; one query."""
    found = likest(programmes_visible_to(actor), said, ("name", "summary"), "key", title=("name",))[:limit]
    return [
        Found(_("Programme"), one.name, reverse("programmes:programme", args=[one.key]), one.owner.name, one.likeness)
        for one in found
    ]


def find_calls(actor: Actor, said: str, limit: int) -> Sequence[Found]:
    """Return the calls whose name or summary holds the words, published ones for everybody; one query."""
    everybody = Q(published_at__isnull=False, is_public=True)
    calls = Call.objects.filter(everybody | Q(pk__in=calls_visible_to(actor).order_by().values("pk")))
    rows = calls.select_related("programme__owner").order_by("-opens_at", "pk")
    found = likest(rows, said, ("name", "summary"), "key", title=("name",))[:limit]
    return [
        Found(
            pgettext_lazy("of a programme", "Call"),
            one.name,
            reverse("programmes:call", args=[one.programme.key, one.key]),
            one.programme.name,
            one.likeness,
        )
        for one in found
    ]
