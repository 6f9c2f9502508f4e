"""The programmes by program."""

from accord.programmes.api._answering import answering
from accord.programmes.api._applications import applications
from accord.programmes.api._applying import applying
from accord.programmes.api._calls import calls
from accord.programmes.api._forms import call_forms
from accord.programmes.api._matching import matching
from accord.programmes.api._placements import placements
from accord.programmes.api._results import results
from accord.programmes.api._settled import settled_slates
from accord.programmes.api._slates import slates

__all__ = [
    "answering",
    "applications",
    "applying",
    "call_forms",
    "calls",
    "matching",
    "placements",
    "results",
    "settled_slates",
    "slates",
]
