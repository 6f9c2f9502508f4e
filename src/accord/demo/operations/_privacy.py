"""What simulated people say of their data: consents, requests with their clock, and what is read from abroad."""

from collections.abc import Mapping
from datetime import date, datetime

from accord.demo.operations._directory import Directory
from accord.demo.operations._voices import days_before, moment, speak_as
from accord.demo.stories.houses import BANK, PARK, POLYTECHNIC, UNIVERSITY
from accord.kernel.access import Actor
from accord.kernel.text import EN, ZH, Bilingual
from accord.people.queries import Person
from accord.privacy import operations as privacy
from accord.privacy.enums import Channel, RequestKind, RequestState, TransferBasis
from accord.privacy.operations import TransferFacts
from accord.privacy.queries import DataRequest, purposes

CONSENTS = (
    *((number, "share-with-partner", Channel.PAPER) for number in (0, 1, 2, 5, 11, 13)),
    *((number, "read-abroad", Channel.PAGE) for number in (2, 3, 5, 6)),
    *((number, "pictures", Channel.SPOKEN) for number in (0, 11)),
)
"""Who agreed to what, and by which way."""

FILED = date(2018, 9, 3)


class Privacy:
    """Lets people decide, ask and be answered, and keeps the register of what goes abroad."""

    def __init__(self, directory: Directory, cast: Mapping[str, Person], as_of: date) -> None:
        """Keep who is there, who answers, and which day it is."""
        self.directory, self.as_of = directory, as_of
        self.steward, self.officer = cast["demo-steward"], cast["demo-sample-university-officer"]

    def tell(self) -> None:
        """Do all of it."""
        self.consent()
        self.ask()
        self.transfer()
        self.read_from_abroad()

    def consent(self) -> None:
        """Give consents, one of which was withdrawn since; the officer gave two of their own."""
        for number, purpose, channel in CONSENTS:
            self._agrees(self.directory.people[number], purpose, channel)
        for purpose in ("share-with-partner", "news"):
            self._agrees(self.officer, purpose, Channel.PAGE)
        gone = speak_as(self.directory.people[3])
        privacy.withdraw_consent(person=gone, purpose="read-abroad", by=gone, at=self._past(33))

    def _agrees(self, person: Person, purpose: str, channel: Channel) -> None:
        privacy.give_consent(
            person=person,
            purpose=purpose,
            text_version=purposes()[purpose].version,
            language=ZH,
            channel=channel,
            by=speak_as(person if channel == Channel.PAGE else self.officer),
            at=self._past(120),
        )

    def ask(self) -> None:
        """Ask five things: one is overdue, one is due soon, one is fresh, one was refused and one granted."""
        self._asked(12, RequestKind.CORRECTION, "My name is spelt with an h: Lanhxi.", 36, Channel.MAIL)
        self._asked(7, RequestKind.OBJECTION, "I do not want to stand in lists for firms.", 27, Channel.PAPER)
        self._asked(15, RequestKind.ACCESS, "", 2, Channel.MAIL)
        refused = self._asked(14, RequestKind.ERASURE, "I left the park in June.", 80, Channel.MAIL)
        self._answer(
            refused,
            RequestState.REFUSED,
            "The teams that you advised report until the end of the year. Ask again then.",
        )
        granted = self._asked(4, RequestKind.RESTRICTION, "I have graduated; use my data no more.", 60, Channel.MAIL)
        self._answer(granted, RequestState.GRANTED, "")

    def _asked(self, number: int, kind: RequestKind, words: str, days: int, channel: Channel) -> DataRequest:
        return privacy.ask(
            person=self.directory.people[number],
            kind=kind,
            words=words,
            language=EN,
            by=speak_as(self.steward),
            at=self._past(days),
            channel=channel,
        )

    def _answer(self, request: DataRequest, state: RequestState, reason: str) -> None:
        privacy.answer_request(
            request=request, version=request.version, state=state, reason=reason, by=self.steward, at=self._past(50)
        )

    def transfer(self) -> None:
        """Keep three transfers abroad: by a filed contract, exempt, and one that has ended."""
        houses = self.directory.houses
        contact = Bilingual("Name, office, e-mail address of contacts", "联系人姓名、职务、邮箱")
        students = Bilingual("Name and marks of exchange students", "交换生姓名和成绩")
        for exporter, categories, basis, number, ends_on in (
            (UNIVERSITY, students, TransferBasis.STANDARD_CONTRACT, "SC-2018-0917", None),
            (PARK, contact, TransferBasis.EXEMPT, "", None),
            (BANK, contact, TransferBasis.CONSENT, "", date(2019, 3, 31)),
        ):
            privacy.keep_transfer(
                facts=TransferFacts(
                    exporter_id=houses[exporter].pk,
                    recipient_id=houses[POLYTECHNIC].pk,
                    country="GB",
                    categories=categories,
                    basis=basis,
                    starts_on=FILED,
                    contract_number=number,
                    filed_on=FILED if number else None,
                    ends_on=ends_on,
                ),
                by=speak_as(self.steward),
                at=moment(FILED, 6),
            )

    def read_from_abroad(self) -> None:
        """Let two people of the polytechnic, in another country, read lists of the university and the park."""
        people = self.directory.people
        for reader, shown in ((18, range(11)), (19, range(8, 14))):
            actor = Actor(people[reader].pk, str(people[reader].name), frozenset())
            privacy.note_reads(actor, [people[number].pk for number in shown], self._past(16))
        privacy.count_reads(at=self._past(16, 3))

    def _past(self, days: int, hour: int = 2) -> datetime:
        """Return a moment some days ago."""
        return days_before(self.as_of, days, hour)
