"""Files: the bytes, kept once by their hash, and where each is attached."""

from django.db import models
from django.db.models import Q

from accord.files.enums import FileType
from accord.kernel.audit import audited, audited_changes
from accord.kernel.words import characters_index, words_index


@audited_changes()
class Blob(models.Model):
    """Bytes that the store keeps under their SHA-256; not a name and not a place.

    Written by `operations.keep_file`; its bytes go when nothing has pointed at it for a while (`sweep_blobs`).
    """

    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the bytes, in hexadecimal.")
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=5, choices=FileType)
    kept_at = models.DateTimeField()
    swept_at = models.DateTimeField(null=True, help_text="When the bytes were deleted; the row tells that they were.")

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="blob_digest_is_sha256"),
            models.CheckConstraint(condition=Q(size__gt=0), name="blob_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest}"


@audited()
class Attachment(models.Model):
    """A file under a name at a record. Written by `operations.keep_file` and `remove_file`; removed, never deleted."""

    record = models.CharField(max_length=100, help_text="What it belongs to, as `kind:id`.")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    is_simulated = models.BooleanField(default=False)
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["record", "-attached_at", "-pk"]
        indexes = [
            models.Index(fields=["record"], name="attachment_record"),
            words_index("attachment_words", (), "name", "note"),
            characters_index("attachment_characters", (), "name", "note"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "blob", "name"], condition=Q(removed_at=None), name="attachment_once_a_name"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.record} ({self.pk})"
