"""Runs of the matching, what they gave to whom and why, and offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.engines import matching
from accord.engines.matching import Code, Verdict
from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.kernel.refused import NotThere
from accord.programmes.enums import HostScore, MatchChange, OfferState
from accord.programmes.models import Application, Call, Limit, MatchLine, MatchRun, Offer, Place
from accord.programmes.queries._visible import applications_of

RANKED_BY_HOST: Mapping[str, Any] = {
    Code.BELOW_CUTOFF: _(
        "You ranked %(place)s as choice %(choice)s. All its places went to people whom the host ranked above you."
    ),
    Code.CAP_OF: _(
        "You ranked %(place)s as choice %(choice)s. It belongs to %(node)s, and all places there went to people who "
        "were ranked above you."
    ),
    Code.LOST_TIE: _(
        "You ranked %(place)s as choice %(choice)s. For its last place the host liked you and others equally, and the "
        "sealed draw decided."
    ),
    Code.NOT_ELIGIBLE: _("You ranked %(place)s as choice %(choice)s. The host does not take you there."),
}
"""What somebody reads where hosts rank: points would say nothing to them."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One choice and what became of it, in words."""

    choice: int
    place: Any
    host: Any
    words: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What a published run gave to one application, and why; the offer that came of it."""

    run: MatchRun
    line: MatchLine
    reasons: Sequence[Reason]
    offer: Offer | None
    told_at: datetime


def runs_of(call: Call) -> QuerySet[MatchRun]:
    """Return the runs of a call without their data, the latest first; one query."""
    return (
        MatchRun.objects.filter(call=call)
        .defer("market", "outcome", "certificate")
        .select_related("made_by", "published_by", "previous", "call__programme")
        .order_by("-number")
    )


def find_run(call: Call, number: int) -> MatchRun:
    """Return a run of a call whole. Raises `NotThere`."""
    runs = MatchRun.objects.filter(call=call, number=number)
    # What went in and came out is large, and few pages read it.
    found = (
        runs.defer("market", "outcome", "previous__market", "previous__outcome", "previous__certificate")
        .select_related("made_by", "published_by", "previous", "call__programme__owner")
        .first()
    )
    if found is None:
        raise NotThere(_("There is no run of this number in this call."))
    return found


def told_at(run: MatchRun) -> datetime | None:
    """Return when people were told of a published run; None while its letters are held back."""
    kept = run.settings.get("told_at")
    return parse_datetime(kept) if kept else None


def told_run(call: Call) -> MatchRun | None:
    """Return the published run of a call that holds and that people were told of, whole; one query."""
    return _told_runs(call).select_related("call__programme__owner", "published_by").first()


def has_result(call: Call) -> bool:
    """Say whether everybody may read how the places of a call were given out; one query."""
    return _told_runs(call).exists()


def lines_of(run: MatchRun) -> QuerySet[MatchLine]:
    """Return who got what in a run, with applicant, place and the `choice` it was, by reference; one query."""
    return (
        MatchLine.objects.filter(run=run)
        .select_related("application__applicant", "place__host__institution", "run__call__programme")
        .defer("run__market", "run__outcome", "run__certificate")
        .annotate(
            is_placed=Case(When(place=None, then=Value("no")), default=Value("yes")),
            choice=Cast("rank", TextField()),
        )
        .order_by("application__reference")
    )


def find_line(run: MatchRun, reference: str) -> MatchLine:
    """Return what a run gave to an application. Raises `NotThere`."""
    line = lines_of(run).filter(application__reference=reference).first()
    if line is None:
        raise NotThere(_("There is no application of this reference in this run."))
    return line


def profile_of(run: MatchRun) -> list[tuple[int, int]]:
    """Return how many people got their first, second and further choices."""
    return [(row["choice"], row["people"]) for row in run.certificate["profile"]]


def changes_of(run: MatchRun) -> list[tuple[Any, int]]:
    """Return how many became what between two runs, those whom nothing changed left out; one query."""
    rows = MatchLine.objects.filter(run=run).exclude(change__in=("", "stays", "still-waiting"))
    counted = dict(rows.order_by().values_list("change").annotate(n=Count("pk")))
    return [(one.label, counted[one]) for one in MatchChange if one in counted]


def certificate_lines(run: MatchRun) -> list[str]:
    """Return what a run's certificate says, worked out anew from its data, in the reader's language."""
    market = matching.market_from_data(run.market)
    certificate = matching.check(market, matching.outcome_from_data(market, run.outcome))
    # The digest and the seed have lines of their own on the page.
    return [one for one in matching.certificate_words(certificate, _tongue()).splitlines() if run.digest not in one]


def cutoffs_of(run: MatchRun) -> list[dict[str, Any]]:
    """Return what it took to hold a seat, place by place, with the names of places and limits; two queries."""
    names = _names(run.call)
    return [row | {"name": names.get(row["node"], row["node"])} for row in run.certificate["cutoffs"]]


def reasons_of(line: MatchLine) -> list[Reason]:
    """Return what became of each choice of somebody, best first, in words; two queries."""
    call = line.run.call
    names = _names(call)
    places = {one.code: one for one in Place.objects.filter(call=call).select_related("host__institution")}
    return [_reason(row, places, names, call) for row in line.reasons]


def result_words(line: MatchLine) -> str:
    """Return what somebody got, as one sentence."""
    if line.place is None:
        return str(_("You have no place in this round. Below you read what became of each of your choices."))
    if line.rank == 1:
        return str(_("You have a place: %(place)s, your first choice.") % {"place": line.place.name})
    return str(
        _("You have a place: %(place)s, your choice %(choice)s.") % {"place": line.place.name, "choice": line.rank}
    )


def result_for(application: Application) -> Result | None:
    """Return what the last run that people were told of gave to an application; None where there is none."""
    line = (
        MatchLine.objects.filter(
            application=application, run__published_at__isnull=False, run__settings__has_key="told_at"
        )
        .select_related("run__call__programme__owner", "application", "place__host__institution")
        .defer("run__market", "run__outcome", "run__certificate")
        .order_by("-run__number")
        .first()
    )
    moment = told_at(line.run) if line else None
    if line is None or moment is None:
        return None
    return Result(line.run, line, reasons_of(line), offer_for(application), moment)


def offer_for(application: Application) -> Offer | None:
    """Return the last offer that an applicant was told of, with its place; one query."""
    rows = Offer.objects.filter(application=application, told_at__isnull=False)
    return rows.select_related("place__host__institution", "application__call__programme").order_by("-pk").first()


def offers_in(call: Call) -> QuerySet[Offer]:
    """Return the offers of a call with applicant and place, those that wait first; one query."""
    return (
        Offer.objects.filter(place__call=call)
        .select_related("application__applicant", "place__host__institution", "place__call__programme", "run")
        .defer("run__market", "run__outcome", "run__certificate")
        .order_by("-made_at", "pk")
    )


def find_offer(call: Call, pk: int) -> Offer:
    """Return an offer of a call. Raises `NotThere`."""
    offer = offers_in(call).filter(pk=pk).first()
    if offer is None:
        raise NotThere(_("There is no offer of this number in this call."))
    return offer


def results_of(actor: Actor) -> list[Application]:
    """Return the applications of the actor in person for which there is a result or an offer; one query."""
    known = Q(match_lines__run__settings__has_key="told_at") | Q(offers__told_at__isnull=False)
    found = applications_of(actor).filter(
        pk__in=Application.objects.filter(known, applicant=actor.person_id).values("pk")
    )
    return list(found.select_related("call__programme__owner"))


def needs_joint(call: Call) -> bool:
    """Say whether teams, or two who want to be together, wait for places: only one mechanism places them; one query."""
    waiting = Application.objects.filter(call=call, phase="offer")
    team = Q(co_applicants__joined_at__isnull=False, co_applicants__removed_at=None)
    return waiting.filter(team | Q(together_with__isnull=False)).exists()


def free_seats(call: Call) -> int:
    """Return how many seats of open places nobody holds or is offered; one query."""
    rows = Place.objects.filter(call=call, closed_at=None).annotate(
        held=Count("seats", filter=Q(seats__given_up_at=None), distinct=True),
        offered=Count("offers", filter=Q(offers__state=OfferState.OPEN), distinct=True),
    )
    return sum(max(one.count - one.held - one.offered, 0) for one in rows)


def offers_to_answer(actor: Actor, most: int) -> Sequence[Waiting]:
    """Return the offers that wait for the actor's answer, the most urgent first; one query."""
    rows = _to_answer(actor).select_related("place", "application__call").order_by("answer_by_at", "pk")
    return [
        Waiting(
            title=one.place.name,
            url=reverse("programmes:result", args=[one.application.reference]),
            act=_("Accept or decline the place"),
            context=one.application.call.name,
            since=one.told_at,
            due=one.answer_by_at,
        )
        for one in rows[:most]
    ]


