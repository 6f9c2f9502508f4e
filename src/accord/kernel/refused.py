"""How Accord says no.

    Refused
    ├── NotAllowed      the person may know of the thing, but not do this with it
    ├── NotThere        nothing the person may know of
    └── Clash           the record changed since the person saw it

Each context adds its own subclasses beside the operation that raises them.
"""

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 (the product's word for it)
    """An operation was refused for a reason that the person can act on.

    `code` is stable and machine-readable; `sentence` says, translated, what is wrong and how to mend it.
    `field` names the input that must change, when there is one.
    """

    code = "refused"
    status = 422

    def __init__(self, sentence: str | Promise, *, code: str = "", field: str = "", **detail: Any) -> None:
        """Keep the sentence, the code and what else a door may need to answer."""
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or type(self).code
        self.field = field
        self.detail = detail

    def __str__(self) -> str:
        """Return the sentence in the reader's language."""
        return str(self.sentence)


class NotAllowed(Refused):
    """The person's roles do not permit this."""

    code = "not-allowed"
    status = 403


class NotThere(Refused):
    """There is nothing here that this person may know of."""

    code = "not-there"
    status = 404


class Clash(Refused):
    """Somebody else changed the record in the meantime."""

    code = "clash"
    status = 409
