"""The part that Accord's contracts share: walk all direct imports, ask one question of each."""

from __future__ import annotations

import abc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from importlinter import Contract, ContractCheck, output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grimp import ImportGraph


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """One forbidden import: who imports what, on which lines, and the sentence that says why not."""

    importer: str
    imported: str
    reason: str
    lines: tuple[int, ...]


class DirectImportsContract(Contract):
    """Asks ``reason_against`` of every direct import of the root package."""

    @property
    def root(self) -> str:
        """The name of the package under contract, such as ``accord``."""
        session: dict[str, Any] = self.session_options
        return str(session["root_packages"][0])

    @abc.abstractmethod
    def reason_against(self, importer: str, imported: str) -> str | None:
        """Say in one sentence why `importer` may not import `imported`; None when it may."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 import-linter's signature
        """Collect every breach; the contract is kept when there is none."""
        breaches = sorted(self._breaches(graph))
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each breach, with the line numbers to go to."""
        for breach in check.metadata["breaches"]:
            where = ", ".join(str(line) for line in breach.lines)
            output.print_error(f"- {breach.importer} -> {breach.imported} (l.{where})", bold=False)
            output.print_error(f"  {breach.reason}", bold=False)
        output.new_line()

    def _breaches(self, graph: ImportGraph) -> Iterator[Breach]:
        for importer in graph.modules:
            if not within(importer, self.root):
                continue
            for imported in graph.find_modules_directly_imported_by(importer):
                reason = self.reason_against(importer, imported)
                if reason is not None:
                    yield Breach(importer, imported, reason, _lines(graph, importer, imported))


def within(module: str, package: str) -> bool:
    """True when `module` is `package` or lies inside it."""
    return module == package or module.startswith(f"{package}.")


def _lines(graph: ImportGraph, importer: str, imported: str) -> tuple[int, ...]:
    details = graph.get_import_details(importer=importer, imported=imported)
    return tuple(sorted({detail["line_number"] for detail in details}))
