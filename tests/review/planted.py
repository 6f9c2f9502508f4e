"""A call under review in which names, addresses, houses, notes and opinions are planted, to see where they turn up."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.conf import settings
from django.test import Client
from tests.cast import LONG_AGO, PASSWORD, Cast, Member
from tests.programmes.scene import ANSWERS, WHILE_OPEN
from tests.programmes.scene import make_scene as make_call
from tests.review.scene import CRITERIA, DUE, NOW, OPENED

from accord.files import operations as files
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.programmes import models as programmes
from accord.programmes import operations as office
from accord.review import operations
from accord.review.models import Assignment, Conflict, Item, Panel, Panelist, Review
from accord.review.operations import ReviewFacts

WHO_APPLIES = ("quillfeather", "wrenhaven", "marchbanks", "dunnockshire")
"""Of the applicant and who applies along: in names, addresses of mail, houses, names of files, properties of files."""
WHO_REVIEWS = ("vantongeren", "thistlecombe")
"""Of the reviewer who is done: in the name, the address of mail, the house."""
WHO_ELSE_REVIEWS = ("okonjowitz", "larkspurton")
"""Of the reviewer who is not done yet."""
OPINIONS = ("planted-to-applicant", "planted-to-panel", "planted-on-score", "planted-remark")
"""What the reviewer who is done wrote."""
OFFICE = ("planted-office-note", "planted-conflict", "planted-expertise", "planted-relation")
"""What the office alone knows."""
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
3 0 obj<</Author(Isolde Quillfeather)/Producer(Wrenhaven Office)>>endobj
trailer<</Root 1 0 R/Info 3 0 R>>
%%EOF
"""


@dataclass(frozen=True)
class Planted:
    """The call, its panel, who applies, who reviews, and what they made."""

    mode: str
    panel: Panel
    item: Item
    application: programmes.Application
    file: int
    applicant: Member
    done: Member
    undone: Member
    seats: tuple[Panelist, Panelist]
    assignments: tuple[Assignment, Assignment]
    review: Review
    conflict: Conflict


def _somebody(name: str, house: str) -> Member:
    """Make a person with an account, whose name, address and house all tell who it is."""
    key = name.rpartition(" ")[2].lower()
    person = people.register_person(key=key, name=Bilingual(name, f"{name}（中文）"))
    account = people.open_account(person=person, email=f"{key}@{house.lower()}.example", password=PASSWORD)
    institution = people.ensure_institution(key=house.lower(), name=Bilingual(house, house), kind="university")
    people.affiliate(person=person, institution=institution, starts_on=LONG_AGO, by=person, at=OPENED)
    client = Client()
    client.force_login(account)
    return Member(person, client)


def plant(cast: Cast, mode: str) -> Planted:
    """Make all of it; needs the database."""
    scene = make_call(cast)
    told: dict[str, Any] = {"by": cast.owner.person, "at": NOW}
    applicant = _somebody("Isolde Quillfeather", "Wrenhaven")
    application, file = _apply(scene, applicant)
    office.note_on(application=application, text="planted-office-note", **told)
    done, undone = _somebody("Hendrik Vantongeren", "Thistlecombe"), _somebody("Adaeze Okonjowitz", "Larkspurton")
    panel = operations.open_panel(
        subject=f"call:{scene.call.pk}",
        name=Bilingual("Panel of the planted call", "评审组"),
        rubric=operations.make_rubric(
            owner=cast.ours.institution, key="planted", name=Bilingual("Rubric", "标准"), criteria=CRITERIA, **told
        ),
        owner=cast.ours.institution,
        mode=mode,
        reviews_each=2,
        max_load=4,
        due_at=DUE,
        by=cast.owner.person,
        at=OPENED,
    )
    seats = tuple(_seat(panel, one, told) for one in (done, undone))
    other, first = office.put_in_review(call=scene.call, applications=[application, scene.other], panel=panel, **told)
    assert first.record == f"application:{application.pk}"
    conflict = operations.enter_conflict(panelist=seats[0], item=other, reason="planted-conflict", **told)
    assignments = tuple(operations.assign(item=first, panelist=one, **told) for one in seats)
    for one in assignments:
        operations.open_item(assignment=one, by=one.panelist.person, at=NOW)
    return Planted(
        mode=mode,
        panel=panel,
        item=first,
        application=application,
        file=file,
        applicant=applicant,
        done=done,
        undone=undone,
        seats=seats,  # type: ignore[arg-type]  # two of them
        assignments=assignments,  # type: ignore[arg-type]  # two of them
        review=_judge(assignments[0], done),
        conflict=conflict,
    )


def _apply(scene: Any, who: Member) -> tuple[programmes.Application, int]:
    """Let somebody apply with a file and with somebody along."""
    home = who.person.affiliations.get().institution
    application = programmes.Application.objects.create(
        call=scene.call,
        reference="SUM-19-0042",
        applicant=who.person,
        title=Bilingual("Plan of Isolde Quillfeather", "奎尔（Quillfeather）的计划"),
        home=home,
        stage="screening",
        phase="screening",
        entered_at=WHILE_OPEN,
        form=scene.form,
        answers={},
        started_at=WHILE_OPEN,
        submitted_at=WHILE_OPEN,
    )
    programmes.CoApplicant.objects.create(
        application=application,
        name="Tobias Marchbanks",
        email="marchbanks@dunnockshire.example",
        named_at=WHILE_OPEN,
    )
    held = files.keep_file(
        store=settings.FILE_STORE,
        content=BytesIO(PDF),
        name="transcript-quillfeather.pdf",
        record=f"application:{application.pk}",
        by=who.person,
        at=WHILE_OPEN,
        at_most=10**6,
    )
    paper = [{"ref": held.pk, "name": "transcript-quillfeather.pdf", "bytes": len(PDF)}]
    application.answers = {**ANSWERS, "full-name": "Isolde Quillfeather", "paper": paper}
    application.save()
    return application, held.pk


def _seat(panel: Panel, who: Member, told: dict[str, Any]) -> Panelist:
    operations.declare_relation(
        person=who.person, kind="family", other_name="Somebody", note="planted-relation", by=who.person, at=NOW
    )
    seat = operations.invite_panelist(
        panel=panel, person=who.person, expertise="planted-expertise", accepted=True, **told
    )
    return operations.declare_none(panelist=seat, by=who.person, at=NOW)


def _judge(assignment: Assignment, who: Member) -> Review:
    """Let the one who is done write, submit and say something."""
    facts = ReviewFacts(
        {"quality": Decimal(4), "plan": Decimal("3.5")},
        {"plan": "planted-on-score"},
        comment_to_applicant="planted-to-applicant",
        comment_to_panel="planted-to-panel",
    )
    told: dict[str, Any] = {"by": who.person, "at": NOW}
    kept = operations.keep_review(assignment=assignment, facts=facts, version=0, **told)
    review = operations.submit_review(assignment=assignment, version=kept.version, **told)
    operations.remark(item=assignment.item, text="planted-remark", **told)
    return review


def judge_too(planted: Planted) -> None:
    """Let the other reviewer submit as well, after which the discussion is open to them."""
    facts = ReviewFacts({"quality": Decimal(2), "plan": Decimal(3)})
    told: dict[str, Any] = {"by": planted.undone.person, "at": NOW}
    kept = operations.keep_review(assignment=planted.assignments[1], facts=facts, version=0, **told)
    operations.submit_review(assignment=planted.assignments[1], version=kept.version, **told)
