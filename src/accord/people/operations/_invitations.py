"""Invitations: by mail, with the role that somebody will hold; accepted once, by whoever has the link."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.refused import NotThere, Refused
from accord.kernel.secret import digest_of
from accord.kernel.text import LANGUAGES, Bilingual
from accord.people.enums import Role
from accord.people.models import Account, Institution, Invitation, Person
from accord.people.operations._accounts import open_account
from accord.people.operations._ensure import register_person
from accord.people.operations._facts import sort_key_of
from accord.people.operations._grants import grant_role
from accord.people.operations._letters import letter
from accord.ui import say

HOLDS_FOR = timedelta(days=14)
GONE = 410


class AlreadyInvited(Refused):
    """The address has an open invitation to the same role."""

    code = "already-invited"


class InvitationEnded(Refused):
    """The invitation no longer opens anything; `code` says why: used, expired or revoked."""

    code = "invitation-ended"
    status = GONE


class SignInFirst(Refused):
    """There is an account with the invited address; its holder accepts by signing in."""

    code = "sign-in-first"


class OtherAddress(Refused):
    """The invitation went to another address than that of whoever is signed in."""

    code = "other-address"


def invite(
    *,
    email: str,
    role: str,
    institution: Institution | None,
    language: str,
    token: str,
    url: str,
    by: Person,
    at: datetime,
) -> Invitation:
    """Invite an address to hold a role, and send the link there; of the token only its digest is kept.

    Raises `AlreadyInvited` while there is an open invitation of the address to the role.
    """
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=email.lower(),
                institution=institution,
                role=role,
                language=language,
                digest=digest_of(token),
                invited_at=at,
                invited_by=by,
                expires_at=at + HOLDS_FOR,
            )
            _send(invitation, url)
    except IntegrityError as clash:
        if "invitation_open_is_one" not in str(clash):
            raise
        raise AlreadyInvited(
            _("This address is invited to this role already. Open that invitation to send it again."), field="email"
        ) from clash
    return invitation


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, token: str, url: str, by: Person, at: datetime) -> Invitation:
    """Send an open or expired invitation again, with a new link; the old one ends. Raises `InvitationEnded`."""
    del by  # the history keeps who
    kept = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    _refuse_ended(kept, at=at, even_expired=True)
    kept.digest, kept.expires_at = digest_of(token), at + HOLDS_FOR
    kept.save(update_fields=["digest", "expires_at"])
    _send(kept, url)
    return kept


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Person, at: datetime) -> Invitation:
    """Take an invitation back. Doing it twice changes nothing. Raises `InvitationEnded` when it was accepted."""
    kept = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if kept.revoked_at is not None:
        return kept
    if kept.accepted_at is not None:
        raise InvitationEnded(_("This invitation was accepted. End the role instead."), code="invitation-used")
    kept.revoked_at, kept.revoked_by = at, by
    kept.save(update_fields=["revoked_at", "revoked_by"])
    return kept


@transaction.atomic
def accept_invitation(*, token: str, name: Bilingual, password: str, at: datetime) -> Account:
    """Make account, person and role of whoever holds the link, all or nothing.

    Of two who accept at once, one does and the other is told that it was used. Raises `NotThere` for an unknown link,
    `InvitationEnded`, and `SignInFirst` when there is an account with the address.
    """
    invitation = _locked(token)
    _refuse_ended(invitation, at=at)
    if Account.objects.filter(email__iexact=invitation.email).exists():
        raise SignInFirst(_("There is an account with this address. Sign in with it to accept the invitation."))
    person = invitation.person or register_person(key=f"invited-{invitation.pk}", name=name)
    if not invitation.role and person.name != name:
        person.name, person.sort_key = name, sort_key_of(name)
        person.save(update_fields=["name", "sort_key"])
    account = open_account(person=person, email=invitation.email, password=password)
    _fulfil(invitation, person, at)
    return account


@transaction.atomic
def accept_invitation_as(*, token: str, account: Account, at: datetime) -> Account:
    """Add the role of an invitation to an account with the invited address.

    Raises `NotThere` for an unknown link, `InvitationEnded`, and `OtherAddress` for an account with another address.
    """
    invitation = _locked(token)
    _refuse_ended(invitation, at=at)
    if account.email.lower() != invitation.email:
        raise OtherAddress(_("This invitation went to another address. Sign in with that one, or sign out first."))
    _fulfil(invitation, account.person, at)
    return account


def _locked(token: str) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).filter(digest=digest_of(token)).first()
    if found is None:
        raise NotThere("no such invitation")
    return found


def _refuse_ended(invitation: Invitation, *, at: datetime, even_expired: bool = False) -> None:
    """Refuse an invitation that was used, taken back or, unless it is to be renewed, has expired."""
    if invitation.accepted_at is not None:
        raise InvitationEnded(_("This invitation was used. Sign in with its account."), code="invitation-used")
    if invitation.revoked_at is not None:
        raise InvitationEnded(_("This invitation was taken back. Ask whoever sent it."), code="invitation-revoked")
    if invitation.expires_at <= at and not even_expired:
        raise InvitationEnded(_("This invitation has expired. Ask for a new one."), code="invitation-expired")


def _fulfil(invitation: Invitation, person: Person, at: datetime) -> None:
    """Grant what was promised, in the name of who invited, and mark the invitation as used."""
    if invitation.role:
        grant_role(
            person=person,
            role=invitation.role,
            institution=invitation.institution,
            starts_on=at.date(),
            by=invitation.invited_by if invitation.invited_by_id != person.pk else None,
            at=at,
        )
    invitation.accepted_at, invitation.accepted_by = at, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])


def _send(invitation: Invitation, url: str) -> None:
    """Hand the mail to Django; whoever carries mails sends it after the commit."""
    languages = (invitation.language,) if invitation.language in LANGUAGES else LANGUAGES
    letters = [
        letter("invitation", to=invitation.email, language=one, values=_told(invitation, url, one)) for one in languages
    ]
    whole = letters[0]
    whole.subject = " · ".join(str(one.subject) for one in letters)
    whole.body = "\n\n————\n\n".join(str(one.body) for one in letters)
    whole.send()


def _told(invitation: Invitation, url: str, language: str) -> dict[str, object]:
    """Return what the mail says, in its language."""
    with override(language):
        return {
            "inviter": str(invitation.invited_by.name),
            "role": str(Role(invitation.role).label),
            "institution": str(invitation.institution.name) if invitation.institution else str(_("all of Accord")),
            "until": say.day(invitation.expires_at),
            "url": url,
        }
