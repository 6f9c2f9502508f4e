"""Building a problem: what comes out does not depend on order, and what contradicts itself is named."""

import numpy as np
import pytest

from accord.engines.assignment import (
    DemandTooLow,
    EmptyProblem,
    FitNotANumber,
    FixedAgainstRule,
    FixedConflict,
    FixedOverDemand,
    FixedOverLoad,
    Item,
    LoadsCrossed,
    ProblemRefused,
    RepeatedId,
    Reviewer,
    SeniorsOverDemand,
    ShapeRefused,
    ShareTooLow,
    Sparse,
    UnknownId,
    digest,
    problem,
)

ITEMS = [Item("lab", 2), Item("archive", 1)]
REVIEWERS = [
    Reviewer("Wu", 2, institution="Fudan"),
    Reviewer("Ada", 1, senior=True),
    Reviewer("Bo", 3, institution="Fudan"),
]
FITS = np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.0]])
TABLE = {
    (item.id, one.id): float(FITS[row, column])
    for row, item in enumerate(ITEMS)
    for column, one in enumerate(REVIEWERS)
}
SPARSE = Sparse(np.array([0, 3, 5]), np.array([0, 1, 2, 0, 1]), np.array([0.1, 0.2, 0.3, 0.4, 0.5]))


def test_problem_is_in_the_order_of_sorted_ids() -> None:
    built = problem(ITEMS, REVIEWERS, FITS, conflicts=[("lab", "Ada")])

    assert built.items == ("archive", "lab")
    assert built.reviewers == ("Ada", "Bo", "Wu")
    assert np.asarray(built.fits).tolist() == [[0.5, 0.0, 0.4], [0.2, 0.3, 0.1]]
    assert built.demand.tolist() == [1, 2]
    assert built.most.tolist() == [1, 3, 2]
    assert built.senior.tolist() == [True, False, False]
    assert built.institution.tolist() == [-1, 0, 0]
    assert built.conflicts.tolist() == [[1, 0]]
    assert built.reviews == 3


@pytest.mark.parametrize("fits", [FITS, FITS.astype(np.float64), TABLE, SPARSE, dict(reversed(TABLE.items()))])
def test_same_records_in_another_form_have_the_same_digest(fits: object) -> None:
    assert digest(problem(ITEMS, REVIEWERS, fits)) == digest(problem(ITEMS, REVIEWERS, FITS))


def test_rows_and_columns_move_with_their_records() -> None:
    turned = problem(ITEMS[::-1], REVIEWERS[::-1], FITS[::-1, ::-1], conflicts=[("lab", "Ada"), ("lab", "Ada")])

    assert digest(turned) == digest(problem(ITEMS, REVIEWERS, FITS, conflicts=[("lab", "Ada")]))


@pytest.mark.parametrize(
    "change",
    [
        {"share": 1},
        {"floor": 0.1},
        {"conflicts": [("lab", "Bo")]},
        {"fixed": [("lab", "Bo")]},
        {"fits": FITS + 0.5},
        {"items": [Item("lab", 2, 1), ITEMS[1]]},
        {"reviewers": [*REVIEWERS[:2], Reviewer("Bo", 3, 1, institution="Fudan")]},
        {"reviewers": [*REVIEWERS[:2], Reviewer("Bo", 3, institution="Pisa")]},
    ],
)
def test_any_change_changes_the_digest(change: dict[str, object]) -> None:
    plain = {"items": ITEMS, "reviewers": REVIEWERS, "fits": FITS}

    assert digest(problem(**{**plain, **change})) != digest(problem(**plain))


BAD = {
    "no item": (EmptyProblem, (), {"items": []}),
    "no reviewer": (EmptyProblem, (), {"reviewers": []}),
    "item twice": (RepeatedId, ("lab",), {"items": [*ITEMS, Item("lab")]}),
    "reviewer twice": (RepeatedId, ("Ada",), {"reviewers": [*REVIEWERS, Reviewer("Ada", 1)]}),
    "unknown item": (UnknownId, ("house",), {"conflicts": [("house", "Ada")]}),
    "unknown reviewer": (UnknownId, ("Eve",), {"fixed": [("lab", "Eve")]}),
    "unknown fit": (UnknownId, ("Eve",), {"fits": {("lab", "Eve"): 1.0}}),
    "other shape": (ShapeRefused, (), {"fits": FITS.T}),
    "column too far": (ShapeRefused, (), {"fits": Sparse(SPARSE.start, SPARSE.reviewer + 1, SPARSE.fit)}),
    "nan": (FitNotANumber, ("lab", "Bo"), {"fits": {**TABLE, ("lab", "Bo"): float("nan")}}),
    "infinite": (FitNotANumber, ("archive", "Wu"), {"fits": np.where(FITS == 0.4, np.inf, FITS)}),
    "opposite infinities": (FitNotANumber, ("archive", "Ada"), {"fits": np.array([[0, -np.inf, 0], [0, np.inf, 0]])}),
    "no demand": (DemandTooLow, ("lab",), {"items": [Item("lab", 0)], "fits": {}}),
    "negative demand": (DemandTooLow, ("lab",), {"items": [Item("lab", -2)], "fits": {}}),
    "too many seniors": (SeniorsOverDemand, ("lab",), {"items": [Item("lab", 2, 3)], "fits": {}}),
    "least over most": (LoadsCrossed, ("Ada",), {"reviewers": [Reviewer("Ada", 1, 2)], "fits": {}}),
    "negative load": (LoadsCrossed, ("Ada",), {"reviewers": [Reviewer("Ada", 1, -1)], "fits": {}}),
    "no share": (ShareTooLow, (), {"share": 0}),
    "fixed and conflict": (FixedConflict, ("lab", "Bo"), {"fixed": [("lab", "Bo")], "conflicts": [("lab", "Bo")]}),
    "fixed over load": (FixedOverLoad, ("Ada",), {"fixed": [("lab", "Ada"), ("archive", "Ada")]}),
    "fixed over demand": (FixedOverDemand, ("archive",), {"fixed": [("archive", "Ada"), ("archive", "Bo")]}),
    "fixed juniors": (FixedAgainstRule, ("lab",), {"items": [Item("lab", 1, 1)], "fixed": [("lab", "Bo")], "fits": {}}),
    "fixed share": (FixedAgainstRule, ("lab", "Fudan"), {"fixed": [("lab", "Bo"), ("lab", "Wu")], "share": 1}),
}


@pytest.mark.parametrize("case", BAD)
def test_what_contradicts_itself_is_refused_by_name(case: str) -> None:
    kind, ids, change = BAD[case]

    with pytest.raises(ProblemRefused) as refused:
        problem(**{"items": ITEMS, "reviewers": REVIEWERS, "fits": FITS, **change})

    assert type(refused.value) is kind
    assert refused.value.ids == ids
    assert all(one in refused.value.words(language) for one in ids for language in ("en", "zh-hans"))
    assert str(refused.value) == refused.value.words("en") != refused.value.words("zh-hans")


def test_every_kind_of_refusal_has_its_own_code() -> None:
    kinds = [kind for kind, _, _ in BAD.values()]

    assert len({kind.code for kind in kinds}) == len(set(kinds)) == len(ProblemRefused.__subclasses__())
