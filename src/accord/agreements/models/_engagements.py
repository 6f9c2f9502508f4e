"""Meetings between the parties, who came, and what was counted."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accord.agreements.enums import EngagementKind
from accord.agreements.models._agreement import Agreement
from accord.kernel.audit import audited
from accord.kernel.text import BilingualField


@audited()
class Engagement(models.Model):
    """A meeting between the parties that took place: a visit, a summit, a steering meeting.

    Written by `operations.record_engagement`, `change_engagement` and `strike_engagement`; never deleted.
    `attendees` counts everybody, those known by name (`Attendance`) and the others; `EngagementCount` keeps what was
    counted before a change.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="engagements")
    kind = models.CharField(max_length=10, choices=EngagementKind)
    title = BilingualField()
    held_on = models.DateField()
    place = BilingualField(blank=True)
    attendees = models.PositiveIntegerField()
    minutes = BilingualField(blank=True)
    is_simulated = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

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


@audited()
class Attendance(models.Model):
    """Somebody who took part in a meeting: a person that Accord knows, or a name with where they came from.

    Written with the engagement; nobody stands in one meeting twice.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True, help_text="Of somebody that Accord does not know.")
    institution = models.CharField(max_length=200, blank=True, help_text="Where they came from, as written down.")

    class Meta:
        ordering = ["engagement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "person"], name="attendance_once_a_person"),
            models.UniqueConstraint(
                "engagement",
                Lower("name"),
                Lower("institution"),
                condition=Q(person=None),
                name="attendance_once_a_name",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | (Q(person=None) & ~Q(name="")),
                name="attendance_person_or_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.person_id} at engagement {self.engagement_id}"


@audited()
class EngagementCount(models.Model):
    """What measures count of a meeting: its day and how many came, from when this was known until when.

    A change of either closes the line and opens another, so that what was known on a day stays as it was.
    Written by `operations.record_engagement`, `change_engagement` and `strike_engagement`.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="counts")
    held_on = models.DateField()
    attendees = models.PositiveIntegerField()
    known_at = models.DateTimeField(help_text="When it was recorded.")
    unknown_at = models.DateTimeField(null=True, help_text="When it was changed or struck.")

    class Meta:
        ordering = ["engagement", "known_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement"], condition=Q(unknown_at=None), name="engagement_count_one_holds"
            ),
            models.CheckConstraint(
                condition=Q(unknown_at=None) | Q(unknown_at__gte=F("known_at")), name="engagement_count_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendees} on {self.held_on} at engagement {self.engagement_id} ({self.pk})"
