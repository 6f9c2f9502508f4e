"""Who may do what with what leaves Accord, and when and how a reader is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.kernel.topics import Topic
from accord.outbox.enums import Pace, Permission, Told
from accord.outbox.models import Batch
from accord.people.enums import Role

DIGEST_TIME = time(8)
WEEK = 7
WAITS = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long each try waits after the one before, as Standard Webhooks recommends; ten tries in all."""
JITTER_PERCENT = 10
QuietTimes = tuple[time, time]


OFFICERS_ONLY = _("Only partnership officers connect systems of their institution. Ask one of them.")


def may_read_letters(actor: Actor) -> bool:
    """Say whether the actor may see whether letters left: stewards of the whole installation."""
    return actor.holds(Role.STEWARD)


def may_release_held(actor: Actor, batch: Batch) -> bool:
    """Say whether the actor may let a held batch go, or call it off: an officer of its institution, or a steward."""
    return actor.holds(Role.OFFICER, Role.STEWARD, institution_id=batch.institution_id)


def may_manage_systems(actor: Actor, institution_id: int) -> bool:
    """Say whether the actor may connect systems of the institution: its officers, and stewards."""
    return actor.holds(Role.OFFICER, Role.STEWARD, institution_id=institution_id)


_ITS_INSTITUTION = (Role.STEWARD, Role.OFFICER)

PERMITS = (
    Permit(
        Permission.READ_LETTERS,
        may_read_letters,
        name=_("See whether letters left"),
        who=_("Stewards."),
        why=_("Somebody has to see that nothing is stuck; whom a letter reached is nobody else's business."),
        roles=(Role.STEWARD,),
    ),
    Permit(
        Permission.RELEASE_HELD,
        may_release_held,
        name=_("Let held letters go, or call them off"),
        who=_("Stewards; partnership officers of the institution that they are sent for."),
        why=_("Letters that decide about people are read by a person before they leave."),
        roles=_ITS_INSTITUTION,
    ),
    Permit(
        Permission.MANAGE_SYSTEMS,
        may_manage_systems,
        name=_("Connect other systems and chats"),
        who=_("Stewards; partnership officers of the institution."),
        why=_("A connected system is told what the institution may know, so its officers answer for it."),
        roles=_ITS_INSTITUTION,
    ),
)
"""Each permission in words, for the page that shows who may do what."""

RULES = {permit.code: permit.rule for permit in PERMITS}
"""Which predicate decides each permission."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one reader chose: a pace for each way and topic (empty: all others), and quiet hours if any."""

    paces: Mapping[tuple[str, str], str]
    quiet: QuietTimes | None = None


NO_WISHES = Wishes({})


def mail_pace(topic: Topic, wishes: Wishes, *, has_account: bool) -> Pace:
    """Return how soon a reader is told by mail.

    Without a wish: what must be acted on at once, the rest in the daily digest. A required topic is never switched
    off, and an urgent one waits for no digest. Somebody without an account cannot choose and is told at once.
    """
    wished = wishes.paces.get((Told.MAIL, topic.code)) or wishes.paces.get((Told.MAIL, ""))
    pace = Pace(wished) if wished else (Pace.DAILY if has_account else Pace.AT_ONCE)
    if pace == Pace.OFF and not topic.is_required:
        return Pace.OFF
    if topic.is_required or topic.is_urgent or not has_account:
        return Pace.AT_ONCE
    return pace


def is_told_in_inbox(topic: Topic, wishes: Wishes) -> bool:
    """Say whether a notice of the topic comes into the reader's inbox."""
    wished = wishes.paces.get((Told.INBOX, topic.code)) or wishes.paces.get((Told.INBOX, ""))
    return topic.is_required or wished != Pace.OFF


def leaves_at(*, pace: Pace, at: datetime, zone: ZoneInfo, quiet: QuietTimes | None, is_urgent: bool) -> datetime:
    """Return when a mail leaves: now, after the reader's quiet hours, at 8:00, or on Monday at 8:00, in their zone."""
    local = at.astimezone(zone)
    if pace in {Pace.DAILY, Pace.WEEKLY}:
        return _next_digest(local, weekly=pace == Pace.WEEKLY)
    if is_urgent or quiet is None or not _is_quiet(local.time(), quiet):
        return at
    return _next(local, quiet[1])


def _is_quiet(now: time, quiet: QuietTimes) -> bool:
    """Say whether a time of day lies in the quiet hours, which may pass midnight."""
    starts, ends = quiet
    return starts <= now < ends if starts < ends else now >= starts or now < ends


def _next_digest(local: datetime, *, weekly: bool) -> datetime:
    """Return the next 8:00, or the next Monday's."""
    moment = _next(local, DIGEST_TIME)
    while weekly and moment.astimezone(local.tzinfo).weekday() != 0:
        moment = _next(moment.astimezone(local.tzinfo), DIGEST_TIME)
    return moment


def _next(local: datetime, clock: time) -> datetime:
    """Return the next moment at which clocks of the zone show a time of day, in the zone."""
    today = datetime.combine(local.date(), clock, tzinfo=local.tzinfo)
    return today if today > local else datetime.combine(local.date() + timedelta(days=1), clock, tzinfo=local.tzinfo)


def next_try(*, tries: int, seed: int, at: datetime) -> datetime | None:
    """Return when to try again after so many tries, or None after the last.

    Up to a tenth is added, told apart by `seed`, so that what failed together does not come back together.
    """
    if tries >= len(WAITS):
        return None
    wait = WAITS[tries]
    share = (seed * 2_654_435_761 + tries * 40_503) % 1000 / 1000
    return at + wait + wait * (JITTER_PERCENT / 100 * share)
