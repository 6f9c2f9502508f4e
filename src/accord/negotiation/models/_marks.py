"""Marks that stand or fall together."""

from django.db.models import Q


def pair(name: str) -> Q:
    """Return the condition that `<name>_at` and `<name>_by` stand or fall together."""
    return Q(**{f"{name}_at": None, f"{name}_by": None}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )
