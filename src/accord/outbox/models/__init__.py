"""What leaves Accord, to whom and how it went; what people want to be told; the systems that are told."""

from accord.outbox.models._messages import UNDER_WAY, Attempt, Batch, Delivery, Message
from accord.outbox.models._readers import InboxNote, Preference, QuietHours, Suppression
from accord.outbox.models._systems import ChatChannel, Endpoint

__all__ = [
    "UNDER_WAY",
    "Attempt",
    "Batch",
    "ChatChannel",
    "Delivery",
    "Endpoint",
    "InboxNote",
    "Message",
    "Preference",
    "QuietHours",
    "Suppression",
]
