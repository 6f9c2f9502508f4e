"""Settled slates: what was decided in which order, who moves up from the reserve list, and the draw for everybody."""

from datetime import datetime
from typing import Annotated, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Created, Key, Page, ProseSent, Router, Sent, Shown, Words
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.people.queries import acting_person
from accord.programmes import operations, queries
from accord.programmes.api._office import CALL, call_of_office, call_to_decide
from accord.programmes.enums import Outcome, Permission
from accord.programmes.forms import SETTLED
from accord.programmes.queries import Call, Slate
from accord.ui.listing import ListAsked, listed

settled_slates = Router(tags=["Programmes"])
SlateNumber = Annotated[int, Field(ge=1, le=32767, examples=[1])]


class SettledSlateShown(Shown):
    """Decisions that were settled at once."""

    number: int
    decided: int
    accepted: int
    quota: int | None
    reserve_length: int
    opened_at: datetime
    settled_at: datetime
    settled_by: Words
    told_at: datetime | None = Field(
        description="When the letters were let go; null: they are held back, or called off."
    )
    letters: str = Field(description="Key of the held letters.")
    digest: str = Field(description="SHA-256 of the order, as its file is written.")


class SettledSlateList(Shown):
    """The settled slates of a call, the latest first, and the reserve list."""

    items: list[SettledSlateShown]
    reserve: list[str] = Field(description="References of who waits on the reserve list, in the order of moving up.")
    seats_left: int = Field(description="How many more the call accepts.")


class SettledLineShown(Shown):
    """What a settled slate said of one application."""

    rank: int
    reference: str
    applicant: Words
    score: float | None
    outcome: Outcome
    position: int | None = Field(description="Place on the reserve list.")
    draw: str | None
    reason: str | None
    note: str | None
    told_at: datetime | None


class PlacedInOrder(Shown):
    """One line of a settled order; references in place of names."""

    reference: str
    rank: int
    score: str | None = Field(description="As it was kept, with every digit.")
    tie: int = Field(0, description="Number of the group of equal scores; 0: nobody has the same.")
    draw: str = ""
    outcome: str


class SlateOrderShown(Shown):
    """The order of a settled slate, and what its digest is taken of."""

    digest: str = Field(description="SHA-256 of `written`, as it was kept when the slate was settled.")
    written: str = Field(description="The order as the text that the digest is taken of.")
    order: list[PlacedInOrder]


class DrawShown(Shown):
    """The draw of a call for whoever wants to repeat it."""

    call: str
    seed: str
    sealed: str = Field(description="SHA-256 of the seed, as it was shown before the call opened.")
    message: str = Field(description="What HMAC-SHA-256 is taken of with the seed as its key.")
    ties: list[list[str]] = Field(description="References of equal score, in the order that was drawn.")
    recipe: str = Field(description="How anybody repeats it with Python alone, from this answer kept as draw.json.")


class PromotionSent(Sent):
    """How many of the reserve list move up."""

    number: int = Field(1, ge=1, le=1_000_000)


class ClosingSent(Sent):
    """Why those who are left on the reserve list are declined."""

    reason: ProseSent


class SettledAsked(ListAsked, table=SETTLED):
    """How the lines of a settled slate may be asked for."""


@settled_slates.reads(f"{CALL}/slates", answer=SettledSlateList, may=Permission.SEE_APPLICATIONS)
def list_settled_slates(request: ApiRequest, programme: Key, key: Key) -> SettledSlateList:
    """List the settled slates of a call. With who waits on the reserve list."""
    found = call_of_office(request, programme, key)
    rows = queries.slates_of(found).filter(settled_at__isnull=False)
    return SettledSlateList(
        items=[settled_shown(one) for one in rows],
        reserve=[one.application.reference for one in queries.reserves(found)],
        seats_left=queries.seats_left(found),
    )


