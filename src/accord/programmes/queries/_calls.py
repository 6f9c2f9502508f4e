"""How calls stand, which form holds, and what is missing before a call is published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Count, Max, Q, QuerySet, Sum, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.engines import workflow
from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.kernel.words import sides
from accord.programmes.enums import CallState, TieRule
from accord.programmes.models import Application, Call, CallDate, FormVersion, Place, Programme
from accord.programmes.queries._forms import both, read_form
from accord.programmes.queries._kinds import workflow_of
from accord.programmes.queries._rules import read_eligibility
from accord.programmes.queries._visible import calls_visible_to, public_calls


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing before a call is published, and the route where it is mended."""

    words: str | Promise
    route: str


@dataclass(frozen=True, slots=True)
class ApplicationNumbers:
    """How many applications of a call stand where."""

    drafts: int
    under_way: int
    placed: int
    declined: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """One stage on the usual way of an application, and what the applicant is told there."""

    name: Bilingual
    tells: Bilingual


@dataclass(frozen=True, slots=True)
class PlacesOnOffer:
    """How many places how many hosts offer in a call."""

    places: int
    hosts: int


def call_state(call: Call, at: datetime) -> CallState:
    """Return how a call stands at a moment."""
    if call.cancelled_at is not None and call.cancelled_at <= at:
        return CallState.CANCELLED
    if call.finished_at is not None and call.finished_at <= at:
        return CallState.FINISHED
    if call.published_at is None or call.published_at > at:
        return CallState.PREPARED
    if at < call.opens_at:
        return CallState.ANNOUNCED
    return CallState.OPEN if at < call.closes_at else CallState.CLOSED


def _in_each_state(at: datetime) -> dict[CallState, Q]:
    """Return the condition of each state at a moment."""
    live = Q(cancelled_at=None) & Q(finished_at=None)
    published = live & Q(published_at__lte=at)
    return {
        CallState.CANCELLED: Q(cancelled_at__isnull=False),
        CallState.FINISHED: Q(finished_at__isnull=False, cancelled_at=None),
        CallState.PREPARED: live & (Q(published_at=None) | Q(published_at__gt=at)),
        CallState.ANNOUNCED: published & Q(opens_at__gt=at),
        CallState.OPEN: published & Q(opens_at__lte=at, closes_at__gt=at),
        CallState.CLOSED: published & Q(closes_at__lte=at),
    }


def current_form(call: Call) -> FormVersion | None:
    """Return the latest published version of a call's form, if there is one."""
    return FormVersion.objects.filter(call=call, published_at__isnull=False).order_by("-number").first()


def form_draft(call: Call) -> FormVersion | None:
    """Return the version of a call's form that is being drafted, if there is one."""
    return FormVersion.objects.filter(call=call, published_at=None).first()


def forms_of(call: Call) -> QuerySet[FormVersion]:
    """Return every version of a call's form, the latest first, with who published it."""
    return FormVersion.objects.filter(call=call).select_related("published_by", "made_by").order_by("-number")


def find_form(call: Call, number: int) -> FormVersion:
    """Return a version of a call's form; raises `NotThere`."""
    form = forms_of(call).filter(number=number).first()
    if form is None:
        raise NotThere(_("There is no version of this number."))
    return form


def dates_of_call(call: Call) -> QuerySet[CallDate]:
    """Return what else happens when, by day."""
    return CallDate.objects.filter(call=call).order_by("held_on", "position", "pk")


def places_on_offer(call: Call) -> PlacesOnOffer:
    """Return how many places a call has, and how many hosts offer them; one query."""
    found = Place.objects.filter(call=call, closed_at=None).aggregate(
        places=Sum("count"), hosts=Count("host", distinct=True)
    )
    return PlacesOnOffer(found["places"] or 0, found["hosts"] or 0)


def calls_to_list(actor: Actor, at: datetime) -> QuerySet[Call]:
    """Return the calls that the actor finds in the list: everybody's, and those of the programmes they may know of.

    Each has its `state` at that moment and its `names` in both languages.
    """
    seen = calls_visible_to(actor).order_by().values("pk")
    open_to_all = public_calls(at).order_by().values("pk")
    return _with_state(Call.objects.filter(Q(pk__in=seen) | Q(pk__in=open_to_all)), at)


def calls_of(actor: Actor, programme: Programme, at: datetime) -> QuerySet[Call]:
    """Return the calls of a programme that the actor may know of, with `state` and `names`."""
    return _with_state(calls_visible_to(actor).filter(programme=programme), at)


def _with_state(calls: QuerySet[Call], at: datetime) -> QuerySet[Call]:
    whens = [When(condition, then=Value(state.value)) for state, condition in _in_each_state(at).items()]
    return (
        calls.select_related("programme__owner", "programme__agreement")
        .annotate(state=Case(*whens, default=Value(""), output_field=CharField()), names=sides(("name",)))
        .order_by("-opens_at", "pk")
    )


def programmes_with_calls(programmes: QuerySet[Programme], at: datetime) -> QuerySet[Programme, Any]:
    """Return the programmes with how many calls each had, how many are open now, and when the last one closes."""
    return programmes.annotate(
        names=sides(("name",)),
        all_calls=Count("calls"),
        open_calls=Count(
            "calls",
            filter=Q(
                calls__published_at__lte=at,
                calls__opens_at__lte=at,
                calls__closes_at__gt=at,
                calls__cancelled_at=None,
                calls__finished_at=None,
            ),
        ),
        last_closes_at=Max("calls__closes_at"),
    )


def missing_to_publish(call: Call, at: datetime) -> list[Missing]:
    """Return all that is missing before everybody may read a call, each in words, with where to mend it."""
    change, missing = "programmes:change-call", []
    for name, words in (
        ("name", _("Write the name in both languages.")),
        ("summary", _("Write what the call is about, in both languages.")),
        ("who_may", _("Write who may apply, in both languages.")),
        ("gives", _("Write what one gets, in both languages.")),
    ):
        text = getattr(call, name)
        if not (text.en and text.zh_hans):
            missing.append(Missing(words, change))
    if call.closes_at <= at:
        missing.append(Missing(_("The deadline is past. Move it to a later moment."), change))
    if call.tie_rule not in TieRule:
        missing.append(Missing(_("Choose what tells equal scores apart."), change))
    form = current_form(call)
    if form is None:
        missing.append(Missing(_("Publish the form, so that people know what they are asked."), "programmes:form"))
    else:
        read = read_eligibility(call.eligibility, read_form(form.definition).form)
        if read.faults:
            missing.append(Missing(_("Mend the rules of who may apply."), "programmes:eligibility"))
    return missing


def application_numbers(call: Call) -> ApplicationNumbers:
    """Return how many applications of a call stand where; one query, and no name."""
    standing = dict(Application.objects.filter(call=call).order_by().values_list("phase").annotate(number=Count("pk")))
    return ApplicationNumbers(
        drafts=standing.get("draft", 0),
        under_way=sum(standing.get(phase, 0) for phase in ("screening", "question", "review", "decision", "offer")),
        placed=sum(standing.get(phase, 0) for phase in ("placement", "done")),
        declined=standing.get("declined", 0),
        withdrawn=standing.get("withdrawn", 0),
    )


def next_steps(call: Call) -> list[NextStep]:
    """Return what usually happens to an application, from its draft to its end, as the call's workflow says it."""
    moves = workflow_of(call.workflow)
    stages = [moves.stage(moves.start), *(moves.stage(step.to) for step in workflow.path_to_end(moves, moves.start))]
    return [NextStep(both(one.name), both(one.tells) if one.tells else Bilingual()) for one in stages]
