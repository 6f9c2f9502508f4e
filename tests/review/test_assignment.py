"""The automatic assignment: proposed with reasons and proof, applied once, and refused where the world moved on."""

import pytest
from tests.review.scene import NOW, Scene, later

from accord.engines import assignment as engine
from accord.outbox.models import Message
from accord.people.queries import actor_for
from accord.review import operations, queries
from accord.review.models import Assignment, AssignmentRun, Conflict


def propose(scene: Scene, goal: str = "best_total", seed: str | None = None) -> AssignmentRun:
    return operations.propose_assignment(panel=scene.fresh(), goal=goal, seed=seed, **scene.told)  # type: ignore[arg-type]


def apply(scene: Scene, run: AssignmentRun) -> AssignmentRun:
    return operations.apply_run(run=run, **scene.told)  # type: ignore[arg-type]


def pairs() -> set[tuple[str, str]]:
    """Return who reviews what: code and name."""
    rows = Assignment.objects.filter(released_at=None)
    return {(one.item.code, one.panelist.person.key) for one in rows.select_related("item", "panelist__person")}


@pytest.mark.parametrize("goal", ["best_total", "strong", "randomised"])
def test_a_proposal_keeps_every_rule_and_is_proven(scene: Scene, goal: str) -> None:
    run = apply(scene, propose(scene, goal))

    by_item = {code: sum(1 for one, _who in pairs() if one == code) for code, _name in pairs()}
    assert by_item == {f"A-{number:03}": 2 for number in range(1, 7)}
    assert run.certificate["feasible"]
    assert run.certificate["certified"]
    assert run.certificate["gap"] < 1e-9 or goal == "randomised"


def test_a_reviewer_gets_what_they_know_and_what_they_bid_for(scene: Scene) -> None:
    dan = scene.members["dan"].person
    operations.place_bid(panelist=scene.reviewers["dan"], item=scene.item("A-001"), value=3, by=dan, at=NOW)

    apply(scene, propose(scene))

    assert {("A-001", "ann"), ("A-001", "dan"), ("A-003", "cy"), ("A-002", "bo")} <= pairs()
    told = Assignment.objects.get(item=scene.item("A-001"), panelist=scene.reviewers["dan"]).why
    assert set(told) == {"en", "zh-hans", "fit", "rank"}
    assert "R4" in told["en"]


def test_conflicts_and_locks_are_kept(scene: Scene) -> None:
    scene.assign("A-002", "ann")
    operations.lock_assignment(assignment=Assignment.objects.get(), **scene.told)  # type: ignore[arg-type]
    for name in ("bo", "cy"):
        operations.declare_conflict(
            panelist=scene.reviewers[name],
            item=scene.item("A-002"),
            reason="",
            by=scene.members[name].person,
            at=NOW,
        )

    apply(scene, propose(scene))

    on_it = {name for code, name in pairs() if code == "A-002"}
    assert "ann" in on_it
    assert not on_it & {"bo", "cy"}
    assert not Conflict.objects.filter(lifted_at=None, item__assignments__released_at=None).filter(
        panelist__assignments__in=Assignment.objects.filter(released_at=None, item=scene.item("A-002"))
    )


def test_what_nobody_began_is_moved_and_what_was_opened_stays(scene: Scene) -> None:
    opened, idle = scene.assign("A-006", "bo"), scene.assign("A-005", "cy")
    scene.state("bo")
    operations.open_item(assignment=opened, by=scene.members["bo"].person, at=NOW)
    operations.declare_conflict(
        panelist=scene.reviewers["cy"], item=scene.item("A-004"), reason="", by=scene.members["cy"].person, at=NOW
    )

    run = apply(scene, propose(scene))

    opened.refresh_from_db()
    idle.refresh_from_db()
    proposed = {(one["item"], one["reviewer"]) for one in run.result["pairs"]}
    assert opened.released_at is None
    assert ("A-006", "R2") in proposed
    assert (idle.released_at is None) == (("A-005", "R3") in proposed)


def test_applying_twice_changes_nothing_and_tells_once(scene: Scene) -> None:
    run = apply(scene, propose(scene))
    before, told = pairs(), Message.objects.filter(topic="review.assigned").count()

    again = operations.apply_run(run=run, by=scene.manager.person, at=later(1))

    assert (again.applied_at, again.applied_by) == (NOW, scene.cast.owner.person)
    assert pairs() == before
    assert Message.objects.filter(topic="review.assigned").count() == told


