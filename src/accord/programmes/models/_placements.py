"""Placements: who is where, what was agreed, how it goes, how it ended."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.marks import ends_after, pair
from accord.kernel.ranges import DayRange
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index
from accord.programmes.enums import EndReason, Going, PersonLevel, Side, Term
from accord.programmes.models._applications import Application
from accord.programmes.models._calls import Call, Programme
from accord.programmes.models._matches import Offer


@audited()
class Placement(models.Model):
    """That one person works or studies with a host for some time, sent by a home institution or by none.

    How it stands is worked out from its days (`PlacementState`). Written by `operations.begin_placement`,
    `confirm_arrival`, `end_placement` and others; its dates change by a learning agreement that all sides signed.
    """

    reference = models.CharField(max_length=30, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="placements")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="placements")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="placements")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, related_name="placements")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=PersonLevel)
    title = BilingualField(help_text="What it is about.")
    host = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("people.Institution", on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField(help_text="The first day, as agreed.")
    ends_on = models.DateField(help_text="The last day, as agreed.")
    percent = models.PositiveSmallIntegerField(default=100, help_text="Of a full-time post.")
    stipend_minor = models.PositiveBigIntegerField(null=True, help_text="A month, in minor units.")
    currency = models.CharField(max_length=3, blank=True)
    arrived_on = models.DateField(null=True, help_text="The first day there, as the host confirmed.")
    arrival_at = models.DateTimeField(null=True)
    arrival_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    left_on = models.DateField(null=True, help_text="The last day there.")
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True, help_text="Where it was broken off.")
    end_note = models.TextField(max_length=2000, blank=True)
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    cancel_reason = models.CharField(max_length=500, blank=True)
    completed_at = models.DateTimeField(null=True, help_text="When the second end evaluation came in.")
    degree_on = models.DateField(null=True, help_text="When the degree was conferred, of a doctorate.")
    degree_at = models.DateTimeField(null=True)
    degree_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reminded = models.JSONField(default=list, blank=True, help_text="What its sides were asked for, each once.")
    is_simulated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["programme", "reference"]
        indexes = [
            models.Index(fields=["person"], name="placement_person"),
            models.Index(fields=["host"], name="placement_host"),
            words_index("placement_words", ("title",), "reference"),
            characters_index("placement_characters", ("title",), "reference"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "person"], condition=Q(offer__isnull=False), name="placement_once_an_offer"
            ),
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="placement_ends_after_start"),
            models.CheckConstraint(condition=pair("arrival"), name="placement_arrival_by_somebody"),
            models.CheckConstraint(condition=pair("left"), name="placement_left_by_somebody"),
            models.CheckConstraint(condition=pair("cancelled"), name="placement_cancelled_by_somebody"),
            models.CheckConstraint(condition=pair("degree"), name="placement_degree_by_somebody"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(arrived_on__isnull=False, left_on__gte=F("arrived_on")),
                name="placement_left_after_arrival",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on=None, arrival_at=None) | Q(arrived_on__isnull=False, arrival_at__isnull=False),
                name="placement_arrival_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(arrived_on=None), name="placement_cancelled_before_arrival"
            ),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="placement_percent"),
            models.CheckConstraint(
                condition=Q(stipend_minor=None) | ~Q(currency=""), name="placement_stipend_has_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"placement {self.reference}"


@audited()
class Supervisor(models.Model):
    """Who looks after somebody at one side, from a day until a day; a joint doctorate has one at each."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="supervisors")
    side = models.CharField(max_length=6, choices=Side)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["placement", "side", "starts_on", "pk"]
        indexes = [models.Index(fields=["person"], name="supervisor_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(side=Side.PERSON), name="supervisor_of_host_or_home"),
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="supervisor_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.side} of placement {self.placement_id}"


@audited()
class LearningAgreement(models.Model):
    """What person, host and home agreed: tasks, aims, dates. A later number changes or extends the one before.

    It holds from the moment on which the last of its sides signed; then dates of the placement follow it.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    tasks = models.TextField(max_length=5000)
    aims = models.TextField(max_length=5000, blank=True)
    hours_weekly = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    mentoring = models.TextField(max_length=2000, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    why = models.CharField(max_length=500, blank=True, help_text="Of a change.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what is signed.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    holds_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["placement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="learning_number"),
            models.UniqueConstraint(
                fields=["placement"], condition=Q(holds_at=None, dropped_at=None), name="learning_open_is_one"
            ),
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="learning_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"learning agreement {self.number} of placement {self.placement_id}"


@audited()
class LearningSignature(models.Model):
    """That a side signed a learning agreement: who, when, and the hash of what they read."""

    agreement = models.ForeignKey(LearningAgreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=6, choices=Side)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["agreement", "side"]
        constraints = [models.UniqueConstraint(fields=["agreement", "side"], name="learning_signed_once_a_side")]

    def __str__(self) -> str:
        return f"{self.side} signed learning agreement {self.agreement_id}"


@audited()
class DiaryEntry(models.Model):
    """What somebody did on a day or in a week of a placement, in their own words."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="diary")
    done_on = models.DateField()
    text = models.TextField(max_length=5000)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["placement", "-done_on", "-pk"]
        constraints = [models.CheckConstraint(condition=pair("seen"), name="diary_seen_by_somebody")]

    def __str__(self) -> str:
        return f"diary of placement {self.placement_id} on {self.done_on} ({self.pk})"


@audited()
class CheckIn(models.Model):
    """How a side says a placement goes on a day; the office looks at what needs care."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="check_ins")
    side = models.CharField(max_length=6, choices=Side)
    stands_on = models.DateField()
    going = models.CharField(max_length=6, choices=Going)
    text = models.TextField(max_length=2000, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    looked_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["placement", "-stands_on", "-pk"]
        constraints = [models.CheckConstraint(condition=pair("looked"), name="check_in_looked_by_somebody")]

    def __str__(self) -> str:
        return f"{self.side} of placement {self.placement_id} on {self.stands_on}: {self.going}"


@audited()
class Evaluation(models.Model):
    """What a side thinks of a placement at its middle or end; a corrected one is struck and stands beside the new."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="evaluations")
    side = models.CharField(max_length=6, choices=Side)
    term = models.CharField(max_length=3, choices=Term)
    score = models.PositiveSmallIntegerField(null=True, help_text="1 to 5, of the whole; none: not scored.")
    answers = models.JSONField(default=dict, blank=True, help_text="1 to 5 by question of the kind's evaluation.")
    text = models.TextField(max_length=5000, blank=True)
    advice = models.TextField(max_length=5000, blank=True, help_text="For the office alone.")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["placement", "term", "side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "side", "term"], condition=Q(struck_at=None), name="evaluation_once"
            ),
            models.CheckConstraint(condition=pair("struck"), name="evaluation_struck_by_somebody"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=1, score__lte=5), name="evaluation_score"),
        ]

    def __str__(self) -> str:
        return f"{self.term} evaluation by {self.side} of placement {self.placement_id} ({self.pk})"


