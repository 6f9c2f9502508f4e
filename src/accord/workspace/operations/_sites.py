"""Opens sites, and keeps what is known of them and of their buildings."""

import re
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import Agreement
from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Institution, Person
from accord.workspace.models import Building, Occurrence, Site, Tenancy

RESERVED = frozenset({"answer", "doors", "feeds", "links", "mine", "new"})
"""Words that stand in addresses where the short name of a site stands."""

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CURRENCY = re.compile(r"[A-Z]{3}")


class KeyOdd(Refused):
    """The short name could be no part of an address."""

    code = "key-odd"


class KeyTaken(Refused):
    """Another site, or another building of the site, bears this short name."""

    code = "key-taken"


class UnknownCurrency(Refused):
    """The currency is no code of ISO 4217."""

    code = "unknown-currency"


class ZoneUnknown(Refused):
    """The time zone is none of the zone database."""

    code = "zone-unknown"


class SiteInUse(Refused):
    """What stands on the site's time zone or currency would no longer be right."""

    code = "site-in-use"
    status = 409


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What is known of a site and may be changed."""

    name: Bilingual
    time_zone: str
    currency: str
    address: Bilingual = field(default_factory=Bilingual)
    agreement: Agreement | None = None

    def checked(self) -> "SiteFacts":
        """Return the same as it is kept. Raises `NameMissing`, `ZoneUnknown`, `UnknownCurrency`."""
        if self.time_zone not in available_timezones():
            raise ZoneUnknown(_("Choose a time zone such as Asia/Shanghai."), field="time_zone")
        currency = self.currency.strip().upper()
        if not _CURRENCY.fullmatch(currency):
            raise UnknownCurrency(_("Enter the currency in three letters, such as CNY or GBP."), field="currency")
        return replace(self, name=named(self.name), address=tidied(self.address), currency=currency)


@transaction.atomic
def open_site(
    *,
    key: str,
    name: Bilingual,
    operator: Institution,
    time_zone: str,
    currency: str,
    by: Person,
    at: datetime,
    agreement: Agreement | None = None,
    address: Bilingual | None = None,
    is_simulated: bool = False,
) -> Site:
    """Open a work space that an institution runs.

    Raises `KeyOdd`, `KeyTaken`, and what `SiteFacts.checked` does.
    """
    facts = SiteFacts(name, time_zone, currency, address or Bilingual(), agreement).checked()
    _refuse_odd_key(key)
    _refuse_taken(Site.objects.filter(key=key), key)
    made = Site(key=key, operator=operator, is_simulated=is_simulated, opened_at=at, opened_by=by)
    put(made, facts)
    with refused_as({"workspace_site_key_key": lambda: _taken(key)}):
        made.save()
    return made


@transaction.atomic
def change_site(*, site: Site, version: int, facts: SiteFacts, by: Person, at: datetime) -> Site:
    """Change what is known of a site. What stands there already is no change, and no clash.

    Raises `Clash` for an older version, `SiteInUse` for another time zone once something is booked or let, or another
    currency once a tenancy is offered, and what `SiteFacts.checked` does.
    """
    del by, at  # the history keeps both
    checked = facts.checked()
    held = Site.objects.select_for_update().get(pk=site.pk)
    changed = put(held, checked)
    if not changed:
        return held
    expect(held, version)
    _refuse_in_use(held, changed)
    held.version += 1
    held.save(update_fields=[*changed, "version"])
    return held


@transaction.atomic
def add_building(
    *, site: Site, key: str, name: Bilingual, by: Person, at: datetime, position: int | None = 0
) -> Building:
    """Add a building to a site. Raises `NameMissing`, `KeyOdd`, `KeyTaken`."""
    del by, at  # the history keeps both
    kept = named(name)
    _refuse_odd_key(key)
    _refuse_taken(Building.objects.filter(site=site, key=key), key)
    made = Building(site=site, key=key, name=kept, position=position or 0)
    with refused_as({"building_key": lambda: _taken(key)}):
        made.save()
    return made


@transaction.atomic
def change_building(
    *, building: Building, version: int, name: Bilingual, position: int, by: Person, at: datetime
) -> Building:
    """Rename a building, or let it stand elsewhere in the list. Raises `Clash`, `NameMissing`."""
    del by, at  # the history keeps both
    kept = named(name)
    held = Building.objects.select_for_update().get(pk=building.pk)
    if (held.name, held.position) == (kept, position):
        return held
    expect(held, version)
    held.name, held.position, held.version = kept, position, held.version + 1
    held.save(update_fields=["name", "position", "version"])
    return held


def put(record: models.Model, facts: Any) -> list[str]:
    """Set the record's columns to the facts; return the names of those that differ now."""
    wanted: dict[str, Any] = {one.name: getattr(facts, one.name) for one in fields(facts)}
    changed = [name for name, value in wanted.items() if getattr(record, name, None) != value]
    for name in changed:
        setattr(record, name, wanted[name])
    return changed


def _refuse_odd_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise KeyOdd(
            _("Write the short name in small letters, digits and single hyphens, such as tower-a."), field="key"
        )
    if key in RESERVED:
        raise KeyOdd(
            _("“%(key)s” stands for something else in addresses. Choose another short name.") % {"key": key},
            field="key",
        )


def _refuse_taken(others: "models.QuerySet[Any]", key: str) -> None:
    if others.exists():
        raise _taken(key)


def _taken(key: str) -> KeyTaken:
    return KeyTaken(_("The short name “%(key)s” is taken. Choose another one.") % {"key": key}, field="key")


def _refuse_in_use(site: Site, changed: list[str]) -> None:
    """Refuse another time zone or currency once anything stands on it."""
    if "time_zone" in changed and Occurrence.objects.filter(space__floor__building__site=site).exists():
        raise SiteInUse(
            _("Spaces are booked, let or closed by the hours of the present time zone. It stays as it is."),
            field="time_zone",
        )
    if "currency" in changed and Tenancy.objects.filter(team__site=site).exists():
        raise SiteInUse(_("Tenancies are priced in the present currency. It stays as it is."), field="currency")
