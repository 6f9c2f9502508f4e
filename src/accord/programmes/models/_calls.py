"""Programmes, their calls, and the versions of a call's form."""

from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.marks import ends_after, pair
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index
from accord.programmes.enums import HostScore, ProgrammeKind, TieRule
from accord.review.enums import Mode


@audited()
class Programme(models.Model):
    """What an institution offers again and again, such as an internship scheme, and the promise it delivers to, if any.

    Written by `operations.open_programme` and `change_programme`. What it delivered is counted for `agreement`.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = BilingualField()
    summary = BilingualField(blank=True)
    kind = models.CharField(max_length=12, choices=ProgrammeKind)
    owner = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        "agreements.Agreement",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Whose promises its places and placements count for.",
    )
    commitment = models.ForeignKey(
        "agreements.Commitment",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The promise of that agreement which it was set up for.",
    )
    is_simulated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["key"]
        indexes = [
            words_index("programme_words", ("name", "summary"), "key"),
            characters_index("programme_characters", ("name", "summary"), "key"),
        ]
        constraints = [
            models.CheckConstraint(condition=pair("ended"), name="programme_ended_by_somebody"),
            models.CheckConstraint(
                condition=Q(commitment=None) | Q(agreement__isnull=False), name="programme_promise_of_agreement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


@audited(exclude=["seed"])
class Call(models.Model):
    """One round in which a programme takes applications: its dates in its own zone, its rules, its form, its workflow.

    How it stands is worked out from `published_at`, `opens_at`, `closes_at`, `finished_at` and `cancelled_at`. What
    applicants were promised (workflow, tie rule, mode, whose order counts) stays once it is published. Written by
    `operations.prepare_call`, `change_call`, `publish_call`, `cancel_call`, `finish_call`.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls")
    key = models.SlugField(max_length=60)
    name = BilingualField()
    summary = BilingualField(blank=True)
    who_may = BilingualField(blank=True, help_text="Who may apply, in words; the rules that are checked stand apart.")
    gives = BilingualField(blank=True, help_text="What one gets.")
    contact = models.EmailField(max_length=254, blank=True)
    time_zone = models.CharField(max_length=60, help_text="Name in the IANA database; deadlines are of this zone.")
    partner_zone = models.CharField(max_length=60, blank=True, help_text="The zone of the partner, shown beside.")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    results_on = models.DateField(null=True)
    starts_on = models.DateField(null=True, help_text="When placements begin.")
    ends_on = models.DateField(null=True, help_text="When placements end.")
    eligibility = models.JSONField(default=list, blank=True, help_text="Rules checked before the form.")
    workflow = models.JSONField(help_text="Stages and steps, as engines.workflow reads them.")
    quota = models.PositiveIntegerField(null=True, help_text="Most applications to accept; none: as places allow.")
    reserve_length = models.PositiveIntegerField(default=0)
    tie_rule = models.CharField(max_length=10, choices=TieRule, default=TieRule.LOTTERY)
    seed = models.CharField(max_length=64, blank=True, help_text="Secret until the result is out.")
    seed_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the seed, public from the start.")
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.SINGLE, help_text="Who knows whom in the review.")
    host_score = models.CharField(max_length=6, choices=HostScore, default=HostScore.REVIEW)
    most_wishes = models.PositiveSmallIntegerField(default=0, help_text="Most places to rank; 0: no places.")
    takes_joint = models.BooleanField(default=False, help_text="Two may apply to be placed together.")
    is_public = models.BooleanField(default=True)
    late_code_digest = models.CharField(max_length=64, blank=True)
    late_until_at = models.DateTimeField(null=True)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")
    version = models.PositiveIntegerField(default=1)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    cancel_reason = models.CharField(max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["programme", "-opens_at", "pk"]
        indexes = [
            models.Index(fields=["closes_at"], name="call_closes"),
            words_index("call_words", ("name", "summary"), "key"),
            characters_index("call_characters", ("name", "summary"), "key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="call_key"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_opening"),
            models.CheckConstraint(condition=ends_after("starts_on", "ends_on"), name="call_ends_after_start"),
            models.CheckConstraint(
                condition=Q(late_until_at=None, late_code_digest="")
                | (Q(late_until_at__gt=F("closes_at")) & ~Q(late_code_digest="")),
                name="call_late_code_is_whole",
            ),
            models.CheckConstraint(condition=pair("published"), name="call_published_by_somebody"),
            models.CheckConstraint(condition=pair("cancelled"), name="call_cancelled_by_somebody"),
            models.CheckConstraint(condition=pair("finished"), name="call_finished_by_somebody"),
            models.CheckConstraint(
                condition=~Q(tie_rule=TieRule.LOTTERY) | Q(published_at=None) | ~Q(seed_digest=""),
                name="call_draw_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.programme_id}/{self.key})"


@audited()
class CallDate(models.Model):
    """What happens when, beside opening and closing, as the call's page tells it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="dates")
    name = BilingualField()
    held_on = models.DateField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["call", "held_on", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.name} on {self.held_on} of call {self.call_id} ({self.pk})"


@audited()
class FormVersion(models.Model):
    """One version of a call's form, as data that `engines.questionnaire` reads; published ones never change.

    Of each call at most one version is being drafted. Written by `operations.keep_form` and `publish_form`.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="forms")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the definition, once published.")
    note = models.CharField(max_length=500, blank=True, help_text="Why there is a new version.")
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["call", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="form_number"),
            models.UniqueConstraint(fields=["call"], condition=Q(published_at=None), name="form_draft_is_one"),
            models.CheckConstraint(condition=pair("published"), name="form_published_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"form {self.number} of call {self.call_id}"


@audited()
class SavedForm(models.Model):
    """A form that a house keeps to begin new calls with."""

    owner = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    name = BilingualField()
    definition = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["owner", "-kept_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} of institution {self.owner_id} ({self.pk})"
