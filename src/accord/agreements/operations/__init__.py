"""Writes of the agreements context, and what they refuse."""

from accord.agreements.operations._apply import Applied, PartStillUsed, PromiseFrozen, RenewedUnknown, apply_file
from accord.agreements.operations._ending import (
    TERMINATED,
    DayOutsideTerm,
    NotInForce,
    set_review,
    terminate_agreement,
)
from accord.agreements.operations._engagements import (
    EngagementInFuture,
    EngagementStruck,
    FewerThanNamed,
    Guest,
    change_engagement,
    record_engagement,
    strike_engagement,
)
from accord.agreements.operations._publish import give_back_public, set_public

__all__ = [
    "TERMINATED",
    "Applied",
    "DayOutsideTerm",
    "EngagementInFuture",
    "EngagementStruck",
    "FewerThanNamed",
    "Guest",
    "NotInForce",
    "PartStillUsed",
    "PromiseFrozen",
    "RenewedUnknown",
    "apply_file",
    "change_engagement",
    "give_back_public",
    "record_engagement",
    "set_public",
    "set_review",
    "strike_engagement",
    "terminate_agreement",
]
