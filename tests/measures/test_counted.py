"""A number that a context counts opens down to the records of the work itself."""

import json
from datetime import date

import pytest
from tests.cast import Cast, moment
from tests.workspace.scene import Scene, make_scene

from accord.kernel.clock import end_of
from accord.measures import queries
from accord.measures.operations import EvidenceRefused
from accord.workspace import operations as workspace

pytestmark = pytest.mark.django_db
PROMISE = "/agreements/chengdu-cass/promises/operated-area/"
FRIDAY, CLOSED = date(2019, 8, 9), date(2019, 8, 14)
LIST = f"{PROMISE}counted/"


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Make a work space that delivers to the agreement."""
    return make_scene(cast)


def test_area_counts_from_the_day_a_floor_opens_and_opens_down_to_it(scene: Scene) -> None:
    shown = scene.cast.partner.client.get(f"{PROMISE}?as_of=2019-06-30").text
    listed = json.loads(b"".join(scene.cast.partner.client.get(f"{LIST}?format=json")))

    assert "2,000" in shown
    assert "All 2 counted changes" in shown
    assert [(row["occurred_on"], row["amount"]) for row in listed["rows"]] == [("2019-01-01", 1000.0)] * 2


def test_line_leads_to_the_record_for_who_may_know_of_it(scene: Scene) -> None:
    way = f"/agreements/chengdu-cass/records/floor/{scene.first.pk}/"

    led = scene.cast.partner.client.get(way)

    assert (led.status_code, scene.cast.outsider.client.get(way).status_code) == (302, 404)
    assert scene.cast.partner.client.get(led.url).status_code == 200


def test_evidence_is_refused_where_the_work_is_run_here_and_taken_where_it_is_not(cast: Cast) -> None:
    cast.record("operated-area", 100, date(2019, 8, 1))
    make_scene(cast)

    with pytest.raises(EvidenceRefused, match="counted from records in Accord"):
        cast.record("operated-area", 100, date(2019, 8, 2))


def test_number_falls_on_the_day_a_floor_closes(scene: Scene) -> None:
    run = scene.first.runs.get()
    workspace.close_floor(run=run, on=CLOSED, by=scene.cast.owner.person, at=moment(CLOSED))

    asked = queries.Asked(scene.cast.promise("operated-area").pk, "workspace.area_operated")
    before, after, as_known_then = (
        queries.tally_by_day([asked], queries.Clocks(on, end_of(known)))[asked.commitment_id].total()
        for on, known in ((FRIDAY, CLOSED), (CLOSED, CLOSED), (CLOSED, FRIDAY))
    )
    assert (before, after, as_known_then) == (2000, 1000, 2000)
