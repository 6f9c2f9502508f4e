"""Registers the app with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Names the app `accord.portal` and announces what is begun with one agreement."""

    name = "accord.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce what can be begun once the reader says with which agreement."""
        from accord.kernel.finding import Command, commands  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.kernel.pages import page_names  # noqa: PLC0415 (the same)
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (the same)
        from accord.portal.pages import LISTS  # noqa: PLC0415 (the same)
        from accord.portal.queries import WITH_AGREEMENT, may_begin  # noqa: PLC0415 (the same)
        from accord.portal.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        for route, words in LISTS.items():
            page_names.announce(route, words)
        for code, act in WITH_AGREEMENT.items():
            commands.announce(
                f"portal.{code}", Command(act.label, "portal:which", may_begin, also=act.also, args=(code,))
            )
