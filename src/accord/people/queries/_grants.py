"""Roles that people hold, held or will hold, and to whom one may be granted."""

from datetime import date

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.people.enums import PersonState, Role, SpanState
from accord.people.models import Institution, Person, RoleGrant
from accord.people.queries._actors import held_on
from accord.people.rules import ROLES_THAT_READ


def grants_visible_to(actor: Actor, *, on: date) -> QuerySet[RoleGrant]:
    """Return the grants of the actor's institutions and their own, each with its `state` on the day."""
    seen = Q(institution__in=actor.institutions(*ROLES_THAT_READ)) | Q(person__in=actor.persons)
    if actor.holds(*ROLES_THAT_READ):
        seen = Q()
    found = RoleGrant.objects.filter(seen).annotate(state=span_state(on))
    return found.select_related("person", "institution", "granted_by").order_by("person__sort_key", "starts_on", "pk")


def span_state(on: date) -> Case:
    """Return the expression that says where a span of days stands on a day."""
    over = Q(ends_on__lte=on) | Q(ends_on=F("starts_on"))
    return Case(
        When(over, then=Value(SpanState.OVER.value)),
        When(starts_on__gt=on, then=Value(SpanState.LATER.value)),
        default=Value(SpanState.HOLDS.value),
        output_field=CharField(),
    )


def find_grant(actor: Actor, pk: int, *, on: date) -> RoleGrant:
    """Return a grant that the actor may see. Raises `NotThere`."""
    grant = grants_visible_to(actor, on=on).filter(pk=pk).first()
    if grant is None:
        raise NotThere(_("There is no such role."))
    return grant


def institutions_to_grant_for(actor: Actor) -> QuerySet[Institution]:
    """Return the institutions for which the actor may grant a role."""
    found = Institution.objects.filter(merged_into=None)
    return found if actor.holds(Role.STEWARD) else found.filter(pk__in=actor.institutions(Role.OFFICER))


def persons_to_grant_to(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Return to whom the actor may grant a role: stewards to all, officers to people of their institutions."""
    found = living_persons().exclude(pk=actor.person_id or 0)
    return found if actor.holds(Role.STEWARD) else found.filter(_belongs_to(actor.institutions(Role.OFFICER), on))


def people_to_stand_in(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Return who may stand in for the actor: people with an account, of the institutions that they act for."""
    found = living_persons().exclude(pk=actor.person_id or 0).filter(account__is_active=True)
    lent = tuple(role for role in Role.values if role != Role.STEWARD)
    return found if actor.holds(*lent) else found.filter(_belongs_to(actor.institutions(*lent), on))


def living_persons() -> QuerySet[Person]:
    """Return the persons whose data may be used and who were not merged into another, by name."""
    return Person.objects.filter(merged_into=None, state=PersonState.ACTIVE).order_by("sort_key", "pk")


def present_persons() -> QuerySet[Person]:
    """Return everybody who can still ask something of their data: all but erased and merged ones, by name."""
    return Person.objects.filter(merged_into=None).exclude(state=PersonState.ERASED).order_by("sort_key", "pk")


def _belongs_to(institutions: frozenset[int], on: date) -> Q:
    """Return the condition that somebody belongs to one of the institutions on a day, or holds a role for it."""
    grants = RoleGrant.objects.filter(held_on(on), institution__in=institutions).values("person")
    placed = Person.objects.filter(
        Q(affiliations__ends_on=None) | Q(affiliations__ends_on__gt=on),
        affiliations__institution__in=institutions,
        affiliations__starts_on__lte=on,
    ).values("pk")
    return Q(pk__in=grants) | Q(pk__in=placed)


def person_among(persons: QuerySet[Person], words: str) -> Person | None:
    """Return the one of these persons who has this key or e-mail address."""
    return persons.filter(Q(key=words.casefold()) | Q(email__iexact=words) | Q(account__email__iexact=words)).first()
