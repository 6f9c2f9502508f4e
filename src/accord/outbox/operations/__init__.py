"""Writes of the outbox context, and what they refuse."""

from accord.outbox.operations._chats import (
    VENDORS,
    ChatAddressRefused,
    add_chat,
    pause_chat,
    ping_chat,
    resume_chat,
    send_chats,
)
from accord.outbox.operations._endpoints import (
    AddressTaken,
    TopicUnknown,
    add_endpoint,
    change_endpoint,
    pause_endpoint,
    ping_endpoint,
    replay,
    replay_since,
    resume_endpoint,
    rotate_secret,
    show_secret,
)
from accord.outbox.operations._events import EventTooLarge, announce_event
from accord.outbox.operations._held import BatchDecided, OwnLetters, cancel_held, hold_batch, release_held
from accord.outbox.operations._inbox import mark_all_read, mark_read, mark_unread
from accord.outbox.operations._letters import keep_letter
from accord.outbox.operations._mail import MailServer, read_unsubscribe, send_mail, unsubscribe_token
from accord.outbox.operations._notify import notify
from accord.outbox.operations._preferences import (
    QuietHoursUnclear,
    RequiredTopic,
    lift_suppression,
    set_preferences,
    unsubscribe,
)
from accord.outbox.operations._stop import stop_notices
from accord.outbox.operations._web import AddressRefused, Caution
from accord.outbox.operations._webhooks import posted_text, send_webhooks, webhook_id

__all__ = [
    "VENDORS",
    "AddressRefused",
    "AddressTaken",
    "BatchDecided",
    "Caution",
    "ChatAddressRefused",
    "EventTooLarge",
    "MailServer",
    "OwnLetters",
    "QuietHoursUnclear",
    "RequiredTopic",
    "TopicUnknown",
    "add_chat",
    "add_endpoint",
    "announce_event",
    "cancel_held",
    "change_endpoint",
    "hold_batch",
    "keep_letter",
    "lift_suppression",
    "mark_all_read",
    "mark_read",
    "mark_unread",
    "notify",
    "pause_chat",
    "pause_endpoint",
    "ping_chat",
    "ping_endpoint",
    "posted_text",
    "read_unsubscribe",
    "release_held",
    "replay",
    "replay_since",
    "resume_chat",
    "resume_endpoint",
    "rotate_secret",
    "send_chats",
    "send_mail",
    "send_webhooks",
    "set_preferences",
    "show_secret",
    "stop_notices",
    "unsubscribe",
    "unsubscribe_token",
    "webhook_id",
]
