"""The programmes by program."""

from accord.programmes.api._answering import answering
from accord.programmes.api._applications import applications
from accord.programmes.api._applying import applying
from accord.programmes.api._calls import calls
from accord.programmes.api._matching import matching
from accord.programmes.api._placements import placements

__all__ = ["answering", "applications", "applying", "calls", "matching", "placements"]
