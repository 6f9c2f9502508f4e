"""What the office finds of two applications that look alike."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.people.queries import Person
from accord.programmes.models import Application, LikenessVerdict

MOST_NOTE = 500


class NotAPair(Refused):
    """Two different applications of one call are compared."""

    code = "not-a-pair"


@transaction.atomic
def judge_likeness(
    *, first: Application, second: Application, is_same: bool, by: Person, at: datetime, note: str = ""
) -> LikenessVerdict:
    """Keep whether two applications are the same; another judgement takes the place of the one before.

    Nothing else follows from it: the office withdraws or refuses one by a step, with a reason. The same again changes
    nothing. Raises `NotAPair`.
    """
    if first.pk == second.pk or first.call_id != second.call_id:
        raise NotAPair(_("Compare two different applications of one call."))
    low, high = sorted((first, second), key=lambda one: one.pk)
    Application.objects.select_for_update(of=("self",), no_key=True).get(pk=low.pk)
    wanted = {"is_same": is_same, "note": note.strip()[:MOST_NOTE]}
    verdict = LikenessVerdict.objects.filter(first=low, second=high).first()
    if verdict is None:
        return LikenessVerdict.objects.create(first=low, second=high, found_at=at, found_by=by, **wanted)
    if any(getattr(verdict, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(verdict, name, value)
        verdict.found_at, verdict.found_by = at, by
        verdict.save()
    return verdict
