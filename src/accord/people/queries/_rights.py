"""Why one may, or may not: every permission with the grants of one person that open it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accord.kernel.access import Actor, Grant
from accord.kernel.permits import Permit, permits
from accord.kernel.text import Bilingual
from accord.people.enums import Role
from accord.people.models import Institution, Person
from accord.people.queries._actors import grants_of


@dataclass(frozen=True, slots=True)
class Right:
    """A permission, and why one person has it or not."""

    permit: Permit
    may: bool
    because: str

    @property
    def context(self) -> str:
        """Return the context that guards it."""
        return self.permit.context

    @property
    def code(self) -> str:
        """Return its code."""
        return str(self.permit.code)

    @property
    def rule(self) -> str:
        """Return who may and why so, as one text."""
        return _("%(who)s %(why)s") % {"who": self.permit.who, "why": self.permit.why}

    @property
    def words(self) -> str:
        """Return all that is said of it, to be searched."""
        return f"{self.permit.name} {self.permit.who} {self.permit.why} {self.because}"

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the roles that open it; every role where no role is needed."""
        return tuple(Role.values) if self.permit.anyone else self.permit.roles


def rights_of(actor: Actor) -> list[Right]:
    """Return every announced permission, and which of the actor's grants open it; one query."""
    places = _names(actor)
    return [_right(permit, actor, places) for permit in permits]


def actor_of(person: Person, *, on: date) -> Actor:
    """Return a person as an actor, with or without an account, for looking at what they may do. Two queries."""
    return Actor(person_id=person.pk, name=str(person.name), grants=grants_of(person.pk, on))


def _names(actor: Actor) -> dict[int, Bilingual]:
    """Return the names of the institutions of the actor's grants."""
    return dict(Institution.objects.filter(pk__in=actor.institutions()).values_list("pk", "name"))


def _right(permit: Permit, actor: Actor, places: Mapping[int, Bilingual]) -> Right:
    """Return whether one of the actor's grants opens it, and the sentence that says which or why none."""
    if permit.anyone:
        return Right(permit, may=True, because=_("needs no role"))
    opening = permit.opened_by(actor)
    if opening:
        return Right(permit, may=True, because=_("; ").join(_said(permit, grant, places) for grant in opening))
    wanted = _(" or ").join(str(Role(role).label) for role in permit.roles)
    none = _("no role opens it") if not wanted else _("needs the role %(roles)s") % {"roles": wanted}
    return Right(permit, may=False, because=none)


def _said(permit: Permit, grant: Grant, places: Mapping[int, Bilingual]) -> str:
    """Return one grant in words, with what else must be so."""
    role = Role(grant.role).label
    where = _("everywhere") if grant.institution_id is None else str(places.get(grant.institution_id, ""))
    limit = permit.limits.get(grant.role)
    words = {"role": role, "where": where, "limit": limit}
    return _("as %(role)s, %(where)s: %(limit)s") % words if limit else _("as %(role)s, %(where)s") % words
