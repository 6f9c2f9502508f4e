"""The last minute of a call: many submit at once; nothing is lost, and nothing is late that was in time."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from tests.cast import make_cast
from tests.programmes.scene import ANSWERS, CLOSES, WHILE_OPEN, Scene, make_scene
from tests.programmes.test_races import at_once, refusals

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Person
from accord.programmes import models, operations
from accord.programmes.operations import CallNotOpen

LAST = CLOSES - timedelta(microseconds=1)
PEOPLE = 6


@pytest.fixture
def world(transactional_db: None) -> Scene:
    """Make the scene so that other connections see it."""
    return make_scene(make_cast())


def applicants(number: int) -> list[Person]:
    """Make people."""
    return [people.register_person(key=f"late-{n}", name=Bilingual(f"Late {n}", "")) for n in range(number)]


def begins(scene: Scene, person: Person) -> Callable[[], models.Application]:
    """Return the beginning of an application, to be done by a thread."""
    return lambda: operations.begin_application(call=scene.call, person=person, language="en", at=WHILE_OPEN)


def submits(application: models.Application, at: datetime) -> Callable[[], models.Application]:
    """Return the submission of an application at a moment of the server's clock, to be done by a thread."""
    return lambda: operations.submit_application(
        application=application, version=application.version, by=application.applicant, at=at
    )


def test_who_begins_at_once_gets_a_reference_each(world: Scene) -> None:
    who = applicants(PEOPLE)

    found = at_once(*(begins(world, one) for one in (*who, who[0])))

    made = models.Application.objects.filter(applicant__in=who)
    assert refusals(found) == 0
    assert sorted(made.values_list("reference", flat=True)) == [f"SUM-19-{n:04}" for n in range(4, 4 + PEOPLE)]


def test_all_who_are_in_time_arrive_and_nobody_else(world: Scene) -> None:
    drafts = _drafts(world, 2 * PEOPLE)
    moments = [LAST if number % 2 else CLOSES for number in range(len(drafts))]

    found = at_once(*(submits(one, at) for one, at in zip(drafts, moments, strict=True)))

    in_time = {one.pk for one, at in zip(drafts, moments, strict=True) if at == LAST}
    arrived = models.Application.objects.filter(pk__in=[one.pk for one in drafts], submitted_at__isnull=False)
    assert {one.pk for one in arrived} == in_time
    assert {(one.stage, one.submitted_at, one.is_late) for one in arrived} == {("screening", LAST, False)}
    assert [type(one) for one, at in zip(found, moments, strict=True) if at == CLOSES] == [CallNotOpen] * PEOPLE


def test_sent_many_times_at_once_it_arrives_once(world: Scene) -> None:
    (draft,) = _drafts(world, 1)

    found = at_once(*(submits(draft, LAST) for _time in range(4)))

    assert refusals(found) == 0
    assert models.Step.objects.filter(application=draft).count() == 1


def test_saved_in_two_windows_at_once_one_is_told(world: Scene) -> None:
    (draft,) = _drafts(world, 1)

    def keeps(why: str) -> Callable[[], models.Application]:
        return lambda: operations.keep_answers(
            application=draft, section="plan", raw={"why": why}, version=1, by=draft.applicant, at=WHILE_OPEN
        )

    found = at_once(keeps("Of this window."), keeps("Of that window."))

    draft.refresh_from_db()
    assert refusals(found) == 1
    assert draft.answers["why"] in {"Of this window.", "Of that window."}


def _drafts(scene: Scene, number: int) -> Sequence[models.Application]:
    """Make drafts that only have to be submitted, by the main thread."""
    assert threading.current_thread() is threading.main_thread()
    return [
        models.Application.objects.create(
            call=scene.call,
            reference=f"SUM-19-{100 + n}",
            applicant=person,
            stage="draft",
            phase="draft",
            entered_at=WHILE_OPEN,
            form=scene.form,
            answers=ANSWERS,
            started_at=WHILE_OPEN,
        )
        for n, person in enumerate(applicants(number))
    ]
