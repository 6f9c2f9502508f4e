"""Writes of the measures context, and what they refuse."""

from accord.measures.operations._bulk import EvidenceRow, record_in_bulk
from accord.measures.operations._decide import (
    EvidenceClash,
    EvidenceSettled,
    confirm_evidence,
    contest_evidence,
    withdraw_evidence,
)
from accord.measures.operations._override import lift_override, set_override
from accord.measures.operations._record import EvidenceRefused, SharesExceedWhole, record_evidence
from accord.measures.operations._snapshots import take_snapshots
from accord.measures.operations._tell import DECIDED, ENTERED

__all__ = [
    "DECIDED",
    "ENTERED",
    "EvidenceClash",
    "EvidenceRefused",
    "EvidenceRow",
    "EvidenceSettled",
    "SharesExceedWhole",
    "confirm_evidence",
    "contest_evidence",
    "lift_override",
    "record_evidence",
    "record_in_bulk",
    "set_override",
    "take_snapshots",
    "withdraw_evidence",
]
