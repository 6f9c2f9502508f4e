"""What the doors of hosts share: how somebody came to them, by account or by a link without one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel import clock
from accord.kernel.access import Actor, Request
from accord.kernel.links import FoundLink
from accord.kernel.refused import NotThere
from accord.people.queries import acting_person
from accord.programmes import queries
from accord.programmes.queries import Host, Place


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody came to a host's pages: who acts, and where the pages stand for them."""

    request: Request
    host: Host
    by: Any
    link: FoundLink | None
    address: Callable[..., str]

    @property
    def reader(self) -> Actor:
        """Return who reads: whom the link was made for, where there is one."""
        return self.link.actor if self.link else self.request.actor

    @property
    def acting(self) -> dict[str, Any]:
        """Return who acts, when, and by which link."""
        return {"by": self.by, "at": clock.now(self.request.world), "link_id": self.link.pk if self.link else None}

    def place(self, code: str) -> Place:
        """Return a place of this host by its code."""
        found = queries.find_place(self.host.call, code)
        if found.host_id != self.host.pk:
            raise NotThere(_("There is no place of this code among yours."))
        return found

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every page of a host is told."""
        return {
            "host": self.host,
            "call": self.host.call,
            "link": self.link,
            "home": self.address("host-places"),
            **more,
        }


def by_account(request: Request, pk: int) -> Way:
    """Return how somebody with an account came; raises `NotThere` unless they may keep the host's places."""
    host = queries.find_host(request.actor, pk)

    def address(name: str, *more: object) -> str:
        return reverse(f"programmes:{name}", args=[pk, *more])

    return Way(request, host, acting_person(request.actor), None, address)


def by_token(request: Request, link: FoundLink) -> Way:
    """Return how somebody came by a link."""
    token = request.resolver_match.kwargs["token"] if request.resolver_match else ""

    def address(name: str, *more: object) -> str:
        return reverse(f"programmes:{LINKED[name]}", args=[token, *more])

    host = queries.host_of_link(link)
    return Way(request, host, host.contact, link, address)


LINKED = {
    "host-places": "places-by-link",
    "host-open-place": "open-place-by-link",
    "host-change-place": "change-place-by-link",
    "host-rank": "rank-by-link",
    "host-reads": "reads-by-link",
    "host-reads-file": "reads-file-by-link",
    "host-done": "done-by-link",
}
"""Which page by link stands for which by account."""