@settled_slates.reads(f"{CALL}/slates/{{number}}/lines", answer=Page[SettledLineShown], may=Permission.SEE_APPLICATIONS)
def list_settled_lines(
    request: ApiRequest, programme: Key, key: Key, number: SlateNumber, asked: Query[SettledAsked]
) -> Page[SettledLineShown]:
    """List what a settled slate said of each application. In its order."""
    one = _settled(call_of_office(request, programme, key), number)
    rows = queries.settled_rows(one)
    return listed(request, asked, rows, _line, key="reference", whose=lambda row: row.applicant_id)


@settled_slates.reads(f"{CALL}/slates/{{number}}/order", answer=SlateOrderShown, may=Permission.SEE_APPLICATIONS)
def read_slate_order(request: ApiRequest, programme: Key, key: Key, number: SlateNumber) -> SlateOrderShown:
    """Read the order of a settled slate. Its digest shows later that nothing was changed."""
    one = _settled(call_of_office(request, programme, key), number)
    order = [PlacedInOrder.model_validate(each) for each in one.order]
    return SlateOrderShown(digest=one.digest, written=queries.written_order(one.order), order=order)


@settled_slates.creates(f"{CALL}/reserve/promotions", answer=SettledSlateShown, may=Permission.DECIDE)
def promote_from_reserve(
    request: ApiRequest, programme: Key, key: Key, sent: PromotionSent
) -> Created[SettledSlateShown]:
    """Let the next of the reserve list move up. Their letters wait until another person lets them go."""
    found = call_to_decide(request, programme, key)
    made = operations.promote_from_reserve(call=found, number=sent.number, **_by(request))
    return _made(found, made)


@settled_slates.creates(f"{CALL}/reserve/closings", answer=SettledSlateShown, may=Permission.DECIDE)
def close_reserve_list(request: ApiRequest, programme: Key, key: Key, sent: ClosingSent) -> Created[SettledSlateShown]:
    """Decline everybody who is left on the reserve list. Their letters wait until another person lets them go."""
    found = call_to_decide(request, programme, key)
    made = operations.close_reserve(call=found, reason=sent.reason.text, **_by(request))
    return _made(found, made)


@settled_slates.reads(f"{CALL}/draw", answer=DrawShown, may=Permission.SEE)
def read_draw(request: ApiRequest, programme: Key, key: Key) -> DrawShown:
    """Read how equal scores were told apart, to repeat the draw. Sealed until everybody was told."""
    found = queries.find_public_call(request.actor, programme, key, clock.now(request.world))
    if not queries.draw_is_open(found):
        raise NotThere(_("The seed of this draw is still sealed. It is shown here once everybody was told."))
    return DrawShown(**queries.draw_file(found), recipe=queries.RECIPE)


def settled_shown(row: Any) -> SettledSlateShown:
    """Return a settled slate as the API shows it."""
    return SettledSlateShown(
        number=row.number,
        decided=row.decided,
        accepted=row.accepted,
        quota=row.quota,
        reserve_length=row.reserve_length,
        opened_at=row.opened_at,
        settled_at=row.settled_at,
        settled_by=Words.of(row.settled_by.name),
        told_at=row.told,
        letters=row.batch,
        digest=row.digest,
    )


def _by(request: ApiRequest) -> dict[str, Any]:
    return {"by": acting_person(request.actor), "at": clock.now(request.world)}


def _made(call: Call, made: Slate) -> Created[SettledSlateShown]:
    """Answer a slate that was settled at once; it never changes."""
    shown = settled_shown(queries.find_slate(call, made.number))
    at = reverse("api:list_settled_lines", args=[call.programme.key, call.key, made.number])
    return Created(shown, version=1, at=at)


def _settled(call: Call, number: int) -> Slate:
    one = queries.find_slate(call, number)
    if one.settled_at is None:
        raise NotThere(_("This slate is not settled yet."))
    return one


def _line(row: Any) -> SettledLineShown:
    return SettledLineShown(
        rank=row.rank,
        reference=row.reference,
        applicant=Words.of(Bilingual.of(row.applicant)),
        score=None if row.score is None else float(row.score),
        outcome=Outcome(row.outcome),
        position=row.position,
        draw=row.draw or None,
        reason=row.reason or None,
        note=row.note or None,
        told_at=row.told_at,
    )
