"""The register of transfers abroad, and how many people were read from where."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere
from accord.privacy.enums import Level
from accord.privacy.models import CountedRead, TransferRecord
from accord.privacy.queries._data import Threshold, thresholds
from accord.privacy.rules import level_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How near the people of a country, read from anywhere abroad in a year, come to one threshold."""

    threshold: Threshold
    people: int
    level: Level

    @property
    def percent(self) -> int:
        """Return the share of the threshold that is reached, in whole per cent, rounded down."""
        return self.people * 100 // self.threshold.people


@dataclass(frozen=True, slots=True)
class Crossing:
    """How many distinct people of one country were read from another in a year."""

    from_country: str
    to_country: str
    people: int
    sensitive: int


def standings(year: int) -> list[Standing]:
    """Return where every threshold stands in a year; one query."""
    rows = CountedRead.objects.filter(year=year).values_list("from_country", "is_sensitive").order_by()
    people = {(country, sort): n for country, sort, n in rows.annotate(n=Count("person", distinct=True))}
    counted = [(one, people.get((one.country, one.sensitive), 0)) for one in thresholds()]
    return [Standing(one, number, level_of(number, one.people)) for one, number in counted]


def crossings(year: int) -> Sequence[Crossing]:
    """Return how many people of each country were read from each other one in a year, most first; one query."""
    rows = (
        CountedRead.objects.filter(year=year)
        .values_list("from_country", "to_country", "is_sensitive")
        .annotate(n=Count("person", distinct=True))
        .order_by("from_country", "to_country")
    )
    found: dict[tuple[str, str], list[int]] = {}
    for home, abroad, sort, number in rows:
        found.setdefault((home, abroad), [0, 0])[int(sort)] = number
    lines = [Crossing(home, abroad, both[0], both[1]) for (home, abroad), both in found.items()]
    return sorted(lines, key=lambda one: (-one.people - one.sensitive, one.from_country, one.to_country))


def reads_of(person_id: int, year: int) -> list[str]:
    """Return from which countries a person's data was read in a year; one query."""
    rows = CountedRead.objects.filter(person=person_id, year=year)
    return list(rows.order_by("to_country").values_list("to_country", flat=True).distinct())


def years_counted() -> list[int]:
    """Return the years in which something was counted, latest first; one query."""
    return list(CountedRead.objects.order_by("-year").values_list("year", flat=True).distinct())


def transfers() -> QuerySet[TransferRecord]:
    """Return the register, latest first, with the organisations' names and how many people were read from there."""
    return (
        TransferRecord.objects.select_related("exporter", "recipient", "entered_by")
        .annotate(exporter_name=F("exporter__name"), recipient_name=F("recipient__name"))
        .order_by("-starts_on", "-pk")
    )


def find_transfer(pk: int) -> TransferRecord:
    """Return one record of the register. Raises `NotThere`."""
    found = transfers().filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no transfer of this number in the register."))
    return found
