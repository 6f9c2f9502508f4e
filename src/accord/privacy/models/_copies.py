"""Copies of people's data that are made for them."""

from django.db import models
from django.db.models import Q

from accord.kernel.audit import audited
from accord.privacy.enums import CopyState


@audited(exclude=["done", "total", "digest"])
class PersonalCopy(models.Model):
    """A copy of everything that is kept of one person, as a file that is deleted some days after.

    Written by `operations.ask_for_copy`, `make_copy` and `drop_old_copies`. The bytes lie in the store of files under
    their SHA-256, and are no attachment.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=CopyState, default=CopyState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name_plural = "personal copies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=CopyState.READY)
                | (Q(ready_at__isnull=False, expires_at__isnull=False) & ~Q(digest="")),
                name="copy_ready_is_there",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[CopyState.WAITING, CopyState.RUNNING]),
                name="copy_one_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk} for {self.person_id}"
