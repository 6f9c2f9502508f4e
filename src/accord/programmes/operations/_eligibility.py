"""Keeps the rules of who may apply, and the other dates of a call."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Person
from accord.programmes import queries
from accord.programmes.models import Call, CallDate
from accord.programmes.operations._calls import CallPromised, live_call


class RulesFaulty(Refused):
    """The rules of who may apply do not hold together; `detail["faults"]` names everything that is wrong."""

    code = "rules-faulty"


@transaction.atomic
def keep_eligibility(
    *, call: Call, eligibility: Sequence[Mapping[str, Any]], version: int, by: Person, at: datetime
) -> Call:
    """Keep who may apply: rules over questions of the form, whose answers are asked before it.

    Raises `CallOver`, `Clash`, `RulesFaulty`, and `CallPromised` once the call has opened.
    """
    del by  # the history keeps it
    held = live_call(call)
    wanted = [dict(one) for one in eligibility]
    if held.eligibility == wanted:
        return held
    expect(held, version)
    if held.published_at is not None and held.opens_at <= at:
        raise CallPromised(_("The call has opened, and people apply by these rules. They stay as they are."))
    form = queries.current_form(held) or queries.form_draft(held)
    read = queries.read_eligibility(wanted, queries.read_form(form.definition).form if form else None)
    if read.faults:
        raise RulesFaulty(_("The rules do not hold together. Mend what is listed."), faults=read.faults)
    held.eligibility, held.version = wanted, held.version + 1
    held.save(update_fields=["eligibility", "version"])
    return held


@transaction.atomic
def keep_dates(
    *, call: Call, dates: Sequence[tuple[Bilingual, date]], version: int, by: Person, at: datetime
) -> list[CallDate]:
    """Keep what happens when, beside opening and closing: all of it at once.

    Raises `CallOver`, `Clash`, `NameMissing`.
    """
    del by, at  # the history keeps both
    held = live_call(call)
    wanted = [(named(name), day) for name, day in dates]
    before = list(CallDate.objects.filter(call=held).order_by("position", "pk"))
    if [(one.name, one.held_on) for one in before] == wanted:
        return before
    expect(held, version)
    CallDate.objects.filter(call=held).delete()
    held.version += 1
    held.save(update_fields=["version"])
    return [
        CallDate.objects.create(call=held, name=name, held_on=day, position=position)
        for position, (name, day) in enumerate(wanted)
    ]
