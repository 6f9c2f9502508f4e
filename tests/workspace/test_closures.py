"""Closing spaces for a while: no second rule, and nobody is turned out without being told."""

from datetime import datetime, timedelta

import pytest
from tests.workspace.booked import DAY, HOUR, MONDAY, NOW, WEEK, book, book_as_rival, states
from tests.workspace.scene import Scene

from accord.kernel.text import Bilingual
from accord.outbox.models import InboxNote
from accord.workspace import models, operations
from accord.workspace.enums import OccurrenceKind

REASON = Bilingual("Deep clean", "大扫除")


def close(
    scene: Scene, starts_at: datetime = MONDAY, ends_at: datetime = MONDAY + DAY, **more: object
) -> models.Closure:
    """Close the site, or what is named."""
    return operations.close_for(
        site=scene.site,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=REASON,
        by=scene.operator.person,
        at=NOW,
        **more,  # type: ignore[arg-type]
    )


def test_what_is_closed_is_not_booked_and_says_why(scene: Scene) -> None:
    close(scene)
    with pytest.raises(operations.SpaceTaken, match="Deep clean"):
        book(scene)
    assert book(scene, MONDAY + DAY).occurrences


def test_bookings_in_the_way_are_named_and_nothing_is_closed(scene: Scene) -> None:
    booked = book(scene)
    with pytest.raises(operations.BookingsInTheWay) as refused:
        close(scene)
    assert [one.pk for one in refused.value.detail["bookings"]] == [booked.occurrences[0].pk]
    assert not models.Closure.objects.exists()


def test_bookings_in_the_way_are_cancelled_and_people_are_told(scene: Scene) -> None:
    booked, waiting = book(scene), book_as_rival(scene, when_taken="wait")
    close(scene, cancel_bookings=True)
    assert (states(booked.booking), states(waiting.booking)) == (["cancelled"], ["waiting"])
    note = InboxNote.objects.get(person=scene.lead.person)
    assert note.message.body == Bilingual("Deep clean", "Deep clean")


def test_lifting_lets_in_who_waits(scene: Scene) -> None:
    closure = close(scene)
    waiting = book(scene, when_taken="wait")
    operations.lift_closure(closure=closure, by=scene.operator.person, at=NOW)
    operations.lift_closure(closure=closure, by=scene.lead.person, at=NOW + HOUR)
    closure.refresh_from_db()
    assert closure.lifted_by == scene.operator.person
    assert states(waiting.booking) == ["confirmed"]


def test_two_closures_over_each_other_are_lifted_one_by_one(scene: Scene) -> None:
    inner = close(scene, MONDAY + HOUR, MONDAY + 2 * HOUR, floor=scene.ground)
    outer = close(scene)
    operations.lift_closure(closure=inner, by=scene.operator.person, at=NOW)
    with pytest.raises(operations.SpaceTaken):
        book(scene, MONDAY + HOUR)
    operations.lift_closure(closure=outer, by=scene.operator.person, at=NOW)
    assert book(scene, MONDAY + HOUR).occurrences


def test_a_closure_touches_the_spaces_within_it_alone(scene: Scene) -> None:
    close(scene, floor=scene.first)
    assert book(scene).occurrences
    touched = models.Occurrence.objects.filter(kind=OccurrenceKind.CLOSURE).values_list("space", flat=True)
    assert list(touched) == [scene.desk.pk]


def test_a_holiday_of_the_site_does_not_keep_teams_out_of_offices(scene: Scene) -> None:
    close(scene)
    assert not models.Occurrence.objects.filter(space=scene.next_office).exists()
    close(scene, space=scene.next_office)
    assert models.Occurrence.objects.filter(space=scene.next_office).count() == 1


def test_a_let_space_is_closed_for_the_rest_of_the_time(scene: Scene) -> None:
    ends = datetime(2020, 3, 1, tzinfo=MONDAY.tzinfo) - 8 * HOUR
    close(scene, ends - WEEK, ends + WEEK, space=scene.office)
    piece = models.Occurrence.objects.get(space=scene.office, kind=OccurrenceKind.CLOSURE)
    assert (piece.during.lower, piece.during.upper) == (ends, ends + WEEK)


def test_a_space_that_is_added_later_is_closed_too(scene: Scene) -> None:
    close(scene)
    models.Space.objects.filter(pk=scene.lab.pk).update(policy=scene.by_time)
    scene.lab.refresh_from_db()
    operations.close_new_space(space=scene.lab, at=NOW)
    operations.close_new_space(space=scene.lab, at=NOW)
    assert models.Occurrence.objects.filter(space=scene.lab, kind=OccurrenceKind.CLOSURE).count() == 1


@pytest.mark.parametrize(
    ("ends_at", "reason", "field"),
    [(MONDAY, REASON, "ends_at"), (MONDAY - timedelta(1), REASON, "ends_at"), (MONDAY + HOUR, Bilingual(), "reason")],
)
def test_odd_closures(scene: Scene, ends_at: datetime, reason: Bilingual, field: str) -> None:
    with pytest.raises(operations.ClosureUnclear) as refused:
        operations.close_for(
            site=scene.site, starts_at=MONDAY, ends_at=ends_at, reason=reason, by=scene.operator.person, at=NOW
        )
    assert refused.value.field == field
