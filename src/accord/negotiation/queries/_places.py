"""One place of the draft as its editor needs it, whether it is new, changed, or an amendment of something signed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import PromiseKind
from accord.agreements.queries import as_file
from accord.engines import agreementfile as file
from accord.kernel.refused import NotThere, Refused
from accord.kernel.text import Bilingual
from accord.negotiation.enums import NegotiationKind, Subject
from accord.negotiation.models import (
    ChangeRequest,
    DraftClause,
    DraftPromise,
    Negotiation,
    NegotiationParty,
    TextVersion,
)
from accord.negotiation.queries._checklist import in_both
from accord.negotiation.queries._compose import Composed, base_file, read_text
from accord.negotiation.queries._content import ClauseLine, Content, PromiseLine, content_of, said
from accord.negotiation.queries._differences import PlaceDifference, TextPiece, differences, pieces

CLAUSE_VALUES = ("type", "title", "text", "ip_mode")
PROMISE_VALUES = (
    "title",
    "text",
    "kind",
    "promisors",
    "beneficiaries",
    "beneficiary_text",
    "measure_code",
    "target",
    "is_about",
    "due_on",
    "starts_on",
    "owner",
)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A clause or promise to edit: the form's values, what stays fixed, and the version it has now.

    `signed` is what stands in the signed agreement where that is amended.
    """

    pk: int
    key: str
    title: Bilingual
    version: int
    amends: bool
    is_drafted: bool
    values: Mapping[str, Any] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    signed: file.Commitment | file.Clause | None = None

    @classmethod
    def empty(cls) -> "PlaceRow":
        """Return a place that is yet to be written."""
        return cls(pk=0, key="", title=Bilingual(), version=0, amends=False, is_drafted=False)

    @property
    def is_clause(self) -> bool:
        """Say whether it is a clause, not a promise."""
        return isinstance(self.signed, file.Clause) or "ip_mode" in self.values

    @property
    def signed_text(self) -> Bilingual:
        """Return the text of the signed clause as it holds after all amendments."""
        return said(self.signed.current_text) if isinstance(self.signed, file.Clause) else Bilingual()


def clause_row(negotiation: Negotiation, key: str) -> PlaceRow:
    """Return a clause of the draft, or the amendment that a signed clause has in it; raises `NotThere`."""
    row = DraftClause.objects.filter(negotiation=negotiation, key=key).first()
    signed = _signed(negotiation, "clauses", key)
    is_drafted = row is not None and row.removed_at is None
    if isinstance(signed, file.Clause):
        drafted = row if is_drafted else None
        return PlaceRow(
            pk=row.pk if row else 0,
            key=key,
            title=said(signed.title),
            version=row.version if row else 0,
            amends=True,
            is_drafted=is_drafted,
            values={
                "text": drafted.text if drafted else said(signed.current_text),
                "why": drafted.why if drafted else Bilingual(),
            },
            fixed={
                "type": signed.type.value,
                "title": said(signed.title),
                "ip_mode": signed.ip_mode.value if signed.ip_mode else "",
            },
            signed=signed,
        )
    if row is None or not is_drafted:
        raise NotThere(_("The draft has no such clause."))
    values = {name: getattr(row, name) for name in CLAUSE_VALUES}
    return PlaceRow(row.pk, key, row.title, row.version, amends=False, is_drafted=True, values=values)


def promise_row(negotiation: Negotiation, key: str) -> PlaceRow:
    """Return a promise of the draft, or the amendment that a signed promise has in it; raises `NotThere`."""
    row = DraftPromise.objects.filter(negotiation=negotiation, key=key).first()
    signed = _signed(negotiation, "promises", key)
    is_drafted = row is not None and row.removed_at is None
    if isinstance(signed, file.Commitment):
        return _amended_promise(row, signed, is_drafted=is_drafted)
    if row is None or not is_drafted:
        raise NotThere(_("The draft has no such promise."))
    values = {**{name: getattr(row, name) for name in PROMISE_VALUES}, "section": row.section_key}
    values["target"] = _short(row.target)
    return PlaceRow(row.pk, key, row.title, row.version, amends=False, is_drafted=True, values=values)


def _amended_promise(row: DraftPromise | None, signed: file.Commitment, *, is_drafted: bool) -> PlaceRow:
    """Return the amendment that a signed promise has, or could have, in the draft."""
    if signed.kind is file.PromiseKind.STANDING:
        raise Refused(
            _("A standing promise has no target and no deadline to amend. Add a new promise beside it."),
            code="standing-promise",
        )
    drafted = row if is_drafted else None
    return PlaceRow(
        pk=row.pk if row else 0,
        key=signed.key,
        title=said(signed.title),
        version=row.version if row else 0,
        amends=True,
        is_drafted=is_drafted,
        values={
            "target": _short(drafted.target) if drafted else None,
            "due_on": drafted.due_on if drafted else None,
            "why": drafted.why if drafted else Bilingual(),
        },
        fixed={
            "title": said(signed.title),
            "text": said(signed.text),
            "kind": PromiseKind(signed.kind.value).value,
        },
        signed=signed,
    )


