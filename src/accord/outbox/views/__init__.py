"""Doors of the outbox context."""

from accord.outbox.views._chats import add_chat, chat, chats, pause_chat, ping_chat, resume_chat
from accord.outbox.views._held import batch, batches, cancel_batch, release_batch
from accord.outbox.views._inbox import inbox, notice, open_notice, read_all, unread_notice
from accord.outbox.views._letters import letter, letters, lift_suppression, suppressions
from accord.outbox.views._settings import settings, unsubscribe
from accord.outbox.views._webhook_log import endpoint_post, replay_post, replay_since
from accord.outbox.views._webhooks import (
    add_endpoint,
    change_endpoint,
    endpoint,
    endpoints,
    pause_endpoint,
    ping_endpoint,
    resume_endpoint,
    rotate_secret,
)

__all__ = [
    "add_chat",
    "add_endpoint",
    "batch",
    "batches",
    "cancel_batch",
    "change_endpoint",
    "chat",
    "chats",
    "endpoint",
    "endpoint_post",
    "endpoints",
    "inbox",
    "letter",
    "letters",
    "lift_suppression",
    "notice",
    "open_notice",
    "pause_chat",
    "pause_endpoint",
    "ping_chat",
    "ping_endpoint",
    "read_all",
    "release_batch",
    "replay_post",
    "replay_since",
    "resume_chat",
    "resume_endpoint",
    "rotate_secret",
    "settings",
    "suppressions",
    "unread_notice",
    "unsubscribe",
]
