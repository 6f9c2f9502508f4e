"""What is known of people whose data is restricted."""

from django.db import models


class SetAside(models.Model):
    """What was known of a person, laid aside while their data is restricted: stored, and not used anywhere.

    No audit: the person's own history has the same values, and who restricted whom stands in the request and here.
    Written by `operations.restrict` and `lift_restriction`; deleted when the data is used again or erased.
    """

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    set_aside_at = models.DateTimeField()
    set_aside_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["person"]
        verbose_name_plural = "set aside"

    def __str__(self) -> str:
        return f"facts of {self.person_id}"
