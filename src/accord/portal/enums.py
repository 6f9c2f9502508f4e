"""What the portal guards."""

from enum import StrEnum


class Permission(StrEnum):
    """What the portal guards; `rules.py` decides each."""

    MANAGE_JOBS = "portal.manage-jobs"
