"""Which lists of programmes somebody finds anything in."""

from django.db.models import Exists

from accord.kernel.access import Actor
from accord.people.queries import Person
from accord.programmes.queries._visible import (
    applications_of,
    hosts_of,
    placements_visible_to,
    programmes_visible_to,
)
from accord.review.queries import panels_visible_to, seats_of


def lists_with_something(actor: Actor) -> frozenset[str]:
    """Return the names of the routes whose lists hold something for the actor; one query."""
    if actor.person_id is None:
        return frozenset()
    rows = {
        "programmes:programmes": programmes_visible_to(actor),
        "programmes:my-applications": applications_of(actor),
        "programmes:placements": placements_visible_to(actor),
        "programmes:my-hosts": hosts_of(actor),
        "review:queue": seats_of(actor),
        "review:panels": panels_visible_to(actor),
    }
    asked = (Exists(one.order_by().values("pk")) for one in rows.values())
    found = Person.objects.filter(pk=actor.person_id).values_list(*asked).first() or ()
    return frozenset(name for name, is_some in zip(rows, found, strict=False) if is_some)
