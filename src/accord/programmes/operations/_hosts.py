"""Hosts of a call: whom to ask for places, by account or by a link of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed
from accord.kernel.text import Bilingual
from accord.outbox.operations import notify
from accord.people.operations import PersonFacts, add_person, make_link, use_link
from accord.people.queries import Institution, Person, account_by_address, recipients
from accord.programmes.enums import OPEN_PLACES
from accord.programmes.models import Call, Host
from accord.programmes.operations._calls import CallOver
from accord.programmes.operations._match_words import host_words, letter_to_host

ASKED, REMINDED = "programmes.places-asked", "programmes.ranking-due"
LINK_USES = 500
"""How often one link may be used: places, changes and rankings until it ends."""
LINK_DAYS = timedelta(days=170)
LETTER_KEY = "X-Accord-Key"
"""The header by which a letter that is sent twice is one letter."""

SUBJECTS = {
    ASKED: _("Places for %(call)s"),
    REMINDED: _("Rank who wants your places: %(call)s"),
}
BODIES = {
    ASKED: _("%(institution)s is invited to open places for %(call)s of %(owner)s: how many, where and what for."),
    REMINDED: _("People have asked for places of %(institution)s in %(call)s. Rank them, then say that you are done."),
}
CLOSING = _("The link is yours alone and needs no account. It opens the places of %(institution)s in this call.")


@dataclass(frozen=True, slots=True)
class HostDoor:
    """How links to places are made: a new token, and the address that it opens."""

    new_token: Callable[[], str]
    address: Callable[[str], str]


@transaction.atomic
def invite_host(
    *,
    call: Call,
    institution: Institution,
    contact: Person,
    email: str,
    by: Person,
    at: datetime,
    language: str = "en",
    door: HostDoor | None = None,
) -> Host:
    """Invite an institution to open places, and write to its contact; without an account they get a link.

    Invited again it is the same host, nobody is written to again. Without a door nobody is written to.
    """
    refuse_over(call)
    host, is_new = Host.objects.get_or_create(
        call=call,
        institution=institution,
        contact=contact,
        defaults={"email": email.strip(), "language": language, "invited_at": at, "invited_by": by},
    )
    if is_new and door is not None:
        write_to_host(host=host, what=ASKED, door=door, by=by, at=at)
    return host


@transaction.atomic
def ask_host(
    *,
    call: Call,
    institution: Institution,
    name: str,
    email: str,
    by: Person,
    at: datetime,
    language: str = "en",
    door: HostDoor | None = None,
) -> Host:
    """Invite an institution through whoever reads at an address: known by their account, asked before, or new."""
    contact = _contact(name, email.strip(), by, at)
    return invite_host(
        call=call, institution=institution, contact=contact, email=email, by=by, at=at, language=language, door=door
    )


def _contact(name: str, email: str, by: Person, at: datetime) -> Person:
    account = account_by_address(email)
    if account is not None:
        return account.person
    asked = Host.objects.filter(email__iexact=email).select_related("contact").order_by("-pk").first()
    return asked.contact if asked else add_person(facts=PersonFacts(name=Bilingual(name), email=email), by=by, at=at)


@transaction.atomic
def remind_host(*, host: Host, door: HostDoor, by: Person, at: datetime) -> Host:
    """Remind a host that people wait to be ranked; one who said that they are done is left alone."""
    held = Host.objects.select_for_update(of=("self",)).select_related("call__programme__owner").get(pk=host.pk)
    refuse_over(held.call)
    if held.ranked_at is not None:
        return held
    held.reminded_at = at
    held.save(update_fields=["reminded_at"])
    write_to_host(host=held, what=REMINDED, door=door, by=by, at=at)
    return held


@transaction.atomic
def hosts_done(*, host: Host, by: Person, at: datetime, link_id: int | None = None) -> Host:
    """Record that a host has ranked all it wants to rank; said again it changes nothing.

    Until then, whoever it has not ranked is "not yet"; from then on they stand after all that it ranked.
    """
    del by
    used(link_id, host, at)
    held = Host.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=host.pk)
    refuse_over(held.call)
    if held.ranked_at is None:
        held.ranked_at = at
        held.save(update_fields=["ranked_at"])
    return held


@transaction.atomic
def open_ranking_again(*, host: Host, by: Person, at: datetime, link_id: int | None = None) -> Host:
    """Take back that a host is done, so that it may go on ranking."""
    del by
    used(link_id, host, at)
    held = Host.objects.select_for_update().get(pk=host.pk)
    if held.ranked_at is not None:
        held.ranked_at = None
        held.save(update_fields=["ranked_at"])
    return held


def refuse_over(call: Call) -> None:
    """Refuse what nobody does any more once a call is finished or cancelled."""
    if call.finished_at is not None or call.cancelled_at is not None:
        raise CallOver(_("This call is over. Its places and rankings stay as they are."))


def used(link_id: int | None, host: Host, at: datetime) -> None:
    """Use the link by which somebody came, if they came by one; refuse one that was made for another host."""
    if link_id is None:
        return
    link = use_link(link_id=link_id, at=at)
    if link.purpose != OPEN_PLACES or link.record != f"host:{host.pk}":
        raise NotAllowed(_("This link opens the places of another host."))


def write_to_host(*, host: Host, what: str, door: HostDoor, by: Person, at: datetime) -> None:
    """Tell a host's contact: a notice where they have an account, else a letter with a link of their own."""
    reader = next(iter(recipients([host.contact_id])), None)
    if reader is not None and reader.has_account:
        _notice(host, what, at)
    else:
        _letter(host, what, door, by, at)


def _notice(host: Host, what: str, at: datetime) -> None:
    notify(
        topic=what,
        people=[host.contact_id],
        subject=host_words(SUBJECTS[what], host),
        body=host_words(BODIES[what], host),
        url=reverse("programmes:host-places", args=[host.pk]),
        record="",
        key=f"{what}:{host.pk}:{at:%Y%m%d%H%M}",
        at=at,
    )


def _letter(host: Host, what: str, door: HostDoor, by: Person, at: datetime) -> None:
    token = door.new_token()
    make_link(
        person=host.contact,
        purpose=OPEN_PLACES,
        record=f"host:{host.pk}",
        expires_at=at + LINK_DAYS,
        token=token,
        uses=LINK_USES,
        by=by,
        at=at,
    )
    subject, body = letter_to_host((SUBJECTS[what], BODIES[what], door.address(token), CLOSING), host)
    EmailMessage(
        subject=subject,
        body=body,
        to=[host.email],
        headers={LETTER_KEY: f"{what}:{host.pk}:{at:%Y%m%d%H%M}"},
    ).send()
