"""Who applies along, each by a link of their own, and two applications that are to be placed together."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.kernel.secret import digest_of
from accord.kernel.text import Bilingual
from accord.people.operations import register_person, use_link
from accord.people.queries import Person, account_by_address, recipients
from accord.programmes.enums import JOIN_APPLICATION
from accord.programmes.models import Application, CoApplicant
from accord.programmes.operations._applying_tell import (
    JoinDoor,
    tell_answered_along,
    tell_paired,
    write_to_join,
)
from accord.programmes.operations._steps import locked_applications
from accord.programmes.operations._writing import open_to_write
from accord.programmes.queries import is_published

MOST_COMPANIONS = 20
KEY_LETTERS = 20
OVER = ("placement", "done", "declined", "withdrawn")


class CompanionOdd(Refused):
    """Somebody cannot be named: without name or address, twice, oneself, or one too many."""

    code = "companion-odd"


class NotTogether(Refused):
    """Two applications cannot be placed together."""

    code = "not-together"


@transaction.atomic
def name_co_applicant(
    *,
    application: Application,
    name: str,
    email: str,
    by: Person,
    at: datetime,
    institution_name: str = "",
    role: str = "",
    door: JoinDoor | None = None,
) -> CoApplicant:
    """Name somebody who applies along, and send them a link; named already, they are the same and get no other.

    Raises `WritingClosed`, `CompanionOdd`.
    """
    held = open_to_write(application, by, at)
    address = email.strip().lower()
    _refuse_odd(held, name, address)
    known = CoApplicant.objects.filter(application=held, email=address, removed_at=None).first()
    if known is not None:
        return known
    companion = CoApplicant.objects.create(
        application=held,
        person=_person_at(address, name.strip()),
        name=name.strip()[:200],
        email=address,
        institution_name=institution_name.strip()[:200],
        role=role.strip()[:200],
        named_at=at,
    )
    _send_link(companion, door, by, at)
    return companion


@transaction.atomic
def remind_co_applicant(*, companion: CoApplicant, door: JoinDoor, by: Person, at: datetime) -> CoApplicant:
    """Send somebody a link again who has not answered; who has is left alone. Raises `WritingClosed`."""
    open_to_write(companion.application, by, at)
    held = _locked(companion)
    if held.joined_at is None and held.declined_at is None and held.removed_at is None:
        _send_link(held, door, by, at)
    return held


@transaction.atomic
def remove_co_applicant(*, companion: CoApplicant, by: Person, at: datetime) -> CoApplicant:
    """Take somebody off an application; taken off already, it changes nothing. Raises `WritingClosed`."""
    open_to_write(companion.application, by, at)
    held = _locked(companion)
    if held.removed_at is None:
        held.removed_at = at
        held.save(update_fields=["removed_at"])
    return held


@transaction.atomic
def join_application(*, companion: CoApplicant, link_id: int, at: datetime) -> CoApplicant:
    """Record that somebody stands by the application in which they were named, by their link."""
    return _answered(companion, link_id, at, joins=True)


@transaction.atomic
def decline_to_join(*, companion: CoApplicant, link_id: int, at: datetime) -> CoApplicant:
    """Record that somebody does not apply along, by their link; the applicant then takes them off."""
    return _answered(companion, link_id, at, joins=False)


@transaction.atomic
def ask_to_be_together(*, application: Application, other_reference: str, by: Person, at: datetime) -> Application:
    """Ask to be placed together with another application; it holds once that one asks for the same.

    Without a reference the wish is taken back, on both sides. Raises `NotTogether`, and `NotAllowed` for others.
    """
    wanted = other_reference.strip().upper()
    found = Application.objects.filter(call=application.call_id, reference=wanted).first() if wanted else None
    held = _both_locked(application, found)
    if held.applicant_id != by.pk:
        raise NotAllowed(_("Whose application it is says with whom to be placed."))
    _refuse_late(held)
    if not wanted:
        Application.objects.filter(together_with=held).update(together_with=None)
        return _put(held, None)
    if found is None or found.withdrawn_at is not None:
        raise NotTogether(
            _("There is no application of this reference to this call. Ask the other person for theirs."),
            field="reference",
        )
    return _paired(held, Application.objects.get(pk=found.pk), at)


def _refuse_late(held: Application) -> None:
    if not held.call.takes_joint:
        raise NotTogether(_("In this call everybody is placed alone."))
    if held.phase in OVER or is_published(held.call):
        raise NotTogether(_("The places of this call are given out. It is too late to be placed together."))


def _paired(held: Application, other: Application, at: datetime) -> Application:
    """Keep the wish; one that the other does not share makes way for one that it does."""
    if other.pk == held.pk:
        raise NotTogether(_("This is your own reference. Enter that of the other person."), field="reference")
    if held.together_with_id == other.pk:
        return held
    rivals = Application.objects.filter(together_with=other)
    if rivals.exists() and other.together_with_id != held.pk:
        raise NotTogether(
            _("Somebody else asked for this reference. Let the other person enter yours first, then enter theirs."),
            field="reference",
        )
    rivals.update(together_with=None)
    _put(held, other)
    if other.together_with_id == held.pk:
        tell_paired(held, other, at=at)
        tell_paired(other, held, at=at)
    return held


def _put(held: Application, other: Application | None) -> Application:
    if held.together_with_id != (other.pk if other else None):
        held.together_with = other
        held.version += 1
        held.save(update_fields=["together_with", "version"])
    return held


def _both_locked(application: Application, found: Application | None) -> Application:
    rows = locked_applications([application.pk, *([found.pk] if found else [])])
    return next(one for one in rows if one.pk == application.pk)


def _answered(companion: CoApplicant, link_id: int, at: datetime, *, joins: bool) -> CoApplicant:
    link = use_link(link_id=link_id, at=at)
    if link.purpose != JOIN_APPLICATION or link.record != f"application:{companion.application_id}":
        raise NotAllowed(_("This link is for another application."))
    held = _locked(companion)
    if link.person_id != held.person_id:
        raise NotAllowed(_("This link is for another application."))
    if held.removed_at is not None or held.application.withdrawn_at is not None:
        raise NotThere(_("You are not named in this application any more. Ask whoever named you."))
    held.joined_at, held.declined_at = (at, None) if joins else (None, at)
    held.save(update_fields=["joined_at", "declined_at"])
    tell_answered_along(held, at=at)
    return held


def _locked(companion: CoApplicant) -> CoApplicant:
    rows = CoApplicant.objects.select_for_update(of=("self",))
    return rows.select_related("application__call__programme__owner", "application__applicant").get(pk=companion.pk)


def _send_link(companion: CoApplicant, door: JoinDoor | None, by: Person, at: datetime) -> None:
    if door is not None and companion.person is not None:
        write_to_join(companion, companion.person, door=door, by=by, at=at)


def _person_at(email: str, name: str) -> Person:
    """Return the person whose account signs in with an address, or one to be known by it."""
    account = account_by_address(email)
    if account is not None:
        return account.person
    is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in name)
    text = Bilingual(zh_hans=name) if is_chinese else Bilingual(en=name)
    return register_person(key=f"applies-along-{digest_of(email)[:KEY_LETTERS]}", name=text)


def _refuse_odd(held: Application, name: str, email: str) -> None:
    if not name.strip():
        raise CompanionOdd(_("Enter the name of the person."), field="name")
    try:
        validate_email(email)
    except ValidationError as odd:
        raise CompanionOdd(_("Enter an email address such as name@example.org."), field="email") from odd
    own = next(iter(recipients([held.applicant_id])), None)
    if own is not None and own.address.lower() == email:
        raise CompanionOdd(_("This is your own address. You apply already."), field="email")
    if CoApplicant.objects.filter(application=held, removed_at=None).exclude(email=email).count() >= MOST_COMPANIONS:
        raise CompanionOdd(_("At most %(most)s people apply along.") % {"most": MOST_COMPANIONS})
