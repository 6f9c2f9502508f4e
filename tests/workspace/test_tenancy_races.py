"""Two at the same moment, each with a connection of their own: one gets it, the other hears what is in the way."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from tests.cast import make_cast, moment
from tests.workspace.scene import Scene, make_scene
from tests.workspace.test_booking_races import at_once
from tests.workspace.test_tenancies import APPLIED, offer, who

from accord.kernel.refused import Refused
from accord.workspace import models, operations
from accord.workspace.enums import OccurrenceKind, TenancyState
from accord.workspace.operations import Offered

HELD = [OccurrenceKind.TENANCY, OccurrenceKind.BOOKING]


@pytest.fixture
def world(transactional_db: None) -> Scene:
    """Make the scene so that other connections see it."""
    return make_scene(make_cast())


def offer_to(scene: Scene, team: models.Team, spaces: list[models.Space], number: str) -> models.Tenancy:
    """Offer some spaces from the day on which no team has any other."""
    return operations.offer_space(
        team=team,
        spaces=[Offered(one, 1, Decimal(0)) for one in spaces],
        starts_on=date(2020, 3, 1),
        ends_on=None,
        answer_by_on=date(2019, 5, 1),
        number=number,
        **who(scene),
    )


def test_two_offers_of_the_same_spaces_in_either_order_are_one(world: Scene) -> None:
    pair = [world.next_office, world.lab]

    found = at_once(
        lambda: offer_to(world, world.team, pair, "ONE"),
        lambda: offer_to(world, world.other_team, pair[::-1], "TWO"),
    )

    (refused,) = [one for one in found if isinstance(one, operations.SpaceNotFree)]
    assert sum(isinstance(one, models.Tenancy) for one in found) == 1
    assert "is held for" in str(refused)
    assert models.TenancySpace.objects.filter(is_held=True, tenancy__state="offered").count() == len(pair)


def test_a_tenancy_and_a_booking_of_one_room_are_one(world: Scene) -> None:
    starts_at = moment(date(2019, 7, 2), 3)

    found = at_once(
        lambda: offer(world, world.room),
        lambda: operations.book(
            space=world.room,
            title="Weekly",
            starts_at=starts_at,
            minutes=60,
            owner=world.lead.person,
            by=world.lead.person,
            at=moment(date(2019, 6, 20)),
            key=UUID(int=7),
            code="123456",
        ),
    )

    rows = models.Occurrence.objects.filter(space=world.room, state="confirmed", kind__in=HELD)
    assert rows.count() == 1
    assert sum(isinstance(one, Refused) for one in found) == 1


@pytest.mark.parametrize("again", range(3))
def test_an_answer_and_the_lapse_never_both_happen(world: Scene, again: int) -> None:
    made = offer(world, number=f"T-{again}")
    last = made.answer_by_on

    found = at_once(
        lambda: operations.sign_tenancy(tenancy=made, by=world.rival.person, at=moment(last, 15)),
        lambda: operations.lapse_offers(at=moment(last, 17)),
    )

    made.refresh_from_db()
    held = models.Occurrence.objects.filter(space=world.next_office, kind=OccurrenceKind.TENANCY).count()
    counted = models.TeamSpan.objects.filter(team=world.other_team, what="resident", unknown_at=None).count()
    if made.state == TenancyState.SIGNED:
        assert (found[1], held, counted) == (0, 1, 1)
    else:
        assert (made.state, type(found[0]), found[1]) == (TenancyState.LAPSED, operations.OfferGone, 1)
        assert (held, counted) == (0, 0)


def test_accepting_and_declining_at_once_is_one_answer(world: Scene) -> None:
    made = offer(world)

    found = at_once(
        lambda: operations.sign_tenancy(tenancy=made, **who(world)),
        lambda: operations.decline_offer(tenancy=made, **who(world)),
    )

    made.refresh_from_db()
    held = models.Occurrence.objects.filter(space=world.next_office, kind=OccurrenceKind.TENANCY).exists()
    assert sum(isinstance(one, operations.OfferGone) for one in found) == 1
    assert held == (made.state == TenancyState.SIGNED)


def test_two_counts_of_a_team_at_once_leave_each_line_once(world: Scene) -> None:
    at_once(*(lambda: operations.count_team(team=world.team, at=moment(APPLIED)) for _time in range(4)))

    lines = models.TeamSpan.objects.filter(team=world.team)
    assert sorted(lines.values_list("what", "unknown_at")) == [("area", None), ("resident", None)]
