"""How the applications of a call went: how many came how far, and how long they stood at each stage."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from accord.kernel.text import Bilingual
from accord.programmes.models import Application, Call
from accord.programmes.queries._flows import PHASE_NAMES, flow_of

DAY_SECONDS = 86_400
REACHED = ("screening", "review", "decision", "offer", "placement", "done")
"""Phases that lead on, in the order in which they follow."""

_STAGES = """
    WITH stood AS (
        SELECT taken.application_id, taken.to_stage AS stage, taken.moved_at AS since,
               lead(taken.moved_at) OVER (PARTITION BY taken.application_id ORDER BY taken.moved_at, taken.id) AS until
          FROM programmes_step taken JOIN programmes_application one ON one.id = taken.application_id
         WHERE one.call_id = %s AND one.submitted_at IS NOT NULL
    )
    SELECT stage, count(DISTINCT application_id),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM until - since))
                                FILTER (WHERE until IS NOT NULL)
      FROM stood GROUP BY stage
"""
_NOW = """
    SELECT stage, count(*), max(extract(epoch FROM %s - entered_at))
      FROM programmes_application WHERE call_id = %s AND submitted_at IS NOT NULL GROUP BY stage
"""
_PHASES = """
    SELECT phase, count(DISTINCT application_id) FROM (
        SELECT one.id AS application_id, one.phase FROM programmes_application one
         WHERE one.call_id = %s AND one.submitted_at IS NOT NULL
        UNION SELECT taken.application_id, taken.to_phase FROM programmes_step taken
                JOIN programmes_application one ON one.id = taken.application_id
               WHERE one.call_id = %s AND one.submitted_at IS NOT NULL
    ) been GROUP BY phase
"""


@dataclass(frozen=True, slots=True)
class StageTime:
    """One stage: how many came there, how many stand there, the median days of those who left, the longest wait."""

    key: str
    name: Bilingual
    phase: str
    came: int
    now: int
    median_days: float | None
    longest_days: float | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many were begun and submitted, how many came how far by phase, and what each stage took."""

    begun: int
    submitted: int
    phases: tuple[tuple[str, int], ...]
    stages: tuple[StageTime, ...]


def funnel_of(call: Call, at: datetime) -> Funnel:
    """Return how the applications of a call went until a moment; four queries."""
    begun = Application.objects.filter(call=call).count()
    with connection.cursor() as cursor:
        cursor.execute(_STAGES, [call.pk])
        went = {stage: (came, median) for stage, came, median in cursor.fetchall()}
        cursor.execute(_NOW, [at, call.pk])
        now = {stage: (number, longest) for stage, number, longest in cursor.fetchall()}
        cursor.execute(_PHASES, [call.pk, call.pk])
        reached = dict(cursor.fetchall())
    stages = tuple(
        StageTime(
            key=one.key,
            name=Bilingual.of(one.name),
            phase=one.phase,
            came=max(went.get(one.key, (0, None))[0], now.get(one.key, (0, None))[0]),
            now=now.get(one.key, (0, None))[0],
            median_days=_days(went.get(one.key, (0, None))[1]),
            longest_days=None if one.ends else _days(now.get(one.key, (0, None))[1]),
        )
        for one in flow_of(call).stages
        if one.phase != "draft"
    )
    submitted = sum(number for number, _longest in now.values())
    return Funnel(begun, submitted, _further(submitted, reached), stages)


def _further(submitted: int, reached: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Return the phases that anybody came to, each with how many came there or further."""
    found: list[tuple[str, int]] = []
    beyond = 0
    for phase in reversed(REACHED):
        beyond = max(beyond, reached.get(phase, 0))
        if beyond and phase != REACHED[0]:
            found.append((str(PHASE_NAMES[phase]), min(beyond, submitted)))
    return tuple(reversed(found))


def _days(seconds: object) -> float | None:
    return None if seconds is None else round(float(str(seconds)) / DAY_SECONDS, 1)
