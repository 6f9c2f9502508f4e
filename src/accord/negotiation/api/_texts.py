"""The versions that were put forward: reading them, what differs, what they do, and binding a party to one."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from ninja import Query
from pydantic import BaseModel, ConfigDict, Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Day,
    Detail,
    Key,
    Number,
    ProseSent,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    WordsSent,
)
from accord.measures.enums import PromiseState
from accord.negotiation import operations, queries
from accord.negotiation.api._negotiations import NegotiationWhole, whole
from accord.negotiation.enums import Act, Permission
from accord.negotiation.forms import PutForwardForm, SignForm
from accord.negotiation.queries import Impact, ImpactLine, PlaceChange, PlaceDifference, TextVersion
from accord.people.queries import acting_person
from accord.ui.filling import filled

YAML = "application/yaml"
ONE = "/negotiations/{key}/versions/{number}"
texts = Router(tags=["Negotiations"])
DIGEST = r"^[0-9a-f]{64}$"
SAMPLE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class VersionShown(Shown):
    """A text as it was put forward; it never changes."""

    number: int = Field(examples=[1])
    digest: str = Field(description="SHA-256 of the canonical text.")
    base_digest: str | None = Field(description="SHA-256 of the agreement that it amends, as it was then.")
    note: Words = Field(description="What changed since the version before, in the coordinator's words.")
    put_forward_at: datetime


class VersionList(Shown):
    """Every version that was put forward, the latest first."""

    items: list[VersionShown]


class DraftSent(Sent):
    """The draft as it was read."""

    digest: str = Field(pattern=DIGEST, description="Digest of the draft that you read.", examples=[SAMPLE])
    note: ProseSent = Field(
        ProseSent.model_validate({}), description="What changed, in a sentence or two for the other parties."
    )


class PieceShown(Shown):
    """A stretch of a text."""

    kind: str = Field(description="equal, removed or added", examples=["added"])
    text: str


class SideShown(Shown):
    """What differs of a text in one language."""

    language: str = Field(examples=["en"])
    pieces: list[PieceShown]


class FieldChangeShown(Shown):
    """One thing that differs at a place: a text in pieces, anything else as before and after."""

    label: str
    sides: list[SideShown]
    before: str | None
    after: str | None


class PlaceChangeShown(Shown):
    """One place that differs."""

    place: str = Field(examples=["clause:publication"])
    change: PlaceChange
    title: Words
    fields: list[FieldChangeShown]


class ComparisonShown(Shown):
    """What differs between two texts, place by place."""

    number: int
    against: int = Field(description="The older version; 0 for the agreement that is amended, or nothing.")
    places: list[PlaceChangeShown]


class AgainstAsked(BaseModel):
    """Which version to compare with."""

    model_config = ConfigDict(extra="forbid")
    against: int = Field(0, ge=0, description="The older version; 0 for the agreement that is amended, or nothing.")


class StateChangeShown(Shown):
    """How a promise stands, in figures and words."""

    target: float | None
    due_on: date | None
    state: PromiseState
    chance: int | None = Field(description="Chance of delivery in 100; null where none is forecast.")
    words: str


class ImpactLineShown(Shown):
    """What an amendment does to one running promise."""

    promise: str = Field(examples=["resident-teams"])
    title: Words
    owners: str
    unit: str
    delivered: float | None
    before: StateChangeShown
    after: StateChangeShown
    waiting: int = Field(description="Entries that nobody has confirmed yet.")
    why: Words


class ImpactShown(Shown):
    """What a text does to the running promises of the agreement that it amends, as of a day."""

    day: date
    digest: str = Field(description="SHA-256 of the figures, to approve by; empty where nothing that runs changes.")
    promises: list[ImpactLineShown]


class ApprovalSent(Sent):
    """The text, and the impact, that were read."""

    digest: str = Field(pattern=DIGEST, description="Digest of the version that you read.", examples=[SAMPLE])
    impact_digest: str = Field(
        "", pattern=r"^([0-9a-f]{64})?$", description="Digest of the impact that you read; empty where there is none."
    )


class SignatureSent(Sent):
    """Who signed, when and where: a record of what was signed on paper or elsewhere."""

    digest: str = Field(pattern=DIGEST, description="Digest of the version that was signed.", examples=[SAMPLE])
    signatory: Text = Field(
        min_length=1, max_length=200, description="As it stands under the signature.", examples=["Zhang Wei"]
    )
    office: Text = Field(min_length=1, max_length=200, description="Such as Vice-Chancellor.", examples=["President"])
    signed_on: Day = Field(examples=["2019-09-30"])
    place: WordsSent = WordsSent.model_validate({})


@texts.reads("/negotiations/{key}/versions", answer=VersionList, may=Permission.VIEW)
def list_versions(request: ApiRequest, key: Key) -> VersionList:
    """List the versions that were put forward, the latest first."""
    held = queries.find_negotiation(request.actor, key)
    return VersionList(items=[_version(one) for one in queries.texts_of(held)])


@texts.creates("/negotiations/{key}/versions", answer=VersionShown, may=Permission.DRAFT)
def put_forward(request: ApiRequest, key: Key, sent: DraftSent) -> Created[VersionShown]:
    """Put the draft forward as the next version. Approvals of earlier versions hold no longer."""
    room = queries.enter_draft(request.actor, key)
    room.require_party(Act.PUT_FORWARD)
    answers = filled(PutForwardForm, {"digest": sent.digest, "note": sent.note.text})
    made = operations.put_forward(
        negotiation=room.negotiation, by=acting_person(request.actor), at=clock.now(request.world), **answers
    )
    return Created(_version(made), version=1, at=reverse("api:read_version", args=[key, made.number]))


@texts.reads(ONE, answer=VersionShown, may=Permission.VIEW)
def read_version(request: ApiRequest, key: Key, number: Number) -> Detail[VersionShown]:
    """Read one version. Its digest, and what the coordinator says of it."""
    return Detail(_version(_found(request, key, number)), version=1)


@texts.reads(f"{ONE}/file", answer=str, may=Permission.VIEW, media=YAML)
def read_version_file(request: ApiRequest, key: Key, number: Number) -> HttpResponse:
    """Read the canonical text of a version. Byte for byte what its digest is of."""
    found = _found(request, key, number)
    return HttpResponse(
        found.text,
        content_type=f"{YAML}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{key}-version-{found.number}.yaml"', "ETag": '"1"'},
    )


@texts.reads(f"{ONE}/file.json", answer=dict[str, Any], may=Permission.VIEW)
def read_version_data(request: ApiRequest, key: Key, number: Number) -> Detail[dict[str, Any]]:
    """Read the text of a version as JSON. The same keys and values as the YAML; its schema is published."""
    return Detail(queries.text_data(_found(request, key, number)), version=1)


@texts.reads(f"{ONE}/differences", answer=ComparisonShown, may=Permission.VIEW)
def compare_versions(request: ApiRequest, key: Key, number: Number, asked: Query[AgainstAsked]) -> ComparisonShown:
    """Read what differs between two versions. Place by place, texts in pieces."""
    new = _found(request, key, number)
    old = queries.find_text(new.negotiation, asked.against) if asked.against else None
    places = [place_shown(one) for one in queries.text_differences(old, new)]
    return ComparisonShown(number=new.number, against=asked.against, places=places)


@texts.reads(f"{ONE}/impact", answer=ImpactShown, may=Permission.VIEW)
def read_impact(request: ApiRequest, key: Key, number: Number) -> ImpactShown:
    """Read what a version does to running promises. As of today; an approval names its digest."""
    held = queries.find_negotiation(request.actor, key)
    text = queries.find_text(held, number)
    return impact_shown(queries.impact_of(held, text, day=clock.today(request.world)))


@texts.acts("/negotiations/{key}/approve", answer=NegotiationWhole, may=Permission.BIND, matches=False)
def approve_version(request: ApiRequest, key: Key, sent: ApprovalSent) -> Detail[NegotiationWhole]:
    """Approve the version in review for your party. By its digest and that of its impact; twice changes nothing."""
    room = queries.enter(request.actor, key)
    operations.approve(
        negotiation=room.negotiation,
        party=room.require_party(Act.APPROVE),
        digest=sent.digest,
        impact_digest=sent.impact_digest,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return whole(queries.enter(request.actor, key))


@texts.acts("/negotiations/{key}/sign", answer=NegotiationWhole, may=Permission.BIND, matches=False)
def sign_version(request: ApiRequest, key: Key, sent: SignatureSent) -> Detail[NegotiationWhole]:
    """Enter who signed the approved version for your party. The last signature brings it into force."""
    room = queries.enter(request.actor, key)
    party = room.require_party(Act.SIGN)
    answers = filled(SignForm, {**sent.model_dump(exclude={"place"}), "place": sent.place.text})
    operations.sign(
        negotiation=room.negotiation,
        party=party,
        by=acting_person(request.actor),
        at=clock.now(request.world),
        **answers,
    )
    return whole(queries.enter(request.actor, key))


def _found(request: ApiRequest, key: str, number: int) -> TextVersion:
    """Return one version of a negotiation that the caller may know of."""
    return queries.find_text(queries.find_negotiation(request.actor, key), number)


def _version(text: TextVersion) -> VersionShown:
    """Return a version as the API shows it."""
    return VersionShown(
        number=text.number,
        digest=text.digest,
        base_digest=text.base_digest or None,
        note=Words.of(text.note),
        put_forward_at=text.put_forward_at,
    )


def place_shown(one: PlaceDifference) -> PlaceChangeShown:
    """Return one place that differs."""
    return PlaceChangeShown(
        place=one.place,
        change=one.kind,
        title=Words.of(one.title),
        fields=[
            FieldChangeShown(
                label=str(each.label),
                sides=[
                    SideShown(language=name, pieces=[PieceShown(kind=piece.kind, text=piece.text) for piece in pieces])
                    for name, pieces in each.pieces
                ],
                before=each.before or None,
                after=each.after or None,
            )
            for each in one.fields
        ],
    )


def impact_shown(impact: Impact) -> ImpactShown:
    """Return an impact as the API shows it."""
    return ImpactShown(day=impact.day, digest=impact.digest, promises=[_impact(one) for one in impact.lines])


def _impact(line: ImpactLine) -> ImpactLineShown:
    """Return what an amendment does to one promise."""
    return ImpactLineShown(
        promise=line.key,
        title=Words.of(line.title),
        owners=line.owners,
        unit=line.unit,
        delivered=_number(line.delivered),
        before=StateChangeShown(
            target=_number(line.target_before),
            due_on=line.due_before,
            state=PromiseState(line.state_before),
            chance=line.chance_before,
            words=line.said_before,
        ),
        after=StateChangeShown(
            target=_number(line.target_after),
            due_on=line.due_after,
            state=PromiseState(line.state_after),
            chance=line.chance_after,
            words=line.said_after,
        ),
        waiting=line.waiting,
        why=Words.of(line.why),
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
