"""Writes of the people context."""

from accord.people.operations._ensure import (
    EmailTaken,
    command_line,
    ensure_institution,
    grant_role,
    open_account,
    register_person,
    take_demo_role,
)

__all__ = [
    "EmailTaken",
    "command_line",
    "ensure_institution",
    "grant_role",
    "open_account",
    "register_person",
    "take_demo_role",
]
