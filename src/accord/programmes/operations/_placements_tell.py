"""Tells the sides of a placement and the office what happens; who has no account gets a link of their own."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.text import EN, LANGUAGES, ZH, Bilingual
from accord.kernel.topics import Topic
from accord.outbox.operations import notify
from accord.people.operations import make_link
from accord.people.queries import Person, Recipient, holders_of, recipients
from accord.programmes.enums import LOOK_AFTER, SIGN_LEARNING
from accord.programmes.models import CheckIn, LearningAgreement, Placement
from accord.programmes.queries import persons_of_side, placement_sides
from accord.programmes.rules import OFFICE
from accord.ui import say

LINK_DAYS = timedelta(days=90)
LINK_USES = 20
"""How often one letter's link may be used: to sign, to check in, to evaluate, and to mend a slip."""
LETTER_KEY = "X-Accord-Key"
"""The header by which a letter that is sent twice is one letter."""


@dataclass(frozen=True, slots=True)
class PlacementDoor:
    """How links are made: a new token, and the addresses it opens, to sign and to look after somebody."""

    new_token: Callable[[], str]
    to_sign: Callable[[str], str]
    to_look_after: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class News:
    """What is told: a subject and what there is to say beside it; `%(placement)s` and others stand in both."""

    subject: str | Promise
    body: str | Promise


NEWS: Mapping[str, News] = {
    "to-sign": News(
        _("Sign the learning agreement %(number)s of placement %(placement)s"),
        _("Read what person, host and home agree on, and sign it. It holds once every side has signed."),
    ),
    "agreed": News(
        _("The learning agreement of placement %(placement)s holds"),
        _("All sides have signed. The placement runs from %(starts_on)s to %(ends_on)s."),
    ),
    "begun": News(_("Placement %(placement)s has begun"), _("The host confirmed the arrival on %(arrived_on)s.")),
    "ended": News(
        _("Placement %(placement)s has ended"), _("The last day was %(left_on)s. Evaluate it, so that it is completed.")
    ),
    "broken-off": News(_("Placement %(placement)s was broken off"), _("The last day was %(left_on)s: %(why)s.")),
    "completed": News(
        _("Placement %(placement)s is completed"), _("Both end evaluations are in. It counts as completed from now on.")
    ),
    "care": News(_("Placement %(placement)s needs care: %(going)s"), _("%(side)s says how it goes. Look at it.")),
    "arrival": News(
        _("Did the person of placement %(placement)s arrive?"),
        _("The first day was %(starts_on)s. Confirm the day of arrival; the placement counts from then on."),
    ),
    "end": News(
        _("Did placement %(placement)s end as agreed?"),
        _("The last day was %(ends_on)s. Record the last day there, or agree on an extension."),
    ),
    "unsigned": News(
        _("The learning agreement of placement %(placement)s waits for you"),
        _("The placement begins on %(starts_on)s. Read the agreement and sign it before."),
    ),
    "check-in": News(
        _("How does placement %(placement)s go?"), _("Say in one line how it goes. It takes less than a minute.")
    ),
    "mid": News(
        _("Evaluate placement %(placement)s at its middle"),
        _("Half of the time has passed. Say what goes well and what should change."),
    ),
    "overdue": News(
        _("Evaluations of placement %(placement)s are missing"),
        _("The last day was %(left_on)s. It counts as completed once both sides have evaluated it."),
    ),
    "final": News(
        _("Evaluate placement %(placement)s at its end"),
        _("The last day is %(ends_on)s. A placement is completed once both sides have evaluated it."),
    ),
}
"""By what happened, or what is due."""

HAPPENED = ("to-sign", "agreed", "begun", "ended", "broken-off", "completed", "care")
DUE = "programmes.placement-due"
"""What is due at a placement; one topic, whatever it is."""

PLACEMENT_TOPICS = (
    Topic("programmes.placement-to-sign", _("A learning agreement waits for your signature")),
    Topic("programmes.placement-agreed", _("A learning agreement holds")),
    Topic("programmes.placement-begun", _("A placement has begun")),
    Topic("programmes.placement-ended", _("A placement has ended")),
    Topic("programmes.placement-broken-off", _("A placement was broken off"), is_urgent=True),
    Topic("programmes.placement-completed", _("A placement is completed")),
    Topic("programmes.placement-care", _("A placement needs care"), is_urgent=True),
    Topic(DUE, _("Something is due at a placement"), for_webhooks=False),
)

CLOSING = _("The link is yours alone and needs no account. It can be used until %(until)s.")


def tell_sides(what: str, placement: Placement, *, by: Person | None, at: datetime) -> None:
    """Tell those of all sides who have an account."""
    people = {one for side in placement_sides(placement) for one in persons_of_side(placement, side, on=at.date())}
    _notice(what, placement, people - {by.pk if by else 0}, f"{what}:{placement.version}", at)


