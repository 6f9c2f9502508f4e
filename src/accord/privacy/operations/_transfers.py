"""Keeps the register of transfers abroad."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.countries import read_country
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.privacy.enums import TransferBasis
from accord.privacy.models import TransferRecord


class NotAbroad(Refused):
    """The transfer stays in the country, or goes to the organisation itself."""

    code = "not-abroad"


class TransferBackwards(Refused):
    """The transfer ends before it begins."""

    code = "transfer-backwards"


class NumberMissing(Refused):
    """A filed contract has a number and a day of filing."""

    code = "number-missing"


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """What is known of a transfer abroad."""

    exporter_id: int
    recipient_id: int
    country: str
    categories: Bilingual
    basis: str
    starts_on: date
    is_sensitive: bool = False
    contract_number: str = ""
    filed_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def keep_transfer(
    *, facts: TransferFacts, by: Person, at: datetime, record: TransferRecord | None = None, version: int = 0
) -> TransferRecord:
    """Enter a transfer abroad, or change the record of one. The same values again change nothing.

    Raises `NotAbroad`, `TransferBackwards`, `NumberMissing`, and `Clash` for an older version.
    """
    values = asdict(facts) | {"categories": facts.categories, "country": read_country(facts.country) or ""}
    _refuse_wrong(facts, str(values["country"]))
    if record is None:
        return TransferRecord.objects.create(**values, entered_at=at, entered_by=by)
    held = TransferRecord.objects.select_for_update().get(pk=record.pk)
    changed = [name for name, value in values.items() if getattr(held, name) != value]
    if not changed:
        return held
    expect(held, version)
    for name in changed:
        setattr(held, name, values[name])
    held.version += 1
    held.save(update_fields=[*changed, "version"])
    return held


def _refuse_wrong(facts: TransferFacts, country: str) -> None:
    if facts.exporter_id == facts.recipient_id:
        raise NotAbroad(_("Choose another organisation as the recipient."), field="recipient")
    if not country:
        raise NotAbroad(_("Enter the country as two letters, such as GB."), field="country")
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise TransferBackwards(_("The last day must not come before the first one."), field="ends_on")
    if facts.basis == TransferBasis.STANDARD_CONTRACT and not (facts.contract_number and facts.filed_on):
        raise NumberMissing(
            _("Enter the number of the contract and the day on which it was filed."), field="contract_number"
        )
