"""An agreement, who is party to it, and the documents that it quotes."""

import secrets

from django.db import models
from django.db.models import F, Q

from accord.agreements.enums import AgreementState, Precision
from accord.kernel.audit import audited
from accord.kernel.text import BilingualField
from accord.kernel.words import characters_index, words_index


def _public_token() -> str:
    """Return an address part that nobody can guess, for the public page and badge."""
    return secrets.token_urlsafe(18)


@audited()
class Agreement(models.Model):
    """What two or more parties signed, or are about to sign.

    Not the delivery and not the negotiation. Written by `operations.apply_file`, `set_public`, `terminate_agreement`
    and `set_review`; the original promises and clauses of a signed agreement never change, amendments are added
    beside them. How it stands on a day (expired, renewed, …) is worked out by `queries.life_of`.
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
    notice_days = models.PositiveIntegerField(null=True, help_text="Notice is given so many days before the end.")
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="renewals")
    terminated_on = models.DateField(null=True, help_text="First day on which it no longer holds.")
    terminated_why = BilingualField(blank=True)
    terminated_at = models.DateTimeField(null=True)
    terminated_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    is_public = models.BooleanField(default=False)
    public_token = models.CharField(max_length=40, unique=True, default=_public_token)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical file.")
    version = models.PositiveIntegerField(default=1)
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key"]
        indexes = [
            words_index("agreement_words", ("title", "summary"), "key"),
            characters_index("agreement_characters", ("title", "summary"), "key"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.DRAFT) | Q(signed_on=None, terminated_on=None),
                name="agreement_draft_is_unsigned",
            ),
            models.CheckConstraint(
                condition=Q(terminated_on=None, terminated_at=None, terminated_by=None)
                | Q(terminated_on__isnull=False, terminated_at__isnull=False, terminated_by__isnull=False),
                name="agreement_terminated_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(renews=F("id")), name="agreement_renews_another"),
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
