"""Learning agreements: what person, host and home agree, signed by each, holding from the last signature on."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import Person
from accord.programmes.enums import Side
from accord.programmes.models import LearningAgreement, LearningSignature, Placement
from accord.programmes.operations._count_placements import count_placement
from accord.programmes.operations._placements import DatesMissing, PlacementOver, hold, refuse_called_off, save
from accord.programmes.operations._placements_tell import PlacementDoor, ask_to_sign, tell_office, tell_sides
from accord.programmes.operations._stays import use
from accord.programmes.queries import placement_sides

NORMAL = Decimal("0.1")
WEEK = Decimal(168)


class TermsMissing(Refused):
    """A learning agreement says what somebody will do."""

    code = "terms-missing"


class ChangeUnexplained(Refused):
    """A change of what was agreed says why."""

    code = "change-unexplained"


class LearningChanged(Refused):
    """What stands to be signed is not what was read."""

    code = "learning-changed"
    status = 409


class LearningClosed(Refused):
    """The learning agreement holds already, or was dropped for another."""

    code = "learning-closed"
    status = 409


class SignedAlready(Refused):
    """Somebody of this side signed already."""

    code = "signed-already"
    status = 409


@dataclass(frozen=True, slots=True)
class Terms:
    """What a learning agreement says; `why` of one that changes another."""

    tasks: str
    starts_on: date
    ends_on: date
    aims: str = ""
    hours_weekly: Decimal | None = None
    mentoring: str = ""
    why: str = ""

    def checked(self, placement: Placement, *, is_change: bool) -> "Terms":
        """Return the same as it is kept. Raises `TermsMissing`, `DatesMissing`, `ChangeUnexplained`."""
        texts = {name: getattr(self, name).strip() for name in ("tasks", "aims", "mentoring", "why")}
        if not texts["tasks"]:
            raise TermsMissing(_("Enter what the person will do."), field="tasks")
        if self.ends_on < max(self.starts_on, placement.arrived_on or self.starts_on):
            raise DatesMissing(_("Enter a last day that is not before the first."), field="ends_on")
        if self.hours_weekly is not None and not 0 < self.hours_weekly <= WEEK:
            raise TermsMissing(_("Enter the hours a week as a number above 0, such as 40."), field="hours_weekly")
        if is_change and not texts["why"]:
            raise ChangeUnexplained(_("Enter why what was agreed changes."), field="why")
        hours = None if self.hours_weekly is None else self.hours_weekly.quantize(NORMAL)
        return Terms(starts_on=self.starts_on, ends_on=self.ends_on, hours_weekly=hours, **texts)


@transaction.atomic
def make_learning_agreement(
    *, placement: Placement, terms: Terms, by: Person, at: datetime, door: PlacementDoor | None = None
) -> LearningAgreement:
    """Put a learning agreement, or a change of the one that holds, before all sides, and write to them.

    One that still waits for signatures is dropped for it; the same terms again change nothing. Raises
    `TermsMissing`, `DatesMissing`, `ChangeUnexplained`, `PlacementOver`.
    """
    held = hold(placement)
    refuse_called_off(held)
    if held.left_on is not None:
        raise PlacementOver(_("This placement has ended. What was agreed stays."))
    last = held.agreements.order_by("-number").first()
    is_change = held.agreements.filter(holds_at__isnull=False).exists()
    checked = terms.checked(held, is_change=is_change)
    number = last.number + 1 if last else 1
    if last is not None and last.dropped_at is None and last.digest == digest_of(held, checked, last.number):
        return last
    held.agreements.filter(holds_at=None, dropped_at=None).update(dropped_at=at)
    made = LearningAgreement.objects.create(
        placement=held,
        number=number,
        digest=digest_of(held, checked, number),
        made_at=at,
        made_by=by,
        **asdict(checked),
    )
    ask_to_sign(made, door=door, by=by, at=at)
    return made


@transaction.atomic
def sign_learning(
    *,
    agreement: LearningAgreement,
    side: str,
    person: Person,
    name: str,
    digest: str,
    at: datetime,
    link_id: int | None = None,
) -> LearningSignature:
    """Sign a learning agreement for one side, by the hash of what was read; with the last signature it holds.

    Then the days of the placement follow it. The same person again changes nothing. Raises `LearningChanged`,
    `LearningClosed`, `SignedAlready`, `NotAllowed` for a side that does not sign, `NameMissing`.
    """
    held = hold(agreement.placement)
    read = LearningAgreement.objects.get(pk=agreement.pk)
    signed = LearningSignature.objects.filter(agreement=read, side=side).first()
    if signed is not None:
        if signed.person_id == person.pk:
            return signed
        raise SignedAlready(_("%(name)s has signed for this side already.") % {"name": signed.name})
    use(link_id, held, at)
    _refuse_unsignable(held, read, side, digest)
    signature = LearningSignature.objects.create(
        agreement=read, side=side, person=person, name=name.strip() or str(person.name), digest=digest, signed_at=at
    )
    if set(placement_sides(held)) <= set(read.signatures.values_list("side", flat=True)):
        _hold_to(held, read, person, at)
    return signature


def digest_of(placement: Placement, terms: Terms, number: int) -> str:
    """Return the SHA-256 of what is signed: who, where, what, from when until when."""
    said = {
        "placement": placement.reference,
        "number": number,
        "person": placement.person.name.as_dict(),
        "host": placement.host.name.as_dict(),
        "home": placement.home.name.as_dict() if placement.home else {},
        "title": placement.title.as_dict(),
        **{key: str(value) for key, value in asdict(terms).items() if value not in {None, ""}},
    }
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _refuse_unsignable(placement: Placement, agreement: LearningAgreement, side: str, digest: str) -> None:
    refuse_called_off(placement)
    if Side(side) not in placement_sides(placement):
        raise NotAllowed(_("This side does not sign here."))
    if agreement.dropped_at is not None or agreement.holds_at is not None:
        raise LearningClosed(_("This learning agreement waits for no signature any more. Read the latest one."))
    if digest != agreement.digest:
        raise LearningChanged(_("What stands here changed since you opened it. Read it again, then sign."))


def _hold_to(held: Placement, agreement: LearningAgreement, by: Person, at: datetime) -> None:
    """Let an agreement that all sides signed hold, and the days of the placement follow it."""
    agreement.holds_at = at
    agreement.save(update_fields=["holds_at"])
    held.starts_on, held.ends_on = agreement.starts_on, agreement.ends_on
    save(held, "starts_on", "ends_on")
    count_placement(placement=held, at=at)
    tell_sides("agreed", held, by=by, at=at)
    tell_office("agreed", held, by=by, at=at)
