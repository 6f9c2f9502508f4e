"""People, as a reader may see them: those one works with, and an e-mail address only where one keeps it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.kernel.words import sides
from accord.people.enums import PersonState, Role
from accord.people.models import Affiliation, Institution, Person, RoleGrant
from accord.people.queries._institutions import known_institutions
from accord.people.rules import may_change_person, may_see_email, may_see_people

MACHINES = ("command-line",)
"""Persons under whom no human being writes; no list shows them."""

PLACE = JSONObject(
    key="institution__key", institution="institution__name", unit="unit__name", title="title", ends_on="ends_on"
)


def _on(day: date) -> Q:
    """Hold for spans that cover the day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """Return the people whom the actor may see, without those merged into others and without machines.

    Stewards see all; officers and executives those who belong or belonged to their institutions or to those of
    their partners, by affiliation or by role. Everybody sees themselves. Restricted and erased ones: stewards alone.
    """
    living = Person.objects.filter(merged_into=None).exclude(key__in=MACHINES)
    if actor.holds(Role.STEWARD):
        return living
    oneself = Q(pk__in=actor.persons)
    if not may_see_people(actor):
        return living.filter(oneself)
    if actor.holds(Role.OFFICER, Role.EXECUTIVE):
        return living.filter(Q(state=PersonState.ACTIVE) | oneself)
    known = known_institutions(actor)
    there = Exists(Affiliation.objects.filter(person=OuterRef("pk"), institution__in=known)) | Exists(
        RoleGrant.objects.filter(person=OuterRef("pk"), institution__in=known)
    )
    return living.filter(oneself | (Q(state=PersonState.ACTIVE) & there))


def people_list(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Return the people with `names` to search in, `places` where they belong on the day, and `shown_email`."""
    return people_visible_to(actor).annotate(
        names=sides(("name",), "sort_key"),
        places=ArraySubquery(
            Affiliation.objects.filter(_on(on), person=OuterRef("pk")).order_by("starts_on", "pk").values_list(PLACE)
        ),
        shown_email=_email_for(actor, on),
    )


def _email_for(actor: Actor, on: date) -> Any:
    """Return the address where the actor may see it, and nothing else; says in SQL what `may_see_email` says."""
    if may_change_person(actor, ()):
        return F("email")
    mine = Affiliation.objects.filter(_on(on), person=OuterRef("pk"), institution__in=actor.institutions(Role.OFFICER))
    allowed = Q(Exists(mine)) | Q(pk__in=actor.persons)
    if actor.holds(Role.OFFICER):
        allowed = Q(Exists(Affiliation.objects.filter(_on(on), person=OuterRef("pk")))) | Q(pk__in=actor.persons)
    return Case(When(allowed, then=F("email")), default=Value(""), output_field=CharField())


def people_at(rows: QuerySet[Person], institution_key: str) -> QuerySet[Person]:
    """Narrow people to those who belong or ever belonged to an institution; an empty key narrows nothing."""
    if not institution_key:
        return rows
    return rows.filter(
        Exists(Affiliation.objects.filter(person=OuterRef("pk"), institution__key=institution_key))
        | Exists(RoleGrant.objects.filter(person=OuterRef("pk"), institution__key=institution_key))
    )


def places_of(row: Any) -> str:
    """Return where a listed person belongs, in the reader's language; each institution once."""
    return " · ".join(dict.fromkeys(str(Bilingual.of(place["institution"])) for place in row.places))


def find_person(actor: Actor, pk: int) -> Person:
    """Return a person, or the one they were merged into; raises `NotThere` for those whom the actor may not see."""
    merged = Person.objects.filter(pk=pk).values_list("merged_into_id", flat=True).first()
    person = people_visible_to(actor).filter(pk=merged or pk).first()
    if person is None:
        raise NotThere(_("There is no person of this number among those you may see."))
    return person


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a person belongs or belonged, and whether that holds on the day asked for."""

    affiliation: Affiliation
    holds: bool
    is_ahead: bool

    @property
    def institution_id(self) -> int:
        """Return the institution's number."""
        return self.affiliation.institution_id


def belongings_of(person: Person, *, on: date) -> list[Belonging]:
    """Return every affiliation of the person, latest first, but empty spans that were a mistake; one query."""
    rows = person.affiliations.select_related("institution", "unit").order_by("-starts_on", "-pk")
    return [
        Belonging(row, row.starts_on <= on and (row.ends_on is None or row.ends_on > on), row.starts_on > on)
        for row in rows
        if row.ends_on != row.starts_on
    ]


def institutions_now(belongings: Iterable[Belonging]) -> frozenset[int]:
    """Return the institutions to which somebody belongs on the day, or will."""
    return frozenset(one.institution_id for one in belongings if one.holds or one.is_ahead)


def email_of(actor: Actor, person: Person, institutions: Collection[int]) -> str:
    """Return the person's e-mail address where the actor may see it, else nothing."""
    return person.email if may_see_email(actor, person.pk, institutions) else ""


def find_affiliation(person: Person, pk: int) -> Affiliation:
    """Return one affiliation of the person; raises `NotThere`."""
    found = person.affiliations.select_related("institution", "unit").filter(pk=pk).first()
    if found is None:
        raise NotThere(_("This person has no affiliation of this number."))
    return found


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an institution, as its page shows them."""

    person: Person
    unit: Bilingual
    title: Bilingual
    starts_on: date
    ends_on: date | None


def members_of(visible: QuerySet[Person], institution: Institution, *, on: date, now: bool, most: int) -> list[Member]:
    """Return people out of those visible who belong to the institution on the day, or no longer do."""
    spans = Affiliation.objects.filter(institution=institution, person__in=visible)
    spans = spans.filter(_on(on)) if now else spans.filter(ends_on__lte=on, ends_on__gt=F("starts_on"))
    order = ("person__sort_key", "pk") if now else ("-ends_on", "pk")
    return [
        Member(one.person, one.unit.name if one.unit else Bilingual(), one.title, one.starts_on, one.ends_on)
        for one in spans.select_related("person", "unit").order_by(*order)[:most]
    ]


def officers_of(visible: QuerySet[Person], institution: Institution, *, on: date) -> list[Person]:
    """Return who is partnership officer of the institution on the day, out of those visible."""
    grants = RoleGrant.objects.filter(_on(on), institution=institution, role=Role.OFFICER)
    return list(visible.filter(pk__in=grants.values("person")).order_by("sort_key", "pk"))
