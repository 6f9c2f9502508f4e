"""What may stand twice, what hangs on it, and what was merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, F, Model, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.records import record_kinds
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.kernel.words import words_of
from accord.people.models import Institution, Merge, Person
from accord.people.queries._institutions import institution_by_id
from accord.people.queries._people import find_person
from accord.people.rules import may_merge

LIKELY = 0.55
"""How alike two names must be, from 0 to 1, to be shown as perhaps the same."""
MOST_PAIRS = 500

SIMILAR_PEOPLE = """
    SELECT a.id, b.id, 'email', 1.0 FROM people_person a JOIN people_person b ON LOWER(a.email) = LOWER(b.email)
     WHERE a.id < b.id AND a.email <> '' AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL
       AND a.is_simulated = b.is_simulated
    UNION ALL
    SELECT a.id, b.id, 'name', similarity({a}, {b}) FROM people_person a JOIN people_person b ON {a} %% {b}
     WHERE a.id < b.id AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL AND a.is_simulated = b.is_simulated
       AND a.state = 'active' AND b.state = 'active'
       AND (a.orcid = '' OR b.orcid = '') AND similarity({a}, {b}) >= %s
     ORDER BY 4 DESC, 1, 2 LIMIT %s
"""
SIMILAR_INSTITUTIONS = """
    SELECT a.id, b.id, 'website', 1.0 FROM people_institution a JOIN people_institution b
        ON {site_a} = {site_b}
     WHERE a.id < b.id AND a.website <> '' AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL
       AND a.is_simulated = b.is_simulated
    UNION ALL
    SELECT a.id, b.id, 'name', similarity({a}, {b}) FROM people_institution a JOIN people_institution b ON {a} %% {b}
     WHERE a.id < b.id AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL AND a.is_simulated = b.is_simulated
       AND (a.ror = '' OR b.ror = '') AND similarity({a}, {b}) >= %s
     ORDER BY 4 DESC, 1, 2 LIMIT %s
"""
REASONS = {"email": _("Same email address"), "website": _("Same website"), "name": _("Similar name")}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be the same, and why."""

    one: Any
    other: Any
    reason: str
    likeness: float

    @property
    def why(self) -> Any:
        """Return the reason in words."""
        return REASONS[self.reason]


def likely_same(actor: Actor, kind: str) -> list[Pair]:
    """Return pairs of people or institutions that may be the same, likeliest first; three queries.

    Raises `NotThere` for those who may not merge, and for other kinds.
    """
    if not may_merge(actor) or kind not in {"people", "institutions"}:
        raise NotThere(_("There is no such list among those you may see."))
    model: type[Model] = Person if kind == "people" else Institution
    names = [words_of(alias, model, ("name",), *(["sort_key"] if kind == "people" else [])) for alias in "ab"]
    sites = [rf"regexp_replace(LOWER({one}.website), '^https?://(www\.)?|/$', '', 'g')" for one in "ab"]
    template = SIMILAR_PEOPLE if kind == "people" else SIMILAR_INSTITUTIONS
    words = {"a": names[0], "b": names[1], "site_a": sites[0], "site_b": sites[1]}
    with transaction.atomic(), connection.cursor() as cursor:
        # The index is asked only for names as alike as are shown; its own bound would yield far more to be weighed.
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIKELY)])
        cursor.execute(template.format(**words), [LIKELY, MOST_PAIRS])
        found = cursor.fetchall()
    rows: QuerySet[Any] = model._default_manager.all()  # noqa: SLF001 (Django's public name for it)
    records = rows.in_bulk({pk for one, other, _reason, _likeness in found for pk in (one, other)})
    pairs: dict[tuple[int, int], Pair] = {}
    for one, other, reason, likeness in found:
        pairs.setdefault((one, other), Pair(records[one], records[other], reason, float(likeness)))
    return list(pairs.values())


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many rows of a table hang on each of two records."""

    name: Any
    on_one: int
    on_other: int


def hanging_on(one: Model, other: Model) -> list[Hanging]:
    """Return what points at two records of a kind, by table; one query for any number of tables."""
    counts: list[QuerySet[Any, Any]] = []
    for model in apps.get_models(include_auto_created=True):
        options = model._meta  # noqa: SLF001 (Django's public name for it)
        if not options.managed or options.proxy or issubclass(model, pghistory.models.Event) or model is Merge:
            continue
        for column in options.local_concrete_fields:
            if column.related_model is type(one):
                rows = model._base_manager.order_by().annotate(  # noqa: SLF001 (Django's public name for it)
                    its_count=Value(options.label), points_at=F(column.attname)
                )
                counts.append(
                    rows.filter(points_at__in=(one.pk, other.pk))
                    .values("its_count", "points_at")
                    .annotate(n=Count("pk"))
                    .values_list("its_count", "points_at", "n")
                )
    found: dict[str, dict[int, int]] = {}
    for label, to, n in counts[0].union(*counts[1:], all=True) if counts else ():
        by = found.setdefault(label, {})
        by[to] = by.get(to, 0) + n
    names = {kind.model: kind.name for kind in record_kinds}
    return [
        Hanging(names.get(label, label.lower()), by.get(one.pk, 0), by.get(other.pk, 0))
        for label, by in sorted(found.items())
    ]


def two_of(actor: Actor, kind: str, one: int, other: int) -> tuple[Any, Any]:
    """Return two different records of a kind that the actor may merge. Raises `NotThere`."""
    if not may_merge(actor) or kind not in {"people", "institutions"}:
        raise NotThere(_("There is no such list among those you may see."))
    find = find_person if kind == "people" else institution_by_id
    pair = find(actor, one), find(actor, other)
    if pair[0].pk == pair[1].pk:
        raise NotThere(_("These two are one already."))
    return pair


def merges_visible_to(actor: Actor) -> QuerySet[Merge]:
    """Return every merge, latest first; raises `NotThere` for those who may not merge."""
    if not may_merge(actor):
        raise NotThere(_("There is no such list among those you may see."))
    return Merge.objects.select_related(
        "kept_person", "gone_person", "kept_institution", "gone_institution", "merged_by", "undone_by"
    ).order_by("-merged_at", "-pk")


def find_merge(actor: Actor, pk: int) -> Merge:
    """Return one merge; raises `NotThere`."""
    merge = merges_visible_to(actor).filter(pk=pk).first()
    if merge is None:
        raise NotThere(_("There is no merge of this number."))
    return merge


def merged_into(record: Any) -> Sequence[Bilingual]:
    """Return the names of what was merged into a record; one query."""
    return [one.name for one in record.merged_from.order_by("pk")]
