"""Where items stand: raw and calibrated scores side by side; closing a panel and opening it again."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accord.engines.calibration import Calibration, OneReviewer, calibrate
from accord.people.queries import Person
from accord.review.models import Panel, Standing
from accord.review.operations._panels import locked
from accord.review.operations._tell import tell_panelists
from accord.review.queries import counted_totals, panels_to_work_out, serving

TO_THE = Decimal("0.001")


@transaction.atomic
def work_out_standing(*, panel: Panel, at: datetime) -> int:
    """Work out raw and calibrated scores and ranks from the reviews that count; return how many items have any.

    Reviews are read, never written. The same reviews give the same standings to the last bit.
    """
    held = locked(panel)
    return _work_out(held, at)


def _work_out(panel: Panel, at: datetime) -> int:
    rows = counted_totals(panel)
    Standing.objects.filter(panel=panel).delete()
    Standing.objects.bulk_create(_standings(panel, rows, at))
    panel.worked_at = at
    panel.save(update_fields=["worked_at"])
    return len({item for _reviewer, item, _total in rows})


def _standings(panel: Panel, rows: list[tuple[int, int, Decimal]], at: datetime) -> list[Standing]:
    if not rows:
        return []
    totals: dict[int, list[Decimal]] = {}
    for _reviewer, item, total in rows:
        totals.setdefault(item, []).append(total)
    raw = {item: (sum(given, Decimal(0)) / len(given)).quantize(TO_THE) for item, given in totals.items()}
    found = _calibrated(rows)
    calibrated = dict(raw)
    if found is not None and found.used:
        pairs = zip(found.items, found.calibrated, strict=True)
        calibrated = {int(item): Decimal(float(value)).quantize(TO_THE) for item, value in pairs}
    raw_ranks, calibrated_ranks = _ranks(raw), _ranks(calibrated)
    return [
        Standing(
            panel=panel,
            item_id=item,
            raw=raw[item],
            calibrated=calibrated[item],
            spread=max(given) - min(given),
            reviews=len(given),
            raw_rank=raw_ranks[item],
            calibrated_rank=calibrated_ranks[item],
            is_calibrated=found is not None and found.used,
            worked_at=at,
        )
        for item, given in sorted(totals.items())
    ]


def _calibrated(rows: list[tuple[int, int, Decimal]]) -> Calibration | None:
    """Return what the engine makes of the totals; None where one reviewer gave all, with whom nobody compares."""
    reviewers, items, totals = zip(*rows, strict=True)
    try:
        return calibrate([str(one) for one in reviewers], [str(one) for one in items], [float(one) for one in totals])
    except OneReviewer:
        return None


def _ranks(scores: dict[int, Decimal]) -> dict[int, int]:
    """Return the rank of each, 1 for the highest; equals share the better one."""
    first: dict[Decimal, int] = {}
    for place, score in enumerate(sorted(scores.values(), reverse=True), start=1):
        first.setdefault(score, place)
    return {item: first[score] for item, score in scores.items()}


def work_out_standings(*, at: datetime) -> int:
    """Work out the standings of every open panel that got a review since they were; return how many panels."""
    panels = list(panels_to_work_out())
    for panel in panels:
        work_out_standing(panel=panel, at=at)
    return len(panels)


@transaction.atomic
def close_panel(*, panel: Panel, by: Person, at: datetime) -> Panel:
    """Close a panel: reviews stand, drafts count for nothing, standings are worked out. Twice changes nothing."""
    held = locked(panel)
    if held.closed_at is not None:
        return held
    _work_out(held, at)
    held.closed_at, held.closed_by = at, by
    held.version += 1
    held.save(update_fields=["closed_at", "closed_by", "version"])
    tell_panelists("closed", held, list(serving(held)), key=f"{held.pk}:{held.version}", at=at)
    return held


@transaction.atomic
def reopen_panel(*, panel: Panel, by: Person, at: datetime) -> Panel:
    """Open a closed panel again, so that reviews can come in. Twice changes nothing."""
    del by, at
    held = locked(panel)
    if held.closed_at is None:
        return held
    held.closed_at = held.closed_by = None
    held.version += 1
    held.save(update_fields=["closed_at", "closed_by", "version"])
    return held
