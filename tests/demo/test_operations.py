"""Building the demo world: once, whole or not at all, and the same in every database."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries
from tests.cast import EXAMPLES, moment
from tests.demo.conftest import DAY, Build, built

from accord.demo.operations import AgreementMissing, AnotherWorld, DayTooEarly, RealInstallation
from accord.demo.operations._agreements import bring_in
from accord.demo.operations._cast import make_cast, officers
from accord.demo.operations._deliver import Register, enter_step_by_step, row_of, split
from accord.demo.queries import holds_anything, world_hash
from accord.demo.simulation import simulate
from accord.demo.stories import OPENED, SCENES, STORIES
from accord.demo.types import Fate
from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.measures import operations as measures
from accord.measures.models import Evidence
from accord.people import operations as people
from accord.people.models import Person


class UndoError(Exception):
    """Takes a world back."""


@pytest.fixture
def held(db: None) -> World:
    """Say that a world was built here: whoever builds looks at that alone."""
    return World.objects.create(is_demo=True, demo_day=DAY, seed=2019, scale=0.01, built_at=moment(DAY, 12))


def build_and_undo() -> tuple[str, list[str]]:
    """Build a world and take it back; return its fingerprint and what was told meanwhile."""
    lines: list[str] = []
    with transaction.atomic():
        built(on_progress=lines.append)
        found = world_hash()
        transaction.set_rollback(True)
    return found, lines


def test_the_same_parameters_give_the_same_world(db: None) -> None:
    first, lines = build_and_undo()

    assert build_and_undo() == (first, lines)
    assert lines[0] == "Agreements and people"
    assert lines[-3].startswith("Forecasts of 2019")
    assert lines[-2:] == ["Directory", "Negotiations"]


def test_building_again_changes_nothing(
    held: World, build: Build, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    before = world_hash()

    with django_assert_max_num_queries(5):
        again = build()

    assert (again, world_hash()) == (held, before)


def test_another_world_is_refused_and_leaves_the_first(held: World, build: Build) -> None:
    for other in ({"seed": 1}, {"scale": 0.02}, {"as_of": date(2019, 10, 1)}):
        with pytest.raises(AnotherWorld, match="2019-09-30"):
            build(**other)

    assert World.objects.get() == held


def test_a_database_with_real_people_is_refused(build: Build) -> None:
    people.register_person(key="somebody", name=Bilingual("Somebody"))

    with pytest.raises(RealInstallation):
        build()

    assert not World.objects.exists()
    assert Person.objects.count() == 1


def test_a_day_before_the_announcements_is_refused(build: Build) -> None:
    with pytest.raises(DayTooEarly):
        build(as_of=date(2019, 7, 10))

    assert not holds_anything()


def test_a_failure_half_way_leaves_nothing(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise UndoError

    monkeypatch.setattr("accord.demo.operations.look_back", fail)

    with pytest.raises(UndoError), transaction.atomic():
        build()

    assert not holds_anything()
    assert not World.objects.exists()


def test_a_missing_agreement_is_named(db: None, tmp_path: Path) -> None:
    with pytest.raises(AgreementMissing, match=r"zju-ant\.yaml"):
        bring_in(tmp_path, by=make_cast()["demo-steward"])


COLUMNS = [
    *("measure_code", "amount", "occurred_on", "label", "document", "document_url", "is_simulated", "party_id"),
    *("recorded_at", "recorded_by_id", "confirmed_at", "confirmed_by_id", "contested_at", "contested_by_id"),
    *("contest_reason", "withdrawn_at", "withdrawn_by_id", "withdraw_reason", "request_key", "version"),
    *("attributions__commitment_id", "attributions__share"),
]


def rows() -> list[tuple[object, ...]]:
    """Return every entry without its number."""
    return list(Evidence.objects.order_by("recorded_at", "label", "amount").values_list(*COLUMNS))


def test_the_bulk_leaves_the_same_rows_as_step_by_step(db: None) -> None:
    cast = make_cast()
    register = Register(bring_in(EXAMPLES, by=cast["demo-steward"]), officers(cast))
    told = simulate(STORIES, SCENES, seed=3, scale=0.01, as_of=DAY, known_from=OPENED)
    deliveries = [one for one in told if one.fate != Fate.WITHDRAWN]
    found = []

    for bulk in (True, False):
        with transaction.atomic():
            if bulk:
                measures.record_in_bulk(rows=[row_of(one, register) for one in deliveries], is_simulated=True)
            else:
                for one in deliveries:
                    enter_step_by_step(one, register)
            found.append(rows())
            transaction.set_rollback(True)

    assert len(found[0]) == len(deliveries)
    assert found[0] == found[1]


def test_some_of_every_kind_are_entered_step_by_step() -> None:
    told = simulate(STORIES, SCENES, seed=2019, scale=1, as_of=DAY, known_from=OPENED)

    slow, quick = split(told)

    assert len(slow) + len(quick) == len(told)
    assert len(slow) >= len(told) / 100
    for fate in Fate:
        of_kind = [one for one in told if one.fate == fate]
        assert len([one for one in slow if one.fate == fate]) >= min(3, len(of_kind))
    assert not [one for one in quick if one.fate == Fate.WITHDRAWN]
