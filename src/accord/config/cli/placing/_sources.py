"""Reads a market from any file that `accord match` takes; the ending says which kind, unless an option does."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._words import Words
from accord.config.cli.placing._market import market_from_tables
from accord.engines.matching import Market, ReserveOrder, market_from_data, read_glasgow, read_preflib
from accord.kernel.sheets import TABLES, WORKBOOKS

PREFLIB: Final = (".soc", ".soi", ".toc", ".toi", ".cat")
ENDINGS: Final = {
    **dict.fromkeys((*TABLES, *WORKBOOKS), "tables"),
    **dict.fromkeys(PREFLIB, "preflib"),
    ".json": "market",
    ".instance": "glasgow",
}
SENTENCES: Final = {
    "which": (
        "What kind of file {file} is cannot be told by its name. Say so with --format: {kinds}.",
        "无法从文件名判断{file}的类型。用--format指明：{kinds}。",
    ),
    "idle": (
        "{option} means something only with {kind}, and {file} is read as {read}. Leave it out, or see --format.",
        "{option}只用于{kind}，而{file}按{read}读取。去掉该选项，或查看--format。",
    ),
    "unreadable": (
        "{file} cannot be read as a market: {detail}. See whether it is the file you mean.",
        "{file}无法作为匹配数据读取：{detail}。确认文件是否正确。",
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a market is: the file, what stands beside it, and what its format leaves open."""

    file: Path
    beside: Mapping[str, Path]
    kind: str | None
    places: int | None
    capacities: Path | None
    language: str

    def market(self, order: str | None) -> Market:
        """Return the market; ``order`` is the order of reserved seats, None as the file has it.

        Raises:
            FaultyTablesError: every fault of filled-in tables.
            MarketError: the file is in its format and no market.
            StopError: the file is in no known format.

        """
        market = self._read()
        return market if order is None else replace(market, reserve_order=ReserveOrder(order))

    def _read(self) -> Market:
        words = Words(SENTENCES, self.language)
        kind = self.kind or ("tables" if self.file.is_dir() else ENDINGS.get(self.file.suffix.casefold()))
        if kind is None:
            kinds = words.listed(dict.fromkeys(ENDINGS.values()))
            raise StopError(words("which", file=self.file, kinds=kinds), Exit.USAGE)
        self._refuse_idle(kind, words)
        if kind == "tables":
            return market_from_tables(self.file, self.beside)
        try:
            text = self.file.read_text(encoding="utf-8-sig")
            if kind == "preflib":
                beside = self.capacities.read_text(encoding="utf-8-sig") if self.capacities else ""
                return read_preflib(text, places=1 if self.places is None else self.places, supervisors=beside)
            return read_glasgow(text) if kind == "glasgow" else market_from_data(json.loads(text))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError, IsADirectoryError) as error:
            raise StopError(words("unreadable", file=self.file, detail=error), Exit.NOT_SOUND) from None

    def _refuse_idle(self, kind: str, words: Words) -> None:
        """Refuse options that this kind of file would not heed."""
        given = {"--places": self.places, "--capacities": self.capacities}
        idle = [(option, "preflib") for option, value in given.items() if value is not None and kind != "preflib"]
        idle += [(f"--{name}", "tables") for name in self.beside if kind != "tables"]
        for option, wanted in idle:
            raise StopError(words("idle", option=option, kind=wanted, file=self.file, read=kind), Exit.USAGE)
