"""Choices and permissions of the privacy context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ANSWERED = "privacy.request-answered"
RECEIVED = "privacy.request-received"
COPY_READY = "privacy.copy-ready"
THRESHOLD = "privacy.threshold"
"""Topics of the notices of this context."""


class Channel(models.TextChoices):
    """By which way somebody said something about their data."""

    PAGE = "page", _("On this site")
    MAIL = "mail", pgettext_lazy("privacy", "By mail")
    PAPER = "paper", _("On paper")
    SPOKEN = "spoken", _("By word of mouth")


class RequestKind(models.TextChoices):
    """What a person may ask of their data."""

    ACCESS = "access", _("See what is kept")
    CORRECTION = "correction", _("Correct something")
    ERASURE = "erasure", _("Erase my data")
    RESTRICTION = "restriction", _("Keep my data and stop using it")
    OBJECTION = "objection", _("Object to a use")
    PORTABILITY = "portability", _("Take my data elsewhere")


class RequestState(models.TextChoices):
    """Where a request stands."""

    OPEN = "open", pgettext_lazy("privacy", "Waits for an answer")
    GRANTED = "granted", pgettext_lazy("privacy", "Granted")
    PARTLY = "partly", pgettext_lazy("privacy", "Granted in part")
    REFUSED = "refused", pgettext_lazy("privacy", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("privacy", "Taken back")


class CopyState(models.TextChoices):
    """Where a copy of somebody's data stands."""

    WAITING = "waiting", pgettext_lazy("copy of data", "Waits to be made")
    RUNNING = "running", pgettext_lazy("copy of data", "Is being made")
    READY = "ready", pgettext_lazy("copy of data", "Ready to be fetched")
    FAILED = "failed", pgettext_lazy("copy of data", "Could not be made")
    GONE = "gone", pgettext_lazy("copy of data", "Deleted")


class TransferBasis(models.TextChoices):
    """What allows a transfer of personal data abroad."""

    EXEMPT = "exempt", _("Exempt: below the threshold, or needed for a contract with the person")
    STANDARD_CONTRACT = "standard-contract", _("Standard contract, filed")
    CERTIFICATION = "certification", _("Certification")
    ASSESSMENT = "assessment", _("Security assessment")
    ADEQUACY = "adequacy", _("Adequacy decision")
    CONSENT = "consent", _("Separate consent")


class Level(models.TextChoices):
    """How near a count of people comes to a threshold."""

    BELOW = "below", pgettext_lazy("threshold", "Below")
    NEAR = "near", pgettext_lazy("threshold", "80 % reached")
    OVER = "over", pgettext_lazy("threshold", "Reached")


class Permission(StrEnum):
    """What the privacy context guards."""

    SEE_OWN = "privacy.see-own"
    ASK = "privacy.ask"
    DECIDE = "privacy.decide"
    KEEP_TRANSFERS = "privacy.keep-transfers"
    SEE_REGISTER = "privacy.see-register"
