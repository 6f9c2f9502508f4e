"""Doors of the API to oneself, to institutions and people, and to one's own saved views."""

from typing import Any
from zlib import crc32

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Detail,
    Key,
    Number,
    Page,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    expected,
    wrong_field,
)
from accord.kernel.reading import people_shown
from accord.kernel.text import Bilingual
from accord.people import operations, queries
from accord.people.enums import InstitutionKind, Permission, Role
from accord.people.forms import INSTITUTIONS, PEOPLE, VIEWS
from accord.people.queries import Institution, Person, SavedView
from accord.ui.listing import ListAsked, listed

router = Router(tags=["People"])
views = Router(tags=["Saved views"])


class GrantShown(Shown):
    """A role that you hold today."""

    role: Role
    institution: str | None = Field(description="Key of the institution; null where it holds everywhere.")


class MeShown(Shown):
    """Who the request acts for, and what that person may do."""

    id: int
    name: Words
    roles: list[GrantShown]
    scopes: list[str] | None = Field(description="What the token opens; null for the session of a page.")


class InstitutionShown(Shown):
    """An organisation that can be party to an agreement."""

    key: str = Field(examples=["zhejiang-university"])
    name: Words
    kind: InstitutionKind
    country: str | None = Field(description="ISO 3166-1 alpha-2.")
    city: Words
    website: str | None
    ror: str | None = Field(description="Research Organization Registry, without the address.")
    lei: str | None = Field(description="Legal Entity Identifier, ISO 17442.")
    uscc: str | None = Field(description="Unified Social Credit Code, GB 32100.")
    version: int


class PersonShown(Shown):
    """A person whom you may see."""

    id: int
    name: Words
    sort_key: str
    email: str | None = Field(description="Only where you may see it.")
    orcid: str | None = Field(description="With hyphens, without the address.")
    country: str | None
    institutions: list[str] = Field(description="Keys of the institutions that the person belongs to today.")
    version: int


class ViewShown(Shown):
    """A list as you filtered and sorted it."""

    id: int
    name: str
    path: str = Field(description="The list's own address.", examples=["/agreements/"])
    query: str = Field(description="Filters, search and order.", examples=["state=signed"])


class ViewSent(Sent):
    """A list's address under a name."""

    name: Text = Field(min_length=1, max_length=100, examples=["In force"])
    path: Text = Field(min_length=1, max_length=300, pattern=r"^/[^/\\?#]", examples=["/agreements/"])
    query: Text = Field("", max_length=2000, examples=["state=signed"])


class InstitutionsAsked(ListAsked, table=INSTITUTIONS):
    """How institutions may be asked for."""


class PeopleAsked(ListAsked, table=PEOPLE):
    """How people may be asked for."""


class ViewsAsked(ListAsked, table=VIEWS):
    """How saved views may be asked for."""


@router.reads("/me", answer=MeShown)
def read_me(request: ApiRequest) -> MeShown:
    """Read who the request acts for. With the roles that hold today and what the token opens."""
    person = queries.acting_person(request.actor)
    keys = queries.institution_keys(grant.institution_id for grant in request.actor.grants)
    token = request.entry.token
    roles = [
        GrantShown(role=Role(grant.role), institution=keys.get(grant.institution_id or 0))
        for grant in sorted(request.actor.grants, key=lambda one: (one.role, one.institution_id or 0))
    ]
    return MeShown(
        id=person.pk, name=Words.of(person.name), roles=roles, scopes=sorted(token.scopes) if token else None
    )


@router.reads("/institutions", answer=Page[InstitutionShown], may=Permission.SEE_INSTITUTIONS)
def list_institutions(request: ApiRequest, asked: Query[InstitutionsAsked]) -> Page[InstitutionShown]:
    """List the institutions. Merged ones are left out."""
    rows = queries.institution_list(request.actor, on=clock.today(request.world))
    return listed(request, asked, rows, _institution)


