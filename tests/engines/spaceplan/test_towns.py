"""Problems too large for brute force: the check accepts what both planners make of them, and trading pays."""

import pytest
from tests.engines.spaceplan.worlds import town

from accord.engines.spaceplan import Solver, check, place
from accord.engines.spaceplan._market import market
from accord.engines.spaceplan._rule import best_fit, traded


@pytest.mark.parametrize(("seed", "load"), [(1, 60), (2, 85), (3, 130)])
def test_check_accepts_what_the_rule_makes_of_a_town(seed: int, load: int) -> None:
    built = town(seed, load=load)

    plan = place(built, solver=Solver.RULE)

    assert check(built, plan).breaches == ()
    assert plan == place(built, solver=Solver.RULE)
    assert plan.at_least <= plan.cost


def test_search_is_no_worse_than_the_rule() -> None:
    pytest.importorskip("ortools")
    built = town(4)

    rule, search = (place(built, solver=one, effort=0.1) for one in (Solver.RULE, Solver.SEARCH))

    assert check(built, search).breaches == ()
    assert [one.value for one in search.levels] <= [one.value for one in rule.levels]
    assert search.at_least <= search.cost


def test_trading_finds_places_that_best_fit_does_not() -> None:
    ready = market(town(5, load=110))

    plain = best_fit(ready)
    better = traded(ready, plain)

    first, second = (ready.levels(team for team, choice in enumerate(at) if choice is None) for at in (plain, better))
    assert second < first
    assert [team for team, choice in enumerate(better) if choice is None and ready.wants[team].sitting] == []
