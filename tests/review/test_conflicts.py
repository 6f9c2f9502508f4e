"""Conflicts of interest: what the records show, what is declared, and what becomes of whoever holds the item."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.cast import LONG_AGO, moment
from tests.review.scene import NOW, OPENED, Scene, later

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Institution, Person
from accord.review import operations
from accord.review.enums import ConflictKind
from accord.review.models import Assignment, Conflict, Item
from accord.review.operations import Concerned

Found = list[tuple[str, str, str]]


def found(scene: Scene) -> Found:
    """Return the conflicts that stand: reviewer, item and kind."""
    names = {one.pk: name for name, one in scene.reviewers.items()}
    rows = Conflict.objects.filter(lifted_at=None).order_by("item__code", "panelist__position", "kind")
    return [(names[one.panelist_id], one.item.code, one.kind) for one in rows.select_related("item")]


def applicant(key: str) -> Person:
    return people.register_person(key=key, name=Bilingual(key.title()))


def put(scene: Scene, *concerned: Concerned, code: str = "A-100") -> Item:
    return operations.put_item(
        panel=scene.panel,
        record=f"paper:{code}",
        code=code,
        title="One more",
        topics="",
        people=concerned,
        by=scene.cast.owner.person,
        at=NOW,
    )


def belong(person: Person, house: Institution, until: date | None = None) -> None:
    people.affiliate(person=person, institution=house, starts_on=LONG_AGO, ends_on=until, by=person, at=OPENED)


def house_of(scene: Scene, name: str) -> Institution:
    return scene.members[name].person.affiliations.get().institution


def test_a_panel_of_strangers_has_no_conflicts(scene: Scene) -> None:
    assert found(scene) == []


@pytest.mark.parametrize(
    ("left_on", "expected"),
    [
        (None, [("bo", "A-100", "same-institution")]),
        (NOW.date() - timedelta(days=3 * 365), [("bo", "A-100", "same-institution")]),
        (NOW.date() - timedelta(days=3 * 365 + 2), []),
    ],
)
def test_an_institution_counts_for_three_years_after_it_was_left(
    scene: Scene, left_on: date | None, expected: Found
) -> None:
    person = applicant("lin")
    belong(person, house_of(scene, "bo"), left_on)

    put(scene, Concerned(person=person))

    assert found(scene) == expected


def test_the_institution_that_an_item_names_is_one_of_its_own(scene: Scene) -> None:
    put(scene, Concerned(name="Somebody", institution=house_of(scene, "cy")))

    assert found(scene) == [("cy", "A-100", "same-institution")]
    assert Conflict.objects.get().reason == Bilingual("House 2")


def test_who_is_named_in_an_item_does_not_judge_it_nor_by_another_address(scene: Scene) -> None:
    put(scene, Concerned(person=scene.members["ann"].person), code="A-100")
    put(scene, Concerned(name="Dan", email="DAN@example.org"), code="A-101")

    kinds = [one for one in found(scene) if one[2] == ConflictKind.SAME_PERSON]
    assert kinds == [("ann", "A-100", "same-person"), ("dan", "A-101", "same-person")]


def test_who_applied_together_elsewhere_does_not_judge_the_other(scene: Scene) -> None:
    lin = applicant("lin")
    put(scene, Concerned(person=scene.members["ann"].person), Concerned(person=lin), code="A-100")
    put(scene, Concerned(person=lin), code="A-101")

    assert ("ann", "A-101", "co-applicant") in found(scene)
    assert ("bo", "A-101", "co-applicant") not in found(scene)


Declare = Callable[[Scene, Person, Person], object]


def _reviewer_declares(scene: Scene, reviewer: Person, lin: Person) -> object:
    return operations.declare_relation(person=reviewer, kind="co-author", other=lin, by=reviewer, at=NOW)


def _applicant_declares(scene: Scene, reviewer: Person, lin: Person) -> object:
    return operations.declare_relation(person=lin, kind="co-author", other_email=reviewer.account.email, by=lin, at=NOW)


def _by_name(scene: Scene, reviewer: Person, lin: Person) -> object:
    return operations.declare_relation(person=reviewer, kind="co-author", other_name="lin  YUE", by=reviewer, at=NOW)


@pytest.mark.parametrize("declare", [_reviewer_declares, _applicant_declares, _by_name])
@pytest.mark.parametrize("is_before", [True, False])
def test_a_declared_relation_is_found_from_either_side(scene: Scene, declare: Declare, is_before: bool) -> None:
    lin = applicant("lin")
    if is_before:
        declare(scene, scene.members["ann"].person, lin)
    put(scene, Concerned(person=lin, name="Lin Yue"))
    if not is_before:
        declare(scene, scene.members["ann"].person, lin)

    assert found(scene) == [("ann", "A-100", "co-author")]


def test_a_relation_that_ended_is_found_no_more(scene: Scene) -> None:
    ann, lin = scene.members["ann"].person, applicant("lin")
    relation = operations.declare_relation(person=ann, kind="family", other=lin, by=ann, at=NOW)
    operations.end_relation(relation=relation, by=ann, at=NOW)

    put(scene, Concerned(person=lin))

    assert found(scene) == []


def test_a_conflict_that_is_found_later_takes_the_reviewer_off(scene: Scene) -> None:
    assignment = scene.assign("A-001", "ann")
    item, lin = scene.item("A-001"), applicant("lin")
    operations.put_item(
        panel=scene.panel,
        record=item.record,
        code=item.code,
        title=item.title,
        topics=item.topics,
        people=[Concerned(person=lin)],
        by=scene.cast.owner.person,
        at=NOW,
    )
    belong(lin, house_of(scene, "ann"))

    new = operations.find_conflicts(panel=scene.panel, at=later(1))

    assert new == 1
    assignment.refresh_from_db()
    assert assignment.released_at == later(1)
    assert "House 0" not in str(assignment.release_reason), "what it rests on is for the office alone"
    assert operations.find_conflicts(panel=scene.panel, at=later(2)) == 0


def test_a_declared_conflict_takes_the_reviewer_off_and_nobody_assigns_them_again(scene: Scene) -> None:
    assignment = scene.assign("A-001", "ann")
    ann = scene.members["ann"].person

    first = operations.declare_conflict(
        panelist=scene.reviewers["ann"], item=scene.item("A-001"), reason="My pupil", by=ann, at=NOW
    )
    again = operations.declare_conflict(
        panelist=scene.reviewers["ann"], item=scene.item("A-001"), reason="My pupil", by=ann, at=later(1)
    )

    assert first == again
    assert Assignment.objects.get(pk=assignment.pk).released_at == NOW
    with pytest.raises(operations.InConflict, match="Ann Reviewer has a conflict of interest with A-001"):
        scene.assign("A-001", "ann")


def test_the_office_lifts_a_conflict_and_it_stays_lifted_while_it_rests_on_the_same(scene: Scene) -> None:
    put(scene, Concerned(name="Somebody", institution=house_of(scene, "cy")))
    conflict = Conflict.objects.get()

    lifted = operations.lift_conflict(conflict=conflict, reason="Another campus", **scene.told)

    assert lifted.lift_reason == "Another campus"
    assert operations.find_conflicts(panel=scene.panel, at=later(1)) == 0
    assert scene.assign("A-001", "cy").released_at is None


@pytest.mark.parametrize(
    ("who", "reason", "refusal"), [("eve", "Mine", "OwnConflict"), ("owner", " ", "ReasonMissing")]
)
def test_nobody_lifts_their_own_conflict_and_nobody_without_a_reason(
    scene: Scene, who: str, reason: str, refusal: str
) -> None:
    conflict = operations.enter_conflict(
        panelist=scene.reviewers["eve"], item=scene.item("A-001"), reason="Knows them", **scene.told
    )
    by = scene.cast.owner.person if who == "owner" else scene.members[who].person

    with pytest.raises(getattr(operations, refusal)):
        operations.lift_conflict(conflict=conflict, reason=reason, by=by, at=NOW)

    conflict.refresh_from_db()
    assert conflict.lifted_at is None


def test_an_item_of_a_relative_that_comes_later_is_kept_from_them(scene: Scene) -> None:
    ann = scene.members["ann"].person
    operations.declare_relation(person=ann, kind="family", other_email="cousin@example.org", by=ann, at=OPENED)

    put(scene, Concerned(name="Cousin", email="Cousin@Example.org"))

    assert found(scene) == [("ann", "A-100", "declared-relation")]
    assert Conflict.objects.get().found_at == moment(NOW.date())


def test_somebody_who_is_invited_later_is_looked_at_as_well(scene: Scene) -> None:
    frank = applicant("frank")
    house = people.ensure_institution(key="late-house", name=Bilingual("Late house"), kind="university")
    put(scene, Concerned(name="Somebody", institution=house))
    belong(frank, house)

    panelist = operations.invite_panelist(panel=scene.panel, person=frank, **scene.told)

    assert [one.kind for one in Conflict.objects.filter(panelist=panelist)] == ["same-institution"]
