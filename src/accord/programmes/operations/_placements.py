"""Placements begin: from an accepted offer, or recorded by hand; what is known of one changes, or it is called off."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.facts import put
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Institution, Person
from accord.programmes.enums import OfferState, Side
from accord.programmes.models import Milestone, Offer, Placement, Programme
from accord.programmes.operations._calls import ReasonMissing
from accord.programmes.operations._count_placements import count_placement, hold_placements_of
from accord.programmes.operations._offers import end_seat, locked_offer
from accord.programmes.operations._steps import advance
from accord.programmes.operations._supervisors import keep_supervisor
from accord.programmes.queries import kinds, months_after, traits_of


class OfferNotAccepted(Refused):
    """A placement begins from an offer that was accepted."""

    code = "offer-not-accepted"
    status = 409


class LevelOdd(Refused):
    """People do not come at this level in programmes of this kind."""

    code = "level-odd"


class DatesMissing(Refused):
    """A placement has a first and a last day, in order."""

    code = "dates-missing"


class StipendOdd(Refused):
    """A stipend names its currency, and the part of a post lies from 1 to 100 per cent."""

    code = "stipend-odd"


class PlacementOver(Refused):
    """The placement was called off, or has ended."""

    code = "placement-over"
    status = 409


class PlacementUnderWay(Refused):
    """Somebody has arrived; a placement under way is ended, not called off, and its dates change by agreement."""

    code = "placement-under-way"
    status = 409


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """What is known of a placement and may be changed; dates only until a learning agreement holds."""

    starts_on: date | None
    ends_on: date | None
    level: str
    title: Bilingual = field(default_factory=Bilingual)
    percent: int = 100
    stipend_minor: int | None = None
    currency: str = ""

    def checked(self, programme: Programme) -> "PlacementFacts":
        """Return the same as it is kept. Raises `DatesMissing`, `LevelOdd`, `StipendOdd` or `NameMissing`."""
        if self.starts_on is None or self.ends_on is None or self.ends_on < self.starts_on:
            raise DatesMissing(_("Enter the first and the last day, the last not before the first."), field="ends_on")
        if self.level not in kinds()[programme.kind].levels:
            raise LevelOdd(_("Choose one of the levels at which people come in this programme."), field="level")
        if not 1 <= self.percent <= 100:  # noqa: PLR2004 (per cent)
            raise StipendOdd(_("Enter the part of a full-time post from 1 to 100 per cent."), field="percent")
        if self.stipend_minor is not None and len(self.currency) != 3:  # noqa: PLR2004 (letters of ISO 4217)
            raise StipendOdd(_("Enter the currency of the stipend as three letters, such as EUR."), field="currency")
        return replace(self, title=named(self.title), currency=self.currency if self.stipend_minor is not None else "")


@transaction.atomic
def begin_placement(
    *,
    offer: Offer,
    level: str,
    by: Person,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    home: Institution | None = None,
    stipend_minor: int | None = None,
    currency: str = "",
    percent: int = 100,
) -> tuple[Placement, ...]:
    """Begin a placement for each person of an accepted application; begun already, they are returned as they are.

    Days are those of the place, or of the call, where none are given. Raises `OfferNotAccepted`, `DatesMissing`,
    `LevelOdd`, `StipendOdd`.
    """
    held = Offer.objects.select_for_update(of=("self",)).select_related("place__host", "place__call", "application")
    offer = held.get(pk=offer.pk)
    place, application = offer.place, offer.application
    if offer.state != OfferState.ACCEPTED:
        raise OfferNotAccepted(_("A placement begins once the offer of the place was accepted."))
    known = {one.person_id: one for one in Placement.objects.filter(offer=offer)}
    programme = _numbering(place.call.programme_id)
    facts = PlacementFacts(
        starts_on or place.starts_on or place.call.starts_on,
        ends_on or place.ends_on or place.call.ends_on,
        level,
        place.name,
        percent,
        stipend_minor,
        currency,
    ).checked(programme)
    made = []
    joined = application.co_applicants.filter(joined_at__isnull=False, removed_at=None, person__isnull=False)
    for person, comes_from in [
        (application.applicant, application.home),
        *((one.person, one.institution) for one in joined.select_related("person", "institution").order_by("pk")),
    ]:
        if person is None:
            continue
        if person.pk not in known:
            row = Placement(person=person, host=place.host.institution, home=home or comes_from or application.home)
            row.call, row.application, row.offer = place.call, application, offer
            row.is_simulated = application.is_simulated
            known[person.pk] = _keep(row, programme, facts, by, at)
            _take_over_supervisor(known[person.pk], offer, by, at)
        made.append(known[person.pk])
    return tuple(made)


@transaction.atomic
def record_placement(
    *,
    programme: Programme,
    person: Person,
    host: Institution,
    starts_on: date,
    ends_on: date,
    level: str,
    title: Bilingual,
    by: Person,
    at: datetime,
    home: Institution | None = None,
    percent: int = 100,
    stipend_minor: int | None = None,
    currency: str = "",
    is_simulated: bool = False,
) -> Placement:
    """Record a placement that came about without a call. The same person, host and first day again is the same one.

    Raises `DatesMissing`, `LevelOdd`, `StipendOdd`, `NameMissing`.
    """
    programme = _numbering(programme.pk)
    facts = PlacementFacts(starts_on, ends_on, level, title, percent, stipend_minor, currency).checked(programme)
    same = Placement.objects.filter(programme=programme, person=person, host=host, starts_on=starts_on)
    known = same.filter(cancelled_at=None).first()
    if known is not None:
        return known
    row = Placement(person=person, host=host, home=home, is_simulated=is_simulated or programme.is_simulated)
    return _keep(row, programme, facts, by, at)


@transaction.atomic
def change_placement(
    *, placement: Placement, version: int, facts: PlacementFacts, by: Person, at: datetime
) -> Placement:
    """Change what is known of a placement. What stands there already is no change, and no clash.

    Raises `Clash`, `PlacementOver`, `PlacementUnderWay` for other days once somebody arrived or all sides signed, and
    what `PlacementFacts.checked` does.
    """
    del by  # the history keeps who
    held = hold(placement)
    refuse_called_off(held)
    checked = facts.checked(held.programme)
    changed = put(held, checked)
    if not changed:
        return held
    expect(held, version)
    if {"starts_on", "ends_on"} & set(changed) and (
        held.arrived_on is not None or held.agreements.filter(holds_at__isnull=False).exists()
    ):
        raise PlacementUnderWay(
            _("These days were agreed, or the stay has begun. Change them by a new learning agreement."),
            field="starts_on",
        )
    save(held, *changed)
    count_placement(placement=held, at=at)
    return held


@transaction.atomic
def cancel_placement(*, placement: Placement, reason: str, by: Person, at: datetime) -> Placement:
    """Call a placement off before anybody arrived: its seat is free for somebody else. Twice changes nothing.

    With the last placement of an offer the offer is given back, and the application goes on as after any place given
    up. One that ended early keeps its seat taken: the person was there. Raises `PlacementUnderWay`, `ReasonMissing`.
    """
    held = hold(placement)
    if held.cancelled_at is not None:
        return held
    if held.arrived_on is not None:
        raise PlacementUnderWay(_("The person has arrived. Record that the placement ended early."))
    if not reason.strip():
        raise ReasonMissing(_("Enter why the placement is called off."), field="reason")
    held.cancelled_at, held.cancelled_by, held.cancel_reason = at, by, reason.strip()
    offer = locked_offer(held.offer) if held.offer is not None else None
    save(held, "cancelled_at", "cancelled_by", "cancel_reason")
    held.agreements.filter(holds_at=None, dropped_at=None).update(dropped_at=at)
    if offer is not None:
        end_seat(placement=held, offer=offer, by=by, at=at)
    elif held.application is not None:
        advance(application=held.application, at=at)
    count_placement(placement=held, at=at)
    return held


def hold(placement: Placement) -> Placement:
    """Lock a placement, with the others of the same person that are counted with it, and return it as it stands."""
    return next(one for one in hold_placements_of(placement) if one.pk == placement.pk)


def save(placement: Placement, *fields: str) -> None:
    """Keep the changed fields of a locked placement, as its next version."""
    placement.version += 1
    placement.save(update_fields=[*fields, "version"])


def refuse_called_off(placement: Placement) -> None:
    """Refuse what nobody does any more once a placement was called off."""
    if placement.cancelled_at is not None:
        raise PlacementOver(_("This placement was called off before it began."))


def _numbering(programme: int) -> Programme:
    """Lock a programme, so that placements made at once get numbers of their own."""
    return Programme.objects.select_for_update(of=("self",)).select_related("owner").get(pk=programme)


def _keep(row: Placement, programme: Programme, facts: PlacementFacts, by: Person, at: datetime) -> Placement:
    row.programme, row.made_at, row.made_by = programme, at, by
    put(row, facts)
    row.reference = _next_reference(programme)
    row.save()
    Milestone.objects.bulk_create(
        Milestone(
            placement=row,
            key=one.key,
            name=one.name,
            due_on=months_after(row.starts_on, one.months),
            position=number,
        )
        for number, one in enumerate(traits_of(row).milestones)
    )
    return row


def _next_reference(programme: Programme) -> str:
    """Return the next free reference of a programme; its number grows with every placement ever made."""
    head = f"{programme.key[:20].upper()}-P"
    last = Placement.objects.filter(reference__startswith=head).order_by("-reference").first()
    number = int(last.reference.removeprefix(head)) + 1 if last else 1
    return f"{head}{number:05}"


def _take_over_supervisor(placement: Placement, offer: Offer, by: Person, at: datetime) -> None:
    """Name at the host's side whom the place names, or else the host's contact."""
    place = offer.place
    if place.supervisor_name or place.supervisor:
        name, email, person = place.supervisor_name, place.supervisor_email, place.supervisor
    else:
        name, email, person = "", place.host.email, place.host.contact
    keep_supervisor(placement, Side.HOST, name or str(person.name if person else ""), email, person, by=by, at=at)
