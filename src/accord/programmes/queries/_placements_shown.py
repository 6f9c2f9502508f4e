"""Placements as lists, references and pages show them: the name only to those who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.programmes.enums import OfferState, PlacementState, Side, Term
from accord.programmes.models import (
    Call,
    CheckIn,
    DiaryEntry,
    Evaluation,
    Hiring,
    LearningAgreement,
    Leave,
    Milestone,
    Offer,
    Placement,
    Stipend,
    Supervisor,
)
from accord.programmes.queries._placements import placement_sides
from accord.programmes.queries._visible import placements_visible_to
from accord.programmes.rules import EVERY_ROLE, SIDE_ROLES, may_keep_placements


@dataclass(frozen=True, slots=True)
class PlacementPage:
    """What stands on the page of a placement for those who may read it."""

    agreements: Sequence[LearningAgreement]
    supervisors: Sequence[Supervisor]
    check_ins: Sequence[CheckIn]
    evaluations: Sequence[Evaluation]
    milestones: Sequence[Milestone]
    leaves: Sequence[Leave]
    stipends: Sequence[Stipend]
    hirings: Sequence[Hiring]
    diary: Sequence[DiaryEntry]


def listed_placements(actor: Actor, placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Return placements with `may_read`, whether the actor may read the name, and `state`, how each stands."""
    if actor.holds(*EVERY_ROLE):
        readable: Any = Q(pk__isnull=False)
    else:
        mine = actor.institutions(*SIDE_ROLES)
        readable = (
            Q(programme__owner__in=actor.institutions(*EVERY_ROLE))
            | Q(person__in=actor.persons)
            | Q(host__in=mine)
            | Q(home__in=mine)
            | Exists(Supervisor.objects.filter(placement=OuterRef("pk"), person__in=actor.persons))
        )
    return placements.select_related("call").annotate(
        may_read=Case(When(readable, then=_YES), default=_NO, output_field=BooleanField()),
        state=_STATE,
    )


def placements_of_call(actor: Actor, call: Call) -> QuerySet[Placement]:
    """Return the placements of a call that the actor may know of."""
    return placements_visible_to(actor).filter(call=call)


def offers_without_placement(call: Call) -> list[Offer]:
    """Return the accepted offers of a call from which no placement began."""
    return list(
        Offer.objects.filter(place__call=call, state=OfferState.ACCEPTED, placements=None)
        .select_related("place__host__institution", "application__applicant", "application__home")
        .order_by("place", "pk")
    )


def find_accepted_offer(call: Call, pk: int) -> Offer:
    """Return an offer of a call; raises `NotThere`."""
    offer = Offer.objects.filter(place__call=call, pk=pk).select_related("place__host", "application").first()
    if offer is None:
        raise NotThere(_("There is no offer of this number here."))
    return offer


def placement_page(placement: Placement) -> PlacementPage:
    """Return all that hangs on a placement, latest first where it has a day; nine queries whatever there is."""
    standing = {"struck_at": None}
    return PlacementPage(
        agreements=list(placement.agreements.prefetch_related("signatures").order_by("-number")),
        supervisors=list(placement.supervisors.order_by("side", "starts_on", "pk")),
        check_ins=list(placement.check_ins.order_by("-stands_on", "-pk")),
        evaluations=list(placement.evaluations.filter(**standing).order_by("term", "side", "pk")),
        milestones=list(placement.milestones.order_by("position", "due_on", "pk")),
        leaves=list(placement.leaves.filter(**standing).order_by("starts_on", "pk")),
        stipends=list(placement.stipends.filter(**standing).order_by("month_on", "pk")),
        hirings=list(placement.hirings.filter(**standing).order_by("pk")),
        diary=list(placement.diary.order_by("-done_on", "-pk")),
    )


def open_agreement(placement: Placement) -> LearningAgreement | None:
    """Return the learning agreement that waits for signatures, if there is one."""
    return placement.agreements.filter(holds_at=None, dropped_at=None).first()


def sides_to_sign(agreement: LearningAgreement) -> tuple[Side, ...]:
    """Return the sides that have not signed an agreement yet."""
    signed = set(agreement.signatures.values_list("side", flat=True))
    return tuple(one for one in placement_sides(agreement.placement) if one not in signed)


def evaluation_of(placement: Placement, side: str, term: str) -> Evaluation | None:
    """Return the evaluation of a side that stands, if there is one."""
    return placement.evaluations.filter(side=side, term=Term(term), struck_at=None).first()


def show_placement(actor: Actor, pk: int) -> Shown:
    """Return a placement as a reference leads to it: its reference alone, never a name. Raises `NotThere`."""
    found = placements_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no placement of this number among those you may see."))
    return Shown(
        found.reference,
        reverse("programmes:placement", args=[found.reference]),
        may_keep_placements(actor, found.programme.owner_id),
    )


_YES, _NO = Value(value=True), Value(value=False)

_STATE = Case(
    When(cancelled_at__isnull=False, then=Value(PlacementState.CANCELLED)),
    When(Q(left_on__isnull=False) & ~Q(end_reason=""), then=Value(PlacementState.BROKEN_OFF)),
    When(completed_at__isnull=False, then=Value(PlacementState.COMPLETED)),
    When(left_on__isnull=False, then=Value(PlacementState.ENDED)),
    When(arrived_on__isnull=False, then=Value(PlacementState.RUNNING)),
    default=Value(PlacementState.AGREED),
    output_field=CharField(),
)
"""How a placement stands, as `placement_state` works it out."""


def milestones_of(placement: Placement) -> list[Milestone]:
    """Return the milestones of a placement, in order."""
    return list(placement.milestones.order_by("position", "due_on", "pk"))


def find_milestone(placement: Placement, pk: int) -> Milestone:
    """Return a milestone of a placement; raises `NotThere`."""
    found = placement.milestones.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no milestone of this number here."))
    return found


def find_check_in(placement: Placement, pk: int) -> CheckIn:
    """Return a check-in of a placement; raises `NotThere`."""
    found = placement.check_ins.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no check-in of this number here."))
    return found
