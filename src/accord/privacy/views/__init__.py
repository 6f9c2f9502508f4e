"""Doors of the privacy context."""

from accord.privacy.views._consents import consents, give_consent, withdraw_consent
from accord.privacy.views._copies import ask_for_copy, copy, copy_file
from accord.privacy.views._mine import mine
from accord.privacy.views._register import register
from accord.privacy.views._requests import new_request, received_request, request, requests, take_back
from accord.privacy.views._restricted import lift, restricted
from accord.privacy.views._transfers import new_transfer, transfer, transfers

__all__ = [
    "ask_for_copy",
    "consents",
    "copy",
    "copy_file",
    "give_consent",
    "lift",
    "mine",
    "new_request",
    "new_transfer",
    "received_request",
    "register",
    "request",
    "requests",
    "restricted",
    "take_back",
    "transfer",
    "transfers",
    "withdraw_consent",
]
