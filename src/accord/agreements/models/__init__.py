"""Agreements and their promises, as signed. What was delivered is not known here (`accord.measures`)."""

from accord.agreements.models._agreement import (
    Agreement,
    Fact,
    Party,
    Section,
    Source,
    _public_token,  # named by the first migration
)
from accord.agreements.models._clauses import Clause, ClauseAmendment
from accord.agreements.models._engagements import Attendance, Engagement, EngagementCount
from accord.agreements.models._promises import Amendment, Citation, Commitment, CommitmentParty, PlanPoint

__all__ = [
    "Agreement",
    "Amendment",
    "Attendance",
    "Citation",
    "Clause",
    "ClauseAmendment",
    "Commitment",
    "CommitmentParty",
    "Engagement",
    "EngagementCount",
    "Fact",
    "Party",
    "PlanPoint",
    "Section",
    "Source",
    "_public_token",
]
