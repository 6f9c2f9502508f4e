"""What keeps people from judging: relations they declared, and conflicts with items."""

import pgtrigger
from django.db import models
from django.db.models import Q

from accord.kernel.audit import audited
from accord.kernel.marks import pair
from accord.kernel.text import BilingualField
from accord.review.enums import ConflictKind, ConflictSource, RelationKind
from accord.review.models._panels import Item, Panelist

KEEPS_APART = """
    IF NEW.lifted_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM review_panelist WHERE id = NEW.panelist_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM review_assignment
        WHERE panelist_id = NEW.panelist_id AND item_id = NEW.item_id AND released_at IS NULL
    ) THEN
        RAISE EXCEPTION 'panelist % still holds item %', NEW.panelist_id, NEW.item_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_assignment_in_conflict';
    END IF;
    RETURN NEW;
"""


@audited()
class Relation(models.Model):
    """That a person declared a relation to somebody; every panel on which they sit looks at it.

    Written by `operations.declare_relation` and `end_relation`.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    other_name = models.CharField(max_length=200, blank=True)
    other_email = models.EmailField(max_length=254, blank=True)
    kind = models.CharField(max_length=20, choices=RelationKind)
    note = models.TextField(max_length=1000, blank=True)
    until_on = models.DateField(null=True, help_text="First day on which it no longer counts; none: it counts.")
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["person_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False) | ~Q(other_name="") | ~Q(other_email=""),
                name="relation_names_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of person {self.person_id} ({self.pk})"


@audited()
class Conflict(models.Model):
    """That a panelist must not review an item, why, and how that is known; lifted by the office with a reason.

    While it stands, the database refuses an assignment. Written by `operations.find_conflicts`, `put_item`,
    `declare_conflict`, `enter_conflict` and `lift_conflict`.
    """

    panelist = models.ForeignKey(Panelist, on_delete=models.CASCADE, related_name="conflicts")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=ConflictKind)
    source = models.CharField(max_length=10, choices=ConflictSource)
    reason = BilingualField(blank=True, help_text="What it rests on, such as the institution; never told to reviewers.")
    found_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    lift_reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["panelist_id", "item_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["panelist", "item", "kind"], condition=Q(lifted_at=None), name="conflict_once_a_kind"
            ),
            models.CheckConstraint(condition=pair("lifted"), name="conflict_lifted_by_somebody"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | ~Q(lift_reason=""), name="conflict_lifted_for_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="conflict_keeps_apart",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=KEEPS_APART,
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of panelist {self.panelist_id} with item {self.item_id} ({self.pk})"
