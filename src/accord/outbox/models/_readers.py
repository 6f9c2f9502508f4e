"""People as readers: what reached them, and what they want to be told, how and when."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accord.kernel.audit import audited
from accord.outbox.enums import Pace, SuppressionReason, Told
from accord.outbox.models._messages import Message


class InboxNote(models.Model):
    """That a notice reached a person inside Accord, and whether they read it; not a task and never deleted.

    `arrived_at` is empty while the notice is held back. Written by `operations.notify`, `release_held`, `mark_read`.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="notes")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-arrived_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="note_once")]
        indexes = [
            models.Index(F("person"), F("arrived_at").desc(), name="note_inbox"),
            models.Index(fields=["person"], condition=Q(read_at=None, arrived_at__isnull=False), name="note_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} for {self.person_id}"


@audited()
class Preference(models.Model):
    """How a person wants to be told of a topic by one way; an empty topic stands for all that have none of their own.

    In the inbox only at once or never. Written by `operations.set_preferences` and `unsubscribe`.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=80, blank=True)
    told = models.CharField(max_length=10, choices=Told)
    pace = models.CharField(max_length=10, choices=Pace)

    class Meta:
        ordering = ["person", "topic", "told"]
        constraints = [
            models.UniqueConstraint(fields=["person", "topic", "told"], name="preference_once"),
            models.CheckConstraint(
                condition=~Q(told=Told.INBOX) | Q(pace__in=[Pace.AT_ONCE, Pace.OFF]),
                name="preference_inbox_is_on_or_off",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic or 'every topic'} by {self.told} for {self.person_id}"


@audited()
class QuietHours(models.Model):
    """From when until when, in their own zone, a person gets no mail but what is urgent.

    Written by `operations.set_preferences`; none means no quiet hours.
    """

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="+")
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["person"]
        constraints = [models.CheckConstraint(condition=~Q(starts=F("ends")), name="quiet_hours_have_an_end")]

    def __str__(self) -> str:
        return f"{self.starts} to {self.ends} for {self.person_id}"


@audited()
class Suppression(models.Model):
    """An address to which no notices are mailed, and why. Letters that somebody asked for are still sent.

    Written by the sending, when a server refuses the address for good, and by `operations.lift_suppression`.
    """

    address = models.EmailField(max_length=254)
    reason = models.CharField(max_length=10, choices=SuppressionReason)
    detail = models.CharField(max_length=300, blank=True)
    suppressed_at = models.DateTimeField()

    class Meta:
        ordering = ["-suppressed_at", "-pk"]
        constraints = [models.UniqueConstraint(Lower("address"), name="suppression_once")]

    def __str__(self) -> str:
        return self.address
