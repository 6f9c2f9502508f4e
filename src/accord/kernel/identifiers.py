"""Identifiers by which the world knows organisations and people: read as pasted, checked to the last digit.

ROR and ORCID have addresses; LEI (ISO 17442) has a search page; the Unified Social Credit Code (GB 32100) has none.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import isni
from stdnum import lei as lei_number
from stdnum.cn import uscc as uscc_number
from stdnum.exceptions import ValidationError

from accord.kernel.refused import Refused

_BASE_32: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_ADDRESS: Final = re.compile(r"^(?:https?:)?(?://)?[\w.-]+\.\w+/(?:.*[/=#])?", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s\u2010-\u2015-]+")
_LONGEST_SHOWN: Final = 60


class WrongIdentifier(Refused):
    """What was entered is no such identifier: wrong in form, or its check digits do not match."""

    code = "wrong-identifier"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One sort of identifier: what it is called, its form, its check, its address and the words for what is wrong."""

    code: str
    name: str
    example: str
    form: re.Pattern[str]
    is_right: Callable[[str], bool]
    write: Callable[[str], str]
    address: str
    wrong_form: str | Promise
    wrong_check: str | Promise

    def read(self, text: str) -> str:
        """Return the identifier in its one written form; nothing for nothing.

        Takes what people paste: an address, spaces, hyphens, either case, full-width letters.
        Raises `WrongIdentifier` with what is wrong and how to mend it.
        """
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            return ""
        bare = _BETWEEN.sub("", _ADDRESS.sub("", plain.partition("?")[0].rstrip("/"))).upper()
        shown = plain[:_LONGEST_SHOWN]
        if not self.form.fullmatch(bare):
            raise WrongIdentifier(str(self.wrong_form) % {"value": shown, "example": self.example}, field=self.code)
        if not self.is_right(bare):
            raise WrongIdentifier(str(self.wrong_check) % {"value": shown}, field=self.code)
        return self.write(bare)

    def url(self, value: str) -> str:
        """Return the address of an identifier, or nothing where its scheme has none."""
        return self.address.format(value) if value and self.address else ""


def _ror_is_right(bare: str) -> bool:
    """Say whether the last two digits are those that the six characters before them call for."""
    number = 0
    for character in bare[1:-2].lower():
        number = number * 32 + _BASE_32.index(character)
    return 98 - number * 100 % 97 == int(bare[-2:])


def _passes(validate: Callable[[str], str]) -> Callable[[str], bool]:
    def is_right(bare: str) -> bool:
        try:
            validate(bare)
        except ValidationError:
            return False
        return True

    return is_right


def _in_fours(bare: str) -> str:
    return "-".join(bare[at : at + 4] for at in range(0, len(bare), 4))


ROR: Final = Scheme(
    code="ror",
    name="ROR",
    example="02jx3x895",
    form=re.compile(r"0[0-9A-HJKMNP-TV-Z]{6}[0-9]{2}"),
    is_right=_ror_is_right,
    write=str.lower,
    address="https://ror.org/{}",
    wrong_form=_(
        "“%(value)s” is no ROR ID. It has 9 characters: a 0, six letters or digits (no i, l, o or u), two digits; "
        "such as %(example)s. Copy it from ror.org."
    ),
    wrong_check=_(
        "The last two digits of the ROR ID “%(value)s” do not match the rest, so a character is wrong. "
        "Copy it from ror.org."
    ),
)
LEI: Final = Scheme(
    code="lei",
    name="LEI",
    example="213800KUD8LAJWSQ9D15",
    form=re.compile(r"[0-9A-Z]{18}[0-9]{2}"),
    is_right=_passes(lei_number.validate),
    write=str.upper,
    address="https://search.gleif.org/#/record/{}",
    wrong_form=_(
        "“%(value)s” is no LEI. It has 20 characters: 18 letters or digits, then two digits; such as %(example)s. "
        "Copy it from search.gleif.org."
    ),
    wrong_check=_(
        "The last two digits of the LEI “%(value)s” do not match the rest, so a character is wrong. "
        "Copy it from search.gleif.org."
    ),
)
USCC: Final = Scheme(
    code="uscc",
    name="USCC",
    example="91110000600037341L",
    form=re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}"),
    is_right=_passes(uscc_number.validate),
    write=str.upper,
    address="",
    wrong_form=_(
        "“%(value)s” is no Unified Social Credit Code. It has 18 characters: digits and capital letters without I, O, "
        "S, V and Z, with a region of six digits after the first two; such as %(example)s. Copy it from the licence."
    ),
    wrong_check=_(
        "The last character of the Unified Social Credit Code “%(value)s” does not match the rest, so a character is "
        "wrong. Copy it from the licence; in Excel, format the column as text first."
    ),
)
ORCID: Final = Scheme(
    code="orcid",
    name="ORCID",
    example="0000-0002-1825-0097",
    form=re.compile(r"[0-9]{15}[0-9X]"),
    is_right=_passes(isni.validate),
    write=_in_fours,
    address="https://orcid.org/{}",
    wrong_form=_(
        "“%(value)s” is no ORCID iD. It has 16 digits in groups of four, the last one may be an X; such as "
        "%(example)s. Copy it from orcid.org."
    ),
    wrong_check=_(
        "The last character of the ORCID iD “%(value)s” does not match the rest, so a digit is wrong. "
        "Copy it from orcid.org."
    ),
)
SCHEMES: Final = {scheme.code: scheme for scheme in (ROR, LEI, USCC, ORCID)}
"""Every scheme by its code."""
