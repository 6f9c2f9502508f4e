"""What the pages of teams and reports begin with: the site, the day there, who does it, and people by their words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel import clock, secret
from accord.kernel.access import Request
from accord.kernel.refused import NotAllowed
from accord.kernel.text import Bilingual
from accord.people import operations as people_operations
from accord.people.operations import PersonFacts
from accord.people.queries import Person, acting_person, living_persons, people_visible_to, person_among
from accord.workspace import queries, rules
from accord.workspace.operations import Door
from accord.workspace.queries import Site, Team

MOST_SUGGESTED = 200
FIRST_HAN, LAST_HAN = "\u3400", "\u9fff"


def by_and_at(request: Request) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": acting_person(request.actor), "at": clock.now(request.world)}


def day_here(request: Request, site: Site) -> date:
    """Return the day that it is at a site now."""
    return queries.day_at(site, clock.now(request.world))


def notes_of(request: Request) -> tuple[Any, ...]:
    """Return what an exported file says of itself."""
    return (_("Demonstration world: simulated records."),) if request.world.is_demo else ()


def kept_site(request: Request, key: str) -> Site:
    """Return a site to whoever keeps its teams; others who know of it hear whom to ask."""
    site = queries.find_site(request.actor, key)
    if not rules.may_keep_teams(request.actor, site.operator_id):
        raise NotAllowed(_("Only the operator of this work space keeps its teams. Ask somebody of the house."))
    return site


def kept_team(request: Request, site: str, key: str) -> Team:
    """Return a team to whoever keeps the site's teams."""
    return queries.find_team(request.actor, kept_site(request, site), key)


def finder(request: Request) -> Callable[[str], Person | None]:
    """Return how a person is found by key or email address."""
    del request
    return lambda words: person_among(living_persons(), words)


def suggested(request: Request) -> list[Person]:
    """Return the people that a field for a person suggests."""
    return list(people_visible_to(request.actor).order_by("sort_key", "pk")[:MOST_SUGGESTED])


def person_of(request: Request, cleaned: dict[str, Any], called: str) -> Person | None:
    """Return the person that a form means; somebody new is added by name and address. None where it names nobody."""
    found: Person | None = cleaned["found"]
    if found is not None or not cleaned["address"]:
        return found
    facts = PersonFacts(name=_name(cleaned[called]), email=cleaned["address"])
    return people_operations.add_person(facts=facts, is_simulated=request.world.is_demo, **by_and_at(request))


def _name(words: str) -> Bilingual:
    """Return a name in the language that its characters tell."""
    is_chinese = any(FIRST_HAN <= letter <= LAST_HAN for letter in words)
    return Bilingual("", words) if is_chinese else Bilingual(words)


def door_of(request: Request) -> Door:
    """Return how links to reports are made: at the address that the reader came by."""
    return Door(secret.new_token, lambda token: request.build_absolute_uri(link_path(token)))


def link_path(token: str) -> str:
    """Return the path that a link's token opens."""
    return reverse("workspace:report-by-link", kwargs={"token": token})
