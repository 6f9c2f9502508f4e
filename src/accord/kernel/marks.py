"""Conditions of check constraints that tables of every context share."""

from django.db.models import F, Q


def pair(name: str) -> Q:
    """Return the condition that `<name>_at` and `<name>_by` stand or fall together."""
    return Q(**{f"{name}_at": None, f"{name}_by": None}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


def ends_after(start: str, end: str) -> Q:
    """Return the condition that an end, where there is one, does not lie before the start."""
    return Q(**{end: None}) | Q(**{f"{end}__gte": F(start)})