@router.reads("/institutions/{key}", answer=InstitutionShown, may=Permission.SEE_INSTITUTIONS)
def read_institution(request: ApiRequest, key: Key) -> Detail[InstitutionShown]:
    """Read one institution. Asked for one that was merged into another, it answers the other."""
    found = queries.find_institution(request.actor, key)
    shown = found.merged_into or found
    return Detail(_institution(shown), version=shown.version)


@router.reads("/persons", answer=Page[PersonShown], may=Permission.SEE_PEOPLE)
def list_persons(request: ApiRequest, asked: Query[PeopleAsked]) -> Page[PersonShown]:
    """List the people whom you may see. Those of your institutions and of their partners."""
    page = listed(request, asked, queries.people_list(request.actor, on=clock.today(request.world)), _person)
    people_shown(request.actor, [one.id for one in page.items], clock.now(request.world))
    return page


@router.reads("/persons/{number}", answer=PersonShown, may=Permission.SEE_PEOPLE)
def read_person(request: ApiRequest, number: Number) -> Detail[PersonShown]:
    """Read one person. Asked for one who was merged into another, it answers the other."""
    found = queries.find_person(request.actor, number)
    row = queries.people_list(request.actor, on=clock.today(request.world)).get(pk=found.pk)
    people_shown(request.actor, [found.pk], clock.now(request.world))
    return Detail(_person(row), version=found.version)


@views.reads("/views", answer=Page[ViewShown], may=Permission.SAVE_VIEW)
def list_views(request: ApiRequest, asked: Query[ViewsAsked]) -> Page[ViewShown]:
    """List your own saved views."""
    return listed(request, asked, queries.views_of(request.actor), _view)


@views.acts("/views", answer=ViewShown, may=Permission.SAVE_VIEW, matches=False)
def save_view(request: ApiRequest, sent: ViewSent) -> ViewShown:
    """Keep a list under a name. The same name on the same list takes the new filters."""
    if not sent.name.strip():
        raise wrong_field("name", _("Give the view a name."))
    if not queries.is_our_page(sent.path):
        raise wrong_field("path", _("This list is not here. Take the address of one of the pages."))
    by = queries.acting_person(request.actor)
    return _view(operations.save_view(by=by, name=sent.name, path=sent.path, query=sent.query))


@views.reads("/views/{number}", answer=ViewShown, may=Permission.SAVE_VIEW)
def read_view(request: ApiRequest, number: Number) -> Detail[ViewShown]:
    """Read one of your own saved views."""
    row = queries.find_view(request.actor, number)
    return Detail(_view(row), version=_version(row))


@views.drops("/views/{number}", may=Permission.SAVE_VIEW)
def drop_view(request: ApiRequest, number: Number) -> None:
    """Forget one of your own saved views. The list and its lines stay."""
    row = queries.find_view(request.actor, number)
    expected(request, _version(row))
    operations.drop_view(view=row)


def _version(row: SavedView) -> int:
    """Return a number that changes with what a view holds; views keep no version of their own."""
    return crc32(f"{row.name}\n{row.path}?{row.query}".encode())


def _institution(row: Institution) -> InstitutionShown:
    """Return an institution as the API shows it."""
    return InstitutionShown(
        key=row.key,
        name=Words.of(row.name),
        kind=InstitutionKind(row.kind),
        country=row.country or None,
        city=Words.of(row.city or Bilingual()),
        website=row.website or None,
        ror=row.ror or None,
        lei=row.lei or None,
        uscc=row.uscc or None,
        version=row.version,
    )


def _person(row: Any) -> PersonShown:
    """Return a person as the API shows them."""
    person: Person = row
    return PersonShown(
        id=person.pk,
        name=Words.of(person.name),
        sort_key=person.sort_key,
        email=row.shown_email or None,
        orcid=person.orcid or None,
        country=person.country or None,
        institutions=[place["key"] for place in row.places],
        version=person.version,
    )


def _view(row: SavedView) -> ViewShown:
    """Return a saved view as the API shows it."""
    return ViewShown(id=row.pk, name=row.name, path=row.path, query=row.query)
