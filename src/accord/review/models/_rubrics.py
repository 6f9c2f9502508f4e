"""What is judged: rubrics with their criteria, scales and anchors."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.text import BilingualField

RUBRIC_STANDS = """
    IF TG_OP = 'UPDATE' AND (NEW.name, NEW.help, NEW.key, NEW.number)
                            IS NOT DISTINCT FROM (OLD.name, OLD.help, OLD.key, OLD.number) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM review_panel WHERE rubric_id = OLD.id) THEN
        RAISE EXCEPTION 'rubric % is in use', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rubric_in_use_stands';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""
CRITERION_STANDS = """
    FOR known IN SELECT unnest(ARRAY[CASE WHEN TG_OP <> 'INSERT' THEN OLD.rubric_id END,
                                     CASE WHEN TG_OP <> 'DELETE' THEN NEW.rubric_id END]) LOOP
        PERFORM 1 FROM review_rubric WHERE id = known FOR UPDATE;
        IF EXISTS (SELECT 1 FROM review_panel WHERE rubric_id = known) THEN
            RAISE EXCEPTION 'rubric % is in use', known
                USING ERRCODE = 'check_violation', CONSTRAINT = 'rubric_in_use_stands';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


@audited()
class Rubric(models.Model):
    """What a panel judges by: criteria with weights and scales, of one institution, in versions.

    Nothing of it changes once a panel uses it; a new version is a new row. Written by `operations.make_rubric`,
    `change_rubric` and `copy_rubric`.
    """

    owner = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    number = models.PositiveIntegerField(default=1, help_text="Which edition of the key: 1, 2 and so on.")
    name = BilingualField()
    help = BilingualField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["owner_id", "key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key", "number"], name="rubric_key_is_one"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="rubric_in_use_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=RUBRIC_STANDS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key} {self.number})"


@audited()
class Criterion(models.Model):
    """One thing that is judged: its weight, its scale, and what some scores of it mean.

    Written with its rubric.
    """

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    key = models.SlugField(max_length=60)
    name = BilingualField()
    help = BilingualField(blank=True)
    weight = models.DecimalField(max_digits=6, decimal_places=2, default=1)
    lowest = models.DecimalField(max_digits=6, decimal_places=2, default=1)
    highest = models.DecimalField(max_digits=6, decimal_places=2, default=5)
    step = models.DecimalField(max_digits=6, decimal_places=2, default=1)
    anchors = models.JSONField(default=dict, help_text="What scores mean: by score, the words by language.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rubric_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "key"], name="criterion_key_is_one"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_weighs"),
            models.CheckConstraint(condition=Q(highest__gt=F("lowest")), name="criterion_scale_ascends"),
            models.CheckConstraint(
                condition=Q(step__gt=0) & Q(step__lte=F("highest") - F("lowest")), name="criterion_step_fits"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="criterion_in_use_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("known", "bigint")],
                func=CRITERION_STANDS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.rubric_id}/{self.key})"
