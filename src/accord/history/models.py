"""Seals over what the database itself wrote of every change. The events are no models of this context."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited


class Seal(models.Model):
    """A link of the chain: it binds the seal before it and every event that came since. Append-only.

    Written by `operations.seal_events` alone. `digest` is SHA-256 over the lines that `queries.seal_text` describes.
    """

    number = models.PositiveBigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True, help_text="Digest of the seal before; empty for the first.")
    tables = models.JSONField(help_text="Every table that is sealed, also where nothing new stood in it.")
    events = models.PositiveBigIntegerField(help_text="How many events it binds.")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(number=1, previous="") | Q(number__gt=1), name="seal_first_has_no_past")
        ]
        triggers = [pgtrigger.Protect(name="seal_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"seal {self.number}: {self.digest}"


class SealPart(models.Model):
    """What a seal binds of one table: a range of events with the hash of each. Append-only.

    Every event whose number is above `after` and up to `until` is in it; no other ever will be. Written by
    `operations.seal_events` alone.
    """

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="parts")
    table = models.CharField(max_length=63)
    columns = models.JSONField(help_text="The columns that were hashed, in order.")
    after = models.BigIntegerField()
    until = models.BigIntegerField()
    events = models.PositiveBigIntegerField()
    leaves = models.BinaryField(help_text="For each event its number in 8 bytes and its SHA-256 in 32.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the leaves.")

    class Meta:
        ordering = ["seal", "table", "after"]
        constraints = [
            models.UniqueConstraint(fields=["table", "after"], name="seal_part_follows_one"),
            models.CheckConstraint(condition=Q(until__gt=F("after")), name="seal_part_ends_after_start"),
        ]
        triggers = [pgtrigger.Protect(name="seal_part_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.table} {self.after} to {self.until} in {self.seal_id}"


class SealMark(models.Model):
    """How far the sealing job has looked: what it may seal once every transaction of that time has ended.

    One row, no history: what it says is only when to seal, never what. Written by `operations.seal_events`.
    """

    only = models.BooleanField(default=True, unique=True, editable=False)
    seen = models.JSONField(default=dict, help_text="By table: the highest event number that was seen.")
    transaction = models.BigIntegerField(help_text="The transaction that looked.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="seal_mark_is_one_row")]

    def __str__(self) -> str:
        return f"seen by transaction {self.transaction}"


@audited()
class Redaction(models.Model):
    """That personal data was taken out of one event, by whom and why; the only way an event ever changes.

    The hash before and after stands here, so that the chain still proves everything else. Written by
    `operations.redact_record`, in the transaction that changes the event; the database checks that.
    """

    table = models.CharField(max_length=63)
    event = models.BigIntegerField()
    columns = models.JSONField(help_text="The columns that were emptied.")
    before = models.CharField(max_length=64)
    after = models.CharField(max_length=64)
    why = models.CharField(max_length=200)
    transaction = models.BigIntegerField()
    redacted_at = models.DateTimeField()
    redacted_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-redacted_at", "-pk"]
        indexes = [models.Index(fields=["table", "event"], name="redaction_event")]
        triggers = [pgtrigger.Protect(name="redaction_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"redaction {self.pk} of {self.table} {self.event}"
