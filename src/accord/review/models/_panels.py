"""Who reviews what: panels, their members, and the items before them."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.marks import pair
from accord.kernel.text import BilingualField
from accord.review.enums import BidValue, ConcernedKind, Mode, ScoreRule
from accord.review.models._rubrics import Rubric

RULES_STAND = """
    IF (NEW.score_counts, NEW.mode, NEW.rubric_id) IS NOT DISTINCT FROM (OLD.score_counts, OLD.mode, OLD.rubric_id) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM review_review r JOIN review_assignment a ON a.id = r.assignment_id
        JOIN review_item i ON i.id = a.item_id WHERE i.panel_id = NEW.id AND r.submitted_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'panel % has reviews: its rules stand', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'panel_rules_stand';
    END IF;
    RETURN NEW;
"""


@audited()
class Panel(models.Model):
    """People who review the items of one subject, such as a call, by one rubric and under stated rules.

    `subject` is the record that it serves. Which score counts, the mode and the rubric stand once the first review is
    submitted. Written by `operations.open_panel`, `change_panel`, `close_panel` and `reopen_panel`.
    """

    subject = models.CharField(max_length=100, help_text="The record it serves, such as call:12.")
    name = BilingualField()
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="panels")
    owner = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.SINGLE)
    reviews_each = models.PositiveSmallIntegerField(default=3, help_text="Reviews that each item needs.")
    max_load = models.PositiveSmallIntegerField(default=10, help_text="Most items for one reviewer.")
    min_load = models.PositiveSmallIntegerField(default=0)
    seniors_each = models.PositiveSmallIntegerField(default=0, help_text="Of the reviews of an item, by seniors.")
    institution_share = models.PositiveSmallIntegerField(
        null=True, help_text="Most reviewers of one institution on an item; none: no limit."
    )
    strong_each = models.PositiveSmallIntegerField(default=1, help_text="Strong reviewers an item, where asked for.")
    score_counts = models.CharField(max_length=10, choices=ScoreRule, default=ScoreRule.RAW)
    discussion = models.BooleanField(default=True)
    due_at = models.DateTimeField()
    seed = models.CharField(max_length=100, blank=True, help_text="Of draws; published beside the result.")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    worked_at = models.DateTimeField(null=True, help_text="When the standings were last worked out.")
    is_simulated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=pair("closed"), name="panel_closed_by_somebody"),
            models.CheckConstraint(condition=Q(reviews_each__gte=1, max_load__gte=1), name="panel_asks_for_reviews"),
            models.CheckConstraint(condition=Q(min_load__lte=F("max_load")), name="panel_loads_do_not_cross"),
            models.CheckConstraint(
                condition=Q(seniors_each__lte=F("reviews_each"), strong_each__lte=F("reviews_each")),
                name="panel_seniors_within_reviews",
            ),
            models.CheckConstraint(
                condition=Q(institution_share=None) | Q(institution_share__gte=1), name="panel_share_leaves_one"
            ),
        ]
        indexes = [models.Index(fields=["subject"], name="panel_subject")]
        triggers = [
            pgtrigger.Trigger(
                name="panel_rules_stand",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=RULES_STAND,
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.subject} ({self.pk})"


@audited()
class Panelist(models.Model):
    """A person on a panel: as reviewer, and where it says so as chair or senior.

    `stated_at` is when they said what keeps them from judging, or that nothing does; before that no file opens. Written
    by `operations.invite_panelist`, `answer_invitation`, `change_panelist`, `remove_panelist`, `declare_none`.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="panelists")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    is_chair = models.BooleanField(default=False)
    is_senior = models.BooleanField(default=False)
    max_load = models.PositiveSmallIntegerField(null=True, help_text="None: the panel's.")
    min_load = models.PositiveSmallIntegerField(null=True, help_text="None: the panel's.")
    expertise = models.TextField(max_length=8000, blank=True, help_text="Subjects, or titles of own papers, by line.")
    position = models.PositiveSmallIntegerField(help_text="What a blind panel calls them by: Reviewer 2.")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(max_length=2000, blank=True)
    stated_at = models.DateTimeField(null=True, help_text="When they last stated their conflicts, or that none exist.")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["panel_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="panelist_once_a_panel"),
            models.UniqueConstraint(fields=["panel", "position"], name="panelist_number_is_one"),
            models.CheckConstraint(condition=pair("removed"), name="panelist_removed_by_somebody"),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(declined_at=None), name="panelist_answers_once"),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} on panel {self.panel_id}"


@audited()
class Item(models.Model):
    """What is reviewed: a record of another context under a neutral code.

    Written by `operations.put_item` and `withdraw_item`.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="items")
    record = models.CharField(max_length=100, help_text="The record that is judged, such as application:33.")
    code = models.CharField(max_length=30, help_text="What a blind panel calls it by.")
    title = BilingualField(help_text="May say who applied; never shown where the panel is double blind.")
    topics = models.TextField(max_length=20_000, blank=True, help_text="Text that affinities are worked out from.")
    put_at = models.DateTimeField()
    put_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["panel_id", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "record"], name="item_once_a_panel"),
            models.UniqueConstraint(fields=["panel", "code"], name="item_code_is_one"),
            models.CheckConstraint(condition=pair("withdrawn"), name="item_withdrawn_by_somebody"),
        ]
        indexes = [models.Index(fields=["record"], name="item_record")]

    def __str__(self) -> str:
        return f"{self.code} of panel {self.panel_id} ({self.pk})"


@audited()
class ItemPerson(models.Model):
    """Somebody whom an item concerns, as it was put in: what conflicts are found by.

    Written with the item.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=ConcernedKind, default=ConcernedKind.APPLICANT)

    class Meta:
        ordering = ["item_id", "pk"]

    def __str__(self) -> str:
        return f"{self.name} in item {self.item_id}"


@audited()
class Bid(models.Model):
    """How much a panelist would like to review an item. Written by `operations.place_bid`."""

    panelist = models.ForeignKey(Panelist, on_delete=models.CASCADE, related_name="bids")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="bids")
    value = models.PositiveSmallIntegerField(choices=BidValue)
    placed_at = models.DateTimeField()

    class Meta:
        ordering = ["panelist_id", "item_id"]
        constraints = [
            models.UniqueConstraint(fields=["panelist", "item"], name="bid_once_an_item"),
            models.CheckConstraint(condition=Q(value__lte=3), name="bid_on_its_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.value} by panelist {self.panelist_id} for item {self.item_id}"
