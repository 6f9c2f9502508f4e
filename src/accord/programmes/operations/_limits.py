"""Limits over several places of a call, exceptions by decision: who may not have a place, and who has one."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.facts import put
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Person
from accord.programmes.enums import BarKind, LimitKind
from accord.programmes.models import Application, Bar, Call, FixedPlace, Limit, Place
from accord.programmes.operations._hosts import refuse_over
from accord.programmes.operations._keys import key_taken, refuse_odd_key


class LimitUnclear(Refused):
    """A limit that lies under itself, or whose fewest are more than its most; `field` says where."""

    code = "limit-unclear"


class ExceptionUnclear(Refused):
    """A bar or a fixed place without a reason, of another call, or against one another."""

    code = "exception-unclear"


@dataclass(frozen=True, slots=True)
class LimitFacts:
    """The most, and the fewest, people over several places."""

    name: Bilingual
    kind: str = LimitKind.SUPERVISOR
    at_most: int | None = None
    minimum: int = 0
    under: Limit | None = None


@transaction.atomic
def set_limit(*, call: Call, key: str, facts: LimitFacts, by: Person, at: datetime) -> Limit:
    """Put a limit over places of a call."""
    del by, at
    refuse_over(call)
    refuse_odd_key(key)
    kept = _checked(facts, call, None)
    with refused_as({"limit_key": lambda: key_taken(key)}):
        limit = Limit(call=call, key=key)
        put(limit, kept)
        limit.save()
        return limit


@transaction.atomic
def change_limit(*, limit: Limit, version: int, facts: LimitFacts, by: Person, at: datetime) -> Limit:
    """Change a limit; no change leaves no trace."""
    del by, at
    held = Limit.objects.select_for_update(of=("self",)).select_related("call").get(pk=limit.pk)
    refuse_over(held.call)
    expect(held, version)
    kept = _checked(facts, held.call, held)
    changed = put(held, kept)
    if changed:
        held.version += 1
        held.save(update_fields=[*changed, "version"])
    return held


@transaction.atomic
def drop_limit(*, limit: Limit, by: Person, at: datetime) -> None:
    """Take a limit away; what lay under it lies under what was above."""
    del by, at
    held = Limit.objects.select_for_update(of=("self",)).select_related("call").filter(pk=limit.pk).first()
    if held is None:
        return
    refuse_over(held.call)
    above = held.under if held.under_id else None
    Limit.objects.filter(under=held).update(under=above)
    Place.objects.filter(limit=held).update(limit=above)
    held.delete()


@transaction.atomic
def bar(*, application: Application, place: Place, kind: str, reason: str, by: Person, at: datetime) -> Bar:
    """Keep somebody from a place, whatever the scores; the reason is told to them. Done again it changes the reason."""
    _refuse_odd(application, place, reason)
    if FixedPlace.objects.filter(application=application, place=place).exists():
        raise ExceptionUnclear(_("This application has the place by decision. Take that back first."), field="place")
    kept, _made = Bar.objects.update_or_create(
        application=application,
        place=place,
        defaults={"kind": BarKind(kind), "reason": reason.strip()[:500]},
        create_defaults={
            "kind": BarKind(kind),
            "reason": reason.strip()[:500],
            "barred_at": at,
            "barred_by": by,
        },
    )
    return kept


def lift_bar(*, application: Application, place: Place, by: Person, at: datetime) -> None:
    """Let somebody have a place again. Done twice it changes nothing."""
    del by, at
    Bar.objects.filter(application=application, place=place).delete()


@transaction.atomic
def fix_place(*, application: Application, place: Place, reason: str, by: Person, at: datetime) -> FixedPlace:
    """Give somebody a place by decision, before any run; a later decision replaces an earlier one."""
    _refuse_odd(application, place, reason)
    if place.closed_at is not None:
        raise ExceptionUnclear(_("This place is closed. Choose another one."), field="place")
    if Bar.objects.filter(application=application, place=place).exists():
        raise ExceptionUnclear(_("This application is barred from the place. Lift the bar first."), field="place")
    kept, _made = FixedPlace.objects.update_or_create(
        application=application,
        defaults={"place": place, "reason": reason.strip()[:500], "fixed_at": at, "fixed_by": by},
    )
    return kept


def unfix_place(*, application: Application, by: Person, at: datetime) -> None:
    """Let the matching decide again where somebody goes. Done twice it changes nothing."""
    del by, at
    FixedPlace.objects.filter(application=application).delete()


def _refuse_odd(application: Application, place: Place, reason: str) -> None:
    refuse_over(place.call)
    if application.call_id != place.call_id:
        raise ExceptionUnclear(_("Application and place belong to different calls."), field="place")
    if not reason.strip():
        raise ExceptionUnclear(_("Say why. The reason is kept, and told to whoever it is about."), field="reason")


def _checked(facts: LimitFacts, call: Call, own: Limit | None) -> LimitFacts:
    if facts.at_most is not None and facts.minimum > facts.at_most:
        raise LimitUnclear(_("The fewest are more than the most. Lower one of the two."), field="minimum")
    if facts.under is not None and (
        facts.under.call_id != call.pk or (own is not None and own in _line_of(facts.under))
    ):
        raise LimitUnclear(_("A limit cannot lie under itself. Choose another one above it."), field="under")
    return replace(facts, name=named(facts.name), kind=LimitKind(facts.kind))


def _line_of(limit: Limit) -> list[Limit]:
    """Return a limit and all above it."""
    line: list[Limit] = []
    one: Limit | None = limit
    while one is not None and one not in line:
        line.append(one)
        one = one.under
    return line
