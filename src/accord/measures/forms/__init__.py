"""Input of the measures context: what is entered, and how its lists are asked for."""

from accord.measures.forms._entries import CompletionForm, EvidenceForm, OverrideForm, ReasonForm, VersionForm
from accord.measures.forms._lists import AGREEMENTS, CATALOGUE, COUNTED, KIND_WORDS, RECORDS, TONES

__all__ = [
    "AGREEMENTS",
    "CATALOGUE",
    "COUNTED",
    "KIND_WORDS",
    "RECORDS",
    "TONES",
    "CompletionForm",
    "EvidenceForm",
    "OverrideForm",
    "ReasonForm",
    "VersionForm",
]
