"""Contract: a context is entered by its front rooms, a package by its face."""

from __future__ import annotations

from importlinter import fields

from tools.contracts.direct import DirectImportsContract, within


class FrontRooms(DirectImportsContract):
    """Holds every importer outside a context to that context's front rooms.

    Options: ``contexts`` and ``front_rooms`` (names under the root package and under a context),
    ``composition_root`` (the one package that wires things together) and ``composition_rooms``
    (what it may import besides). A module whose name starts with an underscore is private to the
    package it lies in, in every floor.
    """

    contexts: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]  # filled from the options
    front_rooms: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]  # filled from the options
    composition_root: str = fields.StringField()  # type: ignore[assignment]  # filled from the options
    composition_rooms: list[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]  # filled from the options

    def reason_against(self, importer: str, imported: str) -> str | None:
        """Refuse back doors into a context and private modules of anybody else."""
        return self._private(importer, imported) or self._back_door(importer, imported)

    def _private(self, importer: str, imported: str) -> str | None:
        parts = imported.split(".")
        if parts[0] != self.root:
            return None
        for depth, part in enumerate(parts):
            owner = ".".join(parts[:depth])
            if part.startswith("_") and not part.endswith("__") and not within(importer, owner):
                return f"{part} is private to {owner}: import from {owner}."
        return None

    def _back_door(self, importer: str, imported: str) -> str | None:
        parts = imported.split(".")
        if parts[0] != self.root or len(parts) == 1 or parts[1] not in self.contexts:
            return None
        context = ".".join(parts[:2])
        if within(importer, context):
            return None
        open_rooms = self._open_rooms(importer)
        if len(parts) > 2 and parts[2] in open_rooms:  # noqa: PLR2004 root, context, room
            return None
        return f"{context} is entered by {', '.join(open_rooms)} only."

    def _open_rooms(self, importer: str) -> list[str]:
        composing = within(importer, f"{self.root}.{self.composition_root}")
        return [*self.front_rooms, *(self.composition_rooms if composing else [])]
