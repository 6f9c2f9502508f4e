"""How states of the outbox are shown as chips."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from accord.kernel.topics import topics
from accord.outbox import queries
from accord.outbox.enums import DeliveryState, EndpointState
from accord.ui.parts import State, Tone

DELIVERY_TONES = {
    DeliveryState.HELD: Tone.MUTE,
    DeliveryState.QUEUED: Tone.MUTE,
    DeliveryState.SENDING: Tone.STANDING,
    DeliveryState.SENT: Tone.DONE,
    DeliveryState.FAILED: Tone.WARY,
    DeliveryState.GIVEN_UP: Tone.MISSED,
    DeliveryState.CANCELLED: Tone.MUTE,
}
SYSTEM_TONES = {EndpointState.ACTIVE: Tone.GOOD, EndpointState.PAUSED: Tone.MUTE, EndpointState.DISABLED: Tone.BAD}


READ, UNREAD = pgettext_lazy("notice", "Read"), pgettext_lazy("notice", "Unread")


def notice_chip(note: Any) -> State:
    """Return the chip of a notice."""
    return State(Tone.MUTE, READ) if note.read_at else State(Tone.STANDING, UNREAD)


def delivery_chip(delivery: Any) -> State:
    """Return the chip of a delivery."""
    state = DeliveryState(delivery.state)
    return State(DELIVERY_TONES[state], state.label)


def system_chip(system: Any) -> State:
    """Return the chip of an endpoint or a chat."""
    state = EndpointState(system.state)
    return State(SYSTEM_TONES[state], state.label)


def fault_words(error: str) -> str:
    """Return why something was not taken, in the reader's language; a vendor's own words as they are."""
    return gettext(error) if error else ""


def tries_of(delivery: Any) -> list[dict[str, Any]]:
    """Return the tries of a delivery as a page shows them."""
    return [{"row": one, "error": fault_words(one.error)} for one in queries.attempts_of(delivery)]


def topic_name(code: str) -> str:
    """Return a topic's name; its code where nobody announces it any more."""
    topic = topics.get(code)
    return str(topic.name) if topic else code
