"""Keeps resident teams: who they are, and who works in them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.countries import read_country
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Institution, Person
from accord.workspace.enums import MemberRole, Origin, TeamKind
from accord.workspace.models import Site, Team, TeamMember
from accord.workspace.operations._count import count_team

NOTHING_SAID = Bilingual()
HUNG = "founders_from"
COLUMNS = {"institution": "institution_id", "contact": "contact_id"}
"""Facts whose columns bear other names."""
RESERVED = frozenset({"new", "bring-in"})
"""Words that stand in addresses where the short name of a team stands."""
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NAMES = {column: name for name, column in COLUMNS.items()}


class TeamKeyTaken(Refused):
    """Another team of the site bears this short name."""

    code = "team-key-taken"


class TeamKeyOdd(Refused):
    """The short name of a team could be no part of an address."""

    code = "team-key-odd"


class TeamCountry(Refused):
    """An international team comes from a country, by its two letters."""

    code = "team-country"


class MemberTwice(Refused):
    """Somebody works in the team on these days already."""

    code = "member-twice"


class MemberSpan(Refused):
    """Somebody would leave a team before they joined it."""

    code = "member-span"


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What is known of a team; institutions and people by their ids."""

    name: Bilingual
    origin: str
    stage: str
    kind: str = TeamKind.INCUBATED
    summary: Bilingual = NOTHING_SAID
    country: str = ""
    field: Bilingual = NOTHING_SAID
    institution: int | None = None
    founders_from: tuple[int, ...] = ()
    contact: int | None = None
    website: str = ""

    def checked(self) -> "TeamFacts":
        """Return the same as it is kept. Raises `NameMissing` and `TeamCountry`, with the field."""
        return replace(
            self,
            name=named(self.name),
            country=self._country(),
            summary=Bilingual(self.summary.en.strip(), self.summary.zh_hans.strip()),
            field=tidied(self.field),
            founders_from=tuple(sorted(set(self.founders_from))),
            website=self.website.strip(),
        )

    def _country(self) -> str:
        """Return the country's code; a domestic team needs none."""
        code = read_country(self.country)
        if code is None:
            raise TeamCountry(_("Enter two letters of a country, such as CN or GB."), field="country")
        if self.origin == Origin.INTERNATIONAL and not code:
            raise TeamCountry(_("Say which country the international team comes from."), field="country")
        return code

    def columns(self) -> dict[str, Any]:
        """Return the facts by the columns that keep them; the founders' institutions stand in a table of their own."""
        rows = {one.name: getattr(self, one.name) for one in fields(self) if one.name != HUNG}
        return {COLUMNS.get(name, name): value for name, value in rows.items()}


def facts_of(team: Team) -> TeamFacts:
    """Return what is known of a team; one query, for the founders' institutions."""
    rows = {one.name: getattr(team, COLUMNS.get(one.name, one.name)) for one in fields(TeamFacts) if one.name != HUNG}
    return TeamFacts(**rows, founders_from=tuple(team.founders_from.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def register_team(
    *,
    site: Site,
    key: str,
    name: Bilingual,
    origin: str,
    stage: str,
    by: Person,
    at: datetime,
    kind: str = TeamKind.INCUBATED,
    summary: Bilingual = NOTHING_SAID,
    country: str = "",
    field: Bilingual = NOTHING_SAID,
    institution: Institution | None = None,
    founders_from: Collection[Institution] = (),
    contact: Person | None = None,
    website: str = "",
    is_simulated: bool = False,
) -> Team:
    """Register a team at a site. Raises `TeamKeyOdd`, `TeamKeyTaken`, `NameMissing`, `TeamCountry`."""
    facts = TeamFacts(
        name=name,
        origin=origin,
        stage=stage,
        kind=kind,
        summary=summary,
        country=country,
        field=field,
        institution=institution.pk if institution else None,
        founders_from=tuple(one.pk for one in founders_from),
        contact=contact.pk if contact else None,
        website=website,
    ).checked()
    team = Team(site=site, key=key, registered_at=at, registered_by=by, is_simulated=is_simulated, **facts.columns())
    _save_new(team)
    team.founders_from.set(facts.founders_from)
    return team


@transaction.atomic
def change_team(*, team: Team, version: int, facts: TeamFacts, by: Person, at: datetime) -> Team:
    """Change what is known of a team. What stands there already is no change, and no clash.

    A team that is no longer incubated, or is so from now on, is counted anew. Raises `Clash` for an older version,
    `NameMissing`, `TeamCountry`.
    """
    del by  # the history keeps who
    checked = facts.checked()
    held = Team.objects.select_for_update(of=("self",), no_key=True).get(pk=team.pk)
    before = facts_of(held)
    if checked == before:
        return held
    expect(held, version)
    changed = [name for name, value in checked.columns().items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, checked.columns()[name])
    held.version += 1
    held.save(update_fields=[*changed, "version"])
    held.founders_from.set(checked.founders_from)
    if checked.kind != before.kind:
        count_team(team=held, at=at)
    return held


def give_back_team(*, pk: int, version: int, values: Mapping[str, Any], by: Person, at: datetime) -> Team:
    """Change a team back to old values of some fields. Raises what `change_team` does."""
    held = Team.objects.get(pk=pk)
    named = {NAMES.get(name, name): value for name, value in values.items()}
    return change_team(team=held, version=version, facts=replace(facts_of(held), **named), by=by, at=at)


def add_member(*, team: Team, person: Person, role: str, starts_on: date, by: Person, at: datetime) -> TeamMember:
    """Let somebody work in a team from a day on; the same again changes nothing. Raises `MemberTwice`."""
    there = TeamMember.objects.filter(team=team, person=person, starts_on=starts_on, role=role, ends_on=None).first()
    if there is not None:
        return there
    with refused_as({"member_once_at_a_time": lambda: _member_twice(person)}):
        return TeamMember.objects.create(
            team=team, person=person, role=MemberRole(role), starts_on=starts_on, added_at=at, added_by=by
        )


@transaction.atomic
def end_membership(*, member: TeamMember, ends_on: date, by: Person, at: datetime) -> TeamMember:
    """Say from which day somebody no longer works in a team; the first day means it was a mistake.

    Twice changes nothing. Raises `MemberSpan` for a day before the first.
    """
    del by, at  # the history keeps both
    held = TeamMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if held.ends_on == ends_on:
        return held
    if ends_on < held.starts_on:
        raise MemberSpan(
            _("Choose the day on which they joined, %(day)s, or a later one.") % {"day": held.starts_on.isoformat()},
            field="ends_on",
        )
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    return held


def _save_new(team: Team) -> None:
    """Save a new team; a short name that is taken is refused, also where two come at once."""
    if not _KEY.fullmatch(team.key) or team.key in RESERVED:
        raise TeamKeyOdd(
            _("Use small letters, digits and hyphens, such as lantern-pay. The words new and bring-in are taken."),
            field="key",
        )
    with refused_as({"team_key": lambda: _key_taken(team.key)}):
        team.save(force_insert=True)


def _key_taken(key: str) -> TeamKeyTaken:
    words = _("A team here has the short name “%(key)s” already. Choose another one.")
    return TeamKeyTaken(words % {"key": key}, field="key")


def _member_twice(person: Person) -> MemberTwice:
    words = _("%(name)s works in this team on these days already. End that first to give another part.")
    return MemberTwice(words % {"name": person.name}, field="person")
