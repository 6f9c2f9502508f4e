"""What was promised, and what hangs on a promise."""

from django.db import models
from django.db.models import Q

from accord.agreements.enums import PartyRole, Precision, PromiseKind
from accord.agreements.models._agreement import Agreement, Party, Section, Source
from accord.kernel.audit import audited
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index


@audited()
class Commitment(models.Model):
    """One promise: who owes what to whom, counted in which measure, how much and by when.

    Target, deadline, measure and baseline are frozen once the agreement is signed; see `Amendment`.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="commitments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="commitments")
    key = models.SlugField(max_length=60)
    title = BilingualField()
    text = BilingualField()
    kind = models.CharField(max_length=10, choices=PromiseKind)
    beneficiary_text = BilingualField(blank=True, help_text="Who is promised it, where that is no party.")
    owner = BilingualField(blank=True)
    measure_code = models.CharField(max_length=80, blank=True)
    target = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    is_about = models.BooleanField(default=False, help_text="The source says “about”.")
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    baseline_amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    baseline_on = models.DateField(null=True)
    baseline_source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    baseline_paragraph = models.PositiveSmallIntegerField(null=True)
    done_on = models.DateField(null=True, help_text="First day that the stated date can mean.")
    done_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    done_source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    done_paragraph = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["agreement", "position"]
        indexes = [
            words_index("commitment_words", ("title", "text"), "key"),
            characters_index("commitment_characters", ("title", "text"), "key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "key"], name="commitment_key"),
            models.CheckConstraint(
                condition=~Q(kind=PromiseKind.TARGET) | (Q(target__gt=0, due_on__isnull=False) & ~Q(measure_code="")),
                name="commitment_target_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind=PromiseKind.TARGET) | Q(target=None), name="commitment_number_is_a_target"
            ),
            models.CheckConstraint(
                condition=~Q(kind=PromiseKind.STANDING) | Q(due_on=None), name="commitment_standing_has_no_end"
            ),
            models.CheckConstraint(
                condition=Q(baseline_amount=None, baseline_on=None, baseline_source=None)
                | Q(baseline_amount__isnull=False, baseline_on__isnull=False, baseline_source__isnull=False),
                name="commitment_baseline_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_source=None, done_precision="")
                | (Q(done_on__isnull=False, done_source__isnull=False) & ~Q(done_precision="")),
                name="commitment_done_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.agreement_id}/{self.key})"


@audited()
class CommitmentParty(models.Model):
    """A party on one side of a promise."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="sides")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="sides")
    role = models.CharField(max_length=11, choices=PartyRole)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["commitment", "role", "position"]
        constraints = [models.UniqueConstraint(fields=["commitment", "party", "role"], name="commitment_party_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.party_id} of {self.commitment_id}"


@audited()
class Citation(models.Model):
    """Where a source states a promise."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    paragraph = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["commitment", "position"]

    def __str__(self) -> str:
        return f"{self.source_id} paragraph {self.paragraph} for {self.commitment_id} ({self.position})"


@audited()
class PlanPoint(models.Model):
    """An interim target of a promise."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="plan")
    reached_on = models.DateField()
    level = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        ordering = ["commitment", "reached_on"]
        constraints = [models.UniqueConstraint(fields=["commitment", "reached_on"], name="plan_point_once_a_day")]

    def __str__(self) -> str:
        return f"{self.level} by {self.reached_on} for {self.commitment_id}"


@audited()
class Amendment(models.Model):
    """A later agreement on one promise. The original stays beside it for ever."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    target = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    due_on = models.DateField(null=True)
    why = BilingualField()

    class Meta:
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="amendment_number")]

    def __str__(self) -> str:
        return f"Amendment {self.number} of {self.commitment_id}"
