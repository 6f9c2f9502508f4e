"""Doors of the agreements context: the text of an agreement, its file, its public page, its meetings, its end."""

from accord.agreements.views._bring_in import bring_in
from accord.agreements.views._engagements import (
    change_engagement,
    engagement,
    engagements,
    record_engagement,
    strike_engagement,
)
from accord.agreements.views._text import export, publish, set_review, terminate, text

__all__ = [
    "bring_in",
    "change_engagement",
    "engagement",
    "engagements",
    "export",
    "publish",
    "record_engagement",
    "set_review",
    "strike_engagement",
    "terminate",
    "text",
]
