"""Contract: a package imports itself and a short list, and nothing else in the world."""

from __future__ import annotations

from importlinter import fields

from tools.contracts.direct import DirectImportsContract, within


class OnlyImports(DirectImportsContract):
    """Holds ``package`` to ``may_import``: names of top-level modules, ours or anybody's.

    Stronger than a list of forbidden names: a network library nobody thought of is refused too.
    """

    package: str = fields.StringField()  # type: ignore[assignment]  # filled from the options
    may_import: set[str] = fields.SetField(subfield=fields.StringField())  # type: ignore[assignment]  # filled from the options

    def reason_against(self, importer: str, imported: str) -> str | None:
        """Refuse everything outside the package that is not listed."""
        if not within(importer, self.package) or within(imported, self.package):
            return None
        if any(within(imported, allowed) for allowed in self.may_import):
            return None
        return f"{self.package} is pure: it imports only {', '.join(sorted(self.may_import))}."
