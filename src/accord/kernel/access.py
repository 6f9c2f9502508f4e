"""Who may: an actor with the roles granted to them, and the doors' decorators.

The actor is loaded once a request (`accord.people.queries.actor_for`). Rules decide from it without a query.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from accord.kernel.models import World

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that holds today: everywhere (`institution_id` is None) or for one institution."""

    role: str
    institution_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with the roles that hold today; nobody when `person_id` is None."""

    person_id: int | None = None
    name: str = ""
    grants: frozenset[Grant] = field(default_factory=frozenset)

    @property
    def is_nobody(self) -> bool:
        """Say whether the request came from somebody who is not signed in."""
        return self.person_id is None

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
    """A request after Accord's middleware: who asks, in which world, and from which time zone."""

    actor: Actor
    world: World


Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[Request, P], Answer]


def signed_in(view: View[P, Answer]) -> View[P, Answer | HttpResponseRedirect]:
    """Let only people who are signed in through this door; send others to sign in first."""

    @wraps(view)
    def door(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> Answer | HttpResponseRedirect:
        if request.actor.is_nobody:
            return HttpResponseRedirect(redirect_to_login(request.get_full_path()).url)
        return view(request, *args, **kwargs)

    door.access = "signed in"  # type: ignore[attr-defined]
    return door


def open_to_all(view: View[P, Answer]) -> View[P, Answer]:
    """Say that this door is open to everybody; what is shown is still scoped by queries."""
    view.access = "everybody"  # type: ignore[attr-defined]
    return view
