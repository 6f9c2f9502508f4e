"""What the automatic assignment is given: items, reviewers, fits of text and bids, conflicts, what stays fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accord.engines import affinity as texts
from accord.engines import assignment as engine
from accord.review.enums import BidValue
from accord.review.models import Assignment, Bid, Conflict, Item, Panel, Panelist
from accord.review.queries import LIVE, serving

BID_FITS = {BidValue.NO: -0.5, BidValue.CAN: 0.25, BidValue.WANT: 0.5, BidValue.EAGER: 1.0}
"""What a bid adds to the likeness of the texts, which is from 0 to 1."""
GRID = 4096
"""Fits are kept on a grid, so that totals are exact and a result can be repeated to the last bit."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a run is given, by the names that the engine knows: codes of items, R and the number for reviewers."""

    items: tuple[Item, ...]
    reviewers: tuple[Panelist, ...]
    fits: dict[tuple[str, str], float]
    conflicts: frozenset[tuple[str, str]]
    fixed: frozenset[tuple[str, str]]
    institutions: dict[int, str]
    panel: Panel

    def problem(self) -> engine.ReviewProblem:
        """Return it as the engine takes it. Raises what `engine.problem` refuses."""
        panel = self.panel
        return engine.problem(
            [engine.Item(one.code, panel.reviews_each, panel.seniors_each) for one in self.items],
            [self._reviewer(one) for one in self.reviewers],
            self.fits,
            conflicts=self.conflicts,
            fixed=self.fixed,
            share=panel.institution_share,
        )

    def _reviewer(self, one: Panelist) -> engine.Reviewer:
        panel = self.panel
        return engine.Reviewer(
            named(one),
            most=panel.max_load if one.max_load is None else one.max_load,
            least=panel.min_load if one.min_load is None else one.min_load,
            senior=one.is_senior,
            institution=self.institutions.get(one.person_id) if panel.institution_share is not None else None,
        )

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, so that anybody can repeat the run."""
        panel = self.panel
        return {
            "items": [
                {"id": one.code, "demand": panel.reviews_each, "seniors": panel.seniors_each} for one in self.items
            ],
            "reviewers": [
                {
                    "id": made.id,
                    "most": made.most,
                    "least": made.least,
                    "senior": made.senior,
                    "institution": made.institution,
                }
                for made in map(self._reviewer, self.reviewers)
            ],
            "fits": [[item, reviewer, fit] for (item, reviewer), fit in sorted(self.fits.items()) if fit],
            "conflicts": sorted(map(list, self.conflicts)),
            "fixed": sorted(map(list, self.fixed)),
            "share": panel.institution_share,
            "strong": panel.strong_each,
        }


def named(panelist: Panelist) -> str:
    """Return the name by which the engine knows a reviewer; it says nothing of the person."""
    return f"R{panelist.position}"


def given(panel: Panel) -> Given:
    """Return what a run of the panel is given now; seven queries."""
    items = tuple(Item.objects.filter(panel=panel, withdrawn_at=None).order_by("code"))
    reviewers = tuple(serving(panel))
    codes, names = {one.pk: one.code for one in items}, {one.pk: named(one) for one in reviewers}
    conflicts = Conflict.objects.filter(item__in=codes, panelist__in=names, lifted_at=None)
    fixed = _staying(panel).filter(panelist__in=names)
    return Given(
        items=items,
        reviewers=reviewers,
        fits=_fits(items, reviewers),
        conflicts=frozenset((codes[i], names[p]) for i, p in conflicts.values_list("item_id", "panelist_id")),
        fixed=frozenset((codes[i], names[p]) for i, p in fixed.values_list("item_id", "panelist_id")),
        institutions=_institutions(reviewers),
        panel=panel,
    )


def _staying(panel: Panel) -> Any:
    """Return assignments that a run leaves as they are: locked ones, and those that were opened or written on."""
    begun = Q(is_locked=True) | Q(opened_at__isnull=False) | Q(review__isnull=False)
    return Assignment.objects.filter(LIVE, begun, item__panel=panel)


def _fits(items: Sequence[Item], reviewers: Sequence[Panelist]) -> dict[tuple[str, str], float]:
    """Return how well each reviewer fits each item: the likeness of the texts, and what they bid."""
    codes, names = {one.pk: one.code for one in items}, {one.pk: named(one) for one in reviewers}
    found = dict(_likeness(items, reviewers))
    bids = Bid.objects.filter(item__in=codes, panelist__in=names).values_list("item_id", "panelist_id", "value")
    for item, panelist, value in bids:
        pair = codes[item], names[panelist]
        found[pair] = found.get(pair, 0.0) + BID_FITS[BidValue(value)]
    return {pair: round(fit * GRID) / GRID for pair, fit in found.items()}


def _likeness(items: Sequence[Item], reviewers: Sequence[Panelist]) -> dict[tuple[str, str], float]:
    """Return the likeness of topics and expertise where both have text; nothing where nobody has any."""
    documents = {one.code: texts.Document(one.topics) for one in items if one.topics.strip()}
    profiles = {named(one): lines for one in reviewers if (lines := _lines(one.expertise))}
    if not documents or not profiles:
        return {}
    found = texts.affinity(documents, profiles)
    matrix = found.matrix
    if matrix is None:  # the engine keeps best pairs alone only where it is asked to
        return {}
    return {
        (item, reviewer): float(matrix[row, column])
        for row, item in enumerate(found.items)
        for column, reviewer in enumerate(found.reviewers)
        if matrix[row, column]
    }


def _lines(text: str) -> list[str]:
    return [line for line in (one.strip() for one in text.splitlines()) if line]


def _institutions(reviewers: Sequence[Panelist]) -> dict[int, str]:
    """Return the institution that each reviewer belongs to now, by person; the one they came to last."""
    path = "person__affiliations"
    rows = Panelist.objects.filter(pk__in=[one.pk for one in reviewers], **{f"{path}__ends_on": None})
    rows = rows.exclude(**{path: None}).order_by(f"{path}__starts_on", f"{path}__pk")
    return dict(rows.values_list("person_id", f"{path}__institution__key"))
