"""Doors of the API to one's own notices, to what one wants to be told, to held letters and connected systems."""

from accord.outbox.api._held import held_letters
from accord.outbox.api._notices import notices
from accord.outbox.api._systems import systems

__all__ = ["held_letters", "notices", "systems"]
