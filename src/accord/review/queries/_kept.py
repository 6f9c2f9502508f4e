"""What is kept even from the office and the chair: items that concern them, and others' reviews before their own."""

from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accord.kernel.access import Actor
from accord.review.models import Assignment, Conflict, Item, ItemPerson
from accord.review.queries._visible import own

Row = TypeVar("Row", bound=Model)


def kept_from(actor: Actor) -> QuerySet[Item]:
    """Return the items that the actor must not look into, whatever their role.

    Those that name them, or whom they act for, and those that they have a conflict of interest with.
    """
    named = ItemPerson.objects.filter(item=OuterRef("pk"), person__in=actor.persons)
    barred = Conflict.objects.filter(item=OuterRef("pk"), panelist__person__in=actor.persons, lifted_at=None)
    return Item.objects.filter(Exists(named) | Exists(barred)).order_by()


def unread_by(actor: Actor) -> QuerySet[Item]:
    """Return the items of which the actor's own review is not in: nobody reads others' reviews before that."""
    mine = Assignment.objects.filter(
        item=OuterRef("pk"), panelist__person__in=own(actor), panelist__removed_at=None, released_at=None
    )
    waiting = mine.exclude(review__submitted_at__isnull=False)
    return Item.objects.filter(Exists(waiting), panel__closed_at=None).order_by()


def without_kept(rows: QuerySet[Row], actor: Actor, path: str = "item") -> QuerySet[Row]:
    """Return rows without those of items that are kept from the actor; `path` leads to the item."""
    return rows.exclude(**{f"{path}__in": kept_from(actor).values("pk")})


def without_unread(rows: QuerySet[Row], actor: Actor, path: str = "item") -> QuerySet[Row]:
    """Return rows without those of items that are kept from the actor or that they have yet to review."""
    hidden: dict[str, Any] = {f"{path}__in": unread_by(actor).values("pk")}
    return without_kept(rows, actor, path).exclude(Q(**hidden))


def is_kept(actor: Actor, item: int) -> bool:
    """Say whether an item is kept from the actor; one query."""
    return kept_from(actor).filter(pk=item).exists()


def is_unread(actor: Actor, item: int) -> bool:
    """Say whether the actor has yet to review an item; one query."""
    return unread_by(actor).filter(pk=item).exists()
