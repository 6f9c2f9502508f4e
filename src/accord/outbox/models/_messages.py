"""What leaves Accord: the message, its way to each receiver, and every try."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from accord.kernel.audit import audited, audited_changes
from accord.kernel.text import BilingualField
from accord.outbox.enums import Channel, DeliveryState, MessageKind, Pace

UNDER_WAY = (DeliveryState.QUEUED, DeliveryState.FAILED, DeliveryState.SENDING)


@audited()
class Batch(models.Model):
    """Notices that wait together until a person has read them and lets them go, such as a programme's decisions.

    Written by `operations.hold_batch`, `release_held` and `cancel_held`; decided once, either way.
    """

    key = models.CharField(max_length=200, unique=True)
    title = BilingualField()
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    held_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="batch_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="batch_cancelled_by_somebody",
            ),
            models.CheckConstraint(condition=Q(released_at=None) | Q(cancelled_at=None), name="batch_decided_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.pk})"


@audited_changes(exclude=["letter"])
class Message(models.Model):
    """One thing that leaves Accord, once for each key; who gets it stands in its deliveries and inbox notes.

    Written by `operations.notify`, `announce_event` and `keep_letter` and never edited, but that a letter's own words
    are dropped once it was sent, since it may hold a link that opens something.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=MessageKind)
    topic = models.CharField(max_length=80, blank=True)
    record = models.CharField(max_length=100, blank=True, help_text="What it is about, as `kind:id`.")
    url = models.CharField(max_length=500, blank=True)
    subject = BilingualField(blank=True)
    body = BilingualField(blank=True)
    data = models.JSONField(default=dict, blank=True, help_text="What systems are told.")
    letter = models.JSONField(null=True, help_text="A letter as another part wrote it, until it was sent.")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="messages")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """One message on its way to one receiver by one channel.

    Written by what makes the message and by the sending. While a worker has it, `attempt` says which try it is and
    `claimed_until_at` how long others leave it alone; `handed_at` is set before the last step, so that a try that
    died before it is known to have sent nothing.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=1000, blank=True, help_text="Mail only.")
    endpoint = models.ForeignKey("outbox.Endpoint", on_delete=models.PROTECT, null=True, related_name="deliveries")
    chat = models.ForeignKey("outbox.ChatChannel", on_delete=models.PROTECT, null=True, related_name="deliveries")
    pace = models.CharField(max_length=10, choices=Pace, default=Pace.AT_ONCE)
    state = models.CharField(max_length=10, choices=DeliveryState)
    due_at = models.DateTimeField(null=True, help_text="When it was to leave; empty while it is held back.")
    next_at = models.DateTimeField(null=True, help_text="When it is tried next.")
    tries = models.PositiveSmallIntegerField(default=0)
    attempt = models.UUIDField(null=True)
    claimed_until_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["message", "person"], name="delivery_once_a_person"),
            models.UniqueConstraint(fields=["message", "endpoint"], name="delivery_once_an_endpoint"),
            models.UniqueConstraint(fields=["message", "chat"], name="delivery_once_a_chat"),
            models.CheckConstraint(
                condition=(Q(channel=Channel.MAIL, endpoint=None, chat=None) & ~Q(address=""))
                | Q(channel=Channel.WEBHOOK, endpoint__isnull=False, chat=None, person=None)
                | Q(channel=Channel.CHAT, chat__isnull=False, endpoint=None, person=None),
                name="delivery_has_one_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=UNDER_WAY) | Q(due_at__isnull=False, next_at__isnull=False),
                name="delivery_under_way_knows_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENDING) | Q(attempt__isnull=False, claimed_until_at__isnull=False),
                name="delivery_being_sent_is_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="delivery_sent_knows_when"
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_at", "id"], condition=Q(state__in=UNDER_WAY), name="delivery_under_way"
            ),
            models.Index(F("endpoint"), F("id").desc(), name="delivery_log"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} of {self.message_id}"


class Attempt(models.Model):
    """One try of one delivery: when, what was asked and answered, in heads without secrets. Append-only.

    Written by the sending.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(default=0)
    succeeded = models.BooleanField()
    status = models.PositiveSmallIntegerField(null=True, help_text="The answer's number: HTTP or SMTP.")
    error = models.CharField(max_length=300, blank=True)
    request = models.TextField(blank=True, help_text="Head of what was sent, without signatures.")
    response = models.TextField(blank=True, help_text="Head and beginning of the answer.")

    class Meta:
        ordering = ["delivery", "number", "pk"]
        triggers = [pgtrigger.Protect(name="attempt_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"try {self.number} of {self.delivery_id} ({self.pk})"
