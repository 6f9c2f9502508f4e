"""Contract: some rooms of a context never import some others, so that doors stay thin."""

from __future__ import annotations

from importlinter import fields

from tools.contracts.direct import DirectImportsContract, within


class ClosedRooms(DirectImportsContract):
    """Keeps ``rooms`` of every context away from ``may_not_import``.

    An entry of ``may_not_import`` is a room name (then it means that room of any context) or a
    module under the root package written with a leading dot, such as ``.engines``.
    """

    contexts: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]  # filled from the options
    rooms: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]  # filled from the options
    may_not_import: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]  # filled from the options

    def reason_against(self, importer: str, imported: str) -> str | None:
        """Refuse an import that starts in a watched room and ends in a forbidden one."""
        room = self._room(importer)
        if room not in self.rooms:
            return None
        for target in self.may_not_import:
            if self._reaches(imported, target):
                return f"{room} may not import {target.lstrip('.')}: call an operation or a query."
        return None

    def _reaches(self, imported: str, target: str) -> bool:
        if target.startswith("."):
            return within(imported, f"{self.root}{target}")
        return self._room(imported) == target

    def _room(self, module: str) -> str | None:
        parts = module.split(".")
        if len(parts) > 2 and parts[0] == self.root and parts[1] in self.contexts:  # noqa: PLR2004 root, context, room
            return parts[2]
        return None
