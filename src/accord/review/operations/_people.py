"""Who is on a panel: invited, answering, changed, removed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.review.models import Panel, Panelist
from accord.review.operations._conflicts import record_clashes
from accord.review.operations._panels import locked
from accord.review.operations._refused import NotServing, PanelUnclear, reasoned, refuse_closed
from accord.review.operations._release import release_all
from accord.review.operations._tell import tell_office, tell_panelists
from accord.review.queries import clashes

DECLINED = Bilingual("The reviewer declined.", "评审人已谢绝。")


@transaction.atomic
def invite_panelist(
    *,
    panel: Panel,
    person: Person,
    by: Person,
    at: datetime,
    is_chair: bool = False,
    is_senior: bool = False,
    expertise: str = "",
    max_load: int | None = None,
    min_load: int | None = None,
    accepted: bool = False,
) -> Panelist:
    """Invite somebody to a panel and find their conflicts; with `accepted` they said yes already.

    Who is on the panel stays as they are; who declined or was removed is invited anew. Raises `PanelClosed` and
    `PanelUnclear`.
    """
    held = locked(panel)
    refuse_closed(held)
    _refuse_loads(held, max_load, min_load)
    before = Panelist.objects.filter(panel=held, person=person).first()
    if before is not None and before.removed_at is None and before.declined_at is None:
        return before
    facts = {
        "is_chair": is_chair,
        "is_senior": is_senior,
        "expertise": expertise.strip(),
        "max_load": max_load,
        "min_load": min_load,
        "invited_at": at,
        "invited_by": by,
        "accepted_at": at if accepted else None,
    }
    if before is not None:
        panelist = _invite_anew(before, facts)
    else:
        last = Panelist.objects.filter(panel=held).aggregate(last=Max("position"))["last"] or 0
        panelist = Panelist.objects.create(panel=held, person=person, position=last + 1, **facts)
    record_clashes(clashes(held, on=at.date(), panelists=[panelist.pk]), at=at)
    if not accepted:
        tell_panelists("invited", held, [panelist], key=f"{at.isoformat()}", at=at)
    return panelist


def _invite_anew(panelist: Panelist, facts: dict[str, object]) -> Panelist:
    for name, value in facts.items():
        setattr(panelist, name, value)
    panelist.declined_at, panelist.decline_reason = None, ""
    panelist.removed_at = panelist.removed_by = panelist.stated_at = None
    panelist.version += 1
    panelist.save()
    return panelist


@transaction.atomic
def answer_invitation(*, panelist: Panelist, accepts: bool, reason: str, by: Person, at: datetime) -> Panelist:
    """Accept or decline an invitation; the same answer again changes nothing.

    Who declines after they accepted hands everything back that is not submitted. Raises `PanelClosed` and
    `NotServing` for who was removed.
    """
    panel = locked(panelist.panel)
    held = Panelist.objects.select_for_update(of=("self",)).select_related("person").get(pk=panelist.pk)
    refuse_closed(panel)
    if held.removed_at is not None:
        raise NotServing(_("The office took you off this panel. Ask it if that is a mistake."))
    if (held.accepted_at is not None) if accepts else (held.declined_at is not None):
        return held
    held.accepted_at, held.declined_at = (at, None) if accepts else (None, at)
    held.decline_reason = "" if accepts else reason.strip()
    held.version += 1
    held.save(update_fields=["accepted_at", "declined_at", "decline_reason", "version"])
    if not accepts:
        release_all(held, reason=DECLINED, by=by, at=at)
    answer = _("Yes.") if accepts else _("No. %(reason)s") % {"reason": held.decline_reason}
    tell_office(
        "answered",
        panel,
        key=f"{held.pk}:{held.version}",
        at=at,
        but=by.pk,
        who=held.person.name,
        answer=answer,
    )
    return held


@transaction.atomic
def change_panelist(
    *,
    panelist: Panelist,
    version: int,
    is_chair: bool,
    is_senior: bool,
    expertise: str,
    max_load: int | None,
    by: Person,
    at: datetime,
    min_load: int | None = None,
) -> Panelist:
    """Change what somebody is on a panel, what they know and how much they take.

    The same again changes nothing. Raises `PanelClosed`, `PanelUnclear` and `Clash`.
    """
    del by, at
    panel = locked(panelist.panel)
    held = Panelist.objects.select_for_update(of=("self",)).get(pk=panelist.pk)
    refuse_closed(panel)
    _refuse_loads(panel, max_load, min_load)
    facts = {
        "is_chair": is_chair,
        "is_senior": is_senior,
        "expertise": expertise.strip(),
        "max_load": max_load,
        "min_load": min_load,
    }
    if all(getattr(held, name) == value for name, value in facts.items()):
        return held
    expect(held, version)
    for name, value in facts.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*facts, "version"])
    return held


@transaction.atomic
def remove_panelist(*, panelist: Panelist, reason: str, by: Person, at: datetime) -> Panelist:
    """Take somebody off a panel; what they did not submit is open for others. Twice changes nothing.

    What they submitted still counts. Raises `PanelClosed` and `ReasonMissing`.
    """
    panel = locked(panelist.panel)
    held = Panelist.objects.select_for_update(of=("self",)).get(pk=panelist.pk)
    if held.removed_at is not None:
        return held
    refuse_closed(panel)
    why = reasoned(reason)
    held.removed_at, held.removed_by = at, by
    held.version += 1
    held.save(update_fields=["removed_at", "removed_by", "version"])
    release_all(held, reason=Bilingual(why, why), by=by, at=at)
    return held


def _refuse_loads(panel: Panel, most: int | None, least: int | None) -> None:
    """Refuse loads that cross."""
    highest = panel.max_load if most is None else most
    lowest = panel.min_load if least is None else least
    if highest < 1 or lowest > highest:
        raise PanelUnclear(
            _("The most items for one reviewer are at least 1 and no fewer than the least."), field="max_load"
        )
