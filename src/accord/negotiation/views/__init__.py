"""Doors of the negotiation context: drafting, reading, asking, approving, signing; amendments and renewals."""

from accord.negotiation.views._agreement import amend, changes, dossier, renew
from accord.negotiation.views._bind import approve, sign
from accord.negotiation.views._by_link import approve_by_link
from accord.negotiation.views._draft import draft, head, put_forward
from accord.negotiation.views._list import negotiations, start
from accord.negotiation.views._overview import negotiation, parties, party, remove_party, withdraw
from accord.negotiation.views._places import (
    clause,
    new_clause,
    new_promise,
    promise,
    take_out_clause,
    take_out_promise,
)
from accord.negotiation.views._requests import accept, ask, decline, reply, request, requests, take_back
from accord.negotiation.views._texts import difference, text, text_file

__all__ = [
    "accept",
    "amend",
    "approve",
    "approve_by_link",
    "ask",
    "changes",
    "clause",
    "decline",
    "difference",
    "dossier",
    "draft",
    "head",
    "negotiation",
    "negotiations",
    "new_clause",
    "new_promise",
    "parties",
    "party",
    "promise",
    "put_forward",
    "remove_party",
    "renew",
    "reply",
    "request",
    "requests",
    "sign",
    "start",
    "take_back",
    "take_out_clause",
    "take_out_promise",
    "text",
    "text_file",
    "withdraw",
]
