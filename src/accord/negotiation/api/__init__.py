"""Doors of the API to negotiations: what is drafted, put forward, asked, approved and signed."""

from accord.negotiation.api._dossier import dossier
from accord.negotiation.api._draft import draft
from accord.negotiation.api._negotiations import negotiations
from accord.negotiation.api._parties import parties
from accord.negotiation.api._places import places
from accord.negotiation.api._requests import requests
from accord.negotiation.api._texts import texts

ROUTERS = (negotiations, draft, places, parties, texts, requests, dossier)
"""Every router of the context."""

__all__ = ["ROUTERS"]
