"""Doors of the API to one's own notices, to what one wants to be told, and to connected systems."""

from accord.outbox.api._notices import notices
from accord.outbox.api._systems import systems

__all__ = ["notices", "systems"]
