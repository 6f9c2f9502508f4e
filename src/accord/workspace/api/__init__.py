"""The work space in the API."""

from accord.workspace.api._bookings import bookings
from accord.workspace.api._spaces import spaces
from accord.workspace.api._teams import teams
from accord.workspace.api._tenancies import tenancies

__all__ = [
    "bookings",
    "spaces",
    "teams",
    "tenancies",
]