def count_offers_to_answer(actor: Actor) -> QuerySet[Any, Any]:
    """Return for each offer that waits for the actor's answer a one."""
    return _to_answer(actor).order_by().values("pk").annotate(n=Count("pk")).values("n")


def _told_runs(call: Call) -> QuerySet[MatchRun]:
    return MatchRun.objects.filter(call=call, published_at__isnull=False, replaced_at=None, settings__has_key="told_at")


def _to_answer(actor: Actor) -> QuerySet[Offer]:
    person = actor.person_id if actor.for_person is None else None
    return Offer.objects.filter(application__applicant=person, state=OfferState.OPEN, told_at__isnull=False)


def _tongue() -> str:
    return "zh-hans" if (get_language() or "").startswith("zh") else "en"


def _names(call: Call) -> dict[str, str]:
    """Return what ids of a market stand for, in the reader's language; two queries."""
    places = {one.code: str(one.name) for one in Place.objects.filter(call=call).only("code", "name")}
    return places | {f"limit:{one.key}": str(one.name) for one in Limit.objects.filter(call=call).only("key", "name")}


def _reason(row: Mapping[str, Any], places: Mapping[str, Place], names: Mapping[str, str], call: Call) -> Reason:
    verdict = _verdict(row)
    place = places.get(verdict.programme)
    named = replace(
        verdict,
        programme=names.get(verdict.programme, verdict.programme),
        node=names.get(verdict.node, verdict.node),
        held=names.get(verdict.held, verdict.held),
    )
    by_host = RANKED_BY_HOST.get(verdict.code) if call.host_score == HostScore.HOST and not verdict.reason else None
    said = {"place": named.programme, "choice": named.choice, "node": named.node or named.programme}
    return Reason(
        choice=verdict.choice,
        place=place.name if place else verdict.programme,
        host=place.host.institution.name if place else "",
        words=str(by_host % said) if by_host else named.words(_tongue()),
        is_held=verdict.code == Code.PLACED_HERE,
    )


def _verdict(row: Mapping[str, Any]) -> Verdict:
    """Return a verdict as it was kept."""
    known = {one.name for one in fields(Verdict)}
    said = {name: value for name, value in row.items() if name in known}
    said |= {name: int(said[name]) for name in ("own_draw", "cutoff_draw") if name in said}
    return Verdict(**(said | {"code": Code(said["code"])}))
