"""What the frame around every page shows: where one can go, what waits, who is signed in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord import __version__
from accord.kernel.access import Request
from accord.measures.queries import waiting_count
from accord.people.queries import Account as PersonAccount
from accord.people.queries import account_name
from accord.ui.context import Account, Chrome
from accord.ui.parts import Link


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
    )


def _nav(request: Request) -> tuple[Link, ...]:
    """Return the main places, the present one marked."""
    places = (
        (_("Agreements"), reverse("measures:agreements"), "/agreements/"),
        (_("Measures"), reverse("measures:catalogue"), "/measures/"),
        (_("Calibration"), reverse("measures:calibration"), "/calibration/"),
    )
    return tuple(Link(label, url, current=request.path.startswith(under)) for label, url, under in places)


def _account(request: Request) -> Account | None:
    """Return the signed-in person with the way out."""
    account = request.user
    if not isinstance(account, PersonAccount):
        return None
    links: tuple[Link, ...] = (Link(_("Sign out"), reverse("people:sign-out"), post=True),)
    if request.world.is_demo:
        links = (Link(_("Change demo role"), reverse("people:sign-in")), *links)
    return Account(name=account_name(account), links=links, note=account.email)


def _footer(request: Request) -> tuple[Link, ...]:
    """Return the small links at the end of every page."""
    links = [Link(_("What is real here"), reverse("portal:what-is-real"))]
    if not request.actor.is_nobody:
        links.append(Link(_("Style guide"), reverse("ui:style")))
    return tuple(links)
