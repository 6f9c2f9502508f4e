"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Names the app `accord.people` and announces what rooms above may ask of it."""

    name = "accord.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce the permissions in words, who finds links, and what links of this context are for."""
        from accord.kernel.links import Purpose, keeper, purposes  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (the same)
        from accord.people.enums import CHECK_DETAILS  # noqa: PLC0415 (the same)
        from accord.people.queries import find_link  # noqa: PLC0415 (the same)
        from accord.people.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)
        _announce_directory()
        _announce_histories()
        keeper.announce(find_link)
        name = _("Check what is known of a person")
        purposes.announce(CHECK_DETAILS, Purpose(CHECK_DETAILS, name, "person", "people:check-details"))


def _announce_directory() -> None:
    """Announce institutions, units and persons as records, and how the first and the last are searched."""
    from accord.kernel.finding import searches  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.kernel.records import record_kinds  # noqa: PLC0415 (the same)
    from accord.people.queries import KINDS, SEARCHES  # noqa: PLC0415 (the same)

    for kind in KINDS:
        record_kinds.announce(kind.kind, kind)
    for code, search in SEARCHES.items():
        searches.announce(code, search)


def _announce_histories() -> None:
    """Announce what the histories of institutions and persons tell and give back."""
    from accord.kernel.chronicle import Chronicle, Undo, chronicles  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.people import operations  # noqa: PLC0415 (the same)

    facts = frozenset({"name", "kind", "country", "city", "website", "ror", "lei", "uscc", "time_zone"})
    institution = Undo(facts, operations.give_back_institution)
    person = Undo(frozenset({"name", "sort_key", "orcid", "country"}), operations.give_back_person)
    chronicles.announce("institution", Chronicle({"people.Unit": "institution"}, undo=institution))
    parts = {"people.Affiliation": "person"}
    chronicles.announce("person", Chronicle(parts, hidden=frozenset({"people.Person.email"}), undo=person))
