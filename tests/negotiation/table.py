"""A negotiation between the cast's two sides, and the acts that move it on."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.cast import Cast, moment

from accord.agreements.models import Agreement
from accord.kernel.text import Bilingual
from accord.negotiation import operations, queries
from accord.negotiation.models import Approval, ChangeRequest, Negotiation, NegotiationParty, Signature, TextVersion
from accord.negotiation.operations import ClauseWording, PromiseWording
from accord.people.models import Person

DAY = date(2019, 9, 2)
CLAUSE = ClauseWording(
    type="publication",
    title=Bilingual("Publication", "发表"),
    text=Bilingual("Either party may publish after thirty days.", "任何一方可在三十日后发表。"),
)
PROMISE = PromiseWording(
    title=Bilingual("Fifty interns", "五十名实习生"),
    text=Bilingual("Dreamworks takes fifty interns.", "金融梦工场接收五十名实习生。"),
    kind="target",
    promisors=("dreamworks",),
    beneficiaries=("cass",),
    section_key="people",
    section_title=Bilingual("People", "人才"),
    measure_code="programmes.placements_started",
    target=Decimal(50),
    due_on=date(2021, 6, 30),
)


@dataclass
class Table:
    """A negotiation with the two sides at it; every act is a minute after the one before."""

    cast: Cast
    negotiation: Negotiation
    now: datetime

    @property
    def ours(self) -> NegotiationParty:
        """Return the coordinator."""
        return self.party("dreamworks")

    @property
    def theirs(self) -> NegotiationParty:
        """Return the other side."""
        return self.party("cass")

    def party(self, key: str) -> NegotiationParty:
        """Return one party."""
        return NegotiationParty.objects.get(negotiation=self.negotiation, institution__key=key)

    def at(self) -> datetime:
        """Return the next minute."""
        self.now += timedelta(minutes=1)
        return self.now

    def clause(self, wording: ClauseWording = CLAUSE, key: str = "", version: int = 0) -> str:
        """Save a clause and return its key."""
        row = operations.save_clause(
            negotiation=self.negotiation,
            key=key,
            wording=wording,
            version=version,
            by=self.cast.owner.person,
            at=self.at(),
        )
        return str(row.key)

    def promise(self, wording: PromiseWording = PROMISE, key: str = "", version: int = 0) -> str:
        """Save a promise and return its key."""
        row = operations.save_promise(
            negotiation=self.negotiation,
            key=key,
            wording=wording,
            version=version,
            by=self.cast.owner.person,
            at=self.at(),
        )
        return str(row.key)

    def reword(self, english: str, key: str = "publication") -> None:
        """Change the text of a clause."""
        row = queries.clause_row(self.negotiation, key)
        wording = replace(CLAUSE, text=Bilingual(english, CLAUSE.text.zh_hans))
        self.clause(wording, key, row.version)

    def put_forward(self) -> TextVersion:
        """Put the draft forward as it stands."""
        digest = queries.compose(queries.draft_of(self.negotiation)).digest
        return operations.put_forward(
            negotiation=self.negotiation, digest=digest, note=Bilingual(), by=self.cast.owner.person, at=self.at()
        )

    def ask(self, asked: str = "Sixty days, not thirty.", proposed: str = "") -> ChangeRequest:
        """Let the other side ask for a change at the clause."""
        text = queries.latest_text(self.negotiation)
        assert text is not None
        return operations.ask_for_change(
            text=text,
            party=self.theirs,
            place="clause:publication",
            asked=asked,
            proposed=Bilingual(proposed),
            by=self.cast.partner.person,
            at=self.at(),
        )

    def approve(self, party: NegotiationParty, digest: str = "", impact_digest: str | None = None) -> Approval:
        """Approve the text in review, or the one with the digest, as it is shown now."""
        text = queries.latest_text(self.negotiation)
        assert text is not None
        at = self.at()
        negotiation = Negotiation.objects.get(pk=self.negotiation.pk)
        impact = queries.impact_of(negotiation, text, day=at.date())
        return operations.approve(
            negotiation=negotiation,
            party=party,
            digest=digest or text.digest,
            impact_digest=impact.digest if impact_digest is None else impact_digest,
            by=self.person(party),
            at=at,
        )

    def sign(self, party: NegotiationParty, digest: str = "", on: date | None = None) -> Signature:
        """Sign the text that all approved, or the one with the digest."""
        text = queries.latest_text(self.negotiation)
        assert text is not None
        at = self.at()
        return operations.sign(
            negotiation=Negotiation.objects.get(pk=self.negotiation.pk),
            party=party,
            digest=digest or text.digest,
            signatory="Zhang Wei",
            office="President",
            signed_on=on or at.date(),
            place=Bilingual("Chengdu", "成都"),
            by=self.person(party),
            at=at,
        )

    def conclude(self) -> Negotiation:
        """Let both sides approve and sign what is in review."""
        for party in (self.ours, self.theirs):
            self.approve(party)
        for party in (self.ours, self.theirs):
            self.sign(party)
        return self.fresh()

    def person(self, party: NegotiationParty) -> Person:
        """Return the officer of a party."""
        return (self.cast.owner if party.institution.key == "dreamworks" else self.cast.partner).person

    def fresh(self) -> Negotiation:
        """Return the negotiation as it stands now."""
        return Negotiation.objects.get(pk=self.negotiation.pk)


def lay_table(cast: Cast, title: str = "Interns and publications") -> Table:
    """Begin to negotiate a new agreement, with a clause and a promise in its draft."""
    negotiation = operations.start_negotiation(
        title=Bilingual(title, "实习与发表"),
        coordinator=cast.ours.institution,
        others=[cast.theirs.institution],
        by=cast.owner.person,
        at=moment(DAY),
    )
    table = Table(cast, negotiation, moment(DAY))
    table.clause()
    table.promise()
    return table


def lay_amendment(cast: Cast) -> Table:
    """Begin to amend the cast's agreement: more teams, and later."""
    table = amending(cast, cast.agreement)
    negotiation = table.negotiation
    row = queries.promise_row(negotiation, "resident-teams")
    table.promise(
        PromiseWording(
            **row.fixed, target=Decimal(350), due_on=date(2020, 3, 31), why=Bilingual("A second building opens.")
        ),
        key="resident-teams",
    )
    return table


def amending(cast: Cast, agreement: Agreement) -> Table:
    """Begin to amend an agreement; nothing is amended yet."""
    negotiation = operations.start_amendment(
        agreement=agreement, coordinator=cast.ours.institution, by=cast.owner.person, at=moment(DAY)
    )
    return Table(cast, negotiation, moment(DAY))
