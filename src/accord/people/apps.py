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
        _announce_commands()
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


def _announce_commands() -> None:
    """Announce what can be begun with people and roles."""
    from accord.kernel.finding import Command, commands  # noqa: PLC0415 (models exist only once apps are loaded)
    from accord.people import rules  # noqa: PLC0415 (the same)

    for code, label, route, may, also in (
        ("invite", _("Invite somebody"), "people:invite", rules.may_invite_any, "invitation account 邀请 账户"),
        ("add-person", _("Add a person"), "people:person-new", rules.may_add_people, "new people 新增 人员"),
        ("add-institution", _("Add an institution"), "people:institution-new", rules.may_change_institutions, "机构"),
        ("grant-role", _("Grant a role"), "people:role-new", rules.may_grant_any, "permission rights 权限 角色"),
        ("stand-in", _("Let somebody stand in"), "people:stand-in-new", rules.may_delegate, "delegate 代理 代行"),
        ("make-token", _("Make a token for a program"), "people:token-new", rules.may_make_token, "API 令牌"),
    ):
        commands.announce(f"people.{code}", Command(label, route, may, also))


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
