"""Import contracts of Accord's own, beside those that come with import-linter.

Each looks at direct imports only, because a chain through an allowed room is exactly what an
allowed room is for. ``pyproject.toml`` registers and configures them; ``tests/house`` plants a
violation of each and expects it to be found.
"""

from tools.contracts.closed_rooms import ClosedRooms
from tools.contracts.front_rooms import FrontRooms
from tools.contracts.only_imports import OnlyImports

__all__ = ["ClosedRooms", "FrontRooms", "OnlyImports"]
