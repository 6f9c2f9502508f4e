"""Institutions, persons, accounts, and who may act for whom."""

from accord.kernel.ranges import DayRange
from accord.people.models._accounts import AccessToken, Account, Invitation
from accord.people.models._grants import Delegation, RoleGrant, SignedLink
from accord.people.models._institutions import Institution, Unit
from accord.people.models._persons import Affiliation, Merge, Person
from accord.people.models._views import FormDraft, SavedView

__all__ = [
    "AccessToken",
    "Account",
    "Affiliation",
    "DayRange",
    "Delegation",
    "FormDraft",
    "Institution",
    "Invitation",
    "Merge",
    "Person",
    "RoleGrant",
    "SavedView",
    "SignedLink",
    "Unit",
]
