"""Migrations in seconds: after each step only the table that changed is drawn up anew, not every table that knows it.

Django draws up every related model again after each step. Here all tables lead to a person, so each of some hundred
steps would draw up some hundred models. What SQL needs of the others, their tables and columns, has not changed.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.state import ModelState, ProjectState

BROUGHT = {"triggers", "constraints", "indexes"}


class _NarrowState(ProjectState):
    """A state of the models that draws up one model at a time."""

    def clone(self) -> ProjectState:
        """Return the state before a step, as Django's own does; but what was checked is not checked again."""
        before = ProjectState(models={key: _same(one) for key, one in self.models.items()}, real_apps=self.real_apps)
        if "apps" in self.__dict__:
            before.apps = self.apps.clone()
        before.is_delayed = self.is_delayed
        return before

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002 (Django's signature)
        """Draw up the one model again, where any is drawn up and it looks otherwise than before."""
        del delay
        if "apps" not in self.__dict__:
            return
        key = app_label, model_name.lower()
        held: ModelState | None = self.models.get(key)
        shapes: dict[tuple[str, str], Any] = self.__dict__.setdefault("shapes", {})
        if held is not None and shapes.get(key) == _shape(held):
            return
        self.apps.unregister_model(*key)
        shapes.pop(key, None)
        if held is not None:
            self.apps.render_multiple([held])
            shapes[key] = _shape(held)


def _shape(held: ModelState) -> tuple[Any, ...]:
    """Return what is drawn up of a model; steps bring triggers, constraints and indexes with them."""
    options = {name: value for name, value in held.options.items() if name not in BROUGHT}
    return tuple(held.fields.items()), options, held.bases


def _same(held: ModelState) -> ModelState:
    """Return a copy of a model's state; steps put fields and options in and out, and change none of them."""
    copy = ModelState.__new__(ModelState)
    copy.__dict__ = held.__dict__ | {"fields": dict(held.fields), "options": dict(held.options)}
    return copy


class _StateBetween(ProjectState):
    """A state that a swift migration leaves: good for the next one; any other sees all relations drawn up anew."""

    def clone(self) -> ProjectState:
        """Forget what was drawn up, and be an ordinary state again: an ordinary migration begins by cloning."""
        for drawn in ("apps", "shapes"):
            vars(self).pop(drawn, None)
        object.__setattr__(self, "__class__", ProjectState)
        return self.clone()


class SwiftMigration(Migration):
    """A migration whose steps change tables alone; one that reads or writes rows through models is none."""

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002 (Django's signature)
    ) -> ProjectState:
        """Apply every step, drawing up one model at a time."""
        project_state.__class__ = _NarrowState
        try:
            return super().apply(project_state, schema_editor, collect_sql)
        finally:
            project_state.__class__ = _StateBetween
