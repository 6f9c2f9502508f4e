"""Writes of the work space."""

from accord.workspace.operations._count import count_team, count_teams

__all__ = [
    "count_team",
    "count_teams",
]
