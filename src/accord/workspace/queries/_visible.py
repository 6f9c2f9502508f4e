"""Which sites, floors, spaces and teams somebody may know of, and what they are there."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import agreements_visible_to
from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.workspace.enums import MemberRole
from accord.workspace.models import Floor, Site, Space, Team, TeamMember
from accord.workspace.rules import EVERY_ROLE


@dataclass(frozen=True, slots=True)
class Belonging:
    """The teams that somebody works in today: all of them, and those they lead."""

    teams: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    sites: frozenset[int] = frozenset()


def belonging_of(actor: Actor, on: date) -> Belonging:
    """Return the teams that the actor works in on a day; one query."""
    if actor.is_nobody:
        return Belonging()
    rows = list(_memberships(actor).filter(_holds_on(on)).values_list("team_id", "team__site_id", "role"))
    return Belonging(
        teams=frozenset(team for team, _site, _role in rows),
        leads=frozenset(team for team, _site, role in rows if role == MemberRole.LEAD),
        sites=frozenset(site for _team, site, _role in rows),
    )


def sites_visible_to(actor: Actor) -> QuerySet[Site]:
    """Return the sites that the actor may know of, by key."""
    every = Site.objects.select_related("operator", "agreement").order_by("key")
    if actor.is_nobody:
        return every.none()
    if actor.holds(*EVERY_ROLE):
        return every
    seen = (
        Q(operator__in=actor.institutions(*EVERY_ROLE))
        | Q(agreement__in=agreements_visible_to(actor).order_by().values("pk"))
        | Q(pk__in=_memberships(actor).filter(ends_on=None).values("team__site"))
    )
    return every.filter(seen)


def find_site(actor: Actor, key: str) -> Site:
    """Return a site with its operator; raises `NotThere` for those who may not know of it."""
    site = sites_visible_to(actor).filter(key=key).first()
    if site is None:
        raise NotThere(_("There is no work space of this name among those you may see."))
    return site


def floors_visible_to(actor: Actor) -> QuerySet[Floor]:
    """Return the floors of the sites that the actor may know of, with building and site."""
    seen = sites_visible_to(actor).order_by().values("pk")
    return Floor.objects.filter(building__site__in=seen).select_related("building__site").order_by("building", "level")


def spaces_visible_to(actor: Actor) -> QuerySet[Space]:
    """Return the spaces of the sites that the actor may know of, with floor, building and site."""
    seen = sites_visible_to(actor).order_by().values("pk")
    return (
        Space.objects.filter(floor__building__site__in=seen)
        .select_related("floor__building__site", "policy")
        .order_by("floor", "position", "code", "pk")
    )


def find_space(actor: Actor, site: Site, pk: int) -> Space:
    """Return a space of a site; raises `NotThere`."""
    space = spaces_visible_to(actor).filter(pk=pk, floor__building__site=site).first()
    if space is None:
        raise NotThere(_("There is no space of this number here."))
    return space


def teams_visible_to(actor: Actor) -> QuerySet[Team]:
    """Return the teams of the sites that the actor may know of, with site."""
    seen = sites_visible_to(actor).order_by().values("pk")
    return Team.objects.filter(site__in=seen).select_related("site").order_by("site", "key")


def find_team(actor: Actor, site: Site, key: str) -> Team:
    """Return a team of a site; raises `NotThere`."""
    team = teams_visible_to(actor).filter(site=site, key=key).select_related("site", "contact", "institution").first()
    if team is None:
        raise NotThere(_("There is no team of this name here."))
    return team


def _memberships(actor: Actor) -> QuerySet[TeamMember]:
    """Return where the actor, or whom they act for, works or worked."""
    return TeamMember.objects.filter(person__in=actor.persons)


def _holds_on(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
