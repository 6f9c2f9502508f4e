"""What became of one's own application: places wished for, the decision, the match with its reasons, and the offer."""

from datetime import date, datetime
from typing import Annotated
from zlib import crc32

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Detail, Key, NothingSent, Router, Sent, Shown, Text, Words, expected, point
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.people.queries import acting_person
from accord.programmes import operations, queries
from accord.programmes.api._own import own_to_write
from accord.programmes.enums import OfferState, Outcome, Permission
from accord.programmes.queries import Application, Offer, Place

results = Router(tags=["Programmes"])
ONE = "/applications/{reference}"
Code = Annotated[str, Field(max_length=40, examples=["P-01"])]


class PlaceToRank(Shown):
    """Places of one sort that can be wished for."""

    code: str = Field(examples=["P-01"])
    name: Words
    host: Words
    count: int = Field(description="How many people it takes.")
    starts_on: date | None
    ends_on: date | None


class WishesShown(Shown):
    """Which places one wants, and which there are."""

    wishes: list[str] = Field(description="Codes of places, the first choice first.")
    most: int = Field(description="Most places to rank.")
    places: list[PlaceToRank]
    version: int = Field(description="Follows from the wishes, as in ETag.")


class WishesSent(Sent):
    """Which places one wants, the first choice first."""

    wishes: list[Code] = Field(max_length=1000, description="Codes of places, the first choice first.")


class DecisionShown(Shown):
    """The decision on one's own application, once one was told."""

    reference: str
    outcome: Outcome
    sentence: str = Field(description="The decision in words.")
    reason: str | None
    reserve_position: int | None = Field(description="Place on the reserve list.")
    comments: list[str] = Field(description="What reviewers wrote for the applicant, without names.")
    was_drawn: bool = Field(description="A draw told it from others of the same score; the call's draw shows how.")
    told_at: datetime | None


class ChoiceShown(Shown):
    """One choice, and what became of it."""

    choice: int
    place: Words
    host: Words
    words: str
    is_held: bool = Field(description="The place that one got.")


class ResultShown(Shown):
    """What a published match gave to one's own application, and why."""

    reference: str
    run: int = Field(description="Number of the run.")
    place: str | None = Field(description="Code; null: no place.")
    rank: int | None = Field(description="Which choice it is.")
    words: str
    choices: list[ChoiceShown]
    told_at: datetime


class OwnOffer(Shown):
    """An offer of a place to oneself."""

    reference: str
    place: str = Field(description="Code.")
    name: Words
    host: Words
    words: str | None = Field(description="What the office wrote beside it.")
    state: OfferState
    answer_by_at: datetime = Field(description="After that it lapses.")
    waits: bool = Field(description="It can be answered now.")
    answered_at: datetime | None
    version: int


class DeclineSent(Sent):
    """Why an offer is declined."""

    reason: Text = Field("", max_length=500, description="The office reads it.")


@results.reads(f"{ONE}/wishes", answer=WishesShown, may=Permission.APPLY)
def read_wishes(request: ApiRequest, reference: Key) -> Detail[WishesShown]:
    """Read which places one wants. With those that can be ranked."""
    return _wishes(own_to_write(request, reference))


