"""Writes of the privacy context."""

from accord.privacy.operations._consent import OlderText, UnknownPurpose, give_consent, withdraw_consent
from accord.privacy.operations._copies import NothingToCopy, ask_for_copy, drop_old_copies, give_up_copy, make_copy
from accord.privacy.operations._erase import Kept, NothingAside, erase, kept_of, lift_restriction, restrict
from accord.privacy.operations._reads import count_reads, note_reads
from accord.privacy.operations._requests import (
    AskedAlready,
    ReasonMissing,
    RequestSettled,
    answer_in_words,
    answer_request,
    ask,
    forget_last_letters,
    take_back_request,
)
from accord.privacy.operations._transfers import (
    NotAbroad,
    NumberMissing,
    TransferBackwards,
    TransferFacts,
    keep_transfer,
)

__all__ = [
    "AskedAlready",
    "Kept",
    "NotAbroad",
    "NothingAside",
    "NothingToCopy",
    "NumberMissing",
    "OlderText",
    "ReasonMissing",
    "RequestSettled",
    "TransferBackwards",
    "TransferFacts",
    "UnknownPurpose",
    "answer_in_words",
    "answer_request",
    "ask",
    "ask_for_copy",
    "count_reads",
    "drop_old_copies",
    "erase",
    "forget_last_letters",
    "give_consent",
    "give_up_copy",
    "keep_transfer",
    "kept_of",
    "lift_restriction",
    "make_copy",
    "note_reads",
    "restrict",
    "take_back_request",
    "withdraw_consent",
]
