"""Meetings of the parties, who came to them, and when the last one was."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.agreements.models import Agreement, Attendance, Engagement
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.people.queries import Person, living_persons


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who took part: their name and where they came from; `person_id` where Accord knows them."""

    name: Bilingual | str
    institution: str
    person_id: int | None = None


def engagements_of(agreement: Agreement) -> QuerySet[Engagement]:
    """Return the meetings that took place and were not struck, latest first."""
    return agreement.engagements.filter(struck_at=None).select_related("agreement").order_by("-held_on", "-pk")


def find_engagement(agreement: Agreement, pk: int) -> Engagement:
    """Return one meeting of the agreement, struck or not; raises `NotThere`."""
    engagement = agreement.engagements.select_related("recorded_by", "struck_by").filter(pk=pk).first()
    if engagement is None:
        raise NotThere(_("There is no meeting of this number in this agreement."))
    return engagement


def attendees_of(engagement: Engagement) -> list[Attendee]:
    """Return those who are known by name, in the order in which they were written down; one query."""
    rows = engagement.attendances.select_related("person").order_by("pk")
    return [Attendee(row.person.name if row.person else row.name, row.institution, row.person_id) for row in rows]


def people_of_parties(agreement: Agreement) -> QuerySet[Person]:
    """Return the persons who hold a role for a party of the agreement or came to an earlier meeting, by name."""
    institutions = [party.institution_id for party in agreement.parties.all()]
    came = Attendance.objects.filter(engagement__agreement=agreement, person__isnull=False).values("person")
    known = Q(grants__institution__in=institutions) | Q(pk__in=came)
    return living_persons().filter(known).distinct().order_by("sort_key", "pk")
