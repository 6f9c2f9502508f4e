"""Tells group chats what happens: WeCom, DingTalk, Feishu, Slack, Teams, all behind one form."""

from accord.outbox.operations._chats._connect import (
    ChatAddressRefused,
    add_chat,
    pause_chat,
    ping_chat,
    resume_chat,
)
from accord.outbox.operations._chats._send import send_chats
from accord.outbox.operations._chats._vendors import VENDORS, Vendor

__all__ = [
    "VENDORS",
    "ChatAddressRefused",
    "Vendor",
    "add_chat",
    "pause_chat",
    "ping_chat",
    "resume_chat",
    "send_chats",
]
