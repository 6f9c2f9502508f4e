"""What somebody asks of `accord match`: the options, and the settings that a result keeps of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from accord.config.cli.placing._settings import EFFORT, Settings
from accord.config.cli.placing._sources import Source
from accord.engines.matching import Draws, Lottery, Market, Mechanism, Outcome, Spread, digest, match


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as given; None where one was left out."""

    file: Path
    beside: Mapping[str, Path]
    kind: str | None
    places: int | None
    capacities: Path | None
    mechanism: str
    seed: str | None
    draws: str
    spread: str
    exact: bool
    effort: float | None
    must_run: bool
    reserve_order: str | None
    previous: Path | None
    previous_file: Path | None
    policy: str
    explain: tuple[str, ...]
    check: Path | None
    cutoffs: Path | None
    output: tuple[Path, ...]
    as_json: bool
    language: str

    def source(self) -> Source:
        """Return where the market is."""
        return Source(self.file, self.beside, self.kind, self.places, self.capacities, self.language)

    def previous_source(self) -> Source:
        """Return where the market of the previous round is; the same file where none is named."""
        if self.previous_file is None:
            return self.source()
        return Source(self.previous_file, {}, self.kind, self.places, self.capacities, self.language)

    def settings(self) -> Settings:
        """Return what a result keeps of the options."""
        return Settings(
            reserve_order=self.reserve_order,
            exact=self.exact,
            effort=self.effort or EFFORT,
            must_run=self.must_run,
            policy=self.policy if self.previous else None,
        )

    def solved(self, market: Market) -> Outcome:
        """Return the outcome that is asked for; without a seed the market's digest is one."""
        return match(
            market,
            Mechanism(self.mechanism),
            lottery=Lottery(self.seed or digest(market), Draws(self.draws)),
            spread=Spread(self.spread),
            exact=self.exact,
            effort=self.effort or EFFORT,
            must_run=self.must_run,
        )


def repeated(market: Market, result: Outcome, kept: Settings) -> Outcome:
    """Return what the same mechanism, lottery and settings give now."""
    return match(
        market,
        result.mechanism,
        lottery=result.lottery,
        spread=result.spread or Spread.GREEDY,
        exact=kept.exact,
        effort=kept.effort,
        must_run=kept.must_run,
    )
