"""Strikes what was recorded wrongly of a placement; it stays to be read."""

from datetime import datetime

from accord.kernel.refused import NotThere
from accord.people.queries import Person
from accord.programmes.models import Placement
from accord.programmes.operations._posts import strike_leave, strike_stipend
from accord.programmes.operations._stays import strike_hiring


def strike_record(*, placement: Placement, kind: str, pk: int, by: Person, at: datetime) -> None:
    """Strike a job, a leave or a payment of a placement. Twice changes nothing. Raises `NotThere`."""
    if kind == "job" and (job := placement.hirings.filter(pk=pk).first()) is not None:
        strike_hiring(hiring=job, by=by, at=at)
    elif kind == "leave" and (leave := placement.leaves.filter(pk=pk).first()) is not None:
        strike_leave(leave=leave, by=by, at=at)
    elif kind == "payment" and (stipend := placement.stipends.filter(pk=pk).first()) is not None:
        strike_stipend(stipend=stipend, by=by, at=at)
    else:
        raise NotThere(f"no {kind} {pk} of placement {placement.pk}")
