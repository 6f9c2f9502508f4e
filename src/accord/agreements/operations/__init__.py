"""Writes of the agreements context, and what they refuse."""

from accord.agreements.operations._apply import Applied, PartStillUsed, PromiseFrozen, apply_file
from accord.agreements.operations._engagements import EngagementInFuture, record_engagement, strike_engagement
from accord.agreements.operations._publish import set_public

__all__ = [
    "Applied",
    "EngagementInFuture",
    "PartStillUsed",
    "PromiseFrozen",
    "apply_file",
    "record_engagement",
    "set_public",
    "strike_engagement",
]
