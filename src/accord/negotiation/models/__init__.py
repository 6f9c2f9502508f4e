"""A negotiation: who takes part, the draft, the texts put forward, and what each party said of them."""

from accord.negotiation.models._answers import Approval, ChangeRequest, Reply, Signature
from accord.negotiation.models._drafts import DraftClause, DraftHead, DraftPromise
from accord.negotiation.models._negotiations import Negotiation, NegotiationParty
from accord.negotiation.models._texts import TextVersion

__all__ = [
    "Approval",
    "ChangeRequest",
    "DraftClause",
    "DraftHead",
    "DraftPromise",
    "Negotiation",
    "NegotiationParty",
    "Reply",
    "Signature",
    "TextVersion",
]
