"""What one reviewer is to do: the queue, in the words that the panel's mode allows."""

from django.db.models import Case, CharField, QuerySet, Value, When

from accord.kernel.access import Actor
from accord.kernel.text import Bilingual
from accord.review.enums import AssignmentState, Mode
from accord.review.models import Assignment, Item, Panel, Panelist
from accord.review.queries._visible import assignments_visible_to, own


def queue_of(actor: Actor) -> QuerySet[Assignment]:
    """Return what the actor is to review on open and closed panels, the first due first, each with its `state`."""
    return with_state(assignments_visible_to(actor))


def with_state(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Add to each assignment where its review stands, as a code of `AssignmentState`."""
    return assignments.annotate(
        state=Case(
            When(released_at__isnull=False, then=Value(AssignmentState.RELEASED.value)),
            When(review__submitted_at__isnull=False, then=Value(AssignmentState.SUBMITTED.value)),
            When(review__isnull=False, then=Value(AssignmentState.BEGUN.value)),
            When(opened_at__isnull=False, then=Value(AssignmentState.OPENED.value)),
            default=Value(AssignmentState.WAITING.value),
            output_field=CharField(),
        )
    )


def title_for_reviewer(item: Item) -> Bilingual | str:
    """Return what a reviewer may call an item: its code alone where the panel is double blind."""
    return item.code if item.panel.mode == Mode.DOUBLE else item.title


def is_blind(panel: Panel) -> bool:
    """Say whether reviewers must not learn who applied."""
    return panel.mode == Mode.DOUBLE


def invitations_of(actor: Actor) -> QuerySet[Panelist]:
    """Return the invitations to panels that the actor has not answered, the oldest first."""
    waiting = Panelist.objects.filter(person__in=own(actor), removed_at=None, accepted_at=None, declined_at=None)
    return waiting.filter(panel__closed_at=None).select_related("panel__owner").order_by("invited_at", "pk")


def seats_of(actor: Actor) -> QuerySet[Panelist]:
    """Return the actor's places on panels that they accepted, the latest first."""
    taken = Panelist.objects.filter(person__in=own(actor), removed_at=None, accepted_at__isnull=False)
    return taken.select_related("panel__rubric", "panel__owner").order_by("-panel__opened_at", "pk")
