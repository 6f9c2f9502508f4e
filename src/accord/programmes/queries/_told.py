"""What applicants and the public may know of decisions: nothing before the letters were let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accord.programmes.enums import TieRule
from accord.programmes.models import Application, Call, Decision, MatchRun, Slate
from accord.programmes.queries._facts import review_record
from accord.programmes.queries._own import told_decision
from accord.programmes.queries._slates import waits_for_release
from accord.review.queries import Feedback, feedback

RECIPE = """\
import hashlib, hmac, json
draw = json.load(open("draw.json"))
seed = draw["seed"].encode()
assert hashlib.sha256(seed).hexdigest() == draw["sealed"]
for tie in draw["ties"]:
    luck = {one: hmac.new(seed, f"slate {one}".encode(), "sha256").hexdigest() for one in tie}
    assert tie == sorted(tie, key=luck.get, reverse=True)
"""
"""How anybody repeats the draw of a call with Python alone, from the file that its page offers."""


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """A decision as the applicant reads it."""

    decision: Decision
    reason: str
    comments: tuple[str, ...]
    was_drawn: bool


def read_decision(application: Application) -> ToldDecision | None:
    """Return the last decision that the applicant was told of, with what reviewers wrote for them, or None."""
    found = told_decision(application)
    if found is None:
        return None
    return ToldDecision(
        decision=found,
        reason=found.reason,
        comments=tuple(one.comment for one in feedback_on(application)),
        was_drawn=bool(found.draw),
    )


def feedback_on(application: Application) -> list[Feedback]:
    """Return what reviewers wrote for the applicant, without any name."""
    return feedback(review_record(application))


def draw_is_open(call: Call) -> bool:
    """Say whether the seed of a call may be read: everybody was told, and nothing is left to be drawn with it."""
    if call.tie_rule != TieRule.LOTTERY or not call.seed:
        return False
    if call.finished_at is not None:
        return True
    told = Decision.objects.filter(slate__call=call, told_at__isnull=False).exists()
    pending = Slate.objects.filter(call=call, settled_at=None).exists() or waits_for_release(call)
    return told and not pending and (call.most_wishes == 0 or _match_is_told(call))


def _match_is_told(call: Call) -> bool:
    runs = MatchRun.objects.filter(call=call, published_at__isnull=False, replaced_at=None)
    return any("told_at" in settings for settings in runs.values_list("settings", flat=True))


def draw_file(call: Call) -> dict[str, Any]:
    """Return the draw of a call for whoever wants to repeat it: the seed, and equals in the order that was drawn."""
    return {
        "call": f"{call.programme.key}/{call.key}",
        "seed": call.seed,
        "sealed": call.seed_digest,
        "message": "slate REFERENCE",
        "ties": drawn_ties(call),
    }


def drawn_ties(call: Call) -> list[list[str]]:
    """Return the references of those whose equal scores were told apart by the draw, in its order, slate by slate."""
    ties: list[list[str]] = []
    for order in Slate.objects.filter(call=call, settled_at__isnull=False).order_by("number").values_list("order"):
        ties += _ties_in(order[0])
    return ties


def _ties_in(order: Sequence[dict[str, Any]]) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for one in order:
        if one["draw"]:
            found.setdefault(one["tie"], []).append(one["reference"])
    return list(found.values())
