"""One's own inbox, and by which way one is told of what."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zlib import crc32

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Detail, Number, Page, Router, Sent, Shown, Text, Words, expected, wrong_field
from accord.kernel.text import Bilingual
from accord.outbox import forms, operations, queries
from accord.outbox.enums import Pace
from accord.outbox.queries import InboxNote, TopicWish
from accord.people.queries import acting_person
from accord.ui.filling import filled_form
from accord.ui.listing import ListAsked, listed

CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
notices = Router(tags=["Notices"])
with translation.override("en"):
    _LIST = forms.notices()


class NoticeShown(Shown):
    """What reached you."""

    id: int = Field(examples=[7])
    topic: str = Field(examples=["negotiation.put-forward"])
    subject: Words
    body: Words
    url: str | None = Field(description="The page that it is about.")
    record: str | None = Field(description="The record that it is about.", examples=["negotiation:7"])
    arrived_at: datetime
    read_at: datetime | None


class MarkedShown(Shown):
    """How many notices were marked."""

    marked: int


class TopicShown(Shown):
    """One topic, and how you are told of it."""

    topic: str = Field(examples=["negotiation.put-forward"])
    name: str
    mail: Pace
    inbox: bool
    is_required: bool = Field(description="True for what is always told at once.")
    is_urgent: bool = Field(description="True for what waits for no digest: at once or never.")


class QuietShown(Shown):
    """When no mail comes, in your own zone."""

    starts: str = Field(examples=["22:00"])
    ends: str = Field(examples=["07:00"])


class SettingsShown(Shown):
    """What you want to be told, by which way and how soon."""

    topics: list[TopicShown]
    quiet: QuietShown | None
    version: int = Field(description="Follows from what is chosen; as in ETag.")


class TopicSent(Sent):
    """How you want to be told of one topic; what is left out stays."""

    topic: Text = Field(max_length=80, examples=["negotiation.put-forward"])
    mail: Pace | None = None
    inbox: bool | None = None


class QuietSent(Sent):
    """When no mail shall come, in your own zone; it may pass midnight."""

    starts: str = Field(pattern=CLOCK, examples=["22:00"])
    ends: str = Field(pattern=CLOCK, examples=["07:00"])


class SettingsSent(Sent):
    """What shall change; topics that are not named stay, and so do quiet hours where they are left out."""

    topics: list[TopicSent] = Field([], max_length=200)
    quiet: QuietSent | None = Field(None, description="Null drops the quiet hours.")


class NoticesAsked(ListAsked, table=_LIST):
    """How notices may be asked for."""


@notices.reads("/notices", answer=Page[NoticeShown])
def list_notices(request: ApiRequest, asked: Query[NoticesAsked]) -> Page[NoticeShown]:
    """List what reached you, the latest first."""
    return listed(request, asked, queries.inbox_of(request.actor), _notice)


@notices.acts("/notices/read", answer=MarkedShown, may="", matches=False, body="")
def read_all_notices(request: ApiRequest) -> MarkedShown:
    """Mark everything that reached you as read."""
    count = operations.mark_all_read(by=acting_person(request.actor), at=clock.now(request.world))
    return MarkedShown(marked=count)


@notices.reads("/notices/{number}", answer=NoticeShown)
def read_notice(request: ApiRequest, number: Number) -> NoticeShown:
    """Read one notice. It stays unread until you mark it."""
    return _notice(queries.find_note(request.actor, number))


@notices.acts("/notices/{number}/read", answer=NoticeShown, may="", matches=False, body="")
def mark_notice_read(request: ApiRequest, number: Number) -> NoticeShown:
    """Mark a notice as read."""
    found = queries.find_note(request.actor, number)
    return _notice(operations.mark_read(note=found, at=clock.now(request.world)))


@notices.acts("/notices/{number}/unread", answer=NoticeShown, may="", matches=False, body="")
def mark_notice_unread(request: ApiRequest, number: Number) -> NoticeShown:
    """Put a notice back among the unread ones."""
    return _notice(operations.mark_unread(note=queries.find_note(request.actor, number)))


@notices.reads("/notice-settings", answer=SettingsShown)
def read_notice_settings(request: ApiRequest) -> Detail[SettingsShown]:
    """Read what you want to be told. By which way, how soon, and your quiet hours."""
    return _settings(request)


@notices.changes("/notice-settings", answer=SettingsShown, may="")
def change_notice_settings(request: ApiRequest, sent: SettingsSent) -> Detail[SettingsShown]:
    """Change what you want to be told. It holds for what happens from now on."""
    person = request.actor.person_id or 0
    expected(request, _settings(request).version)
    wishes = queries.topic_wishes(person)
    typed, members = _typed(wishes, sent)
    form = filled_form(
        lambda data: forms.PreferencesForm(data, wishes=wishes), {**typed, **_quiet(person, sent)}, names=members
    )
    quiet = (form.cleaned_data["quiet_from"], form.cleaned_data["quiet_until"])
    operations.set_preferences(person_id=person, paces=form.paces(), quiet=quiet)
    return _settings(request)


def _typed(wishes: Sequence[TopicWish], sent: SettingsSent) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what the page's form would hold with the changes made, and where in the body each came from."""
    places = {one.topic: number for number, one in enumerate(sent.topics)}
    asked = [one for one in wishes if not one.topic.is_required]
    known = {one.topic.code for one in asked}
    if unknown := [number for code, number in places.items() if code not in known]:
        raise wrong_field(f"topics/{unknown[0]}/topic", _("There is no such topic, or it is one that is always told."))
    typed: dict[str, Any] = {}
    members: dict[str, str] = {"quiet_from": "quiet/starts", "quiet_until": "quiet/ends"}
    for number, wish in enumerate(asked):
        place = places.get(wish.topic.code)
        change = None if place is None else sent.topics[place]
        typed[f"mail_{number}"] = (change.mail if change and change.mail else wish.mail).value
        typed[f"inbox_{number}"] = change.inbox if change and change.inbox is not None else wish.inbox
        members[f"mail_{number}"] = f"topics/{place}/mail"
    return typed, members