@results.changes(f"{ONE}/wishes", answer=WishesShown, may=Permission.APPLY, method="PUT")
def rank_wishes(request: ApiRequest, reference: Key, sent: WishesSent) -> Detail[WishesShown]:
    """Rank the places that one wants, the first choice first. An empty list takes every wish back."""
    one = own_to_write(request, reference)
    stand = _wishes(one)
    expected(request, stand.version)
    places = {each.code: each for each in _places(one)}
    unknown = [(at, code) for at, code in enumerate(sent.wishes) if code not in places]
    if unknown:
        refused = operations.RankingForged(
            _("A place in this ranking is not open in this call any more. Choose again.")
        )
        point(refused, [(f"wishes[{at}]", refused) for at, _code in unknown])
        raise refused
    operations.rank_places(
        application=one,
        places=[places[code] for code in sent.wishes],
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return _wishes(one)


@results.reads(f"{ONE}/decision", answer=DecisionShown, may=Permission.APPLY)
def read_own_decision(request: ApiRequest, reference: Key) -> DecisionShown:
    """Read the decision on one's own application. There is none before its letter was let go."""
    one = queries.find_own_application(request.actor, reference)
    told = queries.read_decision(one)
    if told is None:
        raise NotThere(_("There is no decision on this application yet. You are told when there is one."))
    return DecisionShown(
        reference=one.reference,
        outcome=Outcome(told.decision.outcome),
        sentence=operations.decision_sentence(told.decision, one),
        reason=told.reason or None,
        reserve_position=told.decision.reserve_position,
        comments=list(told.comments),
        was_drawn=told.was_drawn,
        told_at=told.decision.told_at,
    )


@results.reads(f"{ONE}/result", answer=ResultShown, may=Permission.APPLY)
def read_own_result(request: ApiRequest, reference: Key) -> ResultShown:
    """Read what a published match gave to one's own application. What became of each choice, and why."""
    one = queries.find_own_application(request.actor, reference)
    found = queries.result_for(one)
    if found is None:
        raise NotThere(_("There is no result for this application yet. You are told when there is one."))
    return ResultShown(
        reference=one.reference,
        run=found.run.number,
        place=found.line.place.code if found.line.place else None,
        rank=found.line.rank,
        words=queries.result_words(found.line),
        choices=[
            ChoiceShown(
                choice=each.choice,
                place=Words.of(Bilingual.of(each.place)),
                host=Words.of(Bilingual.of(each.host)),
                words=each.words,
                is_held=each.is_held,
            )
            for each in found.reasons
        ],
        told_at=found.told_at,
    )


@results.reads(f"{ONE}/offer", answer=OwnOffer, may=Permission.APPLY)
def read_own_offer(request: ApiRequest, reference: Key) -> Detail[OwnOffer]:
    """Read the last offer of a place to one's own application."""
    return _offer(request, queries.find_own_application(request.actor, reference))


@results.acts(f"{ONE}/offer/acceptance", answer=OwnOffer, may=Permission.APPLY)
def accept_own_offer(request: ApiRequest, reference: Key, sent: NothingSent) -> Detail[OwnOffer]:
    """Accept the offer that stands: the place is one's own."""
    del sent
    one = own_to_write(request, reference)
    offer = _standing(one)
    expected(request, offer.version)
    operations.accept_offer(offer=offer, by=acting_person(request.actor), at=clock.now(request.world))
    return _offer(request, one)


@results.acts(f"{ONE}/offer/refusal", answer=OwnOffer, may=Permission.APPLY)
def decline_own_offer(request: ApiRequest, reference: Key, sent: DeclineSent) -> Detail[OwnOffer]:
    """Decline the offer that stands. The place goes to somebody else, and the application ends."""
    one = own_to_write(request, reference)
    offer = _standing(one)
    expected(request, offer.version)
    operations.decline_offer(
        offer=offer, reason=sent.reason, by=acting_person(request.actor), at=clock.now(request.world)
    )
    return _offer(request, one)


def _standing(one: Application) -> Offer:
    offer = queries.offer_for(one)
    if offer is None:
        raise NotThere(_("No offer stands for this application."))
    return offer


def _offer(request: ApiRequest, one: Application) -> Detail[OwnOffer]:
    offer = _standing(one)
    in_time = offer.state == OfferState.OPEN and clock.now(request.world) <= offer.answer_by_at
    shown = OwnOffer(
        reference=one.reference,
        place=offer.place.code,
        name=Words.of(offer.place.name),
        host=Words.of(offer.place.host.institution.name),
        words=offer.words or None,
        state=OfferState(offer.state),
        answer_by_at=offer.answer_by_at,
        waits=in_time and one.applicant_id == request.actor.person_id,
        answered_at=offer.answered_at,
        version=offer.version,
    )
    return Detail(shown, version=offer.version)


def _places(one: Application) -> list[Place]:
    """Return the places that can be ranked in a call; raises `NotThere` where there are none to rank."""
    if not one.call.most_wishes:
        raise NotThere(_("This call has no places to rank."))
    return list(queries.open_places(one.call))


def _wishes(one: Application) -> Detail[WishesShown]:
    places = _places(one)
    wishes = [each.place.code for each in queries.wishes_of(one)]
    shown = WishesShown(
        wishes=wishes,
        most=min(one.call.most_wishes, len(places)),
        places=[
            PlaceToRank(
                code=each.code,
                name=Words.of(each.name),
                host=Words.of(each.host.institution.name),
                count=each.count,
                starts_on=each.starts_on,
                ends_on=each.ends_on,
            )
            for each in places
        ],
        version=crc32("\n".join(wishes).encode()),
    )
    return Detail(shown, version=shown.version)
