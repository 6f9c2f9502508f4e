"""What an amendment does to running promises: delivered so far, target and forecast before and after, what is open."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accord.agreements.queries import PromiseRow, TargetLine
from accord.engines import agreementfile as file
from accord.kernel.text import Bilingual
from accord.measures.queries import (
    Standing,
    board,
    clocks,
    sentence,
    standings_if,
    unit_of,
    waiting_records,
)
from accord.negotiation.enums import NegotiationKind
from accord.negotiation.models import Negotiation, TextVersion
from accord.negotiation.queries._compose import base_file, read_text
from accord.negotiation.queries._content import said


@dataclass(frozen=True, slots=True)
class ImpactLine:
    """What the amendment does to one running promise."""

    key: str
    title: Bilingual
    owner: Bilingual
    promisors: tuple[Bilingual, ...]
    unit: str
    delivered: Decimal | None
    target_before: Decimal | None
    target_after: Decimal | None
    due_before: date | None
    due_after: date | None
    state_before: str
    state_after: str
    chance_before: int | None
    chance_after: int | None
    before: Standing
    after: Standing
    waiting: int
    plan_points: int
    plan_passed: int
    plan_left_out: int
    why: Bilingual

    @property
    def owners(self) -> str:
        """Return who answers for the promise: the named office, else the parties that owe it."""
        return str(self.owner) if self.owner else _(", ").join(str(name) for name in self.promisors)

    @property
    def said_before(self) -> str:
        """Return how the promise stands as agreed now, in the reader's language."""
        return sentence(self.before)

    @property
    def said_after(self) -> str:
        """Return how it would stand as amended, by the same records, in the reader's language."""
        return sentence(self.after)

    def as_data(self) -> dict[str, Any]:
        """Return the figures without any language, so that two readers have the same digest."""
        return {
            "promise": self.key,
            "delivered": None if self.delivered is None else str(self.delivered.normalize()),
            "target": [_plain(self.target_before), _plain(self.target_after)],
            "due": [_plain(self.due_before), _plain(self.due_after)],
            "state": [self.state_before, self.state_after],
            "chance": [self.chance_before, self.chance_after],
            "waiting": self.waiting,
            "plan": [self.plan_points, self.plan_passed, self.plan_left_out],
        }


@dataclass(frozen=True, slots=True)
class Impact:
    """The impact of an amendment on a day; empty where nothing that runs is changed."""

    day: date
    lines: tuple[ImpactLine, ...]

    def as_data(self) -> list[dict[str, Any]]:
        """Return the figures as they are kept with an approval."""
        return [line.as_data() for line in self.lines]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the figures; empty where there are none."""
        if not self.lines:
            return ""
        return hashlib.sha256(json.dumps(self.as_data(), sort_keys=True).encode()).hexdigest()


def impact_of(negotiation: Negotiation, text: TextVersion, *, day: date) -> Impact:
    """Return what a text does to the running promises of the agreement that it amends, as of a day."""
    return impact_of_file(negotiation, read_text(text.text), day=day)


def impact_of_file(negotiation: Negotiation, wanted: file.AgreementFile, *, day: date) -> Impact:
    """Return what a file would do; the same number of queries for any number of promises."""
    if negotiation.kind != NegotiationKind.AMENDMENT or negotiation.base is None:
        return Impact(day, ())
    held = {one.key: one for one in base_file(negotiation.base).promises}
    changed = {
        one.key: one for one in wanted.promises if one.key in held and one.amendments != held[one.key].amendments
    }
    if not changed:
        return Impact(day, ())
    bounds = clocks(day)
    before = [one for one in board(negotiation.base, bounds).standings if one.promise.key in changed]
    after = standings_if([_as_wanted(one.promise, changed[one.promise.key], day) for one in before], bounds)
    waiting = waiting_records([one.promise.pk for one in before])
    return Impact(
        day,
        tuple(
            _line(one, other, changed[one.promise.key], waiting.get(one.promise.pk, 0))
            for one, other in zip(before, after, strict=True)
        ),
    )


def _as_wanted(promise: PromiseRow, wanted: file.Commitment, day: date) -> PromiseRow:
    """Return the promise as it would stand if the amendment held from today."""
    later = wanted.amendments[-1]
    line = TargetLine(len(promise.targets), day, later.target, later.due, said(later.why))
    return replace(promise, targets=(*promise.targets, line))


def _line(before: Standing, after: Standing, wanted: file.Commitment, waiting: int) -> ImpactLine:
    promise, day = before.promise, after.line.due_on
    figure = before.done.figure
    return ImpactLine(
        key=promise.key,
        title=promise.title,
        owner=promise.owner,
        promisors=tuple(one.name for one in promise.promisors),
        unit=unit_of(before),
        delivered=figure.amount if figure else None,
        target_before=before.line.target,
        target_after=after.line.target,
        due_before=before.line.due_on,
        due_after=day,
        state_before=before.state.value,
        state_after=after.state.value,
        chance_before=before.foreseen.shown if before.foreseen else None,
        chance_after=after.foreseen.shown if after.foreseen else None,
        before=before,
        after=after,
        waiting=waiting,
        plan_points=len(promise.plan),
        plan_passed=sum(1 for on, _level in promise.plan if on <= after.line.agreed_on) if after.line.agreed_on else 0,
        plan_left_out=sum(1 for on, _level in promise.plan if day is not None and on > day),
        why=said(wanted.amendments[-1].why),
    )


def _plain(value: object) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)
