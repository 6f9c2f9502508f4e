"""Brings in people, and where they belong, from a table that somebody filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed
from accord.kernel.sheets import Column, Grid, Name, Row, day, text
from accord.kernel.text import Bilingual
from accord.people.enums import ImportOutcome
from accord.people.models import Affiliation, Institution, Person, Unit
from accord.people.operations._facts import PersonFacts, facts_of, sort_key_of
from accord.people.operations._persons import add_person, affiliate, change_affiliation, change_person
from accord.people.operations._report import Change, Report, RowReport, Unclear, compared, run, worded

PEOPLE_SHEET: Final = Name("people", "人员", ("persons", "person"))
PEOPLE_COLUMNS: Final = (
    Column("name_en", ("name in English", "英文姓名", "name"), text, empty=""),
    Column("name_zh", ("name in Chinese", "中文姓名", "姓名"), text, empty=""),
    Column("sort_key", ("sorts as", "排序依据"), text, empty=""),
    Column("email", ("email address", "电子邮箱", "email", "e-mail"), text, empty=""),
    Column("orcid", ("ORCID iD", "ORCID编号", "ORCID"), text, empty=""),
    Column("country", ("country", "国家"), text, empty=""),
    Column("institution", ("institution", "机构"), text, empty=""),
    Column("unit", ("unit", "部门"), text, empty=""),
    Column("title_en", ("as, in English", "英文职务", "title"), text, empty=""),
    Column("title_zh", ("as, in Chinese", "中文职务", "职务"), text, empty=""),
    Column("starts_on", ("from", "起始日期"), day),
    Column("ends_on", ("until", "结束日期"), day),
)
HEADINGS: Final[dict[str, Any]] = {
    "name": _("Name"),
    "sort_key": _("Sorts as"),
    "email": _("Email address"),
    "orcid": _("ORCID iD"),
    "country": _("Country"),
}


def check_people(
    *, grid: Grid, visible: QuerySet[Person], houses: Sequence[Institution], all_people: bool, by: Person, at: datetime
) -> Report:
    """Report what bringing in the table would do; nothing is kept. `visible` and the rest as `bring_in_people`."""
    return _People(grid, visible, houses, by, at, all_people=all_people).run(keep=False)


def bring_in_people(
    *,
    grid: Grid,
    visible: QuerySet[Person],
    houses: Sequence[Institution],
    all_people: bool,
    only_good: bool,
    by: Person,
    at: datetime,
    is_simulated: bool = False,
) -> Report:
    """Bring in the rows of the table: all or, with `only_good`, those without fault. Twice changes nothing.

    A row means the person of its ORCID iD, else of its e-mail address, else the only one of its name at its institution
    (anywhere, where it names none) whose identifiers say nothing else; else it is new. Rows mean people out of
    `visible`, and places of `houses`. Unless `all_people`, a row may add people to the houses and change those who
    belong to them. An empty cell leaves what stands there.
    """
    people = _People(grid, visible, houses, by, at, all_people=all_people, is_simulated=is_simulated)
    return people.run(keep=True, only_good=only_good)


class _People:
    """One table of people on its way in: who is known, and which places there are."""

    def __init__(
        self,
        grid: Grid,
        visible: QuerySet[Person],
        houses: Sequence[Institution],
        by: Person,
        at: datetime,
        *,
        all_people: bool,
        is_simulated: bool = False,
    ) -> None:
        self.grid, self.visible, self.by, self.at = grid, visible, by, at
        self.all_people, self.is_simulated = all_people, is_simulated
        self.houses: dict[str, set[Institution]] = {}
        for house in houses:
            for word in (house.key, house.ror, house.name.en, house.name.zh_hans):
                self.houses.setdefault(word.casefold(), set()).add(house)
        self.own = {house.pk for house in houses}

    def run(self, *, keep: bool, only_good: bool = True) -> Report:
        """Take every row."""
        return run(
            self.grid,
            columns=PEOPLE_COLUMNS,
            name=PEOPLE_SHEET,
            take=self.take,
            keep=keep,
            only_good=only_good,
        )

    def take(self, row: Row) -> RowReport:
        """Add or change the person of a row, and where they belong."""
        said = _said(row)
        house, unit = self._place(row)
        there = self._meant(said, house)
        if there is None:
            made = self._add(said, house)
            changes = self._belong(made, row, house, unit)
            return RowReport(row.number, ImportOutcome.NEW, made.name, made.pk, changes)
        before = facts_of(PersonFacts, there)
        after = _laid_over(before, said).checked()
        changes = compared(before, after, HEADINGS)
        if changes:
            self._refuse_strangers(there)
            there = change_person(person=there, version=there.version, facts=after, by=self.by, at=self.at)
        changes += self._belong(there, row, house, unit)
        outcome = ImportOutcome.CHANGED if changes else ImportOutcome.SAME
        return RowReport(row.number, outcome, there.name, there.pk, changes)

    def _add(self, said: PersonFacts, house: Institution | None) -> Person:
        if not said.name:
            raise Unclear(_("A new person needs a name. Fill it in, in English or in Chinese."), field="name")
        if house is None and not self.all_people:
            raise Unclear(_("Fill in the institution: you add people to your own."), field="institution")
        return add_person(facts=said, is_simulated=self.is_simulated, by=self.by, at=self.at)

    def _place(self, row: Row) -> tuple[Institution | None, Unit | None]:
        """Return the place that a row names."""
        if not row["institution"]:
            return None, None
        found = self.houses.get(row["institution"].casefold(), set())
        if len(found) != 1:
            words = {"value": row["institution"]}
            sentence = (
                _("More than one institution is called “%(value)s”. Write its short name or ROR ID.")
                if found
                else _(
                    "“%(value)s” is no institution to which you may add people. Write its short name, ROR ID or name."
                )
            )
            raise Unclear(sentence % words, field="institution")
        house = next(iter(found))
        return house, _unit_of(house, row["unit"])

    def _meant(self, said: PersonFacts, house: Institution | None) -> Person | None:
        """Return the person that a row means, or None for a new one; refuse a row that could mean two."""
        for name in ("orcid", "email"):
            value = getattr(said, name)
            if value:
                found = _only(self.visible.annotate(mark=Lower(name)).filter(mark=value.lower()))
                if found is not None:
                    return found
        named = self.visible.filter(_same_name(said.name)) if said.name else self.visible.none()
        alike = [one for one in named if _fits(one, said)]
        if house is not None:
            at_home = Affiliation.objects.filter(institution=house, person__in=alike).values_list("person", flat=True)
            alike = [one for one in alike if one.pk in set(at_home)]
        return _only(alike)

    def _refuse_strangers(self, person: Person) -> None:
        """Refuse to change somebody who does not belong to one of the houses today."""
        today = self.at.date()
        held = Q(ends_on=None) | Q(ends_on__gt=today)
        if not self.all_people and not person.affiliations.filter(held, institution__in=self.own).exists():
            raise NotAllowed(_("This person does not belong to your institution; ask theirs to change what is known."))

    def _belong(self, person: Person, row: Row, house: Institution | None, unit: Unit | None) -> list[Change]:
        """Say where the person of a row belongs, and return what that changes."""
        if house is None:
            return []
        title = Bilingual(row["title_en"], row["title_zh"])
        there = person.affiliations.filter(institution=house, unit=unit)
        if row["starts_on"] is not None:
            there = there.filter(Q(ends_on=None) | Q(ends_on__gt=row["starts_on"]))
        span = there.order_by("-starts_on").first()
        if span is None:
            begins = row["starts_on"] or self.at.date()
            affiliate(
                person=person,
                institution=house,
                unit=unit,
                title=title,
                starts_on=begins,
                ends_on=row["ends_on"],
                by=self.by,
                at=self.at,
            )
            return [Change(str(_("Belongs to")), "", unit.name if unit else house.name)]
        return self._corrected(span, row, title)

    def _corrected(self, span: Affiliation, row: Row, title: Bilingual) -> list[Change]:
        """Lay what a row says of a span over it."""
        words = Bilingual(title.en or span.title.en, title.zh_hans or span.title.zh_hans)
        wanted = _laid_over_span(span, row, words)
        changes = [
            Change(str(heading), worded(name, getattr(span, name)), worded(name, wanted[name]))
            for name, heading in (("title", _("As")), ("starts_on", _("From")), ("ends_on", _("Until")))
            if getattr(span, name) != wanted[name]
        ]
        if changes:
            change_affiliation(affiliation=span, version=span.version, unit=span.unit, by=self.by, at=self.at, **wanted)
        return changes


def _laid_over_span(span: Affiliation, row: Row, title: Bilingual) -> dict[str, Any]:
    """Return what a span would be with the cells of a row laid over it; empty ones leave what stands there."""
    return {
        "title": title,
        "starts_on": row["starts_on"] or span.starts_on,
        "ends_on": row["ends_on"] or span.ends_on,
    }


def _said(row: Row) -> PersonFacts:
    """Return what a row says of a person; the ORCID iD is read, so that it can be looked up."""
    plain = {name: row[name] for name in ("sort_key", "email", "orcid", "country")}
    said = PersonFacts(name=Bilingual(row["name_en"], row["name_zh"]), **plain)
    if said.name:
        return replace(said.checked(), sort_key=row["sort_key"])
    return replace(replace(said, name=Bilingual("-")).checked(), name=Bilingual(), sort_key=row["sort_key"])


def _laid_over(before: PersonFacts, said: PersonFacts) -> PersonFacts:
    """Return the facts with every cell that is not empty laid over them; a sort key that the name gave follows it."""
    name = Bilingual(said.name.en or before.name.en, said.name.zh_hans or before.name.zh_hans)
    own_key = before.sort_key if before.sort_key != sort_key_of(before.name) else ""
    return PersonFacts(
        name=name,
        sort_key=said.sort_key or own_key,
        email=before.email if said.email.lower() == before.email.lower() else said.email or before.email,
        orcid=said.orcid or before.orcid,
        country=said.country or before.country,
    )


def _unit_of(house: Institution, words: str) -> Unit | None:
    """Return the open unit that a cell names by its short name or its name."""
    if not words:
        return None
    marks = words.casefold()
    found = [
        unit
        for unit in house.units.filter(closed_on=None)
        if marks in {unit.key, unit.name.en.casefold(), unit.name.zh_hans.casefold()}
    ]
    if len(found) != 1:
        names = {"value": words, "name": house.name}
        raise Unclear(
            _("%(name)s has no one open unit called “%(value)s”. Add it there first, or correct the name.") % names,
            field="unit",
        )
    return found[0]


def _same_name(name: Bilingual) -> Q:
    """Hold for persons whose name is the same on a side that both have."""
    same = Q(pk__in=())
    if name.en:
        same |= Q(name__en__iexact=name.en)
    if name.zh_hans:
        same |= Q(**{"name__zh-hans": name.zh_hans})
    return same


def _fits(person: Person, said: PersonFacts) -> bool:
    """Say whether nothing known of the person contradicts the row: both names and identifiers where both have them."""
    sides = ((person.name.en, said.name.en), (person.name.zh_hans, said.name.zh_hans))
    marks = ((person.orcid, said.orcid), (person.email, said.email))
    pairs = [(mine.casefold(), theirs.casefold()) for mine, theirs in (*sides, *marks)]
    return all(mine == theirs for mine, theirs in pairs if mine and theirs)


def _only(found: Iterable[Person]) -> Person | None:
    """Return the one person found, or None; refuse two."""
    several = list(found)
    if len(several) > 1:
        raise Unclear(
            _("More than one person is meant by this row. Fill in the ORCID iD or the email address."), field="name"
        )
    return several[0] if several else None
