"""What is so of applications: every fact that a step of a workflow may need, worked out from records."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.engines import questionnaire
from accord.programmes.enums import CallState, Need, OfferState, Outcome
from accord.programmes.models import Application, CoApplicant, Decision, Enquiry, Offer, Place, Placement, Step
from accord.programmes.queries._calls import call_state
from accord.programmes.queries._eligible import is_eligible
from accord.review.queries import StandingRow, standings

Facts = Mapping[Need, bool]
_Found = dict[int, dict[Need, bool]]

DECIDED: Mapping[Need, Outcome] = {
    Need.DECIDED_ACCEPT: Outcome.ACCEPT,
    Need.DECIDED_RESERVE: Outcome.RESERVE,
    Need.DECIDED_DECLINE: Outcome.DECLINE,
    Need.DECIDED_REVISE: Outcome.REVISE,
}
HOLDING = (OfferState.OPEN, OfferState.ACCEPTED)
"""How an offer stands that holds: it waits for an answer, or was accepted."""

MISSING: Mapping[Need, str | Promise] = {
    Need.FORM_COMPLETE: _("answers that the form needs"),
    Need.IN_TIME: _("time: the call is not open now"),
    Need.ELIGIBLE: _("what the call asks of those who may apply"),
    Need.CO_APPLICANTS_JOINED: _("the consent of every co-applicant who is named"),
    Need.ENQUIRIES_ANSWERED: _("the applicant’s answer to a question"),
    Need.REVIEWS_IN: _("reviews that are not in yet"),
    Need.ONE_REVIEW_IN: _("a first review"),
    Need.DECIDED_ACCEPT: _("a settled decision to accept"),
    Need.DECIDED_RESERVE: _("a settled decision for the reserve list"),
    Need.DECIDED_DECLINE: _("a settled decision to decline"),
    Need.DECIDED_REVISE: _("a settled decision to revise and resubmit"),
    Need.TOLD: _("the letter with the decision, which is still held back"),
    Need.OFFERED: _("an offer of a place that the applicant was told of"),
    Need.OFFER_ACCEPTED: _("the applicant’s acceptance of the offer"),
    Need.OFFER_ENDED: _("the end of the offer that still holds"),
    Need.NO_OPEN_OFFER: _("an answer to the offer that still holds"),
    Need.PLACEMENT_COMPLETED: _("the completion of every placement"),
}

NEEDED: Mapping[Need, str | Promise] = {
    Need.FORM_COMPLETE: _("the form is complete"),
    Need.IN_TIME: _("the call is open"),
    Need.ELIGIBLE: _("the rules of who may apply hold"),
    Need.CO_APPLICANTS_JOINED: _("every co-applicant said yes"),
    Need.ENQUIRIES_ANSWERED: _("every question is answered"),
    Need.REVIEWS_IN: _("all reviews are in"),
    Need.ONE_REVIEW_IN: _("one review is in"),
    Need.DECIDED_ACCEPT: _("the settled decision is to accept"),
    Need.DECIDED_RESERVE: _("the settled decision is the reserve list"),
    Need.DECIDED_DECLINE: _("the settled decision is to decline"),
    Need.DECIDED_REVISE: _("the settled decision is to revise and resubmit"),
    Need.TOLD: _("the letter with the decision was let go"),
    Need.OFFERED: _("the applicant was told of an offer"),
    Need.OFFER_ACCEPTED: _("the offer was accepted"),
    Need.OFFER_ENDED: _("the last offer was declined, lapsed or was given back"),
    Need.NO_OPEN_OFFER: _("no offer holds"),
    Need.PLACEMENT_COMPLETED: _("every placement is completed"),
}
"""What a step needs, in words."""


def words_of(need: str) -> str | Promise:
    """Return in words what is missing where a need is not met."""
    return MISSING[Need(need)]


def facts_of(
    applications: Iterable[Application], *, at: datetime | None = None, only: Collection[str] = tuple(Need)
) -> dict[int, Facts]:
    """Return which needs are met by each application, by its number; the same queries for one as for a thousand.

    `only` names the needs that are asked for, and spares the queries of others. Without a moment nothing is in time.
    Each application brings its `form` and `call`.
    """
    rows = list(applications)
    found: _Found = {one.pk: {} for one in rows}
    for needs, find in _SOURCES:
        if rows and not frozenset(needs).isdisjoint(only):
            find(rows, at, found)
    return {pk: {need: met for need, met in facts.items() if need in only} for pk, facts in found.items()}


def _of_forms(rows: Sequence[Application], _at: datetime | None, found: _Found) -> None:
    forms: dict[int, questionnaire.Questionnaire] = {}
    offered = _places_of({one.call_id for one in rows})
    for one in rows:
        if one.form_id not in forms:
            forms[one.form_id] = questionnaire.read(one.form.definition)
        asked = forms[one.form_id]
        sources = {each.source: offered.get(one.call_id, ()) for each in asked.questions if each.source}
        found[one.pk][Need.FORM_COMPLETE] = not questionnaire.check(asked, one.answers, sources=sources)


def _places_of(calls: Collection[int]) -> dict[int, list[str]]:
    """Return the codes of the places that can be wished for, by call; one query."""
    codes: dict[int, list[str]] = {}
    rows = Place.objects.filter(call__in=calls, closed_at=None).order_by("call", "code")
    for call, code in rows.values_list("call", "code"):
        codes.setdefault(call, []).append(code)
    return codes


def _of_the_hour(rows: Sequence[Application], at: datetime | None, found: _Found) -> None:
    for one in rows:
        found[one.pk][Need.IN_TIME] = at is not None and call_state(one.call, at) == CallState.OPEN


def _of_rules(rows: Sequence[Application], _at: datetime | None, found: _Found) -> None:
    for one in rows:
        found[one.pk][Need.ELIGIBLE] = is_eligible(one)


def _of_co_applicants(rows: Sequence[Application], _at: datetime | None, found: _Found) -> None:
    named = CoApplicant.objects.filter(application__in=_keys(rows), removed_at=None, joined_at=None)
    _unless(found, Need.CO_APPLICANTS_JOINED, named)


def _of_enquiries(rows: Sequence[Application], _at: datetime | None, found: _Found) -> None:
    open_ = Enquiry.objects.filter(application__in=_keys(rows), answered_at=None, closed_at=None)
    _unless(found, Need.ENQUIRIES_ANSWERED, open_)


def _unless(found: _Found, need: Need, those: Any) -> None:
    """Say that a need is met but where one of these rows hangs on the application."""
    missing = set(those.order_by().values_list("application", flat=True))
    for pk, facts in found.items():
        facts[need] = pk not in missing


def _of_reviews(rows: Sequence[Application], _at: datetime | None, found: _Found) -> None:
    stand: Mapping[str, StandingRow] = standings([review_record(one) for one in rows])
    for one in rows:
        row = stand.get(review_record(one))
        done = row.reviews_done if row else 0
        found[one.pk][Need.REVIEWS_IN] = row is not None and done >= row.reviews_due
        found[one.pk][Need.ONE_REVIEW_IN] = done > 0


def review_record(application: Application) -> str:
    """Return the reference under which an application lies before a panel."""
    return record_of(application.pk)


def record_of(pk: int) -> str:
    """Return the same by the number of the application."""
    return f"application:{pk}"


def _of_decisions(rows: Sequence[Application], _at: datetime | None, found: _Found) -> None:
    """Go by the last settled decision; one that asked for a revision counts until the applicant was asked for it."""
    keys = _keys(rows)
    settled = Decision.objects.filter(application__in=keys, slate__settled_at__isnull=False)
    latest = {one.application_id: one for one in settled.order_by("slate__settled_at", "slate_id", "pk")}
    asked = Step.objects.filter(application__in=keys, to_phase="question").order_by().values("application")
    last = dict(asked.annotate(last=Max("moved_at")).values_list("application", "last"))
    for pk, facts in found.items():
        decision = latest.get(pk)
        told_at = decision.told_at if decision else None
        spent = (
            decision is not None
            and decision.outcome == Outcome.REVISE
            and told_at is not None
            and pk in last
            and last[pk] >= told_at
        )
        for need, outcome in DECIDED.items():
            facts[need] = decision is not None and decision.outcome == outcome and not spent
        facts[Need.TOLD] = told_at is not None and not spent


def _of_offers(rows: Sequence[Application], _at: datetime | None, found: _Found) -> None:
    holds, accepted, told = Q(state__in=HOLDING), Q(state=OfferState.ACCEPTED), Q(told_at__isnull=False)
    counted = Offer.objects.filter(application__in=_keys(rows)).order_by().values("application")
    numbers = {
        row["application"]: row
        for row in counted.annotate(
            holding=Count("pk", filter=holds),
            known=Count("pk", filter=holds & told),
            taken=Count("pk", filter=accepted),
            ended=Count("pk", filter=told & ~holds),
        )
    }
    for pk, facts in found.items():
        row = numbers.get(pk, {"holding": 0, "known": 0, "taken": 0, "ended": 0})
        facts[Need.OFFERED] = row["known"] > 0
        facts[Need.OFFER_ACCEPTED] = row["taken"] > 0
        facts[Need.NO_OPEN_OFFER] = row["holding"] == 0
        facts[Need.OFFER_ENDED] = row["holding"] == 0 and row["ended"] > 0


def _of_placements(rows: Sequence[Application], _at: datetime | None, found: _Found) -> None:
    counted = Placement.objects.filter(application__in=_keys(rows), cancelled_at=None).order_by().values("application")
    done = counted.annotate(every=Count("pk"), done=Count("completed_at")).filter(every=F("done"))
    completed = set(done.values_list("application", flat=True))
    for pk, facts in found.items():
        facts[Need.PLACEMENT_COMPLETED] = pk in completed


def _keys(rows: Sequence[Application]) -> list[int]:
    return [one.pk for one in rows]


_SOURCES: tuple[tuple[tuple[Need, ...], Callable[[Sequence[Application], datetime | None, _Found], None]], ...] = (
    ((Need.FORM_COMPLETE,), _of_forms),
    ((Need.IN_TIME,), _of_the_hour),
    ((Need.ELIGIBLE,), _of_rules),
    ((Need.CO_APPLICANTS_JOINED,), _of_co_applicants),
    ((Need.ENQUIRIES_ANSWERED,), _of_enquiries),
    ((Need.REVIEWS_IN, Need.ONE_REVIEW_IN), _of_reviews),
    ((*DECIDED, Need.TOLD), _of_decisions),
    ((Need.OFFERED, Need.OFFER_ACCEPTED, Need.OFFER_ENDED, Need.NO_OPEN_OFFER), _of_offers),
    ((Need.PLACEMENT_COMPLETED,), _of_placements),
)
"""Which needs are found where; each source asks a constant number of queries."""
