"""Who was assigned to what, what they said, and where the items stand."""

import pgtrigger
from django.db import models
from django.db.models import Q

from accord.kernel.audit import audited
from accord.kernel.marks import pair
from accord.kernel.text import BilingualField
from accord.review.enums import AssignedBy, AssignmentGoal, Recommendation
from accord.review.models._panels import Item, Panel, Panelist
from accord.review.models._rubrics import Criterion

MAY_REVIEW = """
    IF NEW.released_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM review_panelist WHERE id = NEW.panelist_id FOR NO KEY UPDATE;
    SELECT * INTO held FROM review_item WHERE id = NEW.item_id FOR SHARE;
    IF held.panel_id <> (SELECT panel_id FROM review_panelist WHERE id = NEW.panelist_id) THEN
        RAISE EXCEPTION 'panelist % is not on the panel of item %', NEW.panelist_id, NEW.item_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_within_its_panel';
    END IF;
    IF EXISTS (
        SELECT 1 FROM review_conflict
        WHERE panelist_id = NEW.panelist_id AND item_id = NEW.item_id AND lifted_at IS NULL
    ) THEN
        RAISE EXCEPTION 'panelist % must not review item %', NEW.panelist_id, NEW.item_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_assignment_in_conflict';
    END IF;
    IF held.withdrawn_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.released_at IS NOT NULL) THEN
        RAISE EXCEPTION 'item % is withdrawn', NEW.item_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_assignment_of_withdrawn';
    END IF;
    RETURN NEW;
"""
REVIEW_STANDS = """
    -- words may only go: erasing the reviewer takes them
    IF OLD.submitted_at IS NOT NULL AND NEW.submitted_at IS NOT NULL AND (
        NEW.comment_to_applicant NOT IN (OLD.comment_to_applicant, '')
        OR NEW.comment_to_panel NOT IN (OLD.comment_to_panel, '')
        OR NEW.recommendation <> OLD.recommendation
    ) THEN
        RAISE EXCEPTION 'review % is submitted', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'submitted_review_stands';
    END IF;
    RETURN NEW;
"""
SCORE_FITS = """
    SELECT r.submitted_at IS NOT NULL INTO done FROM review_review r
        WHERE r.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.review_id ELSE NEW.review_id END FOR SHARE;
    IF done AND TG_OP = 'UPDATE' AND NEW.note = '' THEN
        done := (NEW.review_id, NEW.criterion_id, NEW.value)
            IS DISTINCT FROM (OLD.review_id, OLD.criterion_id, OLD.value);
    END IF;
    IF done THEN
        RAISE EXCEPTION 'the review is submitted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'submitted_review_stands';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT c.* INTO asked FROM review_criterion c
        JOIN review_panel p ON p.rubric_id = c.rubric_id JOIN review_item i ON i.panel_id = p.id
        JOIN review_assignment a ON a.item_id = i.id JOIN review_review r ON r.assignment_id = a.id
        WHERE c.id = NEW.criterion_id AND r.id = NEW.review_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'criterion % is not of the rubric of the panel', NEW.criterion_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_of_its_rubric';
    END IF;
    IF NEW.value IS NOT NULL AND (
        NEW.value < asked.lowest OR NEW.value > asked.highest OR (NEW.value - asked.lowest) % asked.step <> 0
    ) THEN
        RAISE EXCEPTION 'score % is off the scale of criterion %', NEW.value, NEW.criterion_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'score_on_its_scale';
    END IF;
    RETURN NEW;
"""


