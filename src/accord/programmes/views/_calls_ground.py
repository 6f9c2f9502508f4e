"""What the doors to programmes and calls share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accord.kernel import clock
from accord.kernel.access import Request
from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import acting_person
from accord.programmes import queries, rules
from accord.programmes.queries import Call, Programme
from accord.ui import say
from accord.ui.forms import Form, form_page

TEMPLATE = "programmes/keep.html"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page with one form says around it."""

    heading: Any
    action: Any
    back: str
    programme: Programme | None = None
    call: Call | None = None
    meta: Any = ""
    is_dangerous: bool = False
    note: Any = ""

    def context(self) -> dict[str, Any]:
        """Return what the template is told."""
        names = ("heading", "action", "back", "programme", "call", "meta", "is_dangerous", "note")
        return {name: getattr(self, name) for name in names}

    def page(self, request: Request, form: Form) -> HttpResponse:
        """Return the page with the form."""
        return form_page(request, TEMPLATE, form, self.context())


@dataclass(frozen=True, slots=True)
class When:
    """Something that happens at a moment, said in the call's zone and in the partner's."""

    name: Any
    at: Any
    here: str
    there: str = ""
    prop: str = ""
    is_past: bool = False


def programme_to_run(request: Request, key: str) -> Programme:
    """Return a programme that the reader may run; others who know of it hear why not."""
    programme = queries.find_programme(request.actor, key)
    refuse_who_may_not_run(request, programme)
    return programme


def call_to_run(request: Request, programme: str, key: str) -> Call:
    """Return a call that the reader may run; others who know of it hear why not."""
    call = queries.find_call(request.actor, programme, key)
    refuse_who_may_not_run(request, call.programme)
    return call


def refuse_who_may_not_run(request: Request, programme: Programme) -> None:
    """Refuse who may look at a programme, not change it."""
    if not rules.may_run(request.actor, programme.owner_id):
        raise NotAllowed(
            _("Only stewards, officers and programme managers of the institution that runs this change it. Ask one.")
        )


def by_and_at(request: Request) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": acting_person(request.actor), "at": clock.now(request.world)}


def blame(form: Form, refused: Refused, names: Iterable[tuple[str, str]] = ()) -> None:
    """Put a refusal beside the input that mends it, or above the form; `names` say which input mends which field."""
    field = dict(names).get(refused.field, refused.field)
    form.add_error(field if field in form.fields else None, str(refused))


def in_zone(at: datetime, zone: str) -> str:
    """Return a moment in a time zone, in words."""
    with timezone.override(ZoneInfo(zone)):
        return say.moment(at)


def to_office(call: Call) -> str:
    """Return the address of the office's overview of a call."""
    return reverse("programmes:office", args=[call.programme.key, call.key])


def to_call(call: Call) -> str:
    """Return the address of the public page of a call."""
    return reverse("programmes:call", args=[call.programme.key, call.key])


def notes_of(request: Request, *, is_simulated: bool = False) -> tuple[Any, ...]:
    """Return what an exported file says of itself."""
    return (_("Demonstration world: simulated records."),) if request.world.is_demo or is_simulated else ()
