"""Sites, floors, when they are in operation, and the area that is counted from it."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from tests.cast import moment
from tests.workspace.scene import OPENED, Scene

from accord.kernel.refused import Clash, Refused
from accord.kernel.text import Bilingual
from accord.people.queries import actor_of
from accord.workspace import models, operations, queries, urls
from accord.workspace.enums import BookingMode
from accord.workspace.metrics import MEASURES
from accord.workspace.operations import FloorFacts, PolicyFacts, SiteFacts

pytestmark = pytest.mark.django_db
TODAY = date(2019, 9, 30)
AT = moment(TODAY)


def test_no_site_takes_a_word_that_stands_in_addresses() -> None:
    words = {str(one.pattern).split("/")[1] for one in urls.urlpatterns}

    assert {word for word in words if word and not word.startswith("<")} <= operations.RESERVED


def floor_of(scene: Scene, area: int = 500) -> models.Floor:
    """Add a floor."""
    return operations.add_floor(
        building=scene.building, level=5, area_m2=Decimal(area), by=scene.operator.person, at=AT
    )


def changes() -> list[tuple[object, ...]]:
    """Return what the measure yields."""
    (measure,) = (one for one in MEASURES if one.code == "workspace.area_operated")
    assert measure.changes is not None
    rows = measure.changes().order_by("occurred_on", "record", "recorded_at")
    return [(row["occurred_on"], row["amount"], row["record"], row["unrecorded_at"]) for row in rows]


def test_area_in_operation_rises_falls_and_is_struck(scene: Scene) -> None:
    models.FloorRun.objects.all().delete()
    by, floor = scene.operator.person, floor_of(scene)
    run = operations.open_floor(floor=floor, starts_on=date(2019, 10, 1), by=by, at=AT)
    assert operations.open_floor(floor=floor, starts_on=date(2019, 10, 1), by=by, at=AT) == run
    assert changes() == [(date(2019, 10, 1), 500, f"floor:{floor.pk}", None)]

    operations.close_floor(run=run, on=date(2020, 1, 1), by=by, at=AT)
    operations.close_floor(run=run, on=date(2020, 1, 1), by=by, at=AT)
    with pytest.raises(operations.RunEnded):
        operations.close_floor(run=run, on=date(2020, 2, 1), by=by, at=AT)
    assert changes()[1:] == [(date(2020, 1, 1), -500, f"floor:{floor.pk}", None)]

    operations.strike_floor_run(run=run, by=by, at=AT)
    operations.strike_floor_run(run=run, by=by, at=AT)
    assert [change[3] for change in changes()] == [AT, AT]


@pytest.mark.parametrize(
    ("area", "starts_on", "code"),
    [
        (501, date(2019, 10, 1), "run-larger-than-floor"),
        (0, date(2019, 10, 1), "area-missing"),
        (100, date(2020, 6, 1), "run-overlaps"),
    ],
)
def test_a_stretch_that_cannot_be_is_refused(scene: Scene, area: int, starts_on: date, code: str) -> None:
    floor, by = floor_of(scene), scene.operator.person
    operations.open_floor(floor=floor, starts_on=date(2020, 1, 1), by=by, at=AT)

    with pytest.raises(Refused) as refused:
        operations.open_floor(floor=floor, starts_on=starts_on, area_m2=Decimal(area), by=by, at=AT)

    assert refused.value.code == code


def test_a_floor_is_not_made_smaller_than_what_stands_on_it(scene: Scene) -> None:
    by, floor = scene.operator.person, models.Floor.objects.get(pk=scene.ground.pk)
    facts = FloorFacts(level=0, area_m2=Decimal(200))
    with pytest.raises(operations.FloorTooSmall) as refused:
        operations.change_floor(floor=floor, version=1, facts=facts, by=by, at=AT)
    assert "take 270.00 m²" in str(refused.value)

    with pytest.raises(operations.FloorTooSmall) as refused:
        operations.change_floor(floor=floor, version=1, facts=replace(facts, area_m2=Decimal(300)), by=by, at=AT)
    assert "1000.00 m² of this floor are recorded as in operation" in str(refused.value)

    with pytest.raises(operations.LevelTaken):
        operations.change_floor(
            floor=floor, version=1, facts=replace(facts, level=1, area_m2=Decimal(1000)), by=by, at=AT
        )


def test_floors_say_what_is_let_and_in_operation(scene: Scene) -> None:
    rows = queries.floor_rows(actor_of(scene.operator.person, on=TODAY), scene.site, TODAY)

    assert [(row.level, int(row.operated), int(row.let), row.spaces, int(row.share or 0)) for row in rows] == [
        (0, 1000, 60, 4, 6),
        (1, 1000, 0, 1, 0),
    ]
    before = queries.floor_rows(actor_of(scene.operator.person, on=TODAY), scene.site, OPENED.replace(year=2018))
    assert [(int(row.operated), int(row.let), row.spaces, row.share) for row in before] == [(0, 0, 0, None)] * 2


def test_a_site_keeps_its_zone_and_currency_once_they_count(scene: Scene) -> None:
    by, site = scene.operator.person, models.Site.objects.get(pk=scene.site.pk)
    facts = SiteFacts(site.name, site.time_zone, site.currency, site.address, site.agreement)
    for field, wrong in (
        ("time_zone", replace(facts, time_zone="Europe/London")),
        ("currency", replace(facts, currency="GBP")),
    ):
        with pytest.raises(operations.SiteInUse) as refused:
            operations.change_site(site=site, version=1, facts=wrong, by=by, at=AT)
        assert refused.value.field == field

    changed = operations.change_site(
        site=site, version=1, facts=replace(facts, address=Bilingual("1 Road")), by=by, at=AT
    )
    assert (changed.address, changed.version) == (Bilingual("1 Road"), 2)
    with pytest.raises(Clash):
        operations.change_site(site=site, version=1, facts=replace(facts, address=Bilingual("2 Road")), by=by, at=AT)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"key": "New Site"}, "key-odd"),
        ({"key": "new"}, "key-odd"),
        ({"key": "dreamworks"}, "key-taken"),
        ({"time_zone": "Mars/Olympus"}, "zone-unknown"),
        ({"currency": "yuan"}, "unknown-currency"),
        ({"name": Bilingual(" ")}, "name-missing"),
    ],
)
def test_a_site_that_cannot_be_is_refused(scene: Scene, said: dict[str, object], code: str) -> None:
    good = {"key": "second", "name": Bilingual("Second"), "time_zone": "Asia/Shanghai", "currency": "CNY"}
    with pytest.raises(Refused) as refused:
        operations.open_site(operator=scene.site.operator, by=scene.operator.person, at=AT, **(good | said))  # type: ignore[arg-type]

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"opening": {"1": [["12:00", "08:00"]]}}, "opening-odd"),
        ({"opening": {"1": [["08:00", "12:00"], ["11:00", "13:00"]]}}, "opening-odd"),
        ({"opening": {"8": []}}, "opening-odd"),
        ({"opening": {"1": [["08:00", "24:01"]]}}, "opening-odd"),
        ({"min_minutes": 90, "max_minutes": 60}, "lengths-odd"),
        ({"step_minutes": 30, "min_minutes": 45}, "lengths-odd"),
        ({"mode": BookingMode.HALF_DAY}, "noon-missing"),
    ],
)
def test_booking_rules_that_cannot_be_are_refused(said: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        PolicyFacts(Bilingual("Rooms"), **said).checked()  # type: ignore[arg-type]

    assert refused.value.code == code


def test_booking_rules_are_kept_in_order(scene: Scene) -> None:
    opening = {"2": [["13:00", "24:00"], ["8:00", "12:30"]], "1": []}
    made = operations.add_policy(
        site=scene.site,
        name=Bilingual("Halls"),
        opening=opening,
        mode=BookingMode.HALF_DAY,
        half_day_at=time(13),
        by=scene.operator.person,
        at=AT,
    )

    assert made.opening == {"2": [["08:00", "12:30"], ["13:00", "24:00"]]}
    facts = PolicyFacts(Bilingual("Halls"), opening=made.opening)
    changed = operations.change_policy(policy=made, version=1, facts=facts, by=scene.operator.person, at=AT)
    assert (changed.mode, changed.half_day_at, changed.version) == (BookingMode.TIME, None, 2)
