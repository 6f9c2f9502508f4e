"""Saved views: one's own lists, as one filtered and sorted them."""

from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.people.models import SavedView


def views_of(actor: Actor) -> QuerySet[SavedView]:
    """Return every view that the person saved, list by list."""
    return SavedView.objects.filter(person_id=actor.person_id or 0).order_by("path", "position", "pk")


def views_of_list(actor: Actor, path: str) -> list[SavedView]:
    """Return the person's views of one list, in their order; one query."""
    return list(views_of(actor).filter(path=path))


def find_view(actor: Actor, pk: int) -> SavedView:
    """Return one of the person's own views. Raises `NotThere`."""
    view = views_of(actor).filter(pk=pk).first()
    if view is None:
        raise NotThere(_("You have no such view."))
    return view


def is_our_page(path: str) -> bool:
    """Say whether an address is one of this site's own pages; what is saved never leads elsewhere."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return False
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
