"""Addresses of other systems that are told what happens: webhooks and chats of an institution."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accord.kernel.audit import audited
from accord.outbox.enums import ChatKind, EndpointState


@audited(exclude=["secret_mark", "old_secret_mark"])
class Endpoint(models.Model):
    """An address of an institution's own system to which events are posted, signed as Standard Webhooks says.

    No secret is kept: it is derived from the installation's key and `secret_mark` whenever it is needed. Written by
    `operations.add_endpoint`, `change_endpoint`, `rotate_secret`, `pause_endpoint`, `resume_endpoint`, and by the
    sending itself, which notes since when it fails and switches it off.
    """

    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    url = models.URLField(max_length=500)
    topics = ArrayField(models.CharField(max_length=80), blank=True, help_text="Empty: every topic.")
    state = models.CharField(max_length=10, choices=EndpointState, default=EndpointState.ACTIVE)
    state_reason = models.CharField(max_length=300, blank=True)
    secret_mark = models.UUIDField(help_text="Which secret holds; the secret itself is derived.")
    old_secret_mark = models.UUIDField(null=True)
    old_secret_until_at = models.DateTimeField(null=True, help_text="Until then both secrets sign.")
    failing_since_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["institution", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "url"], name="endpoint_once"),
            models.CheckConstraint(
                condition=Q(old_secret_mark=None, old_secret_until_at=None)
                | Q(old_secret_mark__isnull=False, old_secret_until_at__isnull=False),
                name="endpoint_old_secret_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"


@audited(exclude=["url", "secret", "last_sent_at"])
class ChatChannel(models.Model):
    """A group chat of an institution in which a robot tells what happens.

    The vendor's address and secret open the chat: they are shown to nobody once kept and stand in no history.
    Written by `operations.add_chat`, `pause_chat`, `resume_chat`.
    """

    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=ChatKind)
    url = models.URLField(max_length=1000)
    secret = models.CharField(max_length=200, blank=True)
    topics = ArrayField(models.CharField(max_length=80), blank=True, help_text="Empty: every topic.")
    state = models.CharField(max_length=10, choices=EndpointState, default=EndpointState.ACTIVE)
    last_sent_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["institution", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["institution", "url"], name="chat_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"
