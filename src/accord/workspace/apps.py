"""Registers the app with Django."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Names the app `accord.workspace` and announces what rooms below may ask of it."""

    name = "accord.workspace"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the permissions in words."""
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.workspace.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
