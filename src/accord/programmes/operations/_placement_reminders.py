"""Reminds the sides of placements of what is due, each thing once, and the office of what stays missing."""

from datetime import datetime

from django.db import transaction

from accord.programmes.models import Placement
from accord.programmes.operations._placements import hold
from accord.programmes.operations._placements_tell import PlacementDoor, ask_side, tell_office
from accord.programmes.queries import due_at, placement_day, placements_to_remind


def remind_placements(*, at: datetime, door: PlacementDoor) -> int:
    """Ask for what is due at placements and was not asked for yet; return at how many placements anything was due.

    Who has an account is told where they sign in, everybody else by letter with a link. Run again it asks nobody anew.
    """
    reminded = 0
    for placement in placements_to_remind(at.date()).iterator(chunk_size=500):
        if due_at(placement, placement_day(placement, at)):
            reminded += _remind(placement, door, at)
    return reminded


@transaction.atomic
def _remind(placement: Placement, door: PlacementDoor, at: datetime) -> bool:
    held = hold(placement)
    due = due_at(held, placement_day(held, at))
    for one in due:
        key = f"due:{one.key}"
        for side in one.sides:
            ask_side(one.what, held, side, key=key, door=door, by=held.made_by, at=at)
        if not one.sides:
            tell_office(one.what, held, by=None, at=at)
    held.reminded = [*held.reminded, *(one.key for one in due)]
    held.save(update_fields=["reminded"])
    return bool(due)
