"""An application as a host reads it that the applicant ranked: what is meant for hosts, and nothing beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from accord.files.enums import FileType
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.programmes.enums import OfferState
from accord.programmes.models import Application, Call, CoApplicant, Offer, Place, Seat
from accord.programmes.queries._answers import AnswerSection, answer_sections
from accord.programmes.queries._places import Ranked, is_published, who_wants
from accord.programmes.queries._reviewers_view import file_of_answers, handed_out


@dataclass(frozen=True, slots=True)
class ReadByHost:
    """An application as a host reads it for one place; `number` counts where it stands among `of` people."""

    application: Application
    name: str
    home: Bilingual | None
    company: Sequence[str]
    sections: Sequence[AnswerSection]
    number: int
    of: int
    before: str
    after: str


def ranking_is_over(call: Call) -> bool:
    """Say whether hosts have nothing to rank any more: the result is out, or the call is over; one query."""
    return call.finished_at is not None or call.cancelled_at is not None or is_published(call)


def read_by_host(place: Place) -> list[Ranked]:
    """Return whose application the host of a place may read, in the host's order; four queries at most.

    They want this place, submitted, and are neither declined nor withdrawn. Once the ranking is over, only who holds an
    offer that was told or a seat here is left.
    """
    people = [one for one in who_wants(place) if one.application.submitted_at is not None]
    if not ranking_is_over(place.call):
        return people
    seats = Seat.objects.filter(offer=OuterRef("pk"), given_up_at=None)
    told = Q(state=OfferState.OPEN, told_at__isnull=False)
    held = set(Offer.objects.filter(told | Exists(seats), place=place).values_list("application_id", flat=True))
    return [one for one in people if one.application.pk in held]


def read_for_host(place: Place, reference: str) -> ReadByHost:
    """Return one application as the host of a place may read it; as many queries however many people there are.

    Raises `NotThere` for who does not want this place, and for whoever else the host may not read.
    """
    people = read_by_host(place)
    number = _at(people, reference)
    application = _whole(people[number])
    company = CoApplicant.objects.filter(application=application, removed_at=None, declined_at=None)
    around = [one.application.reference for one in people]
    return ReadByHost(
        application=application,
        name=people[number].name,
        home=application.home.name if application.home else None,
        company=[str(one.name) for one in company],
        sections=answer_sections(application, to_hosts=True),
        number=number + 1,
        of=len(people),
        before=around[number - 1] if number else "",
        after=around[number + 1] if number + 1 < len(around) else "",
    )


def open_for_host(place: Place, reference: str, key: str) -> tuple[Application, HttpResponse]:
    """Hand out a file of an application that its host may read, under its own name; with whose it is.

    Raises `NotThere` for a file that is not an answer meant for hosts, and as `read_for_host` does.
    """
    people = read_by_host(place)
    application = _whole(people[_at(people, reference)])
    held, file = file_of_answers(application, answer_sections(application, to_hosts=True), key)
    content = b"".join(settings.FILE_STORE.chunks(held.blob.digest))
    return application, handed_out(content, file.name, FileType(held.blob.kind))


def _at(people: Sequence[Ranked], reference: str) -> int:
    for number, one in enumerate(people):
        if one.application.reference == reference:
            return number
    raise NotThere(_("There is no application of this reference among those you may read for this place."))


def _whole(one: Ranked) -> Application:
    """Return the application with its form and home."""
    return Application.objects.select_related("form", "home", "applicant").get(pk=one.application.pk)
