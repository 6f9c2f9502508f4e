"""Input of the negotiation context."""

from accord.negotiation.forms._answers import (
    AcceptForm,
    ApproveForm,
    AskForm,
    DeclineForm,
    PutForwardForm,
    ReasonForm,
    ReplyForm,
    SignForm,
    VersionForm,
)
from accord.negotiation.forms._draft import (
    ClauseAmendmentForm,
    ClauseForm,
    HeadForm,
    PromiseAmendmentForm,
    PromiseForm,
    offering,
    worded,
)
from accord.negotiation.forms._lists import NEGOTIATIONS, REQUESTS, request_chip
from accord.negotiation.forms._parties import AddPartyForm, PartyForm, StartForm

__all__ = [
    "NEGOTIATIONS",
    "REQUESTS",
    "AcceptForm",
    "AddPartyForm",
    "ApproveForm",
    "AskForm",
    "ClauseAmendmentForm",
    "ClauseForm",
    "DeclineForm",
    "HeadForm",
    "PartyForm",
    "PromiseAmendmentForm",
    "PromiseForm",
    "PutForwardForm",
    "ReasonForm",
    "ReplyForm",
    "SignForm",
    "StartForm",
    "VersionForm",
    "offering",
    "request_chip",
    "worded",
]
