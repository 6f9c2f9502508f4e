"""A table at which the demo's institutions negotiate: each act in the name of the side that does it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypedDict

from accord.demo.operations._voices import days_before, speak_as
from accord.kernel.text import Bilingual
from accord.negotiation import operations as talks
from accord.negotiation import queries
from accord.negotiation.operations import ClauseWording, HeadWording, PromiseWording
from accord.negotiation.queries import ChangeRequest, Negotiation, NegotiationParty, TextVersion
from accord.people.queries import Institution, Person

STEP = timedelta(minutes=7)
CITY = Bilingual("Sample City", "示例市")


class Who(TypedDict):
    """Who acts, and when."""

    by: Person
    at: datetime


@dataclass
class Table:
    """One negotiation, who speaks for each side, and how late it is."""

    negotiation: Negotiation
    coordinator: str
    speakers: Mapping[str, Person]
    as_of: date
    now: datetime

    def on(self, days_ago: int) -> "Table":
        """Go on some days before the demo's day, at an hour of the office that differs from day to day."""
        self.now = days_before(self.as_of, days_ago, 1 + days_ago % 8, days_ago * 13 % 50)
        return self

    def head(self, summary: Bilingual, starts_on: date, ends_on: date) -> None:
        """Say what the agreement is about and how long it holds."""
        held = queries.head_of(self.fresh())
        wording = HeadWording(held.title, summary, starts_on, ends_on, ends_on - timedelta(days=240), 90)
        talks.change_head(negotiation=self.fresh(), wording=wording, version=held.version, **self._ours())

    def clauses(self, *wordings: ClauseWording) -> None:
        """Add clauses."""
        for wording in wordings:
            talks.save_clause(negotiation=self.fresh(), key="", wording=wording, version=0, **self._ours())

    def promises(self, *wordings: PromiseWording) -> None:
        """Add promises."""
        for wording in wordings:
            talks.save_promise(negotiation=self.fresh(), key="", wording=wording, version=0, **self._ours())

    def reword(self, key: str, wording: ClauseWording) -> None:
        """Word a clause of the draft anew."""
        row = queries.clause_row(self.fresh(), key)
        talks.save_clause(negotiation=self.fresh(), key=key, wording=wording, version=row.version, **self._ours())

    def amend(self, key: str, wording: PromiseWording) -> None:
        """Give a signed promise another target or day."""
        row = queries.promise_row(self.fresh(), key)
        whole = replace(PromiseWording(**row.fixed), target=wording.target, due_on=wording.due_on, why=wording.why)
        talks.save_promise(negotiation=self.fresh(), key=key, wording=whole, version=row.version, **self._ours())

    def turn_to(self, key: str, contact: Person, backup: Person) -> None:
        """Say whom a side's partners turn to."""
        party = self.party(key)
        talks.change_party(
            party=party,
            version=party.version,
            name=party.name,
            short=party.short,
            signs=party.signs,
            contact=contact,
            backup=backup,
            **self._ours(),
        )

    def put_forward(self, note: Bilingual | None = None) -> TextVersion:
        """Put the draft forward as it stands."""
        digest = queries.compose(queries.draft_of(self.fresh())).digest
        return talks.put_forward(negotiation=self.fresh(), digest=digest, note=note or Bilingual(), **self._ours())

    def ask(self, key: str, place: str, asked: str, proposed: Bilingual | None = None) -> ChangeRequest:
        """Let a side ask for a change."""
        return talks.ask_for_change(
            text=self.text(),
            party=self.party(key),
            place=place,
            asked=asked,
            proposed=proposed or Bilingual(),
            **self._by(key),
        )

    def reply(self, request: ChangeRequest, key: str, text: str) -> None:
        """Let a side answer in words."""
        talks.reply(request=request, party=self.party(key), text=text, **self._by(key))

    def accept(self, request: ChangeRequest, why: str, *, clause: str = "") -> None:
        """Accept a request; with a clause its proposed wording goes into the draft."""
        row = queries.clause_row(self.fresh(), clause).version if clause else None
        talks.accept_request(request=request, version=request.version, why=why, row_version=row, **self._ours())

    def decline(self, request: ChangeRequest, why: str) -> None:
        """Decline a request."""
        talks.decline_request(request=request, version=request.version, why=why, **self._ours())

    def approve(self, *keys: str) -> None:
        """Let sides approve the text in review."""
        for key in keys:
            by = self._by(key)
            impact = queries.impact_of(self.fresh(), self.text(), day=self.now.date())
            talks.approve(
                negotiation=self.fresh(),
                party=self.party(key),
                digest=self.text().digest,
                impact_digest=impact.digest,
                **by,
            )

    def sign(self, key: str, signatory: str, office: str) -> None:
        """Enter that a side signed."""
        talks.sign(
            negotiation=self.fresh(),
            party=self.party(key),
            digest=self.text().digest,
            signatory=signatory,
            office=office,
            signed_on=self.now.date(),
            place=CITY,
            **self._by(key),
        )

    def withdraw(self, why: str) -> None:
        """End it without an agreement."""
        talks.withdraw(negotiation=self.fresh(), why=why, **self._ours())

    def text(self) -> TextVersion:
        """Return the text in review."""
        latest = queries.latest_text(self.negotiation)
        if latest is None:
            raise LookupError(f"{self.negotiation} has no text yet")
        return latest

    def party(self, key: str) -> NegotiationParty:
        """Return one side."""
        return next(one for one in queries.parties_of(self.fresh()) if one.institution.key == key)

    def fresh(self) -> Negotiation:
        """Return the negotiation as it stands now."""
        self.negotiation.refresh_from_db()
        return self.negotiation

    def _ours(self) -> Who:
        return self._by(self.coordinator)

    def _by(self, key: str) -> Who:
        """Return who acts for a side and when; every act is some minutes after the one before."""
        self.now += STEP
        return {"by": speak_as(self.speakers[key]), "at": self.now}


def lay_table(
    title: Bilingual,
    houses: Mapping[str, Institution],
    keys: tuple[str, ...],
    speakers: Mapping[str, Person],
    *,
    as_of: date,
    days_ago: int,
    key: str = "",
) -> Table:
    """Begin to negotiate a new agreement; the first named coordinates."""
    coordinator, *others = keys
    at = days_before(as_of, days_ago, 1 + days_ago % 8, days_ago * 13 % 50)
    negotiation = talks.start_negotiation(
        title=title,
        coordinator=houses[coordinator],
        others=[houses[key] for key in others],
        by=speak_as(speakers[coordinator]),
        at=at,
        key=key,
    )
    return Table(negotiation, coordinator, speakers, as_of, at)
