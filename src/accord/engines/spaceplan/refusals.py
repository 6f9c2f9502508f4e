"""Everything that cannot be planned, each kind its own class, with the keys it is about and words in two languages.

All are ``ValueError``. ``code`` is stable; ``keys`` are the units, teams or other things concerned::

    SpacePlanRefused
    ├── ProblemRefused       the problem contradicts itself; nothing was tried
    │   ├── RepeatedKey      two units, two teams or two classes bear one key
    │   ├── AreaNotPositive  a unit or a team has an area of zero or less
    │   ├── NegativePrice    a unit's price or a team's limit is below zero
    │   ├── FigureTooFine    a figure is not a number with two decimal places at most
    │   ├── LeastOverWanted  a team needs more at least than it wants
    │   ├── TwoBuildings     one floor lies in two buildings
    │   ├── PositionTaken    two units of a floor stand at one position
    │   ├── UnknownUnit      a team sits in, or is fixed to, a unit that is not there
    │   ├── UnknownTeam      a neighbour or a decision names a team that is not there
    │   ├── UnknownFloor     a team wishes a floor that has no unit
    │   ├── UnknownBuilding  a team wishes a building that has no unit
    │   ├── UnknownClass     a team is of a class that the policy does not order
    │   ├── OwnNeighbour     a team wishes itself as neighbour
    │   ├── HeldTwice        two teams sit in, or are fixed to, one unit
    │   ├── NotOnOffer       a decision gives away a unit that is not available
    │   └── PolicyRefused    the policy orders no class, or holds a figure below zero
    └── SolverMissing        the search was asked for by name and is not installed
"""

from typing import ClassVar

from accord.engines.spaceplan._messages import sentence


class SpacePlanRefused(ValueError):  # noqa: N818 - a refusal is the house's word for it
    """Something cannot be planned: ``code``, ``keys``, and ``words`` that say how to mend it."""

    code: ClassVar[str]

    def __init__(self, *keys: str) -> None:
        self.keys = keys
        super().__init__(self.words("en"))

    def words(self, language: str) -> str:
        """Return one sentence in ``en`` or ``zh-hans``."""
        return sentence(self.code, self.keys, language)


class ProblemRefused(SpacePlanRefused):
    """The problem contradicts itself."""


class RepeatedKey(ProblemRefused):
    """Two units, two teams or two classes bear one key."""

    code = "repeated-key"


class AreaNotPositive(ProblemRefused):
    """A unit or a team has an area of zero or less."""

    code = "area-not-positive"


class NegativePrice(ProblemRefused):
    """A unit's price or a team's limit is below zero."""

    code = "negative-price"


class FigureTooFine(ProblemRefused):
    """A figure is not a number with two decimal places at most."""

    code = "figure-too-fine"


class LeastOverWanted(ProblemRefused):
    """A team needs more at least than it wants."""

    code = "least-over-wanted"


class TwoBuildings(ProblemRefused):
    """One floor lies in two buildings."""

    code = "two-buildings"


class PositionTaken(ProblemRefused):
    """Two units of a floor stand at one position."""

    code = "position-taken"


class UnknownUnit(ProblemRefused):
    """A team sits in, or is fixed to, a unit that is not there."""

    code = "unknown-unit"


class UnknownTeam(ProblemRefused):
    """A neighbour or a decision names a team that is not there."""

    code = "unknown-team"


class UnknownFloor(ProblemRefused):
    """A team wishes a floor that has no unit."""

    code = "unknown-floor"


class UnknownBuilding(ProblemRefused):
    """A team wishes a building that has no unit."""

    code = "unknown-building"


class UnknownClass(ProblemRefused):
    """A team is of a class that the policy does not order."""

    code = "unknown-class"


class OwnNeighbour(ProblemRefused):
    """A team wishes itself as neighbour."""

    code = "own-neighbour"


class HeldTwice(ProblemRefused):
    """Two teams sit in, or are fixed to, one unit."""

    code = "held-twice"


class NotOnOffer(ProblemRefused):
    """A decision gives away a unit that is not available."""

    code = "not-on-offer"


class PolicyRefused(ProblemRefused):
    """The policy orders no class, or holds a figure below zero."""

    code = "policy"


class SolverMissing(SpacePlanRefused):
    """The search was asked for by name and is not installed."""

    code = "solver-missing"
