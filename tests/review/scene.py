"""A small panel for tests: six items of our house's call, five reviewers of different houses, one of them in the chair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.test import Client
from tests.cast import LONG_AGO, PASSWORD, Cast, Member, member, moment

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.models import Institution
from accord.review import operations
from accord.review.enums import Mode, ScoreRule
from accord.review.models import Assignment, Item, Panel, Panelist, Review, Rubric
from accord.review.operations import Concerned, CriterionFacts, ReviewFacts

OPENED = moment(date(2019, 9, 2))
NOW = moment(date(2019, 9, 16))
DUE = moment(date(2019, 10, 14), hour=16)
REVIEWERS = ("ann", "bo", "cy", "dan", "eve")
SUBJECTS = (
    "Nitrate in river water and its prediction",
    "Treaty law of the sea",
    "长江水质的预测模型",
    "Batteries for small ships",
    "Courts, contracts and arbitration",
    "Maps of river deltas from satellites",
)
CRITERIA = (
    CriterionFacts("quality", Bilingual("Quality", "质量"), weight=Decimal(2), anchors={"5": {"en": "Outstanding"}}),
    CriterionFacts("plan", Bilingual("Plan", "计划"), step=Decimal("0.5")),
)


@dataclass(frozen=True)
class Scene:
    """The panel with its people and items; `reviewers` and `members` are by name."""

    cast: Cast
    owner: Institution
    rubric: Rubric
    panel: Panel
    items: Sequence[Item]
    reviewers: dict[str, Panelist]
    members: dict[str, Member]
    manager: Member

    @property
    def told(self) -> dict[str, object]:
        """Return who does it for the office, and when."""
        return {"by": self.cast.owner.person, "at": NOW}

    def fresh(self) -> Panel:
        """Return the panel as it is now."""
        return Panel.objects.select_related("owner", "rubric").get(pk=self.panel.pk)

    def assign(self, code: str, name: str, *, at: datetime = NOW) -> Assignment:
        """Assign the item with the code to the reviewer with the name."""
        return operations.assign(item=self.item(code), panelist=self.reviewers[name], by=self.cast.owner.person, at=at)

    def item(self, code: str) -> Item:
        """Return the item with a code, such as A-001."""
        return next(one for one in self.items if one.code == code)

    def state(self, *names: str, at: datetime = NOW) -> None:
        """Let these reviewers, or all, say that they have no conflicts."""
        for name in names or REVIEWERS:
            panelist = self.reviewers[name]
            operations.declare_none(panelist=panelist, by=panelist.person, at=at)

    def review(self, code: str, name: str, quality: str, plan: str = "3", *, submit: bool = True) -> Review:
        """Assign an item if it is not, write a review of it, and submit it."""
        assignment = self.assign(code, name)
        self.state(name)
        by = self.reviewers[name].person
        facts = ReviewFacts(
            {"quality": Decimal(quality), "plan": Decimal(plan)},
            {},
            comment_to_applicant=f"To the applicant of {code}, from a reviewer who gave {quality}",
            comment_to_panel=f"To the panel on {code}",
        )
        known = Review.objects.filter(assignment=assignment).first()
        version = 0 if known is None else known.version
        review = operations.keep_review(assignment=assignment, facts=facts, version=version, by=by, at=NOW)
        if not submit:
            return review
        return operations.submit_review(assignment=assignment, version=review.version, by=by, at=NOW)


MADE: dict[int, "Scene"] = {}
"""The scenes of this process by the number of their panel."""


def made_scene(cast: Cast) -> "Scene":
    """Return the scene that stands in the database, or make one."""
    panel = Panel.objects.filter(rubric__key="talent").order_by("pk").first()
    return MADE[panel.pk] if panel is not None and panel.pk in MADE else make_scene(cast)


def make_scene(cast: Cast, *, mode: str = Mode.DOUBLE, discussion: bool = True) -> Scene:
    """Make the whole panel; needs the database."""
    owner, by = cast.ours.institution, cast.owner.person
    rubric = operations.make_rubric(
        owner=owner, key="talent", name=Bilingual("Talent rubric", "人才评审标准"), criteria=CRITERIA, by=by, at=OPENED
    )
    panel = operations.open_panel(
        subject=f"agreement:{cast.agreement.pk}",
        name=Bilingual("Panel of the autumn call", "秋季征集评审组"),
        rubric=rubric,
        owner=owner,
        mode=mode,
        reviews_each=2,
        max_load=4,
        due_at=DUE,
        by=by,
        at=OPENED,
        seed="autumn 2019",
        score_counts=ScoreRule.CALIBRATED,
        discussion=discussion,
    )
    members = {name: _person(name, house) for house, name in enumerate(REVIEWERS)}
    reviewers = {
        name: operations.invite_panelist(
            panel=panel,
            person=one.person,
            by=by,
            at=OPENED,
            is_chair=name == "eve",
            is_senior=name in {"ann", "bo"},
            expertise=SUBJECTS[place],
            accepted=True,
        )
        for place, (name, one) in enumerate(members.items())
    }
    scene = Scene(
        cast=cast,
        owner=owner,
        rubric=rubric,
        panel=panel,
        items=[_item(panel, number, by) for number in range(1, 7)],
        reviewers=reviewers,
        members=members,
        manager=member("panel-manager", Role.MANAGER, owner),
    )
    MADE[panel.pk] = scene
    return scene


def _person(name: str, house: int) -> Member:
    """Make somebody with an account, of a house of their own, who holds no role."""
    person = people.register_person(key=name, name=Bilingual(f"{name.title()} Reviewer", ""))
    account = people.open_account(person=person, email=f"{name}@example.org", password=PASSWORD)
    institution = people.ensure_institution(key=f"house-{house}", name=Bilingual(f"House {house}"), kind="university")
    people.affiliate(person=person, institution=institution, starts_on=LONG_AGO, by=person, at=OPENED)
    client = Client()
    client.force_login(account)
    return Member(person, client)


def _item(panel: Panel, number: int, by: object) -> Item:
    """Put one item before the panel; its applicant stands in its title and nowhere else."""
    return operations.put_item(
        panel=panel,
        record=f"paper:{number}",
        code=f"A-{number:03}",
        title=Bilingual(f"Proposal of Applicant {number}", f"申请人{number}的方案"),
        topics=SUBJECTS[number - 1],
        people=[Concerned(name=f"Applicant {number}", email=f"applicant{number}@example.org")],
        by=by,  # type: ignore[arg-type]  # the cast's person
        at=OPENED,
    )


def later(days: int) -> datetime:
    """Return the scene's moment some days on."""
    return NOW + timedelta(days=days)
