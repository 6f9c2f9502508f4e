"""Offers of places: made by hand, accepted, declined, lapsed, given back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.outbox.operations import notify
from accord.people.queries import Person, holders_of
from accord.programmes.enums import OfferState
from accord.programmes.models import Application, Offer, Place, Placement, Seat
from accord.programmes.operations._count_places import count_place
from accord.programmes.operations._hosts import refuse_over
from accord.programmes.operations._match_words import offer_words
from accord.programmes.operations._places import SeatsTaken, bound_seats, locked_place
from accord.programmes.operations._publish_match import (
    ANSWER_DUE,
    ANSWERED,
    LAPSED,
    LETTERS,
    OFFERED,
    SHORTEST_ANSWER,
    AnswerTooSoon,
)
from accord.programmes.operations._steps import advance, locked_applications
from accord.programmes.queries import people_behind
from accord.programmes.rules import OFFICE

MOST_REASON = 500
REMIND_BEFORE = timedelta(days=2)


class PlaceTaken(Refused):
    """All seats are held: somebody else accepted the last one."""

    code = "place-taken"
    status = 409


class OfferOver(Refused):
    """The offer waits for no answer any more, or nobody has been told of it yet."""

    code = "offer-over"
    status = 409


class NotWaiting(Refused):
    """The application waits for no place."""

    code = "not-waiting"
    status = 409


class PlacementBegun(Refused):
    """A placement stands on the offer; calling it off frees its seat, and once somebody was there it stays taken."""

    code = "placement-begun"
    status = 409


@transaction.atomic
def offer_place(
    *, application: Application, place: Place, answer_by: datetime, by: Person, at: datetime, words: str = ""
) -> Offer:
    """Offer somebody a place outside any run, at once. The same offer made twice is one.

    Raises `NotWaiting`, `SeatsTaken` where all seats are held or promised, `AnswerTooSoon`.
    """
    held = locked_applications([application.pk])[0]
    where = locked_place(place.pk)
    refuse_over(where.call)
    standing = Offer.objects.filter(application=held, state__in=(OfferState.OPEN, OfferState.ACCEPTED)).first()
    if standing is not None and standing.place_id == where.pk:
        return standing
    if standing is not None or held.phase != "offer" or held.call_id != where.call_id:
        raise NotWaiting(_("This application waits for no place of this call, or holds an offer already."))
    if answer_by < at + SHORTEST_ANSWER:
        raise AnswerTooSoon(_("Give people at least three days to answer. Choose a later moment."), field="answer_by")
    if where.closed_at is not None or bound_seats(where) + people_behind([held.pk])[held.pk] > where.count:
        raise SeatsTaken(_("All seats of this place are held or offered. Choose another one, or add seats."))
    offer = Offer.objects.create(
        application=held, place=where, answer_by_at=answer_by, words=words, made_at=at, made_by=by, told_at=at
    )
    _tell_applicant(offer, at)
    advance(application=held, at=at)
    return offer


@transaction.atomic
def accept_offer(*, offer: Offer, by: Person, at: datetime) -> Offer:
    """Accept an offer: it takes its seats. Of two who take the last one at once, one gets it. Twice changes nothing.

    Raises `OfferOver` once it is declined, lapsed or taken back, or before its letter left, and `PlaceTaken`.
    """
    held = locked_offer(offer)
    if held.state == OfferState.ACCEPTED:
        return held
    _refuse_over(held, at)
    taken = refused_as({"seat_taken_once": lambda: _taken(held), "seat_of_place": lambda: _taken(held)})
    with taken:
        _take_seats(held, at)
    return _answered(held, OfferState.ACCEPTED, "", by, at)


@transaction.atomic
def decline_offer(*, offer: Offer, reason: str, by: Person, at: datetime) -> Offer:
    """Decline an offer; its seats are free for others. Done twice it changes nothing."""
    held = locked_offer(offer)
    if held.state == OfferState.DECLINED:
        return held
    _refuse_over(held, at)
    return _answered(held, OfferState.DECLINED, reason, by, at)


def lapse_offers(*, at: datetime) -> int:
    """Let offers lapse that were not answered in time; each by itself. Return how many."""
    late = Offer.objects.filter(state=OfferState.OPEN, told_at__isnull=False, answer_by_at__lt=at).order_by("pk")
    return sum(_lapse(one, at) for one in list(late))


@transaction.atomic
def give_back(*, offer: Offer, reason: str, by: Person, at: datetime) -> Offer:
    """Take an offer back, or give an accepted place up: its seats are free again. Done twice it changes nothing.

    Raises `PlacementBegun` while a placement stands on it; one that ended early does too, for the person was there.
    """
    held = locked_offer(offer)
    if held.state == OfferState.WITHDRAWN:
        return held
    if held.state not in {OfferState.OPEN, OfferState.ACCEPTED}:
        raise OfferOver(_("This offer is over already."))
    if held.placements.filter(cancelled_at=None).exists():
        raise PlacementBegun(_("A placement stands on this offer. Call it off, and its seat is free."))
    Seat.objects.filter(offer=held, given_up_at=None).update(given_up_at=at)
    return _answered(held, OfferState.WITHDRAWN, reason, by, at)


def remind_of_offers(*, at: datetime) -> int:
    """Remind people once, two days before their offer lapses. Return how many."""
    due = Offer.objects.filter(
        state=OfferState.OPEN,
        told_at__isnull=False,
        reminded_at=None,
        answer_by_at__gt=at,
        answer_by_at__lte=at + REMIND_BEFORE,
    )
    offers = list(due.select_related("application__call__programme__owner", "place").order_by("pk"))
    for one in offers:
        _remind(one, at)
    return len(offers)


def end_seat(*, placement: Placement, offer: Offer, by: Person, at: datetime) -> None:
    """Free the seat of a placement that was called off; with the last one of its offer the offer is given back.

    Call it with the offer locked by `locked_offer`. Seats bear no names: whoever else of the same application is
    still to come keeps one each.
    """
    seats = list(Seat.objects.filter(offer=offer, given_up_at=None).order_by("number"))
    others = offer.placements.filter(cancelled_at=None).exclude(pk=placement.pk).count()
    if len(seats) > others:
        seats[-1].given_up_at = at
        seats.pop().save(update_fields=["given_up_at"])
    if seats or others or offer.state != OfferState.ACCEPTED:
        count_place(place=offer.place, at=at)
        advance(application=offer.application, at=at)
        return
    _answered(offer, OfferState.WITHDRAWN, placement.cancel_reason, by, at)


def locked_offer(offer: Offer) -> Offer:
    """Return an offer as it is now: application, place and offer locked, always in this order."""
    locked_applications([offer.application_id])
    locked_place(offer.place_id)
    return (
        Offer.objects.select_for_update(of=("self",))
        .select_related("application__call__programme__owner", "place__host", "place__call__programme")
        .get(pk=offer.pk)
    )


def _refuse_over(offer: Offer, at: datetime) -> None:
    if offer.told_at is None:
        raise OfferOver(_("This offer is not out yet."))
    if offer.state != OfferState.OPEN:
        raise OfferOver(
            _("This offer waits for no answer any more: %(state)s.") % {"state": OfferState(offer.state).label}
        )
    if at > offer.answer_by_at:
        raise OfferOver(_("The time to answer is over. Write to the office of the call; the place may still be free."))


def _take_seats(offer: Offer, at: datetime) -> None:
    """Take the lowest free seats of the place, one for each person behind the application."""
    count = people_behind([offer.application_id])[offer.application_id]
    place = offer.place
    taken = set(Seat.objects.filter(place=place, given_up_at=None).values_list("number", flat=True))
    free = [number for number in range(1, place.count + 1) if number not in taken][:count]
    if len(free) < count:
        raise _taken(offer)
    Seat.objects.bulk_create([Seat(place=place, number=number, offer=offer, taken_at=at) for number in free])


def _taken(offer: Offer) -> PlaceTaken:
    return PlaceTaken(
        _(
            "All seats of %(place)s are taken: somebody else accepted before you. Your offer still stands; write to "
            "the office."
        )
        % {"place": offer.place.name}
    )


def _answered(offer: Offer, state: str, reason: str, by: Person | None, at: datetime) -> Offer:
    """Write how an offer ended, count its place, move its application on, and tell the office and the host."""
    offer.state, offer.answered_at, offer.answerer = state, at, by
    offer.answer_reason = reason.strip()[:MOST_REASON]
    offer.version += 1
    offer.save(update_fields=["state", "answered_at", "answerer", "answer_reason", "version"])
    count_place(place=offer.place, at=at)
    advance(application=offer.application, at=at)
    _tell_others(offer, by, at)
    return offer


@transaction.atomic
def _lapse(offer: Offer, at: datetime) -> bool:
    held = locked_offer(offer)
    if held.state != OfferState.OPEN or held.answer_by_at >= at:
        return False
    _answered(held, OfferState.LAPSED, "", None, at)
    return True


@transaction.atomic
def _remind(offer: Offer, at: datetime) -> None:
    if not Offer.objects.filter(pk=offer.pk, reminded_at=None).update(reminded_at=at):
        return
    subject = offer_words(_("Answer your offer by %(answer_by)s: %(call)s"), offer)
    body = offer_words(_("After that it lapses, and the place goes to somebody else."), offer)
    _notify(ANSWER_DUE, [offer.application.applicant_id], subject, body, offer, at)


def _tell_applicant(offer: Offer, at: datetime) -> None:
    subject, body = (offer_words(text, offer) for text in LETTERS[OFFERED])
    _notify(OFFERED, [offer.application.applicant_id], subject, body, offer, at)


def _tell_others(offer: Offer, by: Person | None, at: datetime) -> None:
    """Tell the office and the host how an offer was answered; the applicant whose offer lapsed or was taken back."""
    owner = offer.application.call.programme.owner_id
    office = holders_of(OFFICE, [owner], on=at.date()) | {offer.place.host.contact_id}
    told = {offer.application.applicant_id} if by is None or by.pk != offer.application.applicant_id else set()
    topic = LAPSED if offer.state == OfferState.LAPSED else ANSWERED
    subject = offer_words(_("%(reference)s, %(place)s: %(state)s"), offer, state=OfferState(offer.state).label)
    body = offer_words(_("The offer of %(place)s in %(call)s was answered, or its time is over."), offer)
    _notify(topic, (office | told) - ({by.pk} if by else set()), subject, body, offer, at)


def _notify(topic: str, people: Iterable[int], subject: Bilingual, body: Bilingual, offer: Offer, at: datetime) -> None:
    notify(
        topic=topic,
        people=frozenset(people),
        subject=subject,
        body=body,
        url=reverse("programmes:results"),
        key=f"{topic}:{offer.pk}:{offer.version}",
        at=at,
    )
