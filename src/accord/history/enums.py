"""Choices of the history context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Flaw(models.TextChoices):
    """What is wrong with a row of the history, a seal, or a record beside its history."""

    CHANGED = "changed", _("was changed after it was sealed")
    GONE = "gone", _("was sealed and is gone")
    ADDED = "added", _("was added to what had been sealed")
    SEAL_CHANGED = "seal-changed", _("is a seal that was changed")
    SEAL_GONE = "seal-gone", _("is a seal that is gone")
    SEAL_MOVED = "seal-moved", _("does not follow on the seal before it")
    HASHES_CHANGED = "hashes-changed", _("is a list of hashes in a seal, and was changed")
    UNSEALED = "unsealed", _("is a range of events that no seal binds")
    TABLE_GONE = "table-gone", _("was sealed, and the table or a column of it is gone")
    UNGUARDED = "unguarded", _("is no longer guarded against changes")
    LATE = "late", _("waits for its seal for more than an hour")
    UNWRITTEN = "unwritten", _("holds what its history does not")


class Happened(models.TextChoices):
    """What an event did to a record."""

    INSERT = "insert", _("Added")
    UPDATE = "update", _("Changed")
    DELETE = "delete", _("Removed")


class Permission(StrEnum):
    """What the history context guards."""

    VIEW = "history.view"
    SEE_SEALS = "history.see-seals"
    UNDO = "history.undo"