def tell_office(what: str, placement: Placement, *, by: Person | None, at: datetime) -> None:
    """Tell those who run the programme."""
    _notice(what, placement, _office(placement, at) - {by.pk if by else 0}, f"{what}:{placement.version}:office", at)


def tell_check_in(said: CheckIn, *, by: Person, at: datetime) -> None:
    """Tell the office that a placement needs care."""
    people = _office(said.placement, at) - {by.pk}
    _notice("care", said.placement, people, f"care:{said.pk}", at, said=said)


def ask_to_sign(agreement: LearningAgreement, *, door: PlacementDoor | None, by: Person, at: datetime) -> None:
    """Ask every side to sign: a notice where they have an account, else a letter with a link."""
    for side in placement_sides(agreement.placement):
        ask_side("to-sign", agreement.placement, side, key=f"to-sign:{agreement.pk}", door=door, by=by, at=at)


def ask_side(
    what: str, placement: Placement, side: str, *, key: str, door: PlacementDoor | None, by: Person, at: datetime
) -> int:
    """Ask those of a side for something; return how many were asked. Without a door, only who has an account is."""
    readers = recipients(persons_of_side(placement, side, on=at.date()))
    at_home = [one.person_id for one in readers if one.has_account]
    _notice(what, placement, at_home, f"{key}:{side}", at)
    by_letter = [one for one in readers if not one.has_account and one.address] if door else []
    for reader in by_letter:
        _letter(what, placement, reader, f"{key}:{side}:{reader.person_id}", door, by, at)
    return len(at_home) + len(by_letter)


def _notice(
    what: str, placement: Placement, people: Collection[int], key: str, at: datetime, said: CheckIn | None = None
) -> None:
    topic = f"programmes.placement-{what}" if what in HAPPENED else DUE
    notify(
        topic=topic,
        people=people,
        subject=_both(NEWS[what].subject, placement, said),
        body=_both(NEWS[what].body, placement, said),
        url=reverse("programmes:placement", args=[placement.reference]),
        record=f"placement:{placement.pk}",
        key=f"{topic}:{placement.pk}:{key}",
        at=at,
    )


def _letter(
    what: str, placement: Placement, reader: Recipient, key: str, door: PlacementDoor | None, by: Person, at: datetime
) -> None:
    """Write to somebody without an account, in both languages, with a link of their own."""
    if door is None:
        return
    token, signs = door.new_token(), what in {"to-sign", "unsigned"}
    make_link(
        person=Person.objects.get(pk=reader.person_id),
        purpose=SIGN_LEARNING if signs else LOOK_AFTER,
        record=f"placement:{placement.pk}",
        expires_at=at + LINK_DAYS,
        token=token,
        uses=LINK_USES,
        by=by,
        at=at,
    )
    address = door.to_sign(token) if signs else door.to_look_after(token)
    until = {"until": at + LINK_DAYS}
    subject, body, closing = (
        _both(text, placement, None, **until) for text in (NEWS[what].subject, NEWS[what].body, CLOSING)
    )
    first = ZH if reader.language == ZH else EN
    order = (first, EN if first == ZH else ZH)
    sides = ["\n\n".join((body.side(one), address, closing.side(one))) for one in order]
    EmailMessage(
        subject=" · ".join(subject.side(one) for one in order),
        body="\n\n————\n\n".join(sides),
        to=[reader.address],
        headers={LETTER_KEY: f"programmes.placement:{placement.pk}:{key}"},
    ).send()


def _office(placement: Placement, at: datetime) -> frozenset[int]:
    return holders_of(OFFICE, [placement.programme.owner_id], on=at.date())


def _both(text: str | Promise, placement: Placement, said: CheckIn | None, **moments: datetime) -> Bilingual:
    """Return a text in both languages, with its values."""
    sides = []
    for language in LANGUAGES:
        with override(language):
            sides.append((str(text) % _values(placement, said, moments)).strip())
    return Bilingual(*sides)


def _values(placement: Placement, said: CheckIn | None, moments: Mapping[str, datetime]) -> dict[str, str]:
    """Return what may stand in a text, in the active language; never a name of the person."""
    days = {name: getattr(placement, name) for name in ("starts_on", "ends_on", "arrived_on", "left_on")}
    values = {name: say.day(day) if day else "" for name, day in days.items()}
    values |= {name: say.day(moment) for name, moment in moments.items()}
    values |= {"placement": placement.reference, "why": str(placement.get_end_reason_display())}
    last = placement.agreements.first()
    values["number"] = str(last.number) if last else ""
    if said is not None:
        values |= {"going": str(said.get_going_display()), "side": str(said.get_side_display())}
    return values
