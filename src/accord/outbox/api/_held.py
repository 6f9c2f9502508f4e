"""Letters that are held back, by program: read every one, then let them go or call them off."""

from datetime import datetime
from typing import Any
from zlib import crc32

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Detail, NothingSent, Number, Page, Router, Shown, Words, expected
from accord.kernel.refused import NotAllowed
from accord.outbox import operations, queries, rules
from accord.outbox.enums import DeliveryState, Permission
from accord.outbox.forms import BATCHES, LETTERS
from accord.outbox.queries import Batch
from accord.people.queries import acting_person
from accord.ui.listing import ListAsked, listed

held_letters = Router(tags=["Held letters"])
ONE = "/held-letters/{number}"


class HeldLettersShown(Shown):
    """Letters that wait together until a person lets them go."""

    id: int
    key: str = Field(description="What they are about, as the context that wrote them names it.")
    title: Words
    institution: str = Field(description="Key of the institution that they are sent for.")
    letters: int
    held_at: datetime
    held_by: Words
    released_at: datetime | None
    cancelled_at: datetime | None = Field(description="Called off: nothing of them leaves.")
    version: int = Field(description="Follows from how many they are and what was decided; as in ETag.")


class HeldLetterShown(Shown):
    """One letter that is held back, as its reader will get it."""

    id: int
    reader: Words | None
    address: str
    subject: Words | None
    body: Words | None
    state: DeliveryState


class HeldAsked(ListAsked, table=BATCHES):
    """How held letters may be asked for."""


class HeldLettersAsked(ListAsked, table=LETTERS):
    """How the letters of one batch may be asked for."""


@held_letters.reads("/held-letters", answer=Page[HeldLettersShown], may=Permission.RELEASE_HELD)
def list_held_letters(request: ApiRequest, asked: Query[HeldAsked]) -> Page[HeldLettersShown]:
    """List the letters that are or were held back for one's institutions. Those of a slate or a match are one entry."""
    return listed(request, asked, queries.batches_visible_to(request.actor), _shown)


@held_letters.reads(ONE, answer=HeldLettersShown, may=Permission.RELEASE_HELD)
def read_held_letters(request: ApiRequest, number: Number) -> Detail[HeldLettersShown]:
    """Read how many letters wait together, and what was decided."""
    return _detail(queries.find_batch(request.actor, number))


@held_letters.reads(f"{ONE}/letters", answer=Page[HeldLetterShown], may=Permission.RELEASE_HELD)
def list_letters_held(request: ApiRequest, number: Number, asked: Query[HeldLettersAsked]) -> Page[HeldLetterShown]:
    """List every letter that waits, word for word."""
    return listed(request, asked, queries.letters_of(queries.find_batch(request.actor, number)), _letter)


@held_letters.acts(f"{ONE}/release", answer=HeldLettersShown, may=Permission.RELEASE_HELD)
def release_held_letters(request: ApiRequest, number: Number, sent: NothingSent) -> Detail[HeldLettersShown]:
    """Let every letter go. Those that decide about people are let go by another person than whoever held them."""
    del sent
    held = _to_decide(request, number)
    operations.release_held(batch=held, by=acting_person(request.actor), at=clock.now(request.world))
    return _detail(queries.find_batch(request.actor, number))


@held_letters.acts(f"{ONE}/cancellation", answer=HeldLettersShown, may=Permission.RELEASE_HELD)
def call_held_letters_off(request: ApiRequest, number: Number, sent: NothingSent) -> Detail[HeldLettersShown]:
    """Call the letters off. Nothing of them is sent; a slate is open again."""
    del sent
    held = _to_decide(request, number)
    operations.cancel_held(batch=held, by=acting_person(request.actor), at=clock.now(request.world))
    return _detail(queries.find_batch(request.actor, number))


def _to_decide(request: ApiRequest, number: int) -> Batch:
    """Return letters that the reader may let go, of the version that they read."""
    held = queries.find_batch(request.actor, number)
    if not rules.may_release_held(request.actor, held):
        raise NotAllowed(_("Only partnership officers of the institution let these letters go. Ask one of them."))
    expected(request, _version(held))
    return held


def _version(held: Any) -> int:
    return crc32(f"{held.letters} {held.notes} {held.released_at} {held.cancelled_at}".encode())


def _detail(held: Batch) -> Detail[HeldLettersShown]:
    return Detail(_shown(held), version=_version(held))


def _shown(row: Any) -> HeldLettersShown:
    return HeldLettersShown(
        id=row.pk,
        key=row.key,
        title=Words.of(row.title),
        institution=row.institution.key,
        letters=row.letters,
        held_at=row.held_at,
        held_by=Words.of(row.held_by.name),
        released_at=row.released_at,
        cancelled_at=row.cancelled_at,
        version=_version(row),
    )


def _letter(row: Any) -> HeldLetterShown:
    return HeldLetterShown(
        id=row.pk,
        reader=Words.of(row.person.name) if row.person else None,
        address=row.address,
        subject=Words.of(row.message.subject) if row.message.subject else None,
        body=Words.of(row.message.body) if row.message.body else None,
        state=DeliveryState(row.state),
    )
