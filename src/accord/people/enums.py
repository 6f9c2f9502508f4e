"""Choices of the people context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTING_FOR = "acting_for"
"""Where a session keeps by which delegation its person acts for somebody."""

CHECK_DETAILS = "people.check-details"
"""What a link is for by which somebody checks what is known of a person, and corrects it."""


class InstitutionKind(models.TextChoices):
    """What sort of organisation a party is."""

    UNIVERSITY = "university", _("University")
    COMPANY = "company", _("Company")
    ZONE = "zone", _("Innovation zone")
    ASSOCIATION = "association", _("Association")
    GOVERNMENT = "government", _("Government body")


class Role(models.TextChoices):
    """What a person may do, everywhere or for one institution."""

    STEWARD = "steward", _("Steward")
    OFFICER = "officer", _("Partnership officer")
    EXECUTIVE = "executive", _("Executive")
    OPERATOR = "operator", _("Work space operator")
    MANAGER = "manager", _("Programme manager")


class PersonState(models.TextChoices):
    """How far a person's data may still be used."""

    ACTIVE = "active", _("Active")
    RESTRICTED = "restricted", _("Restricted: kept, not used")
    ERASED = "erased", _("Erased")


class ImportOutcome(models.TextChoices):
    """What a row of a file that somebody brings in does, or would do."""

    FAULT = "fault", _("Fault")
    CHANGED = "changed", pgettext_lazy("a row of a table", "Changes")
    NEW = "new", pgettext_lazy("a row of a table", "New")
    SAME = "same", _("Same already")


class TokenScope(models.TextChoices):
    """What a personal access token opens, never more than its person may do."""

    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class SpanState(models.TextChoices):
    """Where a span of days stands today."""

    HOLDS = "holds", _("Holds")
    LATER = "later", _("Begins later")
    OVER = "over", _("Over")


class LinkState(models.TextChoices):
    """Where a link for somebody without an account stands."""

    OPEN = "open", _("Open")
    USED = "used", _("Used")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Taken back")


class InvitationState(models.TextChoices):
    """Where an invitation stands."""

    OPEN = "open", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Taken back")


class Permission(StrEnum):
    """What the people context guards."""

    TAKE_DEMO_ROLE = "people.take-demo-role"
    SEE_INSTITUTIONS = "people.see-institutions"
    CHANGE_INSTITUTIONS = "people.change-institutions"
    CHANGE_UNITS = "people.change-units"
    SEE_PEOPLE = "people.see-people"
    SEE_EMAIL = "people.see-email"
    CHANGE_PEOPLE = "people.change-people"
    MERGE = "people.merge"
    SEE_ROLES = "people.see-roles"
    GRANT_ROLE = "people.grant-role"
    SEE_RIGHTS = "people.see-rights"
    DELEGATE = "people.delegate"
    MAKE_TOKEN = "people.make-token"  # noqa: S105 (a permission's name)
    SAVE_VIEW = "people.save-view"
    MAKE_LINK = "people.make-link"
    INVITE = "people.invite"
