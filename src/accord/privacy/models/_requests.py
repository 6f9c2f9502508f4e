"""What people ask of their data."""

from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited
from accord.privacy.enums import Channel, RequestKind, RequestState


@audited()
class DataRequest(models.Model):
    """That a person asked something of their data, until when it must be answered, and the answer.

    Written by `operations.ask`, `take_back_request`, `answer_request` and `refuse_request`; never deleted.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=RequestKind)
    words = models.TextField(max_length=4000, blank=True, help_text="What the person says of it.")
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=10, blank=True, help_text="In which language the answer is written.")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(max_length=4000, blank=True, help_text="The answer in words; the reason of a refusal.")
    kept = models.JSONField(default=list, blank=True, help_text="What an erasure had to keep, by class, and how long.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, state=RequestState.OPEN)
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(state=RequestState.OPEN)),
                name="data_request_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.REFUSED, RequestState.PARTLY]) | ~Q(reason=""),
                name="data_request_refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("person")) | Q(state=RequestState.WITHDRAWN),
                name="data_request_decided_by_another",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state=RequestState.OPEN) & ~Q(kind__in=[RequestKind.CORRECTION, RequestKind.OBJECTION]),
                name="data_request_open_once",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state=RequestState.OPEN), name="data_request_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} asked by {self.person_id} ({self.pk})"
