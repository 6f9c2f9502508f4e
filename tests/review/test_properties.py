"""Whatever is done in whatever order: nobody holds what they must not judge, no rule is passed, no score is lost."""

from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.review.scene import NOW, REVIEWERS, Scene

from accord.kernel.refused import Refused
from accord.review import operations, queries
from accord.review.models import Assignment, Conflict, Review, Standing

CODES = tuple(f"A-{number:03}" for number in range(1, 7))
Step = tuple[str, str, str]
DRAWN = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


def _lift(scene: Scene, code: str, name: str) -> None:
    found = Conflict.objects.filter(item=scene.item(code), panelist=scene.reviewers[name], lifted_at=None).first()
    if found is not None:
        operations.lift_conflict(conflict=found, reason="Not so", **scene.told)  # type: ignore[arg-type]


def _release(scene: Scene, code: str, name: str) -> None:
    found = Assignment.objects.filter(item=scene.item(code), panelist=scene.reviewers[name]).first()
    if found is not None:
        operations.release(assignment=found, reason="Asked to", **scene.told)  # type: ignore[arg-type]


def _reopen(scene: Scene, code: str, name: str) -> None:
    found = Review.objects.filter(assignment__item=scene.item(code), assignment__panelist=scene.reviewers[name]).first()
    if found is not None:
        operations.reopen_review(review=found, reason="Look again", **scene.told)  # type: ignore[arg-type]


def _run(scene: Scene, _code: str, _name: str) -> None:
    run = operations.propose_assignment(panel=scene.panel, goal="best_total", **scene.told)  # type: ignore[arg-type]
    operations.apply_run(run=run, **scene.told)  # type: ignore[arg-type]


def _declare(scene: Scene, code: str, name: str) -> None:
    panelist = scene.reviewers[name]
    operations.declare_conflict(panelist=panelist, item=scene.item(code), reason="", by=panelist.person, at=NOW)


def _review(scene: Scene, code: str, name: str) -> None:
    scene.review(code, name, str(1 + len(name) % 5))


def _withdraw(scene: Scene, code: str, _name: str) -> None:
    operations.withdraw_item(panel=scene.panel, record=f"paper:{int(code[-3:])}", **scene.told)  # type: ignore[arg-type]


STEPS: dict[str, Callable[[Scene, str, str], object]] = {
    "assign": lambda scene, code, name: scene.assign(code, name),
    "declare": _declare,
    "lift": _lift,
    "release": _release,
    "review": _review,
    "reopen": _reopen,
    "run": _run,
    "withdraw": _withdraw,
}


@settings(max_examples=30, **DRAWN)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(CODES), st.sampled_from(REVIEWERS)), max_size=12
    )
)
def test_no_sequence_of_steps_leaves_anybody_with_what_they_must_not_judge(scene: Scene, steps: list[Step]) -> None:
    with transaction.atomic():
        for name, code, who in steps:
            try:
                with transaction.atomic():
                    STEPS[name](scene, code, who)
            except Refused:
                continue
        _expect_sound(scene)
        transaction.set_rollback(True)


def _expect_sound(scene: Scene) -> None:
    """Expect what must hold after every step."""
    held = set(Assignment.objects.filter(released_at=None).values_list("item", "panelist"))
    barred = set(Conflict.objects.filter(lifted_at=None).values_list("item", "panelist"))
    assert held & barred == set()
    for review in Review.objects.prefetch_related("scores"):
        assert (review.total is None) == (review.submitted_at is None)
    operations.work_out_standing(panel=scene.panel, at=NOW)
    _expect_means(scene)


def _expect_means(scene: Scene) -> None:
    """Expect each raw standing to be the plain mean of the reviews that count, and ranks to follow from it."""
    totals: dict[int, list[Decimal]] = {}
    for _who, item, total in queries.counted_totals(scene.panel):
        totals.setdefault(item, []).append(total)
    found = {one.item_id: one for one in Standing.objects.filter(panel=scene.panel)}
    assert found.keys() == totals.keys()
    for item, given_ in totals.items():
        assert abs(found[item].raw - sum(given_, Decimal(0)) / len(given_)) <= Decimal("0.0005")
        assert found[item].spread == max(given_) - min(given_)
        assert found[item].raw_rank == 1 + sum(1 for one in found.values() if one.raw > found[item].raw)


@settings(max_examples=12, **DRAWN)
@given(
    barred=st.sets(st.tuples(st.sampled_from(CODES), st.sampled_from(REVIEWERS)), max_size=12),
    loads=st.dictionaries(st.sampled_from(REVIEWERS), st.integers(1, 6)),
    bids=st.dictionaries(st.tuples(st.sampled_from(CODES), st.sampled_from(REVIEWERS)), st.integers(0, 3), max_size=8),
)
def test_a_run_keeps_loads_and_conflicts_or_proves_that_it_cannot(
    scene: Scene,
    barred: set[tuple[str, str]],
    loads: dict[str, int],
    bids: dict[tuple[str, str], int],
) -> None:
    with transaction.atomic():
        for name, most in loads.items():
            type(scene.reviewers[name]).objects.filter(pk=scene.reviewers[name].pk).update(max_load=most)
        for code, name in sorted(barred):
            _declare(scene, code, name)
        for (code, name), value in sorted(bids.items()):
            if (code, name) not in barred:
                panelist = scene.reviewers[name]
                operations.place_bid(panelist=panelist, item=scene.item(code), value=value, by=panelist.person, at=NOW)
        run = operations.propose_assignment(panel=scene.panel, goal="best_total", **scene.told)  # type: ignore[arg-type]
        if run.result:
            operations.apply_run(run=run, **scene.told)  # type: ignore[arg-type]
            _expect_kept(loads)
        else:
            assert _seats(barred, loads) is False
        transaction.set_rollback(True)


def _expect_kept(loads: dict[str, int]) -> None:
    held = Assignment.objects.filter(released_at=None).select_related("panelist__person")
    by_name: dict[str, int] = {}
    for one in held:
        by_name[one.panelist.person.key] = by_name.get(one.panelist.person.key, 0) + 1
    assert all(number <= loads.get(name, 4) for name, number in by_name.items())
    assert len(held) == 2 * len(CODES)


def _seats(barred: set[tuple[str, str]], loads: dict[str, int]) -> bool:
    """Say by trying all, item by item, whether two reviewers fit each item; the slow and obvious way."""
    reached = {tuple(loads.get(name, 4) for name in REVIEWERS)}
    for code in CODES:
        may = [place for place, name in enumerate(REVIEWERS) if (code, name) not in barred]
        after = set()
        for left in reached:
            for at, one in enumerate(may):
                for other in may[at + 1 :]:
                    if left[one] and left[other]:
                        after.add(tuple(n - (place in {one, other}) for place, n in enumerate(left)))
        reached = after
    return bool(reached)
