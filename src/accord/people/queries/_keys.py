"""Institutions by their numbers, as other systems name them."""

from collections.abc import Iterable

from accord.people.models import Institution


def institution_keys(numbers: Iterable[int | None]) -> dict[int, str]:
    """Return the keys of the institutions with these numbers; one query, none where there is no number."""
    wanted = {number for number in numbers if number is not None}
    return dict(Institution.objects.filter(pk__in=wanted).values_list("pk", "key")) if wanted else {}
