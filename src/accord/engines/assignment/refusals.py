"""Everything that cannot be assigned, each kind its own class, with the ids it is about and words in two languages.

All are ``ValueError``. ``code`` is stable; ``ids`` are the items, reviewers or institutions concerned::

    AssignmentRefused
    ├── ProblemRefused          the problem contradicts itself; nothing was tried
    │   ├── EmptyProblem        no item, or no reviewer
    │   ├── RepeatedId          two items, or two reviewers, bear one id
    │   ├── UnknownId           a pair or a fit names somebody who is not there
    │   ├── ShapeRefused        the fits have other sides than items and reviewers
    │   ├── FitNotANumber       a fit is NaN or infinite
    │   ├── DemandTooLow        an item asks for no review, or for a negative number
    │   ├── SeniorsOverDemand   an item asks for more seniors than reviews
    │   ├── LoadsCrossed        a reviewer must take more than he may, or a load is negative
    │   ├── ShareTooLow         the institution share is below 1
    │   ├── FixedConflict       a pair is both fixed and a conflict
    │   ├── FixedOverLoad       a reviewer has more fixed pairs than he may take
    │   ├── FixedOverDemand     an item has more fixed pairs than it needs
    │   └── FixedAgainstRule    fixed pairs leave no room for seniors, or pass the institution share
    ├── GoalRefused             the goal's own figures do not fit, or cannot be met together with the rules
    ├── Infeasible              the problem is sound and has no assignment; carries the proof in ``witness``
    └── Undecided               the search ran out of its limit before it found an assignment or a proof
"""

from typing import ClassVar

from accord.engines.assignment._messages import sentence
from accord.engines.assignment.types import Witness


class AssignmentRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """Something cannot be assigned: ``code``, ``ids``, and ``words`` that say how to mend it."""

    code: ClassVar[str]

    def __init__(self, *ids: str, **figures: str | float) -> None:
        self.ids = ids
        self.figures = figures
        super().__init__(self.words("en"))

    def words(self, language: str) -> str:
        """Return one sentence in ``en`` or ``zh-hans``."""
        return sentence(self.code, self.ids, self.figures, language)


class ProblemRefused(AssignmentRefused):
    """The problem contradicts itself."""


class EmptyProblem(ProblemRefused):
    """There is no item, or no reviewer."""

    code = "empty"


class RepeatedId(ProblemRefused):
    """Two items, or two reviewers, bear one id."""

    code = "repeated-id"


class UnknownId(ProblemRefused):
    """A pair or a fit names somebody who is not there."""

    code = "unknown-id"


class ShapeRefused(ProblemRefused):
    """The fits have other sides than items and reviewers."""

    code = "shape"


class FitNotANumber(ProblemRefused):
    """A fit is NaN or infinite."""

    code = "fit-not-a-number"


class DemandTooLow(ProblemRefused):
    """An item asks for no review, or for a negative number."""

    code = "demand-too-low"


class SeniorsOverDemand(ProblemRefused):
    """An item asks for more seniors than reviews, or for a negative number."""

    code = "seniors-over-demand"


class LoadsCrossed(ProblemRefused):
    """A reviewer must take more than he may, or a load is negative."""

    code = "loads-crossed"


class ShareTooLow(ProblemRefused):
    """The institution share is below 1."""

    code = "share-too-low"


class FixedConflict(ProblemRefused):
    """A pair is both fixed and a conflict."""

    code = "fixed-conflict"


class FixedOverLoad(ProblemRefused):
    """A reviewer has more fixed pairs than he may take."""

    code = "fixed-over-load"


class FixedOverDemand(ProblemRefused):
    """An item has more fixed pairs than it needs."""

    code = "fixed-over-demand"


class FixedAgainstRule(ProblemRefused):
    """Fixed pairs leave no room for seniors, or pass the institution share."""

    code = "fixed-against-rule"


class GoalRefused(AssignmentRefused):
    """The goal's own figures do not fit the problem; ``figures['why']`` says which."""

    code = "goal"


class Infeasible(AssignmentRefused):
    """No assignment keeps every rule: ``witness`` holds the items and reviewers that prove it."""

    code = "infeasible"

    def __init__(self, witness: Witness) -> None:
        self.witness = witness
        super().__init__(*witness.items)

    def words(self, language: str) -> str:
        """Return the proof in words, and what would mend it."""
        return self.witness.words(language)


class Undecided(AssignmentRefused):
    """The search ran out of its limit before it found an assignment or a proof that there is none."""

    code = "undecided"