@audited()
class Milestone(models.Model):
    """A step of a doctorate or fellowship: which, by when, and when it was reached."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="milestones")
    key = models.SlugField(max_length=40)
    name = BilingualField()
    due_on = models.DateField(null=True)
    reached_on = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["placement", "position", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "key"], name="milestone_key"),
            models.CheckConstraint(condition=pair("recorded"), name="milestone_recorded_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of placement {self.placement_id} ({self.key})"


@audited()
class Leave(models.Model):
    """That somebody was away from a post for some days, paid or not."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="leaves")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day away.")
    is_paid = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["placement", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="leave_ends_after_start"),
            models.CheckConstraint(condition=pair("struck"), name="leave_struck_by_somebody"),
            ExclusionConstraint(
                name="leave_once_at_a_time",
                expressions=[
                    ("placement", RangeOperators.EQUAL),
                    (DayRange("starts_on", F("ends_on") + 1), RangeOperators.OVERLAPS),
                ],
                condition=Q(struck_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"leave of placement {self.placement_id} from {self.starts_on} ({self.pk})"


@audited()
class Stipend(models.Model):
    """Money that was paid for a month of a placement."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="stipends")
    month_on = models.DateField(help_text="The first day of the month.")
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    paid_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["placement", "month_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "month_on"], condition=Q(struck_at=None), name="stipend_once_a_month"
            ),
            models.CheckConstraint(condition=pair("struck"), name="stipend_struck_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"stipend of placement {self.placement_id} for {self.month_on}"


@audited()
class Hiring(models.Model):
    """That the host hired somebody after their placement, from which day, and what shows it."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="hirings")
    hired_on = models.DateField(help_text="The first day of employment.")
    position = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["placement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement"], condition=Q(struck_at=None), name="hiring_once"),
            models.CheckConstraint(condition=pair("struck"), name="hiring_struck_by_somebody"),
            models.CheckConstraint(condition=~Q(evidence=""), name="hiring_is_shown"),
        ]

    def __str__(self) -> str:
        return f"hiring after placement {self.placement_id} on {self.hired_on}"
