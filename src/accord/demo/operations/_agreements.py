"""Brings the demo's agreements in: the announced ones as quoted, and the invented one with its amendment."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from importlib.resources import files
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from accord.agreements import operations as agreements
from accord.agreements.queries import Agreement, Commitment, Party
from accord.demo.stories import OPENED
from accord.engines import agreementfile
from accord.kernel.measure import known_codes
from accord.kernel.refused import Refused
from accord.people.queries import Person

ANNOUNCED = ("zju-ant", "chengdu-cass")
SAMPLE = "sample-park"


class AgreementMissing(Refused):
    """An agreement file that the demo is made of is not there or cannot be read."""

    code = "agreement-missing"


@dataclass(frozen=True, slots=True)
class Signed:
    """An agreement of the demo with its promises and parties by key."""

    agreement: Agreement
    promises: dict[str, Commitment]
    parties: dict[str, Party]


def bring_in(folder: Path, *, by: Person) -> dict[str, Signed]:
    """Apply every agreement on the day it was opened; raises `AgreementMissing`."""
    sample = _read(files("accord.demo").joinpath("sample.yaml").read_bytes(), SAMPLE)
    as_signed = replace(sample, promises=tuple(replace(one, amendments=()) for one in sample.promises))
    _apply(as_signed, OPENED[SAMPLE], by)
    amended_on = max(change.agreed for one in sample.promises for change in one.amendments)
    signed = {SAMPLE: _apply(sample, amended_on, by)}
    for key in ANNOUNCED:
        path = folder / f"{key}.yaml"
        if not path.is_file():
            raise AgreementMissing(_("The demo needs %(name)s. Start it from a checkout.") % {"name": path.name})
        signed[key] = _apply(_read(path.read_bytes(), key), OPENED[key], by)
    return signed


def _read(content: bytes, key: str) -> agreementfile.AgreementFile:
    """Return the agreement of a file."""
    reading = agreementfile.read_bytes(content, measures=known_codes())
    if reading.agreement is None:
        problem = reading.errors[0]
        raise AgreementMissing(
            _("%(name)s cannot be read, line %(line)s: %(what)s")
            % {"name": f"{key}.yaml", "line": problem.line, "what": problem.what}
        )
    return reading.agreement


def _apply(file: agreementfile.AgreementFile, day: date, by: Person) -> Signed:
    """Apply one file as if on the day."""
    at = datetime.combine(day, time(1), tzinfo=UTC)
    agreement = agreements.apply_file(new=file, by=by, at=at).agreement
    return Signed(
        agreement,
        {one.key: one for one in agreement.commitments.select_related("agreement")},
        {one.institution.key: one for one in agreement.parties.select_related("institution")},
    )
