"""Reads of the people context.

The record types are part of this front room: others name them, but never query them themselves (ADR 0009).
"""

from accord.people.models import (
    AccessToken,
    Account,
    Affiliation,
    Delegation,
    Institution,
    Invitation,
    Merge,
    Person,
    RoleGrant,
    SavedView,
    SignedLink,
    Unit,
)
from accord.people.queries._actors import (
    account_name,
    acting_person,
    actor_for,
    demo_people,
    institutions_by_key,
)

__all__ = [
    "AccessToken",
    "Account",
    "Affiliation",
    "Delegation",
    "Institution",
    "Invitation",
    "Merge",
    "Person",
    "RoleGrant",
    "SavedView",
    "SignedLink",
    "Unit",
    "account_name",
    "acting_person",
    "actor_for",
    "demo_people",
    "institutions_by_key",
]
