"""What differs between two texts, place by place, so that a reader sees each change where it stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.agreements.enums import ClauseType, IpMode, PromiseKind
from accord.engines import agreementfile as file
from accord.kernel.text import Bilingual
from accord.measures.queries import measure
from accord.negotiation.queries._content import said
from accord.ui import say

Item = TypeVar("Item", file.Clause, file.Commitment)
Words = str | Promise


class PlaceChange(StrEnum):
    """What happened to a place between two texts."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of a text: `equal` in both, `removed` or `added`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that differs at a place: texts in pieces by language, anything else as before and after."""

    label: Words
    pieces: tuple[tuple[str, tuple[TextPiece, ...]], ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class PlaceDifference:
    """One place of the text that differs."""

    place: str
    kind: PlaceChange
    title: Bilingual
    fields: tuple[FieldChange, ...]


def differences(old: file.AgreementFile | None, new: file.AgreementFile) -> list[PlaceDifference]:
    """Return every place that differs, in the order of the text; all is added where there was no text before."""
    found = list(_head(old, new))
    found += _listed("clause", old.clauses if old else (), new.clauses, _clause_fields)
    found += _listed("promise", old.promises if old else (), new.promises, lambda a, b: _promise_fields(a, b, new))
    return found


def _listed(
    kind: str,
    old: Sequence[Item],
    new: Sequence[Item],
    compare: Callable[[Item | None, Item | None], Iterable[FieldChange]],
) -> Iterable[PlaceDifference]:
    """Compare two lists of clauses or promises by key; what was removed stands at the end."""
    before: dict[str, Item] = {one.key: one for one in old}
    after: dict[str, Item] = {one.key: one for one in new}
    for key in [*after, *(key for key in before if key not in after)]:
        one, other = before.get(key), after.get(key)
        shown = other or one
        if one == other or shown is None:
            continue
        change = PlaceChange.ADDED if one is None else PlaceChange.REMOVED if other is None else PlaceChange.CHANGED
        yield PlaceDifference(f"{kind}:{key}", change, said(shown.title), tuple(compare(one, other)))


def _head(old: file.AgreementFile | None, new: file.AgreementFile) -> Iterable[PlaceDifference]:
    """Compare what is said of the agreement as a whole."""
    before, after = (old.term or file.Term()) if old else file.Term(), new.term or file.Term()
    changed = [
        *_texts(_("Title"), old.title if old else None, new.title),
        *_texts(_("Summary"), old.summary if old else None, new.summary),
        *_plain(_("First day"), before.start, after.start),
        *_plain(_("Last day"), before.until, after.until),
        *_plain(_("Review"), before.review, after.review),
        *_plain(_("Notice, in days"), old.notice_days if old else None, new.notice_days),
        *_plain(_("Parties"), _parties(old), _parties(new)),
    ]
    if changed:
        kind = PlaceChange.CHANGED if old else PlaceChange.ADDED
        yield PlaceDifference("head", kind, said(new.title), tuple(changed))


def _clause_fields(old: file.Clause | None, new: file.Clause | None) -> Iterable[FieldChange]:
    yield from _texts(_("Title"), old.title if old else None, new.title if new else None)
    yield from _texts(_("Text"), old.current_text if old else None, new.current_text if new else None)
    yield from _plain(_("Type"), _type(old), _type(new))
    yield from _plain(_("Who owns results"), _owner(old), _owner(new))
    yield from _reason(old, new)


def _promise_fields(
    old: file.Commitment | None, new: file.Commitment | None, whole: file.AgreementFile
) -> Iterable[FieldChange]:
    """Compare two states of one promise: target and deadline as they hold after all amendments."""
    names = {party.key: str(said(party.name)) for party in whole.parties}
    yield from _texts(_("Title"), old.title if old else None, new.title if new else None)
    yield from _texts(_("Text"), old.text if old else None, new.text if new else None)
    yield from _plain(_("Kind"), _kind(old), _kind(new))
    yield from _plain(_("Promised by"), _side(old.by if old else None, names), _side(new.by if new else None, names))
    yield from _plain(_("Promised to"), _receivers(old, names), _receivers(new, names))
    yield from _plain(_("Counted in"), _counted(old), _counted(new))
    yield from _plain(_("Target"), old and old.current_target, new and new.current_target)
    yield from _plain(_("First day that counts"), old and old.start, new and new.start)
    yield from _plain(pgettext_lazy("promise", "Deadline"), old and old.current_due, new and new.current_due)
    yield from _texts(_("Sees to it"), old.owner if old else None, new.owner if new else None)
    yield from _reason(old, new)


def _reason(old: Item | None, new: Item | None) -> Iterable[FieldChange]:
    """Return the reason of an amendment that the older text does not have."""
    if new is not None and len(new.amendments) > (len(old.amendments) if old else 0):
        yield from _texts(_("Reason"), None, new.amendments[-1].why)


def _texts(label: Words, old: file.Bilingual | None, new: file.Bilingual | None) -> Iterable[FieldChange]:
    """Compare a text in each language, piece by piece."""
    one, other = said(old), said(new)
    if one == other:
        return
    sides = (("en", one.en, other.en), ("zh-Hans", one.zh_hans, other.zh_hans))
    yield FieldChange(label, tuple((name, pieces(a, b)) for name, a, b in sides if a or b))


def pieces(old: str, new: str) -> tuple[TextPiece, ...]:
    """Split two texts into what stands in both, what was removed and what was added."""
    return tuple(TextPiece(one.kind.value, one.text) for one in file.clause_difference(old, new))


def _plain(label: Words, old: object, new: object) -> Iterable[FieldChange]:
    """Compare values that are no prose."""
    if old != new:
        yield FieldChange(label, before=_shown(old), after=_shown(new))


def _shown(value: object) -> str:
    if isinstance(value, date):
        return say.day(value)
    if isinstance(value, Decimal | int):
        return say.count(value)
    return "" if value is None else str(value)


def _parties(text: file.AgreementFile | None) -> str | None:
    """Return the parties in words, those that do not sign marked."""
    if text is None:
        return None
    unsigned = _("%(name)s (does not sign)")
    return "; ".join(str(said(one.name)) if one.signs else unsigned % {"name": said(one.name)} for one in text.parties)


def _side(keys: tuple[str, ...] | None, names: dict[str, str]) -> str | None:
    return None if keys is None else "; ".join(names.get(key, key) for key in keys)


def _receivers(promise: file.Commitment | None, names: dict[str, str]) -> str | None:
    if promise is None:
        return None
    return str(said(promise.to_others)) if promise.to_others else _side(promise.to, names)


def _kind(promise: file.Commitment | None) -> str | None:
    return None if promise is None else str(PromiseKind(promise.kind.value).label)


def _type(clause: file.Clause | None) -> str | None:
    return None if clause is None else str(ClauseType(clause.type.value).label)


def _owner(clause: file.Clause | None) -> str | None:
    """Return who owns results, in words."""
    return None if clause is None or clause.ip_mode is None else str(IpMode(clause.ip_mode.value).label)


def _counted(promise: file.Commitment | None) -> str | None:
    """Return the measure's name."""
    if promise is None or promise.measure is None:
        return None
    found = measure(promise.measure)
    return str(found.name) if found else promise.measure