def _short(number: Decimal | None) -> Decimal | None:
    """Return a number without zeros behind the point, as people type it."""
    return None if number is None else Decimal(f"{number.normalize():f}")


def _signed(negotiation: Negotiation, what: str, key: str) -> Any:
    """Return what the signed agreement has under this key, where it is amended."""
    if negotiation.kind != NegotiationKind.AMENDMENT or negotiation.base is None:
        return None
    return next((one for one in getattr(as_file(negotiation.base), what) if one.key == key), None)


def subjects_of(negotiation: Negotiation) -> dict[str, Bilingual]:
    """Return the headings to choose from: those of the agreement, of the draft, and the usual ones."""
    found: dict[str, Bilingual] = {}
    if negotiation.base is not None:
        found |= {one.key: said(one.title) for one in as_file(negotiation.base).sections}
    drafted = DraftPromise.objects.filter(negotiation=negotiation, removed_at=None, amends=False)
    found |= dict(drafted.order_by("position", "pk").values_list("section_key", "section_title"))
    return found | {one.value: in_both(one.label) for one in Subject if one.value not in found}


def draft_row(negotiation: Negotiation, place: str) -> DraftClause | DraftPromise | None:
    """Return the draft's row that a requested wording could go into; None where it fits nowhere by itself."""
    kind, _colon, key = place.partition(":")
    if kind == "clause":
        return DraftClause.objects.filter(negotiation=negotiation, key=key, removed_at=None).first()
    return DraftPromise.objects.filter(negotiation=negotiation, key=key, removed_at=None, amends=False).first()


def wording_change(
    row: DraftClause | DraftPromise, request: ChangeRequest
) -> tuple[tuple[str, tuple[TextPiece, ...]], ...]:
    """Return what the proposed wording would change in the draft, in pieces by language."""
    new = request.proposed
    if not new:
        return ()
    sides = (("en", row.text.en, new.en), ("zh-Hans", row.text.zh_hans, new.zh_hans))
    return tuple((name, pieces(old, wanted)) for name, old, wanted in sides if wanted)


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place of a text as a page names it, with its wording there."""

    place: str
    title: Bilingual
    text: Bilingual


def shown_place(content: Content, place: str) -> ShownPlace:
    """Return a place of a text with its wording."""
    kind, _colon, key = place.partition(":")
    rows: tuple[ClauseLine | PromiseLine, ...] = content.clauses if kind == "clause" else content.promises
    for row in rows:
        if row.place == f"{kind}:{key}":
            new = [one.text for one in row.amendments if one.is_new and one.text]
            return ShownPlace(place, row.title, new[-1] if new else row.text)
    return ShownPlace(place, content.title, content.summary)


def content_of_text(text: TextVersion) -> Content:
    """Return what a text says; in an amendment, what is not signed yet is marked as new."""
    return content_of(read_text(text.text), _amended(text))


def _amended(text: TextVersion) -> file.AgreementFile | None:
    """Return the agreement as it was when the text was put forward; None where none is amended."""
    return read_text(text.base_text) if text.base_text else None


def text_differences(old: TextVersion | None, new: TextVersion) -> list[PlaceDifference]:
    """Return what differs between two texts; without an older one, what the new one adds to what is signed."""
    return differences(read_text(old.text) if old is not None else _amended(new), read_text(new.text))


def draft_differences(
    negotiation: Negotiation, latest: TextVersion | None, composed: Composed
) -> list[PlaceDifference]:
    """Return what the draft changes since the latest text, or in what is signed."""
    if latest is not None:
        return differences(read_text(latest.text), composed.file)
    is_amendment = negotiation.kind == NegotiationKind.AMENDMENT and negotiation.base is not None
    return differences(base_file(negotiation.base) if is_amendment and negotiation.base else None, composed.file)


def text_data(text: TextVersion) -> dict[str, Any]:
    """Return a text as plain data, the same keys and values; days in ISO form."""
    plain: dict[str, Any] = json.loads(json.dumps(yaml.safe_load(text.text), default=str))
    return plain


def text_by_digest(negotiation: Negotiation, digest: str) -> TextVersion | None:
    """Return the text with this digest, the latest where two have it; None where no text of it was put forward."""
    return TextVersion.objects.filter(negotiation=negotiation, digest=digest).order_by("-number").first()


def text_approved_before(negotiation: Negotiation, party: NegotiationParty, latest: TextVersion) -> TextVersion | None:
    """Return the last text that the party approved, other than the latest; else the one before the latest."""
    earlier = TextVersion.objects.filter(negotiation=negotiation, number__lt=latest.number).order_by("-number")
    return earlier.filter(approvals__party=party).first() or earlier.first()
