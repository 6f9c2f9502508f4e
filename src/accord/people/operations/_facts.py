"""What is known of an institution or a person, in the one form in which it is kept."""

import unicodedata
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar
from zoneinfo import available_timezones

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accord.kernel.countries import read_country
from accord.kernel.identifiers import LEI, ORCID, ROR, USCC
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied

Facts = TypeVar("Facts", "InstitutionFacts", "PersonFacts")
KEY_ROOM = 50
"""Of the 60 characters of a key, those that words may fill; the rest is for a number."""


class NameMissing(Refused):
    """Everything that people look for has a name in one language at least."""

    code = "name-missing"


class UnknownCountry(Refused):
    """The country is no code of ISO 3166-1."""

    code = "unknown-country"


class UnknownZone(Refused):
    """The time zone is none of the zone database."""

    code = "unknown-zone"


@dataclass(frozen=True, slots=True)
class InstitutionFacts:
    """What is known of an institution."""

    name: Bilingual
    kind: str
    country: str = ""
    city: Bilingual = field(default_factory=Bilingual)
    website: str = ""
    ror: str = ""
    lei: str = ""
    uscc: str = ""
    time_zone: str = ""

    def checked(self) -> "InstitutionFacts":
        """Return the same as it is kept. Raises the refusal of the first thing that is wrong, with its field."""
        if self.time_zone and self.time_zone not in available_timezones():
            raise UnknownZone(_("Choose a time zone such as Asia/Shanghai."), field="time_zone")
        return replace(
            self,
            name=named(self.name),
            country=_country(self.country),
            city=tidied(self.city),
            website=self.website.strip(),
            ror=ROR.read(self.ror),
            lei=LEI.read(self.lei),
            uscc=USCC.read(self.uscc),
        )


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person; without a sort key, the name gives one."""

    name: Bilingual
    sort_key: str = ""
    email: str = ""
    orcid: str = ""
    country: str = ""

    def checked(self) -> "PersonFacts":
        """Return the same as it is kept. Raises the refusal of the first thing that is wrong, with its field."""
        name = named(self.name)
        return replace(
            self,
            name=name,
            sort_key=" ".join(self.sort_key.split()).casefold() or sort_key_of(name),
            email=self.email.strip(),
            orcid=ORCID.read(self.orcid),
            country=_country(self.country),
        )


def facts_of(facts: type[Facts], record: models.Model) -> Facts:
    """Return what is known of a record."""
    return facts(**{one.name: getattr(record, one.name) for one in fields(facts)})


def sort_key_of(name: Bilingual) -> str:
    """Return what a name sorts by by itself: the Latin side without case and accents, else the Chinese one."""
    spread = unicodedata.normalize("NFKD", name.en.casefold())
    plain = "".join(one for one in spread if not unicodedata.combining(one))
    return " ".join(plain.split()) or name.zh_hans


def free_key(rows: "models.QuerySet[Any]", name: Bilingual, word: str) -> str:
    """Return a key that none of the rows has: the words of the English name, else `word`, and a number if need be."""
    wanted = slugify(name.en)[:KEY_ROOM].strip("-") or word
    taken = set(rows.filter(key__startswith=wanted).values_list("key", flat=True))
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key


def named(name: Bilingual) -> Bilingual:
    """Return the name as it is kept. Raises `NameMissing` where neither side is there."""
    kept = tidied(name)
    if not kept:
        raise NameMissing(_("Enter the name in English, in Chinese or in both."), field="name")
    return kept


def _country(text: str) -> str:
    code = read_country(text)
    if code is None:
        raise UnknownCountry(
            _("“%(value)s” is no country code. Enter two letters, such as CN or GB.") % {"value": text.strip()[:40]},
            field="country",
        )
    return code
