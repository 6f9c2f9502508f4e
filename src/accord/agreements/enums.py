"""Choices and permissions of the agreements context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementState(models.TextChoices):
    """Where an agreement stands."""

    DRAFT = "draft", _("Draft")
    SIGNED = "signed", _("In force")
    ENDED = "ended", _("Ended")


class PromiseKind(models.TextChoices):
    """How a promise is kept."""

    TARGET = "target", _("Target")
    MILESTONE = "milestone", _("Milestone")
    STANDING = "standing", _("Standing promise")


class PartyRole(models.TextChoices):
    """Which side of a promise a party stands on."""

    PROMISOR = "promisor", _("Promised by")
    BENEFICIARY = "beneficiary", _("Promised to")


class Precision(models.TextChoices):
    """How exactly a source states a date."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class EngagementKind(models.TextChoices):
    """What sort of meeting between the parties took place."""

    STEERING = "steering", _("Steering meeting")
    VISIT = "visit", _("Visit")
    SUMMIT = "summit", _("Summit")
    OPENING = "opening", _("Opening")
    SIGNING = "signing", _("Signing")


class Permission(StrEnum):
    """What the agreements context guards; `rules.py` decides each."""

    VIEW = "agreements.view"
    APPLY = "agreements.apply"
    BRING_IN = "agreements.bring-in"
    PUBLISH = "agreements.publish"
    RECORD_ENGAGEMENT = "agreements.record-engagement"
