"""Choices and permissions of the measures context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Provenance(models.TextChoices):
    """Where a figure comes from. Never mixed in one figure without saying so."""

    RECORDED = "recorded", _("recorded")
    STATED = "stated", _("stated")
    SIMULATED = "simulated", _("simulated")


class EvidenceState(models.TextChoices):
    """Where an evidence entry stands; only confirmed entries count."""

    WAITING = "waiting", _("Waits for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    CONTESTED = "contested", _("Contested")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PromiseState(models.TextChoices):
    """How a promise stands on a day."""

    DELIVERED = "delivered", _("Delivered")
    VERY_LIKELY = "very_likely", _("Very likely")
    LIKELY = "likely", _("Likely")
    EVEN = "even", _("As likely as not")
    UNLIKELY = "unlikely", _("Unlikely")
    VERY_UNLIKELY = "very_unlikely", _("Very unlikely")
    MISSED = "missed", _("Missed")
    TOO_EARLY = "too_early", _("Too early to tell")
    STANDING = "standing", _("Standing promise")
    OPEN = "open", pgettext_lazy("milestone", "Not done yet")
    NOT_MEASURED = "not_measured", _("Not measured yet")


class Permission(StrEnum):
    """What the measures context guards; `rules.py` decides each."""

    RECORD_EVIDENCE = "measures.record-evidence"
    DECIDE_EVIDENCE = "measures.decide-evidence"
    WITHDRAW_EVIDENCE = "measures.withdraw-evidence"
    OVERRIDE_FORECAST = "measures.override-forecast"
