"""Rubrics: written whole, changed until a panel uses them, then copied as a new edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.queries import Institution, Person
from accord.review.models import Criterion, Panel, Rubric
from accord.review.operations._refused import RubricInUse, RubricUnclear

MOST_CRITERIA, MOST_STEPS = 30, 1000


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    """One criterion: its key, names, weight, scale, and by score what it means in each language."""

    key: str
    name: Bilingual
    weight: Decimal = Decimal(1)
    lowest: Decimal = Decimal(1)
    highest: Decimal = Decimal(5)
    step: Decimal = Decimal(1)
    help: Bilingual = field(default_factory=Bilingual)
    anchors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def make_rubric(
    *,
    owner: Institution,
    key: str,
    name: Bilingual,
    criteria: Sequence[CriterionFacts],
    by: Person,
    at: datetime,
    help: Bilingual | None = None,  # noqa: A002 (the column's name, read by keyword)
) -> Rubric:
    """Write a rubric with its criteria as the next edition of its key.

    The same as the latest edition again changes nothing. Raises `RubricUnclear`.
    """
    refuse_unclear(name, criteria)
    editions = Rubric.objects.select_for_update(of=("self",)).filter(owner=owner, key=key).order_by("-number")
    latest = editions.first()
    if latest is not None and latest.name == name and facts_of(latest) == list(criteria):
        return latest
    number = 1 if latest is None else latest.number + 1
    rubric = Rubric.objects.create(
        owner=owner, key=key, number=number, name=name, help=help or Bilingual(), made_at=at, made_by=by
    )
    _write(rubric, criteria)
    return rubric


@transaction.atomic
def change_rubric(
    *,
    rubric: Rubric,
    name: Bilingual,
    criteria: Sequence[CriterionFacts],
    version: int,
    by: Person,
    at: datetime,
    help: Bilingual | None = None,  # noqa: A002 (the column's name, read by keyword)
) -> Rubric:
    """Change a rubric that no panel uses. Raises `RubricInUse`, `RubricUnclear` and `Clash`."""
    del by, at
    refuse_unclear(name, criteria)
    held = Rubric.objects.select_for_update(of=("self",)).get(pk=rubric.pk)
    helped = held.help if help is None else help
    if (held.name, held.help) == (name, helped) and facts_of(held) == list(criteria):
        return held
    expect(held, version)
    if Panel.objects.filter(rubric=held).exists():
        raise RubricInUse(_("A panel uses this rubric, so it stands. Copy it as a new edition and change that."))
    held.name, held.help = name, helped
    held.version += 1
    held.save(update_fields=["name", "help", "version"])
    Criterion.objects.filter(rubric=held).exclude(key__in=[one.key for one in criteria]).delete()
    _write(held, criteria)
    return held


@transaction.atomic
def copy_rubric(*, rubric: Rubric, by: Person, at: datetime) -> Rubric:
    """Copy a rubric as the next edition of its key, which can be changed until a panel uses it.

    Where the latest edition is unused and says the same, that one is returned.
    """
    Rubric.objects.select_for_update(of=("self",)).get(pk=rubric.pk)
    criteria = facts_of(rubric)
    editions = Rubric.objects.filter(owner=rubric.owner_id, key=rubric.key)
    latest = editions.order_by("-number").first()
    if latest is not None and not Panel.objects.filter(rubric=latest).exists() and facts_of(latest) == criteria:
        return latest
    number = (editions.aggregate(most=Max("number"))["most"] or 0) + 1
    copy = Rubric.objects.create(
        owner_id=rubric.owner_id,
        key=rubric.key,
        number=number,
        name=rubric.name,
        help=rubric.help,
        made_at=at,
        made_by=by,
    )
    _write(copy, criteria)
    return copy


def facts_of(rubric: Rubric) -> list[CriterionFacts]:
    """Return the criteria of a rubric as they were written."""
    return [
        CriterionFacts(
            key=one.key,
            name=one.name,
            weight=one.weight,
            lowest=one.lowest,
            highest=one.highest,
            step=one.step,
            help=one.help,
            anchors=one.anchors,
        )
        for one in Criterion.objects.filter(rubric=rubric).order_by("position", "pk")
    ]


def _write(rubric: Rubric, criteria: Sequence[CriterionFacts]) -> None:
    for position, one in enumerate(criteria):
        Criterion.objects.update_or_create(
            rubric=rubric,
            key=one.key,
            defaults={
                "name": one.name,
                "help": one.help,
                "weight": one.weight,
                "lowest": one.lowest,
                "highest": one.highest,
                "step": one.step,
                "anchors": {str(score): dict(words) for score, words in one.anchors.items()},
                "position": position,
            },
        )


def refuse_unclear(name: Bilingual, criteria: Sequence[CriterionFacts]) -> None:
    """Raise `RubricUnclear` where a rubric cannot be judged by."""
    if not name:
        raise RubricUnclear(_("Enter the name in English, in Chinese or in both."), field="name")
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        raise RubricUnclear(_("A rubric has from 1 to %(most)s criteria.") % {"most": MOST_CRITERIA})
    keys = [one.key for one in criteria]
    if len(set(keys)) < len(keys):
        raise RubricUnclear(_("Two criteria have the same short name. Give each its own."))
    for one in criteria:
        _refuse_odd(one)


def _refuse_odd(one: CriterionFacts) -> None:
    """Refuse a criterion whose name, weight or scale cannot be used."""
    if not one.name:
        raise RubricUnclear(_("Name every criterion in English, in Chinese or in both."), field="name")
    told = {"name": one.name}
    if one.weight <= 0:
        raise RubricUnclear(_("%(name)s: the weight is more than 0.") % told, field="weight")
    if one.highest <= one.lowest or one.step <= 0:
        raise RubricUnclear(_("%(name)s: the highest score lies above the lowest.") % told, field="highest")
    if (one.highest - one.lowest) % one.step != 0 or (one.highest - one.lowest) / one.step > MOST_STEPS:
        raise RubricUnclear(_("%(name)s: whole steps lead from the lowest to the highest score.") % told, field="step")
    for score in one.anchors:
        if not _is_on_scale(one, score):
            raise RubricUnclear(
                _("%(name)s: %(score)s is no score of this scale.") % (told | {"score": score}), field="anchors"
            )


def _is_on_scale(one: CriterionFacts, score: str) -> bool:
    try:
        value = Decimal(score)
    except ArithmeticError:
        return False
    return one.lowest <= value <= one.highest and (value - one.lowest) % one.step == 0
