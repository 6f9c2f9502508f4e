"""Registers the app with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Names the app `accord.files` and announces its permissions."""

    name = "accord.files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the permissions in words."""
        from accord.files.rules import PERMITS  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
