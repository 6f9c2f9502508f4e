"""Says, once a request and only when asked, who asks and in which world."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accord.kernel import clock
from accord.kernel.access import NOBODY, Actor, Request
from accord.kernel.models import World
from accord.people.enums import ACTING_FOR
from accord.people.models import Account
from accord.people.operations import drop_draft
from accord.people.queries import actor_for, find_draft, standing_in
from accord.ui.drafts import AUTOSAVE, Drafts

LEADS_ELSEWHERE = {302, 303}


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


class DraftMiddleware:
    """Offers what was left in long forms, and drops it once the form was sent: its answer then leads elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the look-up, which only long forms use, and go on."""
        asked = cast("Request", request)
        request.drafts = Drafts(  # type: ignore[attr-defined]  # read by ui.drafts alone
            keep_url=reverse("people:keep-draft"),
            drop_url=reverse("people:drop-draft"),
            find=lambda path: find_draft(asked.actor.person_id, path),
        )
        response = self.get_response(request)
        sent = request.method == "POST" and response.status_code in LEADS_ELSEWHERE
        if sent and AUTOSAVE in request.POST and asked.actor.person_id is not None:
            drop_draft(person_id=asked.actor.person_id, path=request.path)
        return response


def _actor(request: Request) -> Actor:
    """Return who asks, with the roles that hold on the world's day, or whom they stand in for and what is lent."""
    account = request.user
    if not isinstance(account, Account):
        return NOBODY
    day = clock.today(request.world)
    delegation = request.session.get(ACTING_FOR)
    if delegation is None:
        return actor_for(account, on=day)
    return standing_in(account, delegation, on=day)
