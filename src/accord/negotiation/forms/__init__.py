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
)
from accord.negotiation.forms._parties import AddPartyForm, PartyForm, StartForm

__all__ = [
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
]
