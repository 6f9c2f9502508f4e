"""What stands beside a board: what changed, what waits, which dates come next."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.measures import queries
from accord.measures.enums import EvidenceState
from accord.measures.views._counted import url_of
from accord.ui import say
from accord.ui.parts import Side, SideItem

MOST = 5


def side_panels(board: queries.Board, waiting: Sequence[queries.Waiting]) -> list[Side]:
    """Return the panels beside the board."""
    panels = [
        Side(_("Changed this week"), [*_moved(board), *_changed(board)], empty=_("Nothing was recorded this week.")),
        Side(_("Waits for you"), [_waits(one) for one in waiting], empty=_("Nothing waits for your decision.")),
    ]
    dates = _dates(board)
    return [*panels, Side(_("Next dates"), dates)] if dates else panels


def _changed(board: queries.Board) -> list[SideItem]:
    """Return the records that came in lately."""
    promises = {one.promise.pk: one for one in board.standings}
    return [_change(change, promises[change.commitment_id], board) for change in board.recent]


def _change(change: queries.RecentChange, standing: queries.Standing, board: queries.Board) -> SideItem:
    """Return one record: its amount, what it was, and whether it waits or was contested."""
    url = url_of(board.agreement.key, change.record)
    notes = {
        EvidenceState.WAITING: _("waits for confirmation"),
        EvidenceState.CONTESTED: _("contested"),
    }
    when = [say.day(change.occurred_on)]
    if change.state in notes:
        when.append(notes[change.state])
    if (late := (change.recorded_at.date() - change.occurred_on).days) > MOST:
        when.append(_("recorded %(days)s days late") % {"days": late})
    return SideItem(
        text=str(change.label),
        strong=say.signed(change.amount) if queries.unit_of(standing) else "",
        when=" · ".join(when),
        url=url,
    )


def _moved(board: queries.Board) -> list[SideItem]:
    """Return the forecasts that moved notably since the Monday before."""
    sentences = {
        True: _("Forecast of %(what)s rose from %(before)s to %(now)s in 100"),
        False: _("Forecast of %(what)s fell from %(before)s to %(now)s in 100"),
    }
    return [
        SideItem(
            text=sentences[one.now > one.before]
            % {"what": one.promise.title, "before": _shown(one.before), "now": _shown(one.now)},
            when=say.day(one.week_on),
            url=reverse("measures:promise", args=[board.agreement.key, one.promise.key]),
        )
        for one in board.moved
    ]


def _shown(probability: float) -> int:
    """Return a probability as it is shown: 5 to 95."""
    return min(max(round(probability * 100), 5), 95)


def _waits(one: queries.Waiting) -> SideItem:
    """Return one entry that the reader may decide on."""
    return SideItem(
        text=str(one.label),
        strong=say.signed(one.amount),
        when=_("%(party)s, %(day)s") % {"party": one.entered_by, "day": say.day(one.occurred_on)},
        url=reverse("measures:evidence", args=[one.agreement_key, one.pk]),
    )


def _dates(board: queries.Board) -> list[SideItem]:
    """Return the next deadlines, and the agreement's own days."""
    day = board.clocks.as_of
    dates: set[tuple[date | None, str]] = {
        (one.line.due_on, str(one.promise.title)) for one in board.standings if one.line.due_on
    }
    agreement = board.agreement
    dates |= {(agreement.review_on, _("Review of the agreement")), (agreement.ends_on, _("Agreement ends"))}
    coming = sorted((on, what) for on, what in dates if on is not None and on >= day)
    return [SideItem(text=what, when=say.day(on)) for on, what in coming[:MOST]]
