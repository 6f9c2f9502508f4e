"""Teams that a site has already are taken over at once, and count as if each had come step by step."""

from dataclasses import replace
from datetime import date

import pytest
from tests.cast import moment
from tests.workspace.scene import Scene

from accord.kernel.text import Bilingual
from accord.workspace import operations as workspace
from accord.workspace.enums import Origin, Stage
from accord.workspace.models import Occurrence, Team, TeamSpan

pytestmark = pytest.mark.django_db
NOW = moment(date(2019, 9, 30))


def resident(scene: Scene, **other: object) -> workspace.Resident:
    """Return a line of the register: a team with the second office since May."""
    told = workspace.Resident(
        key="beacon",
        facts=workspace.TeamFacts(
            name=Bilingual("Beacon"), origin=Origin.DOMESTIC, stage=Stage.SEED, contact=scene.rival.person.pk
        ),
        number="T-77",
        spaces=[workspace.Offered(scene.next_office, 320_000)],
        starts_on=date(2019, 5, 1),
        ends_on=date(2020, 5, 1),
        signed_at=moment(date(2019, 4, 20)),
        heads=workspace.Heads(jobs=20, research_jobs=12, patents_applied=1),
    )
    return replace(told, **other)


def test_what_is_taken_over_counts_as_if_it_had_come_step_by_step(scene: Scene) -> None:
    (team,) = workspace.take_over(site=scene.site, residents=[resident(scene)], by=scene.operator.person, at=NOW)
    before = list(TeamSpan.objects.filter(team=team).values("what", "amount", "starts_on", "ends_on", "known_at"))

    workspace.count_team(team=team, at=NOW)

    assert (
        list(TeamSpan.objects.filter(team=team).values("what", "amount", "starts_on", "ends_on", "known_at")) == before
    )
    assert {(row["what"], int(row["amount"])) for row in before} == {
        ("resident", 1),
        ("area", 80),
        ("jobs", 20),
        ("research_jobs", 12),
        ("ip", 1),
    }
    assert Occurrence.objects.filter(space=scene.next_office, kind="tenancy").count() == 1


@pytest.mark.parametrize("other", ["key", "number", "space"])
def test_register_with_something_twice_is_refused_whole(scene: Scene, other: str) -> None:
    second = resident(scene, key="second", number="T-78", spaces=[workspace.Offered(scene.lab, 400_000)])
    first = resident(scene)
    clashing = {
        "key": replace(second, key=first.key),
        "number": replace(second, number=first.number),
        "space": replace(second, spaces=first.spaces),
    }[other]

    with pytest.raises(workspace.RegisterClashes):
        workspace.take_over(site=scene.site, residents=[first, clashing], by=scene.operator.person, at=NOW)

    assert not Team.objects.filter(key__in=["beacon", "second"]).exists()
