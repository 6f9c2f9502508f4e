"""The score of past forecasts, against figures worked out by hand."""

import pytest

from accord.engines.forecast import Likelihood, Sample, Scored, Share, score


def past(probability: float, outcome: float, *, horizon: float = 10) -> Scored:
    """Range of eight in ten 80 to 120, of half 90 to 110; target 100."""
    return Scored(probability, 80, 120, 90, 110, outcome, reached=outcome >= 100, horizon_weeks=horizon)


def test_no_forecast_gives_no_figure() -> None:
    found = score([])

    assert (found.n, found.sample, found.brier, found.coverage80, found.coverage50) == (
        0,
        Sample.NONE,
        None,
        None,
        None,
    )
    assert all((one.n, one.said, one.happened) == (0, None, None) for one in found.bins)


def test_brier_and_coverage_are_those_of_the_definition() -> None:
    found = score([past(0.9, 105), past(0.6, 85), past(0.2, 120), past(0.1, 60)])

    assert found.brier == pytest.approx((0.01 + 0.36 + 0.64 + 0.01) / 4)
    assert found.coverage80 is not None
    assert found.coverage80.share == 0.75
    assert found.coverage50 is not None
    assert found.coverage50.share == 0.25


def test_interval_is_wilsons() -> None:
    hits = [past(0.5, 100)] * 8 + [past(0.5, 200)] * 2

    found = score(hits).coverage80

    assert found is not None
    assert (found.share, found.low, found.high) == pytest.approx((0.8, 0.4902, 0.9433), abs=1e-4)


def test_bins_tell_said_and_happened_by_word() -> None:
    found = {one.likelihood: one for one in score([past(0.7, 105), past(0.8, 90), past(0.04, 60)]).bins}

    likely = found[Likelihood.LIKELY]
    assert (likely.n, likely.said) == (2, pytest.approx(0.75))
    assert isinstance(likely.happened, Share)
    assert likely.happened.share == 0.5
    assert found[Likelihood.VERY_UNLIKELY].n == 1
    assert list(found) == list(reversed(Likelihood))


def test_horizons_split_at_4_13_26_and_52_weeks() -> None:
    weeks = (0, 3.9, 4, 12, 13, 26, 51, 52, 300)

    found = score([past(0.5, 100, horizon=week) for week in weeks]).by_horizon

    assert [(one.from_weeks, one.to_weeks, one.n) for one in found] == [
        (0, 4, 2), (4, 13, 2), (13, 26, 1), (26, 52, 2), (52, None, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("n", "sample"), [(1, Sample.FEW), (29, Sample.FEW), (30, Sample.SOME), (100, Sample.ENOUGH)])
def test_small_samples_say_so(n: int, sample: Sample) -> None:
    assert score([past(0.5, 100)] * n).sample == sample