def test_the_same_panel_goal_and_seed_give_the_same_to_the_last_bit(scene: Scene) -> None:
    first, second, other = propose(scene, seed="one"), propose(scene, seed="one"), propose(scene, seed="two")

    assert (first.digest, first.result, first.certificate) == (second.digest, second.result, second.certificate)
    assert first.digest == other.digest
    assert first.seed != other.seed


def test_anybody_can_repeat_a_run_from_what_is_published(scene: Scene) -> None:
    run = propose(scene)
    told = run.problem

    posed = engine.problem(
        [engine.Item(one["id"], one["demand"], one["seniors"]) for one in told["items"]],
        [
            engine.Reviewer(one["id"], one["most"], one["least"], one["senior"], one["institution"])
            for one in told["reviewers"]
        ],
        {(item, reviewer): fit for item, reviewer, fit in told["fits"]},
        conflicts=[tuple(one) for one in told["conflicts"]],
        fixed=[tuple(one) for one in told["fixed"]],
        share=told["share"],
    )
    found = engine.assign(posed, seed=run.seed)

    assert engine.digest(posed) == run.digest
    assert [(one.item, one.reviewer) for one in found.pairs] == [
        (one["item"], one["reviewer"]) for one in run.result["pairs"]
    ]


def test_where_nothing_fits_the_run_names_who_is_short_of_what(scene: Scene) -> None:
    for name in ("ann", "bo", "cy", "dan"):
        operations.enter_conflict(
            panelist=scene.reviewers[name], item=scene.item("A-001"), reason="Knows them", **scene.told
        )

    run = propose(scene)

    assert run.result == {}
    assert "A-001" in run.witness["en"]
    assert "A-001" in run.witness["zh-hans"]
    assert "Eve Reviewer" in queries.run_witness(run)
    with pytest.raises(operations.RunEmpty):
        apply(scene, run)
    assert pairs() == set()


def test_a_proposal_for_another_world_is_not_applied(scene: Scene) -> None:
    run = propose(scene)
    operations.enter_conflict(
        panelist=scene.reviewers["ann"], item=scene.item("A-001"), reason="Knows them", **scene.told
    )

    with pytest.raises(operations.RunOutdated):
        apply(scene, run)

    assert pairs() == set()


def test_what_contradicts_itself_is_refused_in_words(scene: Scene) -> None:
    for code in ("A-001", "A-002", "A-003", "A-004", "A-005"):
        operations.assign(item=scene.item(code), panelist=scene.reviewers["ann"], is_locked=True, **scene.told)

    with pytest.raises(operations.CannotAssign, match="R1"):
        propose(scene)


def test_a_proposal_says_why_and_names_people(scene: Scene) -> None:
    run = propose(scene)

    why = queries.run_why(run, "A-001")
    lines = queries.run_lines(run, actor_for(scene.cast.owner.person.account, on=NOW.date()))

    assert any("Ann Reviewer" in sentence for sentence in why.chosen)
    assert not any("R1 " in sentence for sentence in (*why.chosen, *why.passed))
    assert [one.code for one in lines] == [f"A-{number:03}" for number in range(1, 7)]
    assert all(one.new == one.reviewers for one in lines)


def test_nobody_is_assigned_who_did_not_accept_or_was_removed(scene: Scene) -> None:
    operations.remove_panelist(panelist=scene.reviewers["cy"], reason="Left", **scene.told)
    operations.answer_invitation(
        panelist=scene.reviewers["dan"], accepts=False, reason="No time", by=scene.members["dan"].person, at=NOW
    )

    run = propose(scene)

    assert {one["id"] for one in run.problem["reviewers"]} == {"R1", "R2", "R5"}
    for name in ("cy", "dan"):
        with pytest.raises(operations.NotServing):
            scene.assign("A-001", name)


def test_who_declines_after_all_hands_back_what_is_not_submitted(scene: Scene) -> None:
    scene.review("A-001", "dan", "4")
    scene.assign("A-002", "dan")

    operations.answer_invitation(
        panelist=scene.reviewers["dan"], accepts=False, reason="Ill", by=scene.members["dan"].person, at=NOW
    )

    assert pairs() == {("A-001", "dan")}
    told = Message.objects.get(topic="review.answered")
    assert "Ill" in str(told.body)
