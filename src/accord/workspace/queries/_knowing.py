"""What somebody may know of who booked a space: their own bookings and those of their teams, and keepers all."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accord.kernel.access import Actor
from accord.people.queries import Person
from accord.workspace.models import Site, TeamMember
from accord.workspace.queries._visible import belonging_of
from accord.workspace.rules import EVERY_ROLE, may_keep_bookings


@dataclass(frozen=True, slots=True)
class Knows:
    """Who asks: as which persons, of which teams, and whether they run the site or work for its operator."""

    persons: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()
    is_keeper: bool = False
    is_operator: bool = False

    @classmethod
    def of(cls, actor: Actor | None, site: Site, on: date) -> "Knows":
        """Return what an actor may know at a site; one query."""
        if actor is None or actor.is_nobody:
            return cls()
        return cls(
            persons=actor.persons,
            teams=belonging_of(actor, on).teams,
            is_keeper=may_keep_bookings(actor, site.operator_id),
            is_operator=actor.holds(*EVERY_ROLE, institution_id=site.operator_id),
        )

    @classmethod
    def of_person(cls, person: Person, on: date) -> "Knows":
        """Return what a person may know by themselves and by their teams; one query."""
        held = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
        teams = TeamMember.objects.filter(held, person=person).values_list("team", flat=True)
        return cls(persons=frozenset([person.pk]), teams=frozenset(teams))

    def is_own(self, *, owner: int | None, maker: int | None) -> bool:
        """Say whether a booking is for them, or was made by them."""
        return owner in self.persons or maker in self.persons

    def title_of(self, *, owner: int | None, maker: int | None, team: int | None, is_private: bool) -> bool:
        """Say whether they may read the title of a booking."""
        if self.is_keeper or self.is_own(owner=owner, maker=maker):
            return True
        return not is_private and (self.is_operator or (team is not None and team in self.teams))
