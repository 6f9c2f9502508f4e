"""Weeks and plan time: which weeks count, and how much the plan puts into a stretch of days."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from accord.engines.forecast.types import History, HistoryRefused, Pledge, PledgeRefused

WEEK = 7
EVEN_SHARE = 0.02
"""The part of a promise taken as delivered evenly whatever its plan says, so that every week has exposure."""


def monday_of(day: date) -> date:
    """Will give the Monday of the week that holds a day."""
    return day - timedelta(days=day.weekday())


def weeks_over(pledge: Pledge, as_of: date) -> int:
    """Will count the weeks, from the one in which the promise starts, that are over before a day.

    Once the due day is past, its own week counts too, over or not: nothing more can come in time.
    """
    over = as_of > pledge.due_on
    end = monday_of(pledge.due_on) + timedelta(days=WEEK) if over else monday_of(as_of)
    return max((end - monday_of(pledge.starts_on)).days // WEEK, 0)


def full_weeks(pledge: Pledge, as_of: date) -> int:
    """Will count those of ``weeks_over`` that lie whole inside the promise's term."""
    return weeks_over(pledge, as_of) - (pledge.starts_on.weekday() > 0)


def tally(changes: Iterable[tuple[date, float]], *, pledge: Pledge, as_of: date) -> History:
    """Will sort dated changes into the weeks of a promise that are over.

    Changes before the start, after the due day, or in the running week are left out, as events too.
    The order of ``changes`` is free; amounts are in the unit of the measure, negative where a level fell.
    """
    first = monday_of(pledge.starts_on)
    sums = [0.0] * weeks_over(pledge, as_of)
    events = 0
    for on, amount in changes:
        week = (on - first).days // WEEK
        if pledge.starts_on <= on <= pledge.due_on and week < len(sums):
            sums[week] += amount
            events += 1
    return History(first, tuple(sums), events)


def check(pledge: Pledge, history: History, as_of: date) -> None:
    """Will refuse a promise or a history that cannot be forecast (``PledgeRefused``, ``HistoryRefused``)."""
    _check_pledge(pledge)
    first = monday_of(pledge.starts_on)
    if history.first_week != first:
        message = f"The weeks start on {history.first_week}; start them on {first}, the Monday of the first week."
        raise HistoryRefused(message)
    expected = weeks_over(pledge, as_of)
    if len(history.increments) != expected:
        message = f"{len(history.increments)} weeks came, {expected} are over on {as_of}; give one number for each."
        raise HistoryRefused(message)
    if not np.isfinite(history.increments).all() or history.events < 0:
        raise HistoryRefused("A week is not a number, or events are negative; leave a week without records at 0.")


def _check_pledge(pledge: Pledge) -> None:
    if not np.isfinite([pledge.baseline, pledge.target]).all() or pledge.target == pledge.baseline:
        message = f"From {pledge.baseline} to {pledge.target} has no direction; set a target off the baseline."
        raise PledgeRefused(message)
    if pledge.due_on <= pledge.starts_on:
        message = f"Due on {pledge.due_on} is not after the start on {pledge.starts_on}; move one of them."
        raise PledgeRefused(message)
    days = [pledge.starts_on, *(point.on for point in pledge.plan)]
    if days != sorted(set(days)) or days[-1] > pledge.due_on:
        raise PledgeRefused("Milestones lie outside the term or out of order; sort them by day, one a day.")
    sign = 1 if pledge.target > pledge.baseline else -1
    levels = [sign * level for level in plan_curve(pledge)[1]]
    if levels != sorted(levels):
        raise PledgeRefused("A milestone moves away from the target; let the plan only approach it.")


def plan_curve(pledge: Pledge) -> tuple[list[int], list[float]]:
    """Will give the plan as corners: day ordinals, the eve of the start first, and levels."""
    inner = [point for point in pledge.plan if point.on < pledge.due_on]
    days = [
        pledge.starts_on.toordinal() - 1,
        *(point.on.toordinal() for point in inner),
        pledge.due_on.toordinal(),
    ]
    return days, [pledge.baseline, *(point.level for point in inner), pledge.target]


def plan_weeks(pledge: Pledge, ordinals: NDArray[np.int64]) -> NDArray[np.float64]:
    """Will give plan time from the start to the end of each day, in weeks; over the whole term it is
    the calendar's.

    Plan time runs fast where milestones ask for much and slowly where they ask for little.
    """
    days, levels = plan_curve(pledge)
    term = term_weeks(pledge)
    even = np.clip((ordinals - days[0]) / (days[-1] - days[0]), 0.0, 1.0)
    if not pledge.plan:
        return np.asarray(even * term)
    planned = (np.interp(ordinals, days, levels) - pledge.baseline) / (pledge.target - pledge.baseline)
    return np.asarray(((1 - EVEN_SHARE) * planned + EVEN_SHARE * even) * term)


def term_weeks(pledge: Pledge) -> float:
    """Will give the length of the term in weeks, both days included."""
    return ((pledge.due_on - pledge.starts_on).days + 1) / WEEK
