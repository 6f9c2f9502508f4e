"""Makes one record of two that mean the same person or institution, and two again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.facts import put
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.enums import PersonState
from accord.people.models import Account, Institution, Merge, Person, Unit
from accord.people.operations._facts import InstitutionFacts, PersonFacts, facts_of, free_key
from accord.people.operations._institutions import MergedAway
from accord.people.operations._pointers import move_all, put_back

Record = TypeVar("Record", Person, Institution)
MOST_NAMED = 5


class NotTwo(Refused):
    """A record cannot be merged with itself, nor with one of another nature."""

    code = "not-two"


class AccountsOfBoth(Refused):
    """Both persons have an account; which one shall sign in is not for a merge to decide."""

    code = "accounts-of-both"
    status = 409


class RowsInTheWay(Refused):
    """Records of both say different things where only one can stand; `detail["rows"]` names them."""

    code = "rows-in-the-way"
    status = 409


class MergeSettled(Refused):
    """The merge can no longer be undone as it stands."""

    code = "merge-settled"
    status = 409


@transaction.atomic
def merge_persons(
    *, kept: Person, gone: Person, versions: tuple[int, int], facts: PersonFacts, by: Person, at: datetime
) -> Merge:
    """Make one person of two: all that points at `gone` points at `kept`, which is known by `facts` from now on.

    `versions` are those of `kept` and `gone` that the decision was made from. Twice changes nothing. Raises `Clash`,
    `NotTwo`, `MergedAway`, `AccountsOfBoth`, `RowsInTheWay`, and what `PersonFacts.checked` does; then nothing is done.
    """
    checked = facts.checked()
    done = Merge.objects.filter(kept_person=kept, gone_person=gone, undone_at=None).first()
    if done is not None:
        return done
    held, going = _lock_both(Person, kept, gone, versions)
    if {held.state, going.state} != {PersonState.ACTIVE}:
        raise NotTwo(_("The data of one of the two is restricted or erased, and stays as it is."))
    if Account.objects.filter(person__in=(held, going)).count() > 1:
        raise AccountsOfBoth(_("Both have an account to sign in with. Close one of the accounts for good first."))
    moved = _merge(held, going, checked)
    return Merge.objects.create(kept_person=held, gone_person=going, moved=moved, merged_at=at, merged_by=by)


@transaction.atomic
def merge_institutions(
    *,
    kept: Institution,
    gone: Institution,
    versions: tuple[int, int],
    facts: InstitutionFacts,
    by: Person,
    at: datetime,
) -> Merge:
    """Make one institution of two. Does and raises as `merge_persons`."""
    checked = facts.checked()
    done = Merge.objects.filter(kept_institution=kept, gone_institution=gone, undone_at=None).first()
    if done is not None:
        return done
    held, going = _lock_both(Institution, kept, gone, versions)
    keys = _free_unit_keys(kept=held, gone=going)
    moved = _merge(held, going, checked) | {"unit_keys": keys}
    return Merge.objects.create(kept_institution=held, gone_institution=going, moved=moved, merged_at=at, merged_by=by)


@transaction.atomic
def undo_merge(*, merge: Merge, by: Person, at: datetime) -> Merge:
    """Make two records of one again: every key that was moved points where it did. Twice changes nothing.

    What was changed since stays as it is. Raises `MergeSettled` where one of the two was merged again since, or where
    rows that came since stand in the way; then nothing is done.
    """
    held = Merge.objects.select_for_update().get(pk=merge.pk)
    if held.undone_at is not None:
        return held
    if not held.moved:
        raise MergeSettled(_("The person was erased since. What they were before is known to nobody any more."))
    if held.kept_person_id and held.gone_person_id:
        kept, gone = _locked(Person, held.kept_person_id, held.gone_person_id)
        _part(kept, gone, held.moved, PersonFacts)
    else:
        house, other = _locked(Institution, held.kept_institution_id or 0, held.gone_institution_id or 0)
        _part(house, other, held.moved, InstitutionFacts)
        for pk, key in held.moved["unit_keys"].items():
            Unit.objects.filter(pk=int(pk), institution=other).update(key=key)
    held.undone_at, held.undone_by = at, by
    held.save(update_fields=["undone_at", "undone_by"])
    return held


def _free_unit_keys(*, kept: Institution, gone: Institution) -> dict[str, str]:
    """Give units of the gone one a free key where both use the same; return the old keys by number."""
    old: dict[str, str] = {}
    taken = set(kept.units.values_list("key", flat=True))
    both = Unit.objects.filter(institution__in=(kept, gone))
    for unit in gone.units.filter(key__in=taken).order_by("pk"):
        old[str(unit.pk)] = unit.key
        Unit.objects.filter(pk=unit.pk).update(key=free_key(both, Bilingual(unit.key), "unit"))
    return old


def _locked(model: type[Record], first: int, second: int) -> tuple[Record, Record]:
    """Return two records locked, always in the order of their keys, so that two merges never wait for each other."""
    rows = {row.pk: row for row in model.objects.select_for_update().filter(pk__in=(first, second)).order_by("pk")}
    return rows[first], rows[second]


def _lock_both(model: type[Record], kept: Record, gone: Record, versions: tuple[int, int]) -> tuple[Record, Record]:
    if kept.pk == gone.pk:
        raise NotTwo(_("These are one record already. Choose two different ones."))
    held, going = _locked(model, kept.pk, gone.pk)
    if held.merged_into_id or going.merged_into_id:
        raise MergedAway(_("One of the two was merged in the meantime. Look at the list of merges."))
    if held.is_simulated != going.is_simulated:
        raise NotTwo(_("One of the two is simulated and the other one is not. They cannot be the same."))
    for record, version in zip((held, going), versions, strict=True):
        expect(record, version)
    return held, going


def _merge(kept: Person | Institution, gone: Person | Institution, facts: Any) -> dict[str, Any]:
    """Move everything, turn the gone one into a signpost, and give the kept one its facts; return what undoes it."""
    before = facts_of(type(facts), kept)
    moved = move_all(gone=gone, kept=kept)
    if moved.in_the_way:
        raise _in_the_way(moved.in_the_way)
    gone.merged_into_id = kept.pk
    gone.version += 1
    gone.save(update_fields=["merged_into", "version"])
    changed = put(kept, facts)
    kept.version += 1
    try:
        with transaction.atomic():
            kept.save(update_fields=[*changed, "version"])
    except IntegrityError as error:
        raise RowsInTheWay(_("A third record bears one of the chosen identifiers. Merge that one first.")) from error
    return {
        "moved": moved.moved,
        "stayed": moved.stayed,
        "before": {name: _plain(getattr(before, name)) for name in changed},
        "after": {name: _plain(getattr(facts, name)) for name in changed},
    }


def _part(kept: Person | Institution, gone: Person | Institution, record: dict[str, Any], facts: Any) -> None:
    """Put back what a merge moved and changed."""
    if kept.merged_into_id or gone.merged_into_id != kept.pk:
        raise MergeSettled(_("The record was merged again since. Undo that merge first."))
    now = facts_of(facts, kept)
    changed = [name for name in record["before"] if _plain(getattr(now, name)) == record["after"][name]]
    for name in changed:
        value = record["before"][name]
        setattr(kept, name, Bilingual.of(value) if isinstance(value, dict) else value)
    kept.version += 1
    kept.save(update_fields=[*changed, "version"])
    gone.merged_into_id = None
    gone.version += 1
    try:
        with transaction.atomic():
            gone.save(update_fields=["merged_into", "version"])
    except IntegrityError as error:
        raise MergeSettled(
            _("Another record bears an identifier of the one that would come back. Take it away there first.")
        ) from error
    in_the_way = put_back(gone=gone, kept=kept, moved=record["moved"])
    if in_the_way:
        raise MergeSettled(_("Newer records stand in the way: %(rows)s.") % _rows(in_the_way), rows=in_the_way)


def _plain(value: Any) -> Any:
    return value.as_dict() if isinstance(value, Bilingual) else value


def _in_the_way(rows: Sequence[str]) -> RowsInTheWay:
    sentence = _(
        "Both have records of which only one can stand: %(rows)s. Change or end one of each pair, then merge."
    ) % _rows(rows)
    return RowsInTheWay(sentence, rows=list(rows))


def _rows(rows: Sequence[str]) -> dict[str, str]:
    more = len(rows) - MOST_NAMED
    named = "; ".join(rows[:MOST_NAMED])
    return {"rows": f"{named} (+{more})" if more > 0 else named}
