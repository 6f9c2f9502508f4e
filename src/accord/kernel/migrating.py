"""Migrations in seconds: after each step only the table that changed is drawn up anew, not every table that knows it.

Django draws up every related model again after each step. Here all tables lead to a person, so each of some hundred
steps would draw up some hundred models. What SQL needs of the others, their tables and columns, has not changed.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.state import ModelState, ProjectState


class _NarrowState(ProjectState):
    """A state of the models that draws up one model at a time."""

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: FBT001, FBT002 (Django's signature)
        """Draw up the one model again, where any is drawn up."""
        del delay
        if "apps" not in self.__dict__:
            return
        self.apps.unregister_model(app_label, model_name.lower())
        held: ModelState | None = self.models.get((app_label, model_name.lower()))
        if held is not None:
            self.apps.render_multiple([held])


class SwiftMigration(Migration):
    """A migration whose steps change tables alone; one that reads or writes rows through models is none."""

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002 (Django's signature)
    ) -> ProjectState:
        """Apply every step, then forget what was drawn up, so that whoever comes next sees all relations."""
        project_state.__class__ = _NarrowState
        try:
            return super().apply(project_state, schema_editor, collect_sql)
        finally:
            project_state.__class__ = ProjectState
            project_state.__dict__.pop("apps", None)
