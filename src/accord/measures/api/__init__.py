"""Doors of the API to what was delivered: boards, promises, evidence, forecasts, the catalogue of measures."""

from accord.measures.api._board import boards
from accord.measures.api._catalogue import measures
from accord.measures.api._evidence import evidence

__all__ = ["boards", "evidence", "measures"]
