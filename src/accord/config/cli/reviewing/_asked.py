"""What somebody asks of `accord assign`: the options, and the settings that a result keeps of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from accord.config.cli.reviewing._problem import PER_ITEM, Rules
from accord.engines.assignment import Assignment, Goal, ReviewProblem, assign, digest

GOALS: Final = {"best-total": Goal.BEST_TOTAL, "strong": Goal.STRONG, "randomised": Goal.RANDOMISED}
STRONG: Final = 2
AT_MOST: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as given; None where one was left out."""

    file: Path
    beside: Mapping[str, Path]
    goal: str
    per_item: int | None
    seniors: int | None
    institution_share: int | None
    floor: float | None
    strong: int | None
    at_most: Fraction | None
    seed: str | None
    explain: tuple[str, ...]
    check: Path | None
    output: tuple[Path, ...]
    as_json: bool
    language: str

    def rules(self, kept: Mapping[str, Any] | None = None) -> Rules:
        """Return the rules: what is given, else what a result kept, else what is usual."""
        kept = kept or {}

        def chosen(given: Any, name: str, usual: Any) -> Any:
            return given if given is not None else kept.get(name, usual)

        return Rules(
            per_item=chosen(self.per_item, "per_item", PER_ITEM),
            seniors=chosen(self.seniors, "seniors", 0),
            institution_share=chosen(self.institution_share, "institution_share", None),
            floor=chosen(self.floor, "floor", None),
        )

    def assigned(self, problem: ReviewProblem) -> Assignment:
        """Return the assignment that is asked for; without a seed the problem's digest is one."""
        goal = GOALS[self.goal]
        return assign(
            problem,
            goal,
            seed=self.seed or digest(problem),
            strong=self.strong or STRONG,
            highest=(self.at_most or AT_MOST) if goal is Goal.RANDOMISED else None,
        )


def repeated(problem: ReviewProblem, result: Assignment) -> Assignment:
    """Return what the same goal and seed give now."""
    return assign(
        problem,
        result.goal,
        seed=result.seed,
        strong=result.strength.count if result.strength else 1,
        highest=Fraction(result.highest, result.denominator) if result.goal is Goal.RANDOMISED else None,
    )
