"""One cast for all tests: an agreement of two parties, officers of both, an executive, a steward and an outsider."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from django.test import Client
from tests.picture import Picture

from accord.agreements import operations as agreements
from accord.agreements.models import Agreement, Commitment, Party
from accord.engines import agreementfile
from accord.kernel.text import Bilingual
from accord.measures import operations as measures
from accord.measures.models import Evidence
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.models import Institution, Person

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "agreements"
LONG_AGO = date(2010, 1, 1)
PASSWORD = "a long sentence to sign in with"


def moment(day: date, hour: int = 9) -> datetime:
    """Return an hour of a day, UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass(frozen=True)
class Member:
    """A person with a signed-in browser."""

    person: Person
    client: Client


@dataclass(frozen=True)
class Cast:
    """The Chengdu agreement with people on both sides, and people who must not know of it."""

    agreement: Agreement
    ours: Party
    theirs: Party
    owner: Member
    partner: Member
    executive: Member
    steward: Member
    outsider: Member

    def promise(self, key: str) -> Commitment:
        """Return one promise."""
        return Commitment.objects.get(agreement=self.agreement, key=key)

    def record(
        self,
        key: str,
        amount: int | str,
        on: date,
        *,
        recorded: datetime | None = None,
        confirmed: datetime | None = None,
    ) -> Evidence:
        """Record a delivery for our side; the other side confirms it where a moment is given."""
        evidence = measures.record_evidence(
            shares={self.promise(key): Decimal(1)},
            party=self.ours,
            amount=Decimal(amount),
            occurred_on=on,
            label=Bilingual("A delivery", "一次交付"),
            document="Minutes, folder 7",
            by=self.owner.person,
            at=recorded or moment(on),
        )
        if confirmed is None:
            return evidence
        return measures.confirm_evidence(
            evidence=evidence, version=evidence.version, party=self.theirs, by=self.partner.person, at=confirmed
        )


def apply_example(name: str) -> Agreement:
    """Apply one of the shipped agreements."""
    reading = agreementfile.read((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), measures=None)
    assert reading.agreement is not None
    return agreements.apply_file(new=reading.agreement, by=None, at=moment(date(2019, 7, 10))).agreement


def member(key: str, role: Role, institution: Institution | None) -> Member:
    """Make a person with a role and a signed-in browser."""
    person = people.register_person(key=key, name=Bilingual(key.title(), ""))
    account = people.open_account(person=person, email=f"{key}@example.org", password=PASSWORD)
    people.grant_role(person=person, role=role, institution=institution, starts_on=LONG_AGO)
    client = Client()
    client.force_login(account)
    return Member(person, client)


def make_cast() -> Cast:
    """Make the whole cast; needs the database."""
    agreement = apply_example("chengdu-cass")
    ours, theirs = (agreement.parties.get(institution__key=key) for key in ("dreamworks", "cass"))
    elsewhere = people.ensure_institution(key="elsewhere", name=Bilingual("Elsewhere"), kind="company")
    return Cast(
        agreement=agreement,
        ours=ours,
        theirs=theirs,
        owner=member("owner", Role.OFFICER, ours.institution),
        partner=member("partner", Role.OFFICER, theirs.institution),
        executive=member("executive", Role.EXECUTIVE, ours.institution),
        steward=member("steward", Role.STEWARD, None),
        outsider=member("outsider", Role.OFFICER, elsewhere),
    )


CAST = Picture(make_cast)
"""The cast as the fixture of that name hands it out: built once for each process."""
