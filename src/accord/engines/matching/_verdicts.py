"""What an explanation is made of: one verdict for each choice, with the numbers that bear it out."""

from dataclasses import dataclass
from enum import StrEnum

from accord.engines.matching._words import (
    DECIDED,
    RANKED,
    RESULTS,
    VERDICTS,
    draws_apart,
    group_words,
    ordinal,
    scores_apart,
    side_of,
    taken,
)
from accord.engines.matching.types import Mechanism


class Code(StrEnum):
    """Why a choice was granted or not. ``BETTER_USE`` is no ranking: the place did more for the whole elsewhere."""

    PLACED_HERE = "placed-here"
    BELOW_CUTOFF = "below-cutoff"
    CAP_OF = "cap-of"
    LOST_TIE = "lost-tie"
    NOT_ELIGIBLE = "not-eligible"
    CONFLICT = "conflict"
    NOT_REACHED = "not-reached"
    CLOSED_BELOW_MINIMUM = "closed-below-minimum"
    SEAT_RESERVED = "seat-reserved"
    FIXED_BY_DECISION = "fixed-by-decision"
    NO_PLACES = "no-places"
    BETTER_USE = "better-use"
    JOINT = "joint"
    OUT_OF_ORDER = "out-of-order"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One choice and what became of it. ``node`` is where it was decided: the programme or a limit over it.

    ``places`` are those of the node beside ``decided`` ones, given by decision. ``own`` and ``cutoff`` are scores
    (in the order of priority: best scores), ``own_draw`` and ``cutoff_draw`` draws; None where they did not count.
    ``had`` and ``needed`` belong to a closed node, ``partner`` to a joint application, ``reason`` to a bar.
    """

    programme: str
    choice: int
    code: Code
    node: str = ""
    places: int | None = None
    decided: int = 0
    own: float | None = None
    cutoff: float | None = None
    own_draw: int | None = None
    cutoff_draw: int | None = None
    group: str = ""
    had: int = 0
    needed: int = 0
    partner: str = ""
    reason: str = ""
    held: str = ""
    by_turn: bool = False

    @property
    def gap(self) -> float | None:
        """Return how many points were missing."""
        return self.cutoff - self.own if self.cutoff is not None and self.own is not None else None

    def words(self, language: str) -> str:
        """Return the verdict as a sentence or two to the applicant, in ``en`` or ``zh-hans``."""
        return _verdict_words(self, language)

    def as_data(self) -> dict[str, object]:
        """Return the verdict with stable keys, without what does not apply; draws as 16 hexadecimal digits."""
        found: dict[str, object] = {"programme": self.programme, "choice": self.choice, "code": self.code.value}
        texts = {"node": self.node, "group": self.group, "partner": self.partner, "reason": self.reason}
        found |= {key: value for key, value in texts.items() if value}
        numbers = {"places": self.places, "own": self.own, "cutoff": self.cutoff, "gap": self.gap}
        found |= {key: value for key, value in numbers.items() if value is not None}
        draws = {"own_draw": self.own_draw, "cutoff_draw": self.cutoff_draw}
        found |= {key: f"{value:016x}" for key, value in draws.items() if value is not None}
        if self.code is Code.CLOSED_BELOW_MINIMUM:
            found |= {"had": self.had, "needed": self.needed}
        return found


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an applicant holds, and a verdict for each choice, best first."""

    applicant: str
    mechanism: Mechanism
    placed: str | None
    choice: int | None
    by_decision: bool
    verdicts: tuple[Verdict, ...]

    def words(self, language: str) -> str:
        """Return the explanation to the applicant, a line for the result and one for each choice."""
        return _whole_words(self, language)

    def as_data(self) -> dict[str, object]:
        """Return the explanation with stable keys."""
        return {
            "applicant": self.applicant,
            "mechanism": self.mechanism.value,
            "placed": self.placed,
            "choice": self.choice,
            "by_decision": self.by_decision,
            "choices": [one.as_data() for one in self.verdicts],
        }


def _verdict_words(verdict: Verdict, language: str) -> str:
    side = side_of(language)
    text = RANKED[side] + VERDICTS[_text_key(verdict)][side]
    if verdict.decided and verdict.code in {Code.BELOW_CUTOFF, Code.CAP_OF, Code.LOST_TIE}:
        text += DECIDED[side]
    own, cutoff = scores_apart(verdict.own, verdict.cutoff)
    own_draw, cutoff_draw = draws_apart(verdict.own_draw, verdict.cutoff_draw)
    node = verdict.node or verdict.programme
    gone = taken(verdict.places, node, cutoff, verdict.group, language)
    return text.format(
        programme=verdict.programme,
        ordinal=ordinal(verdict.choice),
        choice=verdict.choice,
        node=node,
        taken=gone,
        Taken=gone[:1].upper() + gone[1:] if language == "en" else gone,
        decided=verdict.decided,
        own=own,
        cutoff=cutoff,
        own_draw=own_draw,
        cutoff_draw=cutoff_draw,
        group=group_words(verdict.group, language),
        had=verdict.had,
        needed=verdict.needed,
        partner=verdict.partner,
        reason=verdict.reason,
        held=verdict.held,
    )


def _text_key(verdict: Verdict) -> str:
    """Return which text says a verdict: that of its code, or a variant of it that fits better."""
    variants = {
        Code.PLACED_HERE: "decision" if verdict.decided else "",
        Code.BELOW_CUTOFF: "turn" if verdict.by_turn else "",
        Code.CAP_OF: "turn" if verdict.by_turn else "",
        Code.NOT_ELIGIBLE: "reason" if verdict.reason else "",
        Code.CONFLICT: "reason" if verdict.reason else "",
        Code.CLOSED_BELOW_MINIMUM: "limit" if verdict.node != verdict.programme else "",
        Code.SEAT_RESERVED: "cutoff" if verdict.cutoff is not None else "",
        Code.FIXED_BY_DECISION: "" if verdict.held else "other",
        Code.JOINT: "couple" if verdict.partner else "team" if verdict.node else "",
    }
    variant = variants.get(verdict.code, "")
    return f"{verdict.code}.{variant}" if variant else verdict.code.value


def _whole_words(explanation: Explanation, language: str) -> str:
    key = "decided" if explanation.by_decision else "placed"
    if explanation.placed is None:
        key = "unplaced" if explanation.verdicts else "no-choices"
    choice = explanation.choice or 0
    head = RESULTS[key][side_of(language)]
    named = head.format(placed=explanation.placed, ordinal=ordinal(choice), choice=choice)
    return "\n".join([named, *(one.words(language) for one in explanation.verdicts)])
