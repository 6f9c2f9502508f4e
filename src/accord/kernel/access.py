"""Who may: an actor with the roles granted to them, and the doors' decorators.

The actor is loaded once a request (`accord.people.queries.actor_for`). Rules decide from it without a query.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from accord.kernel.text import Bilingual

if TYPE_CHECKING:
    from accord.kernel.models import World  # a table: what apps announce is imported before there are any

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that holds today: everywhere (`institution_id` is None) or for one institution."""

    role: str
    institution_id: int | None = None


@dataclass(frozen=True, slots=True)
class LinkUse:
    """The one thing that a link opens: what may be done (`context.verb`) to which record (`kind:id`)."""

    purpose: str
    record: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with the roles that hold today; nobody when `person_id` is None.

    Who stands in for somebody is still `person_id`, the one who really acts and under whom is written; `for_person` is
    whom they act for, and `grants` are what that person lends: nothing once the standing in has ended. Who came by a
    link holds no role; `link` says the one thing that the link opens.
    """

    person_id: int | None = None
    name: str = ""
    grants: frozenset[Grant] = field(default_factory=frozenset)
    for_person: int | None = None
    for_name: Bilingual = field(default_factory=Bilingual)
    has_ended: bool = False
    link: LinkUse | None = None

    @property
    def is_nobody(self) -> bool:
        """Say whether the request came from somebody who is not signed in."""
        return self.person_id is None

    @property
    def persons(self) -> frozenset[int]:
        """Return who acts and whom they act for. Rules that keep one from deciding on one's own work ask this."""
        return frozenset(one for one in (self.person_id, self.for_person) if one is not None)

    def holds(self, *roles: str, institution_id: int | None = None) -> bool:
        """Say whether one of the roles is held everywhere, or for the institution."""
        return any(grant.role in roles and grant.institution_id in {None, institution_id} for grant in self.grants)

    def institutions(self, *roles: str) -> frozenset[int]:
        """Return the institutions for which one of the roles is held (not the roles held everywhere)."""
        return frozenset(
            grant.institution_id
            for grant in self.grants
            if grant.institution_id is not None and (not roles or grant.role in roles)
        )


NOBODY = Actor()


class Request(HttpRequest):
    """A request after Accord's middleware: its id, who asks, and in which world."""

    request_id: str
    actor: Actor
    world: "World"


Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[Request, P], Answer]


def signed_in(view: View[P, Answer]) -> View[P, Answer | HttpResponseRedirect]:
    """Let only people who are signed in through this door; send others to sign in first."""

    @wraps(view)
    def door(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> Answer | HttpResponseRedirect:
        if request.actor.is_nobody:
            sign_in, back = resolve_url(settings.LOGIN_URL), urlencode({"next": request.get_full_path()}, safe="/")
            return HttpResponseRedirect(f"{sign_in}?{back}")
        return view(request, *args, **kwargs)

    door.access = "signed in"  # type: ignore[attr-defined]
    return door


def open_to_all(view: View[P, Answer]) -> View[P, Answer]:
    """Say that this door is open to everybody; what is shown is still scoped by queries."""
    view.access = "everybody"  # type: ignore[attr-defined]
    return view
