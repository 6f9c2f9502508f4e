"""The address by which a reader of a mail wants no more of its topic: signed, without an end, good for that alone."""

from django.core import signing
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere

SALT = "accord.outbox.unsubscribe"
UNSUBSCRIBE_ROUTE = "outbox:unsubscribe"


def unsubscribe_token(person_id: int, topic: str) -> str:
    """Return what stands in the address: the person and the topic (empty: every topic), signed."""
    return signing.dumps([person_id, topic], salt=SALT)


def read_unsubscribe(token: str) -> tuple[int, str]:
    """Return person and topic of an address. Raises `NotThere` for one that was not made here."""
    try:
        person_id, topic = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotThere(_("This address was not made by Accord. Use the one in the mail, whole.")) from error
    return int(person_id), str(topic)
