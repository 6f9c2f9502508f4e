"""Choices and permissions of the outbox context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PING = "outbox.ping"
SWITCHED_OFF = "outbox.endpoint-switched-off"


class Channel(models.TextChoices):
    """By which way something leaves."""

    MAIL = "mail", _("Mail")
    WEBHOOK = "webhook", _("Webhook")
    CHAT = "chat", _("Chat")


class MessageKind(models.TextChoices):
    """What is being sent: a notice to people, an event to systems, or a letter that another part wrote itself."""

    NOTICE = "notice", _("Notice")
    EVENT = "event", _("Event")
    LETTER = "letter", _("Letter")


class DeliveryState(models.TextChoices):
    """Where one delivery stands."""

    HELD = "held", _("Held back")
    QUEUED = "queued", pgettext_lazy("delivery", "Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    FAILED = "failed", _("Failed, to be tried again")
    GIVEN_UP = "given_up", _("Given up")
    CANCELLED = "cancelled", pgettext_lazy("delivery", "Cancelled")


class Pace(models.TextChoices):
    """How soon a person wants to be told by mail."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    OFF = "off", _("Never")


class Told(models.TextChoices):
    """By which way a person is told."""

    MAIL = "mail", _("Mail")
    INBOX = "inbox", _("Inbox")


class EndpointState(models.TextChoices):
    """Whether events are sent to an address of another system."""

    ACTIVE = "active", pgettext_lazy("endpoint", "Active")
    PAUSED = "paused", pgettext_lazy("endpoint", "Paused")
    DISABLED = "disabled", pgettext_lazy("endpoint", "Switched off")


class ChatKind(models.TextChoices):
    """Whose chat a channel belongs to."""

    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")
    SLACK = "slack", _("Slack")
    TEAMS = "teams", _("Microsoft Teams")


class SuppressionReason(models.TextChoices):
    """Why nothing is mailed to an address any more."""

    BOUNCED = "bounced", _("The mail server refused the address")
    ASKED = "asked", _("The reader asked for no more mail")


class Permission(StrEnum):
    """What the outbox context guards; `rules.py` decides each."""

    READ_LETTERS = "outbox.read-letters"
    RELEASE_HELD = "outbox.release-held"
    MANAGE_SYSTEMS = "outbox.manage-systems"
