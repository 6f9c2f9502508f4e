"""Writes to applicants and to those who apply along: receipts, links to join, and who joined."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.text import EN, LANGUAGES, Bilingual
from accord.kernel.topics import Topic
from accord.outbox.operations import notify
from accord.people.operations import make_link
from accord.people.queries import Person, recipients
from accord.programmes.enums import JOIN_APPLICATION
from accord.programmes.models import Application, CoApplicant
from accord.programmes.queries import applicant_url, stage_tells
from accord.ui import say

LETTER_KEY = "X-Accord-Key"
"""The header by which a letter that is sent twice is one letter."""
LINK_DAYS = timedelta(days=60)

JOINED = Topic("programmes.co-applicant-answered", _("Somebody whom you named answered whether they apply along"))
PAIRED = Topic("programmes.together", _("Two applications are to be placed together"))
APPLYING_TOPICS = (JOINED, PAIRED)

RECEIPT = (
    _("We have your application %(reference)s"),
    (
        _("Your application to %(call)s arrived on %(moment)s. Its reference is %(reference)s."),
        _("What happens next: %(tells)s"),
        _("You see where it stands at any time when you sign in to Accord, under your applications."),
    ),
)
JOIN = (
    _("%(name)s names you in an application"),
    (
        _("%(name)s applies to %(call)s of %(owner)s and names you as applying along."),
        _("Read what it is and say whether you stand by it:"),
        "%(url)s",
        _("The link is yours alone and needs no account. If you do not know what this is about, decline there."),
    ),
)


@dataclass(frozen=True, slots=True)
class JoinDoor:
    """How links for co-applicants are made: a new token, and the address that it opens."""

    new_token: Callable[[], str]
    address: Callable[[str], str]


def write_receipt(application: Application, *, at: datetime) -> None:
    """Write to the applicant, in the language of the application, that it arrived and what happens next."""
    reader = next(iter(recipients([application.applicant_id])), None)
    if reader is None or not reader.address:
        return
    language = _language(application)
    with override(language), timezone.override(ZoneInfo(application.call.time_zone)):
        said = {
            "reference": application.reference,
            "call": str(application.call.name),
            "moment": say.moment(at),
            "tells": str(stage_tells(application)),
        }
        _send(RECEIPT, said, reader.address, f"programmes.received:{application.pk}:{application.version}")


def write_to_join(companion: CoApplicant, person: Person, *, door: JoinDoor, by: Person, at: datetime) -> None:
    """Send somebody who was named the link by which they say whether they apply along."""
    application, token = companion.application, door.new_token()
    make_link(
        person=person,
        purpose=JOIN_APPLICATION,
        record=f"application:{companion.application_id}",
        expires_at=at + LINK_DAYS,
        token=token,
        by=by,
        at=at,
    )
    with override(_language(application)):
        said = {
            "name": str(application.applicant.name),
            "call": str(application.call.name),
            "owner": str(application.call.programme.owner.name),
            "url": door.address(token),
        }
        _send(JOIN, said, companion.email, f"programmes.join:{companion.pk}:{at:%Y%m%d%H%M%S}")


def tell_answered_along(companion: CoApplicant, *, at: datetime) -> None:
    """Tell the applicant that somebody joined, or declined."""
    joined = companion.joined_at is not None
    subject = _("%(name)s applies along") if joined else _("%(name)s does not apply along")
    body = (
        _("%(reference)s: nothing is missing from %(name)s any more.")
        if joined
        else _("%(reference)s: take %(name)s off the application, or talk to them, before you submit.")
    )
    said = {"name": companion.name, "reference": companion.application.reference}
    _notice(JOINED, companion.application, (subject, body), said, f"{companion.pk}:{joined}", at)


def tell_paired(application: Application, other: Application, *, at: datetime) -> None:
    """Tell an applicant that both asked for each other, so that they are placed together or not at all."""
    subject = _("%(reference)s and %(other)s go together")
    body = _("Both of you asked to be placed together. You are placed both, or neither of you.")
    said = {"reference": application.reference, "other": other.reference}
    _notice(PAIRED, application, (subject, body), said, f"{other.pk}", at)


def _notice(
    topic: Topic,
    application: Application,
    words: tuple[Promise, Promise],
    said: dict[str, str],
    key: str,
    at: datetime,
) -> None:
    sides = []
    for language in LANGUAGES:
        with override(language):
            sides.append(tuple(str(one) % said for one in words))
    subject, body = (Bilingual(*pair) for pair in zip(*sides, strict=True))
    notify(
        topic=topic.code,
        people={application.applicant_id},
        subject=subject,
        body=body,
        url=applicant_url(application),
        record=f"application:{application.pk}",
        key=f"{topic.code}:{application.pk}:{key}",
        at=at,
    )


def _send(letter: tuple[Promise, tuple[Promise | str, ...]], said: dict[str, str], to: str, key: str) -> None:
    """Hand a letter to Django, in the language that is spoken now; it leaves after the commit."""
    subject, parts = letter
    EmailMessage(
        subject=str(subject) % said,
        body="\n\n".join(str(part) % said for part in parts),
        to=[to],
        headers={LETTER_KEY: key},
    ).send()


def _language(application: Application) -> str:
    return application.language if application.language in LANGUAGES else EN
