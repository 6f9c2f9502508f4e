"""What tells one message of this installation from all others, the same for every try."""

from django.utils.crypto import salted_hmac

LENGTH = 32


def identity_of(*parts: object) -> str:
    """Return the mark of what is sent: the receiver's means to see that it came twice. Not to be guessed elsewhere."""
    text = "\0".join(str(part) for part in parts)
    return salted_hmac("accord.outbox.identity", text, algorithm="sha256").hexdigest()[:LENGTH]
