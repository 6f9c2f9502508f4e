"""Input of the outbox context: what is entered, how its lists are asked for, and how states are shown."""

from accord.outbox.forms._chips import delivery_chip, fault_words, notice_chip, system_chip, topic_name, tries_of
from accord.outbox.forms._entries import ChatForm, EndpointForm, MarkForm, PreferencesForm, SinceForm
from accord.outbox.forms._held import BATCHES, LETTERS, batch_chip
from accord.outbox.forms._lists import ENDPOINTS, POSTS, notices, topics_in_words

__all__ = [
    "BATCHES",
    "ENDPOINTS",
    "LETTERS",
    "POSTS",
    "ChatForm",
    "EndpointForm",
    "MarkForm",
    "PreferencesForm",
    "SinceForm",
    "batch_chip",
    "delivery_chip",
    "fault_words",
    "notice_chip",
    "notices",
    "system_chip",
    "topic_name",
    "topics_in_words",
    "tries_of",
]
