"""Who may do what on a panel: what the permissions say in words is what the rules decide."""

import pytest

from accord.kernel.access import Actor, Grant
from accord.kernel.permits import permits
from accord.people.enums import Role
from accord.review import rules
from accord.review.enums import Permission

OURS, ELSEWHERE, ME = 7, 99, 1
OFFICE = {Role.STEWARD, Role.OFFICER, Role.MANAGER}


def actor(role: str, institution: int = OURS, *, for_person: int | None = None) -> Actor:
    held = None if role == Role.STEWARD else institution
    return Actor(ME, "", frozenset({Grant(role, held)}), for_person=for_person)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (Permission.SEE_PANEL, OFFICE | {Role.EXECUTIVE}),
        (Permission.RUN_PANEL, OFFICE),
        (Permission.CHAIR_PANEL, OFFICE),
        (Permission.LIFT_CONFLICT, OFFICE),
        (Permission.KEEP_RUBRICS, OFFICE),
    ],
)
def test_roles_that_open_a_permission_are_those_that_it_names(code: str, expected: set[str]) -> None:
    permit = permits.get(code)
    assert permit is not None

    opened = {role for role in Role.values if permit.rule(actor(role), OURS)}
    elsewhere = {role for role in Role.values if permit.rule(actor(role, ELSEWHERE), OURS)}

    assert opened == expected == set(permit.roles)
    assert elsewhere == {Role.STEWARD}


def test_the_chair_opens_what_is_the_chairs_and_nothing_else() -> None:
    nobody = Actor(ME)

    assert rules.may_see_panel(nobody, OURS, is_chair=True)
    assert rules.may_chair_panel(nobody, OURS, is_chair=True)
    assert rules.may_lift_conflict(nobody, OURS, is_chair=True, whose={2})
    assert not rules.may_run_panel(nobody, OURS)


def test_nobody_lifts_a_conflict_of_their_own_nor_of_whom_they_act_for() -> None:
    assert not rules.may_lift_conflict(actor(Role.STEWARD), OURS, whose={ME})
    assert not rules.may_lift_conflict(actor(Role.OFFICER, for_person=5), OURS, whose={5})


def test_nobody_reviews_in_the_stead_of_another() -> None:
    assert rules.may_review(Actor(ME), ME)
    assert not rules.may_review(Actor(ME, for_person=5), 5)
    assert not rules.may_review(actor(Role.STEWARD), 5)


def test_every_rule_is_announced_once() -> None:
    announced = {str(one.code): one.rule for one in permits if one.context == "review"}

    assert announced == {str(code): rule for code, rule in rules.RULES.items()}
