"""What of people's data crosses borders: what was arranged, and what was read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.kernel.text import BilingualField
from accord.privacy.enums import TransferBasis


@audited()
class TransferRecord(models.Model):
    """That personal data goes from one organisation to another abroad, on which basis; not the transfer itself.

    Written by `operations.keep_transfer`; it ends, and is never deleted.
    """

    exporter = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2, help_text="Where it goes, ISO 3166-1 alpha-2.")
    categories = BilingualField()
    is_sensitive = models.BooleanField(default=False)
    basis = models.CharField(max_length=20, choices=TransferBasis)
    contract_number = models.CharField(max_length=100, blank=True)
    filed_on = models.DateField(null=True, help_text="When the contract was filed with the authority.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(exporter=F("recipient")), name="transfer_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="transfer_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"transfer {self.pk} to {self.country}"


class ReadNote(models.Model):
    """That people were shown to a reader, noted in one row until it is counted; no log of who looked at whom.

    Kept in an unlogged table, so that noting costs next to nothing: what a crash loses is some minutes of a count.
    Written by `operations.note_reads`, deleted by `count_reads`.
    """

    reader = models.ForeignKey("people.Person", on_delete=models.CASCADE, db_constraint=False, related_name="+")
    shown = ArrayField(models.BigIntegerField(), help_text="Ids of the people who were shown.")
    is_sensitive = models.BooleanField(default=False)
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"note {self.pk} of {self.read_at}"


class CountedRead(models.Model):
    """That a person's data was read from another country in a year: once, however often and by however many.

    Says nothing of who read it. Written by `operations.count_reads`.
    """

    year = models.PositiveSmallIntegerField()
    from_country = models.CharField(max_length=2, help_text="Of the person whose data was read.")
    to_country = models.CharField(max_length=2, help_text="From where it was read.")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    is_sensitive = models.BooleanField(default=False)
    first_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "from_country", "to_country", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "from_country", "to_country", "person", "is_sensitive"], name="counted_read_once"
            ),
            models.CheckConstraint(condition=~Q(from_country=F("to_country")), name="counted_read_is_abroad"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.to_country} in {self.year} ({self.pk})"
