"""Writes of the negotiation context, and what they refuse."""

from accord.negotiation.operations._bind import ImpactChanged, TextChanged, WrongSigning, approve, approve_by_link, sign
from accord.negotiation.operations._draft import (
    ClauseWording,
    HeadWording,
    PromiseWording,
    change_head,
    promise_wording,
    remove_clause,
    remove_promise,
    save_clause,
    save_promise,
)
from accord.negotiation.operations._hold import BaseChanged, NotNow
from accord.negotiation.operations._parties import add_party, change_party, remove_party
from accord.negotiation.operations._requests import (
    accept_request,
    ask_for_change,
    decline_request,
    reply,
    take_back_request,
)
from accord.negotiation.operations._start import (
    AlreadyNegotiated,
    TooFewParties,
    start_amendment,
    start_negotiation,
    start_renewal,
)
from accord.negotiation.operations._texts import DraftUnready, put_forward, withdraw

__all__ = [
    "AlreadyNegotiated",
    "BaseChanged",
    "ClauseWording",
    "DraftUnready",
    "HeadWording",
    "ImpactChanged",
    "NotNow",
    "PromiseWording",
    "TextChanged",
    "TooFewParties",
    "WrongSigning",
    "accept_request",
    "add_party",
    "approve",
    "approve_by_link",
    "ask_for_change",
    "change_head",
    "change_party",
    "decline_request",
    "promise_wording",
    "put_forward",
    "remove_clause",
    "remove_party",
    "remove_promise",
    "reply",
    "save_clause",
    "save_promise",
    "sign",
    "start_amendment",
    "start_negotiation",
    "start_renewal",
    "take_back_request",
    "withdraw",
]
