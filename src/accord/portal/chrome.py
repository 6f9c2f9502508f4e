"""What the frame around every page shows: where one can go, what waits, who is signed in."""

from typing import cast

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accord import __version__
from accord.kernel.access import Actor, Request
from accord.measures.queries import waiting_count
from accord.people.queries import Account as PersonAccount
from accord.people.queries import account_name, views_of_list
from accord.ui.context import Account, Acting, Chrome, Views
from accord.ui.parts import Link
from accord.ui.tables import kept_query


def chrome_of(request: Request) -> Chrome:
    """Return the frame for one request; queries only for those who are signed in."""
    is_known = not request.actor.is_nobody
    return Chrome(
        nav=_nav(request) if is_known else (),
        demo=request.world.is_demo,
        waiting=waiting_count(request.actor) if is_known else None,
        waiting_url=reverse("portal:home"),
        account=_account(request),
        sign_in_url=reverse("people:sign-in"),
        home_url=reverse("portal:home"),
        version=__version__,
        footer=_footer(request),
        acting=_acting(request.actor),
        views=cast("Views", SimpleLazyObject(lambda: _views(request))) if is_known else None,
    )


def _nav(request: Request) -> tuple[Link, ...]:
    """Return the main places, the present one marked."""
    places = (
        (_("Agreements"), reverse("measures:agreements"), "/agreements/"),
        (_("Negotiations"), reverse("negotiation:negotiations"), "/negotiations/"),
        (_("Measures"), reverse("measures:catalogue"), "/measures/"),
        (_("Calibration"), reverse("measures:calibration"), "/calibration/"),
        (_("Directory"), reverse("people:institutions"), ("/institutions/", "/people/", "/directory/")),
    )
    return tuple(Link(label, url, current=request.path.startswith(under)) for label, url, under in places)


def _account(request: Request) -> Account | None:
    """Return the signed-in person with the way out."""
    account = request.user
    if not isinstance(account, PersonAccount):
        return None
    links: tuple[Link, ...] = (
        Link(_("Notices"), reverse("outbox:inbox")),
        Link(_("Your account"), reverse("people:account")),
        Link(_("Standing in"), reverse("people:standing-in")),
        Link(_("Your views"), reverse("people:views")),
        Link(_("Who may do what"), reverse("people:permissions")),
        Link(_("Sign out"), reverse("people:sign-out"), post=True),
    )
    if request.world.is_demo:
        links = (Link(_("Change demo role"), reverse("people:sign-in")), *links)
    return Account(name=account_name(account), links=links, note=account.email)


def _footer(request: Request) -> tuple[Link, ...]:
    """Return the small links at the end of every page."""
    links = [Link(_("What is real here"), reverse("portal:what-is-real"))]
    if not request.actor.is_nobody:
        links.append(Link(_("Style guide"), reverse("ui:style")))
    return tuple(links)


def _acting(actor: Actor) -> Acting | None:
    """Return that the reader stands in for somebody, and the way back; None for those who act as themselves."""
    if actor.for_person is None:
        return None
    words = (
        _("You no longer stand in for {name}. Nothing can be done in their name.")
        if actor.has_ended
        else _("You act for {name}. What you do bears both names.")
    )
    return Acting(format_lazy(words, name=actor.for_name), reverse("people:act-as-oneself"), actor.has_ended)


def _views(request: Request) -> Views:
    """Return the reader's views of the list on this page; one query, asked by pages that show a list."""
    query = kept_query(request.GET)
    links = tuple(
        Link(view.name, f"{view.path}?{view.query}", current=view.query == query)
        for view in views_of_list(request.actor, request.path)
    )
    return Views(links, request.path, query, reverse("people:view-save"), reverse("people:views"))