@audited()
class AssignmentRun(models.Model):
    """One run of the automatic assignment: what it was given (by hash), what it found, and the proof.

    It binds nobody until it is applied, once. Written by `operations.propose_assignment` and `apply_run`.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="runs")
    goal = models.CharField(max_length=20, choices=AssignmentGoal)
    seed = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the inputs; the same inputs give the same result.")
    problem = models.JSONField(help_text="What the run was given, so that it can be repeated.")
    result = models.JSONField(default=dict, help_text="Who reviews what, and why; empty where nothing fits.")
    certificate = models.JSONField(default=dict, help_text="How good it is, by proof.")
    witness = models.JSONField(default=dict, help_text="Where nothing fits: who is short of what, by language.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["panel_id", "-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=pair("applied"), name="run_applied_by_somebody")]

    def __str__(self) -> str:
        return f"run {self.pk} of panel {self.panel_id}"


@audited()
class Assignment(models.Model):
    """That a panelist reviews an item; released, it keeps its row and no longer counts.

    Written by `operations.assign`, `apply_run`, `release`, `lock_assignment`, `unlock_assignment`, `open_item`.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="assignments")
    panelist = models.ForeignKey(Panelist, on_delete=models.PROTECT, related_name="assignments")
    is_locked = models.BooleanField(default=False, help_text="The automatic assignment leaves it as it is.")
    source = models.CharField(max_length=10, choices=AssignedBy, default=AssignedBy.HAND)
    run = models.ForeignKey(AssignmentRun, on_delete=models.PROTECT, null=True, related_name="assignments")
    why = models.JSONField(default=dict, help_text="Why this reviewer, by language.")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, help_text="When the reviewer first opened the item.")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    release_reason = BilingualField(blank=True)
    reminders = models.PositiveSmallIntegerField(default=0, help_text="How many of the reminders are behind it.")
    reminded_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["item_id", "panelist_id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "panelist"], name="assignment_once_an_item"),
            models.CheckConstraint(condition=pair("released"), name="assignment_released_by_somebody"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(released_at=None), name="assignment_due"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="assignment_may_be",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("held", "review_item%ROWTYPE")],
                func=MAY_REVIEW,
            )
        ]

    def __str__(self) -> str:
        return f"item {self.item_id} with panelist {self.panelist_id}"


@audited()
class Review(models.Model):
    """What one reviewer says of one item; a draft until it is submitted, and then only reopened for a reason.

    Written by `operations.keep_review`, `submit_review` and `reopen_review`.
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="review")
    comment_to_applicant = models.TextField(max_length=20_000, blank=True)
    comment_to_panel = models.TextField(max_length=20_000, blank=True)
    recommendation = models.CharField(max_length=20, choices=Recommendation, blank=True)
    total = models.DecimalField(
        max_digits=7, decimal_places=3, null=True, help_text="Of 100, by the weights; known once it is submitted."
    )
    kept_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reopen_reason = models.TextField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["assignment_id"]
        constraints = [
            models.CheckConstraint(condition=pair("submitted"), name="review_submitted_by_somebody"),
            models.CheckConstraint(condition=pair("reopened"), name="review_reopened_by_somebody"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, total=None) | Q(submitted_at__isnull=False, total__isnull=False),
                name="review_total_when_submitted",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="submitted_review_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=REVIEW_STANDS,
            )
        ]

    def __str__(self) -> str:
        return f"review {self.pk} of assignment {self.assignment_id}"


@audited()
class Score(models.Model):
    """What a review gives for one criterion. Written with the review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    note = models.TextField(max_length=4000, blank=True)

    class Meta:
        ordering = ["review_id", "criterion_id"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="score_once_a_criterion")]
        triggers = [
            pgtrigger.Trigger(
                name="score_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("done", "boolean"), ("asked", "review_criterion%ROWTYPE")],
                func=SCORE_FITS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} for criterion {self.criterion_id} in review {self.review_id}"


@audited()
class Remark(models.Model):
    """What a panelist says of an item to the others who reviewed it. Written by `operations.remark`."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="remarks")
    panelist = models.ForeignKey(Panelist, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(max_length=10_000)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["item_id", "said_at", "pk"]

    def __str__(self) -> str:
        return f"remark {self.pk} on item {self.item_id}"


class Standing(models.Model):
    """Where an item stands by its submitted reviews: raw and calibrated, both ranks; advice to whoever decides.

    Worked out from the reviews, which stay as they are. Written by `operations.work_out_standing`.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="standings")
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="standing")
    raw = models.DecimalField(max_digits=7, decimal_places=3)
    calibrated = models.DecimalField(max_digits=8, decimal_places=3)
    spread = models.DecimalField(max_digits=7, decimal_places=3, help_text="Highest less lowest total.")
    reviews = models.PositiveSmallIntegerField()
    raw_rank = models.PositiveIntegerField()
    calibrated_rank = models.PositiveIntegerField()
    is_calibrated = models.BooleanField(default=False, help_text="Whether the scores showed a bias that was taken off.")
    worked_at = models.DateTimeField()

    class Meta:
        ordering = ["panel_id", "raw_rank", "item_id"]

    def __str__(self) -> str:
        return f"item {self.item_id}: {self.raw}, {self.calibrated}"
