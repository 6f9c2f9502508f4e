"""What the frame around every page shows: where one can go, what waits, who is signed in."""

from typing import cast

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord import __version__
from accord.kernel.access import Actor, Request
from accord.kernel.finding import waiting_count
from accord.people.enums import Role
from accord.people.queries import Account as PersonAccount
from accord.people.queries import account_name, views_of_list
from accord.ui.context import Account, Acting, Chrome, Menu, Views
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
        search_url=reverse("portal:search"),
        suggest_url=reverse("portal:suggest"),
        home_url=reverse("portal:home"),
        version=__version__,
        footer=_footer(request),
        acting=_acting(request.actor),
        views=cast("Views", SimpleLazyObject(lambda: _views(request))) if is_known else None,
    )


def all_pages(request: Request) -> list[Link]:
    """Return every page that stands by itself and that the reader may open, for the search and the palette."""
    own = [link for menu in _menus(request) for link in menu.links] if isinstance(request.user, PersonAccount) else []
    known = [] if request.actor.is_nobody else [*_nav(request), *_further(request.actor)]
    return [*known, *own, Link(_("Time zone and display"), reverse("ui:display")), *_footer(request)]


def _nav(request: Request) -> tuple[Link, ...]:
    """Return the main places, the present one marked."""
    places = (
        (_("Agreements"), reverse("measures:agreements"), "/agreements/"),
        (_("Negotiations"), reverse("negotiation:negotiations"), "/negotiations/"),
        (_("Programmes"), reverse("programmes:calls"), ("/programmes/", "/review/")),
        (_("Work spaces"), reverse("workspace:sites"), "/workspace/"),
        (_("Directory"), reverse("people:institutions"), ("/institutions/", "/people/", "/directory/")),
        (_("Measures"), reverse("measures:catalogue"), ("/measures/", "/calibration/")),
    )
    return tuple(Link(label, url, current=request.path.startswith(under)) for label, url, under in places)


def _further(actor: Actor) -> list[Link]:
    """Return pages that are reached from others."""
    pages = [
        Link(_("What waits for you, as a list"), reverse("portal:waiting")),
        Link(_("Your applications"), reverse("programmes:my-applications")),
        Link(_("My reviews"), reverse("review:queue")),
        Link(_("Places of your house"), reverse("programmes:my-hosts")),
        Link(_("Review panels"), reverse("review:panels")),
        Link(_("Calibration"), reverse("measures:calibration")),
        Link(pgettext_lazy("directory", "People"), reverse("people:people")),
        Link(_("How you are told"), reverse("outbox:settings")),
        Link(_("Your tokens"), reverse("people:tokens")),
        Link(_("Where you are signed in"), reverse("people:sessions")),
        Link(_("Documentation of the API"), reverse("api-pages:overview")),
    ]
    if any(grant.role in Role.values for grant in actor.grants):
        pages.append(Link(_("Who holds which role"), reverse("people:roles")))
    if actor.holds(Role.STEWARD):
        pages.append(Link(_("Merges"), reverse("people:merges")))
    return pages


def _account(request: Request) -> Account | None:
    """Return the signed-in person with their pages, those of the installation, and the way out."""
    account = request.user
    if not isinstance(account, PersonAccount):
        return None
    way_out = [Link(_("Sign out"), reverse("people:sign-out"), post=True)]
    if request.world.is_demo:
        way_out.insert(0, Link(_("Change demo role"), reverse("people:sign-in")))
    return Account(name=account_name(account), links=tuple(way_out), note=account.email, menus=_menus(request))


def _menus(request: Request) -> tuple[Menu, ...]:
    """Return what is the reader's own, and what the installation shows to them."""
    own = (
        Link(_("Notices"), reverse("outbox:inbox")),
        Link(_("Your account"), reverse("people:account")),
        Link(_("Your views"), reverse("people:views")),
        Link(_("Standing in"), reverse("people:standing-in")),
        Link(_("Your data"), reverse("privacy:mine")),
    )
    common = [
        Link(_("Who may do what"), reverse("people:permissions")),
        Link(_("Seals of the history"), reverse("history:seals")),
        Link(_("What is processed"), reverse("privacy:register")),
    ]
    if request.actor.holds(Role.STEWARD) or request.actor.institutions(Role.OFFICER):
        common.append(Link(_("Connected systems"), reverse("outbox:endpoints")))
    if request.actor.holds(Role.STEWARD):
        common.append(Link(_("Letters"), reverse("outbox:letters")))
        common.append(Link(_("Requests about data"), reverse("privacy:requests")))
        common.append(Link(_("Jobs"), reverse("portal:jobs")))
    return Menu(_("Yours"), own), Menu(_("This installation"), tuple(common))


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