def _quiet(person: int, sent: SettingsSent) -> dict[str, Any]:
    """Return the quiet hours as the form would hold them."""
    if "quiet" in sent.model_fields_set:
        starts, ends = (sent.quiet.starts, sent.quiet.ends) if sent.quiet else (None, None)
    else:
        starts, ends = queries.quiet_hours_of(person) or (None, None)
    return {"quiet_from": starts, "quiet_until": ends}


def _settings(request: ApiRequest) -> Detail[SettingsShown]:
    """Return what the caller chose."""
    person = request.actor.person_id or 0
    wishes = queries.topic_wishes(person)
    hours: tuple[time, time] | None = queries.quiet_hours_of(person)
    quiet = QuietShown(starts=f"{hours[0]:%H:%M}", ends=f"{hours[1]:%H:%M}") if hours else None
    chosen = [f"{one.topic.code} {one.mail} {one.inbox}" for one in wishes]
    version = crc32("\n".join([*chosen, str(quiet)]).encode())
    topics = [
        TopicShown(
            topic=one.topic.code,
            name=str(one.topic.name),
            mail=one.mail,
            inbox=one.inbox,
            is_required=one.topic.is_required,
            is_urgent=one.topic.is_urgent,
        )
        for one in wishes
    ]
    return Detail(SettingsShown(topics=topics, quiet=quiet, version=version), version=version)


def _notice(row: Any) -> NoticeShown:
    """Return a notice as the API shows it."""
    note: InboxNote = row
    message = note.message
    return NoticeShown(
        id=note.pk,
        topic=message.topic,
        subject=Words.of(message.subject or Bilingual()),
        body=Words.of(message.body or Bilingual()),
        url=message.url or None,
        record=message.record or None,
        arrived_at=note.arrived_at or message.created_at,
        read_at=note.read_at,
    )
