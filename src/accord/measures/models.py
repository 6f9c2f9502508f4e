"""Evidence for what cannot be counted elsewhere, weekly snapshots of every promise, and people's own forecasts."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.text import BilingualField
from accord.measures.enums import PromiseState

WHOLE = Decimal(1)

SHARES_WITHIN_WHOLE = """
    PERFORM 1 FROM measures_evidence WHERE id = NEW.evidence_id FOR UPDATE;
    IF (SELECT sum(share) FROM measures_attribution WHERE evidence_id = NEW.evidence_id) > 1 THEN
        RAISE EXCEPTION 'shares of evidence % add to more than the whole', NEW.evidence_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attribution_shares_within_whole';
    END IF;
    RETURN NULL;
"""


def _pair(name: str) -> Q:
    """Return the condition that `<name>_at` and `<name>_by` stand or fall together."""
    return Q(**{f"{name}_at": None, f"{name}_by": None}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


@audited()
class Evidence(models.Model):
    """A dated delivery that no record of Accord can be counted for, entered by one party with its document.

    It counts from the moment another party confirms it, until it is contested or withdrawn. Nothing is edited
    and nothing deleted: a correction is a withdrawal and a new entry. Written by `operations.record_evidence`,
    `confirm_evidence`, `contest_evidence` and `withdraw_evidence`.
    """

    measure_code = models.CharField(max_length=80, blank=True, help_text="Empty where a milestone was reached.")
    amount = models.DecimalField(
        max_digits=20, decimal_places=4, help_text="The change, in the measure's unit; 1 for a milestone."
    )
    occurred_on = models.DateField()
    label = BilingualField()
    document = models.CharField(max_length=300)
    document_url = models.URLField(max_length=500, blank=True)
    is_simulated = models.BooleanField(default=False)
    party = models.ForeignKey("agreements.Party", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    contested_at = models.DateTimeField(null=True)
    contested_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    contest_reason = models.TextField(blank=True, max_length=2000)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    withdraw_reason = models.TextField(blank=True, max_length=2000)
    request_key = models.UUIDField(null=True, unique=True, help_text="Makes a repeated submission one entry.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=_pair("confirmed"), name="evidence_confirmed_by_somebody"),
            models.CheckConstraint(condition=_pair("contested"), name="evidence_contested_by_somebody"),
            models.CheckConstraint(condition=_pair("withdrawn"), name="evidence_withdrawn_by_somebody"),
            models.CheckConstraint(condition=~Q(amount=0), name="evidence_changes_something"),
            models.CheckConstraint(condition=~Q(recorded_by=F("confirmed_by")), name="evidence_confirmed_by_another"),
            models.CheckConstraint(
                condition=Q(contested_at=None, contest_reason="")
                | (Q(contested_at__isnull=False) & ~Q(contest_reason="")),
                name="evidence_contested_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(F("party"), F("recorded_at").desc(), name="evidence_recorded"),
            models.Index(
                fields=["party", "recorded_at"],
                condition=Q(confirmed_at=None, contested_at=None, withdrawn_at=None),
                name="evidence_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.pk})"


@audited()
class Attribution(models.Model):
    """The share of an evidence entry that counts for one promise.

    Shares of one entry never add to more than the whole: a trigger holds the entry's row while it checks.
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="attributions")
    commitment = models.ForeignKey(
        "agreements.Commitment", on_delete=models.PROTECT, related_name="attributions", db_index=False
    )
    share = models.DecimalField(max_digits=5, decimal_places=4, default=WHOLE)

    class Meta:
        ordering = ["evidence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "evidence"], include=["share"], name="attribution_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="attribution_share_is_a_part"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="shares_within_whole",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=SHARES_WITHIN_WHOLE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.share} of evidence {self.evidence_id} for {self.commitment_id}"


class Snapshot(models.Model):
    """How one promise stood on a Monday, by what was known then. Append-only.

    The board reads the latest one; the calibration page scores those whose deadline has passed. Written by
    `operations.take_snapshots`.
    """

    commitment = models.ForeignKey("agreements.Commitment", on_delete=models.PROTECT, related_name="snapshots")
    week_on = models.DateField(help_text="The Monday; all whole weeks before it were counted.")
    taken_at = models.DateTimeField()
    known_at = models.DateTimeField(help_text="Only what was recorded before this moment was counted.")
    state = models.CharField(max_length=15, choices=PromiseState)
    target = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    due_on = models.DateField(null=True)
    delivered = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    probability = models.FloatField(null=True)
    detail = models.JSONField(default=dict, help_text="Quantiles, fan, pace; or why it is too early.")
    model = models.CharField(max_length=30, blank=True)
    is_simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["commitment", "week_on"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "week_on"], name="snapshot_once_a_week"),
            models.CheckConstraint(
                condition=Q(probability=None) | Q(probability__gte=0, probability__lte=1),
                name="snapshot_probability_is_one",
            ),
        ]
        triggers = [pgtrigger.Protect(name="snapshot_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.commitment_id} on {self.week_on}"


@audited()
class Override(models.Model):
    """A person's own forecast of a promise, kept beside the computed one and scored like it."""

    commitment = models.ForeignKey("agreements.Commitment", on_delete=models.PROTECT, related_name="overrides")
    percent = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=2000)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["commitment", "-set_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__gte=5, percent__lte=95), name="override_is_5_to_95"),
            models.CheckConstraint(condition=_pair("lifted"), name="override_lifted_by_somebody"),
            models.UniqueConstraint(fields=["commitment"], condition=Q(lifted_at=None), name="override_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.percent} in 100 for {self.commitment_id} ({self.pk})"
