"""Says, once a request and only when asked, who asks and in which world."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accord.kernel import clock
from accord.kernel.access import NOBODY, Actor, Request
from accord.kernel.models import World
from accord.people.models import Account
from accord.people.queries import actor_for


class ActorMiddleware:
    """Puts `world` and `actor` on the request; each is loaded on first use, at most once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach both and go on."""
        asked = cast("Request", request)
        asked.world = cast("World", SimpleLazyObject(World.current))
        asked.actor = cast("Actor", SimpleLazyObject(lambda: _actor(asked)))
        return self.get_response(request)


def _actor(request: Request) -> Actor:
    """Return who asks, with the roles that hold on the world's day."""
    account = request.user
    if not isinstance(account, Account):
        return NOBODY
    return actor_for(account, on=clock.today(request.world))
