"""What people agreed to."""

from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.privacy.enums import Channel


@audited()
class Consent(models.Model):
    """That a person agreed to one purpose, in the words of one version of its text; not to anything else.

    The texts are data (`purposes.yaml`). Written by `operations.give_consent` and `withdraw_consent`. What was
    withdrawn stays, with its day; agreeing again is a further row.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    purpose = models.SlugField(max_length=60)
    text_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, help_text="In which language the text was read.")
    channel = models.CharField(max_length=10, choices=Channel)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", help_text="Who entered it: mostly the person."
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["person", "purpose", "-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="consent_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="consent_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")), name="consent_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} version {self.text_version} by {self.person_id} ({self.pk})"
