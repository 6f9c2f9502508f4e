"""Slates: opened, filled from the proposals, changed by hand, and settled once for all."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import EN, ZH, Bilingual
from accord.people.queries import Person
from accord.programmes.enums import Outcome
from accord.programmes.models import Application, Call, Decision, Slate
from accord.programmes.operations._slate_letters import write_letters
from accord.programmes.operations._steps import locked_applications
from accord.programmes.queries import (
    SlateRow,
    accepted_now,
    candidates,
    digest_of_order,
    mark_of,
    settled_order,
    slate_rows,
)

EXPLAINED = frozenset({Outcome.DECLINE, Outcome.REVISE})
"""Outcomes that nobody is told without a reason."""
MOST_WORDS = 5000


class SlateSettled(Refused):
    """What was settled stands; its letters wait to be let go."""

    code = "slate-settled"
    status = 409


class SlateChanged(Refused):
    """The slate is not as it was when somebody looked at it."""

    code = "slate-changed"
    status = 409


class NotOnSlate(Refused):
    """Only applications whose decision is due are decided on."""

    code = "not-on-slate"
    status = 409


class ReasonNeeded(Refused):
    """Whoever is declined or asked to revise reads why, in their language."""

    code = "reason-needed"


class NoteNeeded(Refused):
    """Whoever decides otherwise than proposed notes why, for the office."""

    code = "note-needed"


class NothingDecided(Refused):
    """A slate without a decision has nothing to settle."""

    code = "nothing-decided"
    status = 409


@transaction.atomic
def open_slate(
    *, call: Call, by: Person, at: datetime, quota: int | None = None, reserve_length: int | None = None
) -> Slate:
    """Open the next slate of a call; without a quota it is that of the call, less those who were accepted and are in.

    Where one is open it is returned as it stands.
    """
    held = Call.objects.select_for_update(of=("self",), no_key=True).get(pk=call.pk)
    open_ = Slate.objects.filter(call=held, settled_at=None).first()
    if open_ is not None:
        return open_
    if quota is None and held.quota is not None:
        quota = max(0, held.quota - accepted_now(held))
    return Slate.objects.create(
        call=held,
        number=next_number(held),
        quota=quota,
        reserve_length=held.reserve_length if reserve_length is None else reserve_length,
        opened_at=at,
        opened_by=by,
    )


def next_number(call: Call) -> int:
    """Return the number that the next slate of a call gets."""
    found = Slate.objects.filter(call=call).aggregate(last=Max("number"))["last"]
    return int(found or 0) + 1


@transaction.atomic
def change_slate(*, slate: Slate, quota: int | None, reserve_length: int, by: Person, at: datetime) -> Slate:
    """Change how many a slate accepts and how long its reserve list is; decisions stay as they are.

    Raises `SlateSettled`.
    """
    del by, at  # the history keeps who did it and when
    held = _open(slate)
    held.quota, held.reserve_length = quota, reserve_length
    held.save(update_fields=["quota", "reserve_length"])
    return held


@transaction.atomic
def take_proposals(*, slate: Slate, reason: Bilingual | str, by: Person, at: datetime) -> int:
    """Decide as proposed wherever nobody decided by hand; the reason is for those who are declined.

    Returns how many decisions changed. What nothing is proposed for stays open. Raises `SlateSettled`, `ReasonNeeded`.
    """
    held = _open(slate)
    rows = [one for one in slate_rows(held.call, held) if one.proposed and not one.note]
    changed = [one for one in rows if one.outcome != one.proposed]
    for one in changed:
        words = reason_in(one.language, one.reference, one.proposed, reason) if one.proposed in EXPLAINED else ""
        _keep(held, one, one.proposed, words, "", by, at)
    return len(changed)


@transaction.atomic
def decide(
    *,
    slate: Slate,
    application: Application,
    outcome: str,
    reason: Bilingual | str,
    by: Person,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> Decision:
    """Decide on one application of an open slate; the same again changes nothing.

    A reason in two languages gives the applicant's. Raises `SlateSettled`, `NotOnSlate`, `ReasonNeeded` for who is
    declined or asked to revise without one, `NoteNeeded` for what was not proposed, and `SlateChanged` where
    `version` is not the one that stands.
    """
    return decide_several(
        slate=slate,
        applications=[application],
        outcome=outcome,
        reason=reason,
        by=by,
        at=at,
        note=note,
        version=version,
    )[0]


@transaction.atomic
def decide_several(
    *,
    slate: Slate,
    applications: Collection[Application],
    outcome: str,
    reason: Bilingual | str,
    by: Person,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> list[Decision]:
    """Give several applications of an open slate one outcome and one reason; all of them or none."""
    held = _open(slate)
    keys = {one.pk for one in applications}
    rows = [one for one in slate_rows(held.call, held) if one.pk in keys]
    if len(rows) != len(keys):
        raise NotOnSlate(_("No decision is due on one of these applications now. Look at the slate again."))
    if version is not None and any(one.version != version for one in rows):
        raise SlateChanged(_("Somebody decided on this application meanwhile. Read that, then decide."))
    note = note.strip()
    if not note and any(outcome not in {one.proposed, one.outcome} for one in rows):
        raise NoteNeeded(_("This is not what was proposed. Write a note on why, for the office."), field="note")
    words = {one.pk: reason_in(one.language, one.reference, outcome, reason) for one in rows}
    return [_keep(held, one, outcome, words[one.pk], note, by, at) for one in rows]


def _open(slate: Slate) -> Slate:
    """Return a slate, locked, or refuse to change one that is settled."""
    held = Slate.objects.select_for_update(of=("self",)).select_related("call__programme__owner").get(pk=slate.pk)
    if held.settled_at is not None:
        raise SlateSettled(_("This slate is settled. What was decided stands, and its letters wait to be let go."))
    return held


def reason_in(language: str, reference: str, outcome: str, reason: Bilingual | str) -> str:
    """Return what an applicant is told, in their language, or refuse to leave them without."""
    chinese = language.startswith("zh")
    said = (reason.side(ZH if chinese else EN) if isinstance(reason, Bilingual) else reason).strip()
    if said or outcome not in EXPLAINED:
        return said[:MOST_WORDS]
    if isinstance(reason, Bilingual) and reason:
        sentence = (
            _("%(reference)s reads Chinese. Write the reason in Chinese as well.")
            if chinese
            else _("%(reference)s reads English. Write the reason in English as well.")
        )
        raise ReasonNeeded(str(sentence) % {"reference": reference}, field="reason")
    raise ReasonNeeded(_("Say why. The applicant reads it."), field="reason")


def _keep(slate: Slate, row: SlateRow, outcome: str, reason: str, note: str, by: Person, at: datetime) -> Decision:
    """Write a decision, unless it stands so already."""
    one = Decision.objects.filter(slate=slate, application=row.pk).first()
    if one is None:
        one = Decision(slate=slate, application_id=row.pk, version=0)
    elif (one.outcome, one.reason, one.note) == (outcome, reason, note):
        return one
    one.outcome, one.reason, one.note = outcome, reason, note
    one.version += 1
    one.decided_at, one.decided_by = at, by
    one.save()
    return one


@transaction.atomic
def settle_slate(*, slate: Slate, by: Person, at: datetime, seen: str = "") -> Slate:
    """Make every decision of a slate final, and hold their letters back until another person lets them go.

    Settled again it changes nothing. What is not decided stays due. `seen` is the mark of the slate as somebody looked
    at it (`queries.mark_of`). Raises `SlateChanged` where it is not so any more, and `NothingDecided`.
    """
    held = Slate.objects.select_for_update(of=("self",)).select_related("call__programme__owner").get(pk=slate.pk)
    if held.settled_at is not None:
        return held
    locked_applications(list(candidates(held.call).values_list("pk", flat=True)))
    rows = slate_rows(held.call, held)
    if seen and mark_of(rows) != seen:
        raise SlateChanged(_("Since you looked, a decision or a score changed, or somebody withdrew. Look again."))
    decided = [one for one in rows if one.outcome]
    if not decided:
        raise NothingDecided(_("Nothing is decided yet. Take the proposals, or decide by hand."))
    Decision.objects.filter(slate=held).exclude(application__in=[one.pk for one in decided]).delete()
    kept = _settle_all(held, decided)
    settle(held, settled_order(rows), by, at)
    write_letters(held, kept, by=by, at=at)
    return held


def _settle_all(slate: Slate, rows: Sequence[SlateRow]) -> list[Decision]:
    """Keep score, draw and place on the reserve list with each decision; return them in the order of the slate."""
    kept: Mapping[int, Decision] = {one.application_id: one for one in Decision.objects.filter(slate=slate)}
    position = 0
    for row in rows:
        one = kept[row.pk]
        position += one.outcome == Outcome.RESERVE
        one.reserve_position = position if one.outcome == Outcome.RESERVE else None
        one.score, one.draw = row.score, row.draw
    Decision.objects.bulk_update(kept.values(), ["reserve_position", "score", "draw"])
    return [kept[row.pk] for row in rows]


def settle(slate: Slate, order: list[dict[str, object]], by: Person, at: datetime) -> None:
    """Keep the order of a slate with its digest, and who settled it."""
    slate.order, slate.digest = order, digest_of_order(order)
    slate.settled_at, slate.settled_by = at, by
    slate.save(update_fields=["order", "digest", "settled_at", "settled_by"])
