"""What the services around the work hold: papers, notices read and unread, held letters, connected systems."""

import io
from collections.abc import Mapping
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from accord.agreements.queries import Agreement, engagements_of
from accord.demo import papers
from accord.demo.operations._directory import Directory
from accord.demo.operations._negotiations import Talks
from accord.demo.operations._voices import days_before, moment, speak_as
from accord.demo.stories.houses import PARK, UNIVERSITY
from accord.files import operations as files
from accord.kernel.records import reference
from accord.kernel.store import Store
from accord.kernel.text import Bilingual
from accord.outbox import operations as outbox
from accord.outbox.enums import ChatKind, Pace, Told
from accord.people.queries import Person

MOST_BYTES = 1_000_000
SIGNED_ON = date(2018, 1, 8)
DECIDED = "measures.evidence-decided"


class Services:
    """Attaches, tells and connects, in the name of the officers of the invented agreement."""

    def __init__(self, speakers: Mapping[str, Person], directory: Directory, as_of: date) -> None:
        """Keep who speaks for each house and which day it is."""
        self.speakers, self.directory, self.as_of = speakers, directory, as_of

    def surround(self, store: Store, sample: Agreement, talks: Talks) -> None:
        """Do all of it."""
        self.attach_papers(store, sample, talks)
        self.hold_letters()
        self.connect_systems()
        self.choose_notices()
        self.read_notices()

    def attach_papers(self, store: Store, sample: Agreement, talks: Talks) -> None:
        """Attach a signed text, minutes, a budget and a list: to agreements, a meeting and negotiations."""
        signed = papers.pdf(
            "Sample University and Sample Fintech Park",
            ["Agreement of cooperation", "Signed in Sample City on 8 January 2018", "by the heads of both sides"],
        )
        minutes = papers.pdf(
            "Minutes of the signing",
            ["1. Both sides presented their plans.", "2. The agreement was signed.", "3. Next meeting in autumn."],
        )
        budget = papers.sheet(
            "Budget",
            [("What", "University, yuan", "Park, yuan"), ("Teaching", 900_000, 0), ("Internships", 0, 1_200_000)],
        )
        scholars = papers.sheet("Scholars", [("Laboratory", "Places"), ("Financial technology", 5), ("Computing", 3)])
        meetings = engagements_of(sample).filter(held_on=SIGNED_ON)
        self._attach(store, signed, "signed-text.pdf", reference("agreement", sample.pk), "As signed by both sides")
        for meeting in meetings:
            self._attach(store, minutes, "minutes.pdf", reference("engagement", meeting.pk), "Minutes")
        in_review = reference("negotiation", talks.in_review.pk)
        self._attach(store, budget, "budget.xlsx", in_review, "Budget of the first three years", days_ago=39)
        scholarships = reference("agreement", talks.scholarships.pk)
        self._attach(store, scholars, "places.xlsx", scholarships, "Places by laboratory", days_ago=45)

    def _attach(
        self, store: Store, content: bytes, name: str, record: str, note: str, days_ago: int | None = None
    ) -> None:
        """Attach one paper on the day of signing, or some days before the demo's day."""
        files.keep_file(
            store=store,
            content=io.BytesIO(content),
            name=name,
            record=record,
            by=speak_as(self.speakers[UNIVERSITY]),
            at=moment(SIGNED_ON, 8) if days_ago is None else days_before(self.as_of, days_ago),
            at_most=MOST_BYTES,
            note=note,
            is_simulated=True,
        )

    def hold_letters(self) -> None:
        """Hold answers to contested lists until somebody has read them."""
        by = speak_as(self.speakers[UNIVERSITY])
        at = days_before(self.as_of, 2)
        batch = outbox.hold_batch(
            key="demo:contested-lists",
            title=Bilingual("Answers to contested lists", "对有异议名单的答复"),
            institution_id=self.directory.houses[UNIVERSITY].pk,
            by=by,
            at=at,
        )
        for number in (11, 12, 13):
            person = self.directory.people[number]
            outbox.notify(
                topic=DECIDED,
                people=[person.pk],
                subject=Bilingual("The list of February was entered twice", "二月名单重复录入"),
                body=Bilingual(
                    f"{person.name.en}, the list of 14 February stands twice. We withdraw the second one this week.",
                    f"{person.name.zh_hans}：2月14日的名单录入了两次，本周内撤回第二份。",
                ),
                key=f"demo:contested-lists:{number}",
                at=at,
                hold=batch,
            )

    def connect_systems(self) -> None:
        """Connect a register that is paused and a chat that is paused: nothing ever leaves a demo."""
        by = speak_as(self.speakers[PARK])
        park = self.directory.houses[PARK].pk
        at = days_before(self.as_of, 90)
        endpoint = outbox.add_endpoint(
            institution_id=park,
            name="Register of the park",
            url="https://register.park.example.org/accord",
            topics=[DECIDED],
            mark=uuid5(NAMESPACE_URL, "https://register.park.example.org/accord"),
            caution=outbox.Caution(),
            by=by,
            at=at,
        )
        outbox.pause_endpoint(endpoint=endpoint)
        chat = outbox.add_chat(
            institution_id=park,
            name="Cooperation team",
            kind=ChatKind.WECOM,
            url="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=made-up-for-the-demo",
            secret="",
            topics=[],
            caution=outbox.Caution(),
            by=by,
            at=at,
        )
        outbox.pause_chat(chat=chat)

    def choose_notices(self) -> None:
        """Have the park's officer read mail of one topic once a week."""
        officer = speak_as(self.speakers[PARK])
        outbox.set_preferences(person_id=officer.pk, paces={(Told.MAIL, DECIDED): Pace.WEEKLY})

    def read_notices(self) -> None:
        """Leave the university's officer the notices of the last weeks unread, and none of those before."""
        outbox.mark_all_read(by=self.speakers[UNIVERSITY], at=days_before(self.as_of, 25))
