"""Keeps institutions and their units."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.facts import put
from accord.kernel.identifiers import SCHEMES
from accord.kernel.refused import NotThere, Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.models import Institution, Unit
from accord.people.operations._facts import InstitutionFacts, free_key, named
from accord.people.queries import Person

IDENTIFIERS = ("ror", "lei", "uscc")


class IdentifierTaken(Refused):
    """Another institution or person bears this identifier."""

    code = "identifier-taken"


class MergedAway(Refused):
    """The record was merged into another one; changes belong there."""

    code = "merged-away"
    status = 409


class UnitInCircle(Refused):
    """A unit cannot stand under itself or under what stands under it."""

    code = "unit-in-circle"


class UnitHoldsOthers(Refused):
    """A unit with open units under it cannot be closed."""

    code = "unit-holds-others"


class UnitOfOthers(Refused):
    """A unit stands under units of its own institution, and people belong to units of theirs."""

    code = "unit-of-others"


@transaction.atomic
def add_institution(
    *, facts: InstitutionFacts, by: Person, at: datetime, key: str = "", is_simulated: bool = False
) -> Institution:
    """Add an institution; its key comes from the English name where none is given.

    Raises `IdentifierTaken` naming the institution that bears the identifier, and what `InstitutionFacts.checked` does.
    """
    del by, at  # the history keeps both
    checked = facts.checked()
    _refuse_taken(checked, besides=None)
    made = Institution(key=key or free_key(Institution.objects.all(), checked.name, "institution"))
    put(made, checked)
    made.is_simulated = is_simulated
    _save(made)
    return made


@transaction.atomic
def change_institution(
    *, institution: Institution, version: int, facts: InstitutionFacts, by: Person, at: datetime
) -> Institution:
    """Change what is known of an institution. What stands there already is no change, and no clash.

    Raises `Clash` for an older version, `MergedAway`, and as `add_institution`.
    """
    del by, at  # the history keeps both
    checked = facts.checked()
    held = lock_institution(institution)
    changed = put(held, checked)
    if not changed:
        return held
    expect(held, version)
    _refuse_taken(checked, besides=held)
    held.version += 1
    _save(held, changed)
    return held


def lock_institution(institution: Institution) -> Institution:
    """Return the institution locked until the transaction ends. Raises `MergedAway` for a signpost."""
    held = Institution.objects.select_for_update().get(pk=institution.pk)
    if held.merged_into_id is not None:
        raise MergedAway(_("This institution was merged into another one. Change that one instead."))
    return held


def _save(institution: Institution, changed: list[str] | None = None) -> None:
    """Save; a race for an identifier that the checks before could not see ends as the same refusal."""
    try:
        with transaction.atomic():
            institution.save(update_fields=None if changed is None else [*changed, "version"])
    except IntegrityError as error:
        raise IdentifierTaken(
            _("Somebody entered an institution with this key or identifier just now. Look for it in the list.")
        ) from error


def _refuse_taken(facts: InstitutionFacts, besides: Institution | None) -> None:
    """Refuse an identifier that another living institution bears."""
    others = Institution.objects.filter(merged_into=None).exclude(pk=besides.pk if besides else 0)
    for name in IDENTIFIERS:
        value = getattr(facts, name)
        other = others.filter(**{name: value}).first() if value else None
        if other is not None:
            words = {"name": other.name, "scheme": SCHEMES[name].name, "value": value}
            raise IdentifierTaken(
                _("%(name)s bears the %(scheme)s %(value)s already. Correct it, or change that one.") % words,
                field=name,
            )


@transaction.atomic
def ensure_unit(
    *, institution: Institution, name: Bilingual, parent: Unit | None, by: Person, at: datetime, key: str = ""
) -> Unit:
    """Add a unit, or return the open one of the same name at the same place.

    Raises `NameMissing`, `UnitOfOthers` for a parent of another institution, `MergedAway`.
    """
    del by, at  # the history keeps both
    tidied = named(name)
    held = lock_institution(institution)
    _refuse_foreign(held, parent)
    there = held.units.filter(parent=parent, name=tidied.as_dict(), closed_on=None).first()
    if there is not None:
        return there
    return Unit.objects.create(
        institution=held, parent=parent, name=tidied, key=key or free_key(held.units.all(), tidied, "unit")
    )


@transaction.atomic
def change_unit(*, unit: Unit, version: int, name: Bilingual, parent: Unit | None, by: Person, at: datetime) -> Unit:
    """Rename a unit, or move it under another one or to the top.

    Raises `Clash` for an older version, `UnitInCircle`, `UnitOfOthers`, `NameMissing`, `MergedAway`.
    """
    del by, at  # the history keeps both
    tidied = named(name)
    institution = lock_institution(unit.institution)  # two moves at once could close a circle
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    if (held.name, held.parent_id) == (tidied, parent.pk if parent else None):
        return held
    expect(held, version)
    _refuse_foreign(institution, parent)
    _refuse_circle(held, parent)
    held.name, held.parent, held.version = tidied, parent, held.version + 1
    held.save(update_fields=["name", "parent", "version"])
    return held


@transaction.atomic
def close_unit(*, unit: Unit, closed_on: date, by: Person, at: datetime) -> Unit:
    """Close a unit from a day on; it stays where people belonged to it. Twice changes nothing.

    Raises `UnitHoldsOthers` while open units stand under it, `MergedAway`.
    """
    del by, at  # the history keeps both
    lock_institution(unit.institution)
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    if held.closed_on is not None:
        return held
    if held.children.filter(closed_on=None).exists():
        raise UnitHoldsOthers(_("Open units stand under this one. Move or close them first."))
    held.closed_on, held.version = closed_on, held.version + 1
    held.save(update_fields=["closed_on", "version"])
    return held


@transaction.atomic
def reopen_unit(*, unit: Unit, by: Person, at: datetime) -> Unit:
    """Open a closed unit again. Twice changes nothing. Raises `NotThere` under a closed parent, `MergedAway`."""
    del by, at  # the history keeps both
    lock_institution(unit.institution)
    held = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    if held.closed_on is None:
        return held
    if held.parent is not None and held.parent.closed_on is not None:
        raise NotThere(_("The unit above this one is closed. Open that one first."))
    held.closed_on, held.version = None, held.version + 1
    held.save(update_fields=["closed_on", "version"])
    return held


def _refuse_foreign(institution: Institution, parent: Unit | None) -> None:
    if parent is not None and parent.institution_id != institution.pk:
        raise UnitOfOthers(_("A unit stands under a unit of its own institution. Choose one of those."), field="parent")


def _refuse_circle(unit: Unit, parent: Unit | None) -> None:
    """Refuse a parent that is the unit itself or stands under it; the institution is locked, so nobody moves others."""
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            raise UnitInCircle(_("A unit cannot stand under itself or under one of its own units."), field="parent")
        above = above.parent
