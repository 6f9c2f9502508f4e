"""What people and other systems can be told of: contexts announce topics, the outbox carries them."""

from dataclasses import dataclass

from django.utils.functional import Promise

from accord.kernel.announced import Announced


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that happens, as `context.what-happened`; a webhook's event type is the same code.

    `is_urgent` topics pass quiet hours and digests; `is_required` ones cannot be switched off (a link one asked for).
    """

    code: str
    name: str | Promise
    is_urgent: bool = False
    is_required: bool = False
    for_webhooks: bool = True


topics: Announced[Topic] = Announced()
"""Every topic that contexts announced, by its code."""
