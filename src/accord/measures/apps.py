"""Registers the app with Django."""

from django.apps import AppConfig

from accord.kernel.measure import known_codes


class MeasuresConfig(AppConfig):
    """Names the app `accord.measures` and announces the catalogue's codes to the rooms below."""

    name = "accord.measures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the catalogue; it is read when first asked for."""
        from accord.measures.queries import catalogue  # noqa: PLC0415 (models exist only once apps are loaded)

        known_codes.announce(lambda: frozenset(catalogue()))
