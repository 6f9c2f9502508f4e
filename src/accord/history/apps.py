"""Registers the app with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from accord.kernel.versions import last_change


class HistoryConfig(AppConfig):
    """Names the app `accord.history` and has every table of the history guarded once it exists."""

    name = "accord.history"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Guard the tables after each migration; announce the permissions, and who changed a record last."""
        from accord.history.queries import last_change as asked  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.history.rules import PERMITS  # noqa: PLC0415 (the same)
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        last_change.announce(asked)
        post_migrate.connect(_guard, sender=self)


def _guard(**_told: Any) -> None:
    """Guard the tables, unless the migration went back to before there were seals."""
    from accord.history import operations  # noqa: PLC0415 (models exist only once apps are loaded)

    operations.guard_tables()
