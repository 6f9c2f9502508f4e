"""Agreements and their promises, as signed. What was delivered is not known here (`accord.measures`)."""

import secrets

from django.db import models
from django.db.models import F, Q

from accord.agreements.enums import AgreementState, EngagementKind, PartyRole, Precision, PromiseKind
from accord.kernel.audit import audited
from accord.kernel.text import BilingualField


def _public_token() -> str:
    """Return an address part that nobody can guess, for the public page and badge."""
    return secrets.token_urlsafe(18)


@audited()
class Agreement(models.Model):
    """What two or more parties signed, or are about to sign.

    Not the delivery and not the negotiation. Written by `operations.apply_file` and `operations.set_public`;
    the original promises of a signed agreement never change, amendments are added beside them.
    """

    key = models.SlugField(max_length=60, unique=True)
    title = BilingualField()
    summary = BilingualField(blank=True)
    state = models.CharField(max_length=10, choices=AgreementState)
    signed_on = models.DateField(null=True, help_text="Empty for a draft, and where the source gives no day.")
    signed_place = BilingualField(blank=True)
    signed_source = models.CharField(max_length=60, blank=True, help_text="Key of the source that states it.")
    signed_paragraph = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    is_public = models.BooleanField(default=False)
    public_token = models.CharField(max_length=40, unique=True, default=_public_token)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical file.")
    version = models.PositiveIntegerField(default=1)
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.DRAFT) | Q(signed_on=None), name="agreement_draft_is_unsigned"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.key})"


@audited()
class Party(models.Model):
    """An institution's part in one agreement, under the name it bears there."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="parties")
    name = BilingualField()
    short = models.CharField(max_length=40, blank=True)
    is_coordinator = models.BooleanField(default=False)
    signs = models.BooleanField(default=True, help_text="False for one that is named but did not sign.")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["agreement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "institution"], name="party_once_an_agreement"),
            models.UniqueConstraint(
                fields=["agreement", "position"], name="party_position", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} in {self.agreement_id}"


@audited()
class Source(models.Model):
    """A document that the agreement quotes."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="sources")
    key = models.SlugField(max_length=60)
    title = BilingualField()
    published_on = models.DateField(null=True)
    publisher = BilingualField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    note = BilingualField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["agreement", "position"]
        constraints = [models.UniqueConstraint(fields=["agreement", "key"], name="source_key")]

    def __str__(self) -> str:
        return f"{self.title} ({self.agreement_id}/{self.key})"


@audited()
class Section(models.Model):
    """A heading under which the board groups promises."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=60)
    title = BilingualField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["agreement", "position"]
        constraints = [models.UniqueConstraint(fields=["agreement", "key"], name="section_key")]

    def __str__(self) -> str:
        return f"{self.title} ({self.agreement_id}/{self.key})"


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


@audited()
class Fact(models.Model):
    """Something a source states that nobody promised."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="facts")
    text = BilingualField()
    stated_on = models.DateField(null=True, help_text="First day that the stated date can mean.")
    stated_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="facts")
    paragraph = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["agreement", "position"]

    def __str__(self) -> str:
        return f"{self.text} ({self.agreement_id}, {self.position})"


@audited()
class Engagement(models.Model):
    """A meeting between the parties that took place: a visit, a summit, a steering meeting.

    Written by `operations.record_engagement` and `operations.strike_engagement`; never deleted.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="engagements")
    kind = models.CharField(max_length=10, choices=EngagementKind)
    title = BilingualField()
    held_on = models.DateField()
    place = BilingualField(blank=True)
    attendees = models.PositiveIntegerField()
    is_simulated = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["agreement", "-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None) | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="engagement_struck_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"
