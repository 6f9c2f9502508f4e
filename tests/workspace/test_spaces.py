"""Spaces: added, changed, closed; what the database keeps is refused in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.cast import moment
from tests.workspace.scene import OPENED, Scene

from accord.kernel.refused import Clash, Refused
from accord.kernel.text import Bilingual
from accord.people.queries import actor_of
from accord.workspace import models, operations, queries
from accord.workspace.enums import SpaceKind, SpaceState
from accord.workspace.operations import facts_of_space

pytestmark = pytest.mark.django_db
TODAY = date(2019, 9, 30)
AT = moment(TODAY)


def add(scene: Scene, code: str, area: int = 10, **more: object) -> models.Space:
    """Add an office to the ground floor."""
    said = {"kind": SpaceKind.OFFICE, "starts_on": TODAY, "area_m2": Decimal(area), "door_token": f"new-{code}"}
    return operations.add_space(
        floor=scene.ground,
        code=code,
        by=scene.operator.person,
        at=AT,
        **(said | more),  # type: ignore[arg-type]
    )


def change(scene: Scene, space: models.Space, **facts: object) -> models.Space:
    """Change a space."""
    held = models.Space.objects.get(pk=space.pk)
    wanted = replace(facts_of_space(held), **facts)  # type: ignore[arg-type]
    return operations.change_space(space=held, version=held.version, facts=wanted, by=scene.operator.person, at=AT)


def test_a_space_is_kept_as_it_was_said(scene: Scene) -> None:
    made = add(scene, " A  009 ", features=["Fume hood", "fume-hood", "投影"], outline=[[0, 0], [10, 0], [10, 5.004]])

    kept = models.Space.objects.get(pk=made.pk)
    assert (kept.code, kept.area_m2, kept.features) == ("A 009", Decimal(10), ["fume-hood", "投影"])
    assert kept.outline == [[0, 0], [10, 0], [10, 5]]


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"area": 0}, "area-missing", "area_m2"),
        ({"area_m2": None}, "area-wanted", "area_m2"),
        ({"ends_on": TODAY - timedelta(days=1)}, "end-before-start", "ends_on"),
        ({"outline": [[0, 0], [1, 1]]}, "outline-odd", "outline"),
        ({"outline": [["a", "b"]]}, "outline-odd", "outline"),
        ({"features": ["!!"]}, "feature-odd", "features"),
        ({"area": 731}, "floor-full", "area_m2"),
    ],
)
def test_a_space_that_cannot_be_is_refused_by_its_reason(
    scene: Scene, said: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        add(scene, "X-1", **said)  # type: ignore[arg-type]

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not models.Space.objects.filter(code="X-1").exists()


def test_a_code_stands_once_a_floor_at_a_time(scene: Scene) -> None:
    add(scene, "X-1", ends_on=TODAY + timedelta(days=30))
    with pytest.raises(operations.CodeTaken):
        add(scene, "X-1", door_token="other")

    later = add(scene, "X-1", starts_on=TODAY + timedelta(days=30), door_token="later")

    assert later.pk


def test_rules_of_another_site_are_refused(scene: Scene) -> None:
    other = operations.open_site(
        key="elsewhere",
        name=Bilingual("Elsewhere"),
        operator=scene.site.operator,
        time_zone="Europe/London",
        currency="GBP",
        by=scene.operator.person,
        at=AT,
    )
    policy = operations.add_policy(site=other, name=Bilingual("Rooms"), by=scene.operator.person, at=AT)

    with pytest.raises(operations.PolicyElsewhere):
        add(scene, "X-1", policy=policy)


def test_the_same_again_is_no_change_and_an_older_version_a_clash(scene: Scene) -> None:
    held = models.Space.objects.get(pk=scene.lab.pk)
    facts = facts_of_space(held)
    by = scene.operator.person
    same = operations.change_space(space=held, version=7, facts=facts, by=by, at=AT)
    assert same.version == 1

    operations.change_space(space=held, version=1, facts=replace(facts, capacity=7), by=by, at=AT)
    with pytest.raises(Clash):
        operations.change_space(space=held, version=1, facts=replace(facts, capacity=8), by=by, at=AT)


def test_days_are_not_cut_while_the_space_is_let(scene: Scene) -> None:
    with pytest.raises(operations.SpaceTakenThen) as refused:
        change(scene, scene.office, ends_on=date(2019, 12, 1))

    assert "Lantern (T-lantern)" in str(refused.value)
    assert models.Space.objects.get(pk=scene.office.pk).ends_on is None


def test_another_area_counts_anew_for_the_team_that_has_it(scene: Scene) -> None:
    operations.count_team(team=scene.team, at=AT)

    change(scene, scene.office, area_m2=Decimal(65))

    spans = models.TeamSpan.objects.filter(team=scene.team, what="area", unknown_at=None)
    assert [span.amount for span in spans] == [Decimal(65)]


def test_a_free_space_is_closed_once(scene: Scene) -> None:
    by, on = scene.operator.person, date(2019, 11, 1)
    closed = operations.close_space(space=scene.lab, on=on, by=by, at=AT)
    again = operations.close_space(space=closed, on=on, by=by, at=AT)

    assert (again.ends_on, again.version) == (on, 2)
    with pytest.raises(operations.EndBeforeStart):
        operations.close_space(space=scene.lab, on=OPENED - timedelta(days=1), by=by, at=AT)


def test_a_let_space_is_not_closed(scene: Scene) -> None:
    with pytest.raises(operations.SpaceTakenThen) as refused:
        operations.close_space(
            space=scene.office, on=date(2019, 11, 1), by=scene.operator.person, at=AT, cancel_bookings=True
        )

    assert refused.value.field == "on"
    assert "Lantern" in str(refused.value)


def states(scene: Scene, on: date) -> dict[str, str]:
    """Return how each space stands on a day, as the operator sees it."""
    rows = queries.space_list(actor_of(scene.operator.person, on=TODAY), scene.site, on)
    return {row.code: vars(row)["state"] for row in rows}


def test_spaces_stand_as_records_say(scene: Scene) -> None:
    operations.close_space(space=scene.lab, on=date(2019, 9, 1), by=scene.operator.person, at=AT)

    assert states(scene, TODAY) == {
        "A-001": SpaceState.LET,
        "A-002": SpaceState.FREE,
        "L-001": SpaceState.CLOSED,
        "R-001": SpaceState.BOOKABLE,
        "D-101": SpaceState.BOOKABLE,
    }
    assert states(scene, date(2019, 12, 20))["A-001"] == SpaceState.ENDING
    assert states(scene, date(2020, 3, 1))["A-001"] == SpaceState.FREE


def book(scene: Scene, on: date) -> models.Occurrence:
    """Book the meeting room for an hour."""
    starts_at = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
    made = operations.book(
        space=scene.room,
        title="Meeting",
        starts_at=starts_at,
        minutes=60,
        owner=scene.lead.person,
        by=scene.lead.person,
        at=AT,
        key=uuid4(),
        code="123456",
        team=scene.team,
    )
    return made.occurrences[0]


def test_a_booked_space_is_closed_with_its_bookings_or_not_at_all(scene: Scene) -> None:
    before, after = book(scene, date(2019, 10, 8)), book(scene, date(2019, 10, 15))
    said = {"space": scene.room, "on": date(2019, 10, 10), "by": scene.operator.person, "at": AT}
    with pytest.raises(operations.SpaceTakenThen) as refused:
        operations.close_space(**said)  # type: ignore[arg-type]
    assert "booked on 1 date from then on" in str(refused.value)

    operations.close_space(**said, cancel_bookings=True, reason="Works")  # type: ignore[arg-type]

    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.state, after.state, after.note) == ("confirmed", "cancelled", "Works")
    assert models.Space.objects.get(pk=scene.room.pk).ends_on == date(2019, 10, 10)


def test_a_space_used_since_then_is_not_closed(scene: Scene) -> None:
    used = book(scene, date(2019, 10, 8))
    models.Occurrence.objects.filter(pk=used.pk).update(
        state="attended", checked_in_at=used.during.lower, checked_in_by=scene.lead.person
    )

    with pytest.raises(operations.SpaceTakenThen) as refused:
        operations.close_space(
            space=scene.room,
            on=date(2019, 10, 7),
            by=scene.operator.person,
            at=moment(date(2019, 10, 9)),
            cancel_bookings=True,
        )

    assert "It was used on 1 date since then" in str(refused.value)


def test_a_space_that_can_be_booked_falls_under_closures_that_stand(scene: Scene) -> None:
    starts_at = datetime(2019, 10, 1, tzinfo=UTC)
    operations.close_for(
        site=scene.site,
        floor=scene.ground,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=7),
        reason=Bilingual("Holiday"),
        by=scene.operator.person,
        at=AT,
    )
    added = add(scene, "R-002", kind=SpaceKind.ROOM, policy=scene.by_time)
    other = add(scene, "A-009")
    assert (added.occurrences.count(), other.occurrences.count()) == (1, 0)

    change(scene, other, policy=scene.by_time)

    assert other.occurrences.get().kind == "closure"
    assert states(scene, date(2019, 10, 3))["R-002"] == SpaceState.SHUT


def test_old_values_are_given_back(scene: Scene) -> None:
    change(scene, scene.lab, capacity=9, features=["sink"])

    back = operations.give_back_space(
        pk=scene.lab.pk, version=2, values={"capacity": 6, "features": []}, by=scene.operator.person, at=AT
    )

    assert (back.capacity, back.features, back.version) == (6, [], 3)


def test_spaces_are_found_by_code_and_name(scene: Scene) -> None:
    change(scene, scene.lab, name=Bilingual("Clean room", "洁净室"))
    actor = actor_of(scene.operator.person, on=TODAY)

    assert [found.title for found in queries.find_spaces(actor, "L-001", 9)] == [
        Bilingual("L-001 Clean room", "L-001 洁净室")
    ]
    assert len(queries.find_spaces(actor, "洁净", 9)) == 1
    assert queries.find_spaces(actor_of(scene.cast.outsider.person, on=TODAY), "L-001", 9) == []
