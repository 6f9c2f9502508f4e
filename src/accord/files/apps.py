"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Names the app `accord.files` and announces its permissions and how files are found."""

    name = "accord.files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the permissions in words, and the search."""
        from accord.files.queries import find_files  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.files.rules import PERMITS  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.kernel.finding import Search, searches  # noqa: PLC0415 (the same)
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        searches.announce("file", Search(_("Files"), find_files))
