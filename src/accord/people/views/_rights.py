"""Doors of the matrix: every permission, the roles that open it, and why one person may or may not."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.kernel import clock
from accord.kernel.access import Actor, Request, signed_in
from accord.kernel.permits import permits
from accord.kernel.refused import NotThere
from accord.people import queries, rules
from accord.people.enums import Role
from accord.people.queries import Right
from accord.ui.parts import State
from accord.ui.tables import Column, Filter, Table


def _role_column(role: Role) -> Column:
    """Return the column that says whether a role opens a permission, and within what."""
    return Column(role.value, role.label, value=lambda right: _opened(right, role))


def _opened(right: Right, role: Role) -> Any:
    """Return yes or no, or within what."""
    permit = right.permit
    if role in permit.roles:
        usual = _("Yes") if role == Role.STEWARD else _("Own institution")
        return capfirst(str(permit.limits.get(role) or usual))
    return _("Yes") if permit.anyone else _("No")


def _mine(right: Right) -> State:
    """Return whether the person looked at may."""
    return State("good", _("Yes")) if right.may else State("mute", _("No"))


def _table(person: Any) -> Table:
    """Return the matrix as a list; the contexts that one can choose are those that announced something."""
    contexts = sorted({permit.context for permit in permits})
    return Table(
        name="permissions",
        columns=(
            Column("name", _("What"), sort="permit__name", value="permit.name"),
            Column("may", person, value=_mine),
            Column("because", _("Why so for this person"), value="because"),
            *(_role_column(role) for role in Role),
            Column("rule", _("Who may, and why the rule is so"), value="rule"),
            Column("who", _("Who may"), value="permit.who", hidden=True),
            Column("why", _("Why the rule is so"), value="permit.why", hidden=True),
            Column("code", _("Code"), sort="code", hidden=True),
        ),
        filters=(
            Filter("context", _("Part of Accord"), choices=tuple((one, words_of(one)) for one in contexts)),
            Filter("role", _("Opened by"), choices=tuple(Role.choices), lookup="roles__icontains"),
            Filter("may", person, choices=(("True", _("Yes")), ("False", _("No"))), lookup="may"),
        ),
        search=("words", "code"),
    )


def words_of(context: str) -> str:
    """Return the name of a context as the page says it."""
    return str(CONTEXTS.get(context, context.capitalize()))


CONTEXTS = {
    "people": _("People"),
    "agreements": _("Agreements"),
    "measures": _("Measures"),
    "negotiation": _("Negotiation"),
    "history": _("History"),
    "outbox": _("Notices"),
    "files": _("Files"),
    "privacy": _("Privacy"),
    "portal": _("Background work"),
    "workspace": _("Work spaces"),
    "programmes": _("Programmes"),
    "review": _("Review panels"),
}


@require_GET
@signed_in
def permissions(request: Request) -> HttpResponseBase:
    """Show who may do what and why, and what the reader may themselves."""
    return _matrix(request, request.actor, _("You"), {"of": None})


@require_GET
@signed_in
def permissions_of(request: Request, key: str) -> HttpResponseBase:
    """Show what one person may do, and which of their roles opens it; for stewards, and for the person."""
    person = queries.present_persons().filter(key=key).first()
    if person is None or not rules.may_see_rights(request.actor, person.pk):
        raise NotThere(_("There is nobody here of whom you may see this."))
    actor = queries.actor_of(person, on=clock.today(request.world))
    return _matrix(request, actor, str(person.name), {"of": person})


def _matrix(request: Request, actor: Actor, name: Any, context: dict[str, Any]) -> HttpResponseBase:
    """Answer the matrix for one actor, as a page or as a file."""
    table = _table(name)
    rights = queries.rights_of(actor)
    page = table.page(request.GET, rights)
    if page.format:
        return table.export(page, filename="permissions")
    opened = sum(right.may for right in rights)
    context |= {"table": page, "name": name, "opened": opened, "every": len(rights)}
    return render(request, "people/permissions.html", context)
