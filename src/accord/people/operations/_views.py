"""Lists that people keep for themselves, as they filtered and sorted them."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.people.models import Person, SavedView

LONGEST_NAME = 100
LONGEST_QUERY = 2000
MOST_VIEWS = 200


class ViewNameTaken(Refused):
    """Another saved view of the same list has this name."""

    code = "view-name-taken"


class ViewTooLong(Refused):
    """The list is narrowed by more than a saved view holds."""

    code = "view-too-long"


class TooManyViews(Refused):
    """The person keeps as many views as one may."""

    code = "too-many-views"


@transaction.atomic
def save_view(*, by: Person, name: str, path: str, query: str) -> SavedView:
    """Keep a list's filters and order under a name; the same name on the same list takes the new ones.

    Raises `ViewTooLong` and `TooManyViews`.
    """
    if len(query) > LONGEST_QUERY:
        raise ViewTooLong(_("This list is narrowed by too much to be saved. Clear some filters."))
    Person.objects.select_for_update().get(pk=by.pk)
    existing = SavedView.objects.filter(person=by, path=path, name=name).first()
    if existing is None:
        return _kept(by, name, path, query)
    if existing.query != query:
        existing.query = query
        existing.save(update_fields=["query"])
    return existing


def _kept(by: Person, name: str, path: str, query: str) -> SavedView:
    """Add a view after the others of its list; the person is locked."""
    mine = SavedView.objects.filter(person=by)
    if mine.count() >= MOST_VIEWS:
        raise TooManyViews(_("You keep 200 views, the most one may. Drop one that is no longer used."))
    last = mine.filter(path=path).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return SavedView.objects.create(person=by, name=name, path=path, query=query, position=position)


def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Give a view another name. Raises `ViewNameTaken` where another view of the list has it."""
    if view.name == name:
        return view
    view.name = name
    try:
        with transaction.atomic():
            view.save(update_fields=["name"])
    except IntegrityError as taken:
        raise ViewNameTaken(
            _("Another view of this list has this name. Choose a different one."), field="name"
        ) from taken
    return view


def drop_view(*, view: SavedView) -> None:
    """Forget a view; the list and its rows stay. Doing it twice changes nothing."""
    SavedView.objects.filter(pk=view.pk).delete()
