"""What every page of one negotiation stands on, asked for by its request."""

from accord.kernel.access import Request
from accord.negotiation import queries
from accord.negotiation.queries import Room

__all__ = ["Room", "enter", "enter_draft"]


def enter(request: Request, key: str) -> Room:
    """Return the room of a negotiation; 404 for those who may not know of it."""
    return queries.enter(request.actor, key)


def enter_draft(request: Request, key: str) -> Room:
    """Return the room of a negotiation to those who write its draft; 403 for the others."""
    return queries.enter_draft(request.actor, key)
