"""Choices of the people context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class PersonState(models.TextChoices):
    """How far a person's data may still be used."""

    ACTIVE = "active", _("Active")
    RESTRICTED = "restricted", _("Restricted: kept, not used")
    ERASED = "erased", _("Erased")


class TokenScope(models.TextChoices):
    """What a personal access token opens, never more than its person may do."""

    READ = "read", _("Read")
    WRITE = "write", _("Read and write")


class Permission(StrEnum):
    """What the people context guards."""

    TAKE_DEMO_ROLE = "people.take-demo-role"
