"""Brings in institutions from a table that somebody filled in."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere
from accord.kernel.sheets import Column, Grid, Name, Row, one_of, text
from accord.kernel.text import Bilingual
from accord.people.enums import ImportOutcome, InstitutionKind
from accord.people.models import Institution
from accord.people.operations._facts import InstitutionFacts, facts_of
from accord.people.operations._institutions import add_institution, change_institution
from accord.people.operations._report import Report, RowReport, Unclear, compared, run
from accord.people.queries import Person

KINDS: Final = {
    **{kind.value: kind.value for kind in InstitutionKind},
    "innovation zone": "zone",
    "government body": "government",
    "大学": "university",
    "高校": "university",
    "企业": "company",
    "公司": "company",
    "园区": "zone",
    "协会": "association",
    "政府机构": "government",
}
INSTITUTION_SHEET: Final = Name("institutions", "机构", ("institution",))
INSTITUTION_COLUMNS: Final = (
    Column("name_en", ("name in English", "英文名称", "name"), text, empty=""),
    Column("name_zh", ("name in Chinese", "中文名称", "名称"), text, empty=""),
    Column("kind", ("kind", "类型"), one_of(KINDS), empty=""),
    Column("country", ("country", "国家"), text, empty=""),
    Column("city_en", ("city in English", "英文城市名", "city"), text, empty=""),
    Column("city_zh", ("city in Chinese", "中文城市名", "城市"), text, empty=""),
    Column("website", ("website", "网址"), text, empty=""),
    Column("ror", ("ROR ID", "ROR编号", "ROR"), text, empty=""),
    Column("lei", ("LEI", "法人机构识别编码"), text, empty=""),
    Column("uscc", ("Unified Social Credit Code", "统一社会信用代码"), text, empty=""),
    Column("time_zone", ("time zone", "时区"), text, empty=""),
    Column("key", ("short name", "简称代码"), text, empty=""),
)
IDENTIFIERS: Final = ("ror", "lei", "uscc")


def check_institutions(*, grid: Grid, by: Person, at: datetime) -> Report:
    """Report what bringing in the table would do; nothing is kept."""
    return _institutions(grid, by, at, keep=False)


def bring_in_institutions(
    *, grid: Grid, only_good: bool, by: Person, at: datetime, is_simulated: bool = False
) -> Report:
    """Bring in the rows of the table: all or, with `only_good`, those without fault. Twice changes nothing.

    A row means the institution of its short name, else of one of its identifiers, else of its name; else it is new.
    An empty cell leaves what stands there.
    """
    return _institutions(grid, by, at, keep=True, only_good=only_good, is_simulated=is_simulated)


def _institutions(
    grid: Grid, by: Person, at: datetime, *, keep: bool, only_good: bool = True, is_simulated: bool = False
) -> Report:
    known = _Known(Institution.objects.filter(merged_into=None))

    def take(row: Row) -> RowReport:
        said = _said(row)
        there = known.meant(row, said)
        if there is None:
            _refuse_unfinished(said)
            made = add_institution(facts=said, key=row["key"], is_simulated=is_simulated, by=by, at=at)
            known.keep(made)
            return RowReport(row.number, ImportOutcome.NEW, made.name, made.pk)
        before = facts_of(InstitutionFacts, there)
        after = _laid_over(before, said).checked()
        changes = compared(before, after, HEADINGS)
        if not changes:
            return RowReport(row.number, ImportOutcome.SAME, there.name, there.pk)
        kept = change_institution(institution=there, version=there.version, facts=after, by=by, at=at)
        known.keep(kept)
        return RowReport(row.number, ImportOutcome.CHANGED, kept.name, kept.pk, changes)

    return run(grid, columns=INSTITUTION_COLUMNS, name=INSTITUTION_SHEET, take=take, keep=keep, only_good=only_good)


HEADINGS: Final[dict[str, Any]] = {
    "name": _("Name"),
    "kind": _("Kind"),
    "country": _("Country"),
    "city": _("City"),
    "website": _("Website"),
    "ror": _("ROR ID"),
    "lei": _("LEI"),
    "uscc": _("Unified Social Credit Code"),
    "time_zone": _("Time zone"),
}


def _said(row: Row) -> InstitutionFacts:
    """Return what a row says; its identifiers are read, so that they can be looked up."""
    plain = {name: row[name] for name in ("kind", "country", "website", "ror", "lei", "uscc", "time_zone")}
    said = InstitutionFacts(
        name=Bilingual(row["name_en"], row["name_zh"]), city=Bilingual(row["city_en"], row["city_zh"]), **plain
    )
    return said.checked() if said.name else replace(replace(said, name=Bilingual("-")).checked(), name=Bilingual())


def _refuse_unfinished(said: InstitutionFacts) -> None:
    if not said.name:
        raise Unclear(_("A new institution needs a name. Fill it in, in English or in Chinese."), field="name")
    if not said.kind:
        raise Unclear(_("A new institution needs a kind, such as university or company. Fill it in."), field="kind")


def _laid_over(before: InstitutionFacts, said: InstitutionFacts) -> InstitutionFacts:
    """Return the facts with every cell that is not empty laid over them, each side of a text for itself."""
    wanted: dict[str, Any] = {}
    for one in fields(InstitutionFacts):
        old, new = getattr(before, one.name), getattr(said, one.name)
        if isinstance(new, Bilingual):
            wanted[one.name] = Bilingual(new.en or old.en, new.zh_hans or old.zh_hans)
        else:
            wanted[one.name] = new or old
    return InstitutionFacts(**wanted)


class _Known:
    """The institutions that are there, by all that a row may mean them by; those that rows add come along."""

    def __init__(self, rows: Iterable[Institution]) -> None:
        self.by: dict[tuple[str, str], dict[int, Institution]] = {}
        for one in rows:
            self.keep(one)

    def keep(self, one: Institution) -> None:
        """Know an institution, or know it anew after a change."""
        for mark in self._marks(one, one.key):
            self.by.setdefault(mark, {})[one.pk] = one

    @staticmethod
    def _marks(facts: Institution | InstitutionFacts, key: str) -> Iterable[tuple[str, str]]:
        yield "key", key
        for name in IDENTIFIERS:
            yield name, getattr(facts, name)
        for side in (facts.name.en, facts.name.zh_hans):
            yield "name", side.casefold()

    def meant(self, row: Row, said: InstitutionFacts) -> Institution | None:
        """Return the institution that a row means, by the strongest of its marks; refuse a row that means two."""
        marks = [mark for mark in self._marks(said, row["key"]) if mark[1]]
        for kinds in (("key",), IDENTIFIERS, ("name",)):
            found = {pk: one for mark in marks if mark[0] in kinds for pk, one in self.by.get(mark, {}).items()}
            if len(found) > 1:
                names = ", ".join(str(one) for one in found.values())
                raise Unclear(
                    _("This row could mean any of these: %(names)s. Fill in the short name.") % {"names": names}
                )
            if found:
                return next(iter(found.values()))
            if kinds == ("key",) and row["key"]:
                _refuse_odd_key(row["key"])
        return None


def _refuse_odd_key(key: str) -> None:
    """Refuse a short name that could be no part of an address."""
    if not key.isascii() or not key.replace("-", "").replace("_", "").isalnum() or key != key.lower():
        raise NotThere(
            _("No institution has the short name “%(key)s”, and a new one takes small letters, digits and hyphens.")
            % {"key": key},
            field="key",
        )
