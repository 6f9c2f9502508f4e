"""Brings in the spaces of a site from a table that somebody filled in."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.sheets import Column, Grid, Name, Row, day, number, one_of, text, whole
from accord.kernel.text import Bilingual
from accord.people.enums import ImportOutcome
from accord.people.operations import Change, Report, RowReport, Unclear, take_rows
from accord.people.queries import Person
from accord.workspace.enums import SpaceKind
from accord.workspace.models import BookingPolicy, Building, Floor, Site, Space
from accord.workspace.operations._floors import EndBeforeStart
from accord.workspace.operations._spaces import SpaceFacts, add_space, change_space, facts_of_space
from accord.workspace.queries import day_at, in_major, in_minor, level_words

LOWEST: Final = -20
KINDS: Final = {
    **{kind.value: kind.value for kind in SpaceKind},
    "laboratory": "lab",
    "meeting room": "room",
    "common area": "common",
    "办公室": "office",
    "实验室": "lab",
    "会议室": "room",
    "工位": "desk",
    "设备": "equipment",
    "公共区域": "common",
}
SPACE_SHEET: Final = Name("spaces", "空间", ("space",))
SPACE_COLUMNS: Final = (
    Column("building", ("building", "楼栋"), text, needed=True),
    Column("level", ("level", "楼层"), whole(LOWEST), needed=True),
    Column("code", ("code", "编号"), text, needed=True),
    Column("kind", ("kind", "类型"), one_of(KINDS), empty=""),
    Column("name_en", ("name in English", "英文名称", "name"), text, empty=""),
    Column("name_zh", ("name in Chinese", "中文名称", "名称"), text, empty=""),
    Column("area_m2", ("area in m²", "面积（平方米）", "area", "面积"), number),
    Column("capacity", ("people", "容纳人数", "capacity"), whole(0)),
    Column("features", ("features", "设施"), text, empty=""),
    Column("price", ("price a month", "月租金", "price"), number),
    Column("policy", ("booking rules", "预订规则"), text, empty=""),
    Column("starts_on", ("in operation from", "启用日期"), day),
    Column("ends_on", ("out of operation from", "停用日期"), day),
    Column("position", ("position on the floor", "楼层内次序", "position"), whole(0)),
    Column("outline", ("outline", "轮廓"), text, empty=""),
)
HEADINGS: Final[Mapping[str, Any]] = {
    "code": pgettext_lazy("on a door", "Code"),
    "kind": _("Kind"),
    "name": _("Name"),
    "area_m2": _("Area, m²"),
    "capacity": pgettext_lazy("how many", "People"),
    "features": _("Features"),
    "monthly_minor": _("Price a month"),
    "policy": _("Booking rules"),
    "starts_on": _("In operation from"),
    "ends_on": _("Out of operation from"),
    "position": _("Position on the floor"),
    "outline": _("Outline"),
}
_PARTS: Final = re.compile(r"[,，;；、]")


def check_spaces(*, grid: Grid, site: Site, tokens: Callable[[], str], by: Person, at: datetime) -> Report:
    """Report what bringing in the table would do; nothing is kept."""
    return _Spaces(grid, site, tokens, by, at).run(keep=False)


def bring_in_spaces(
    *, grid: Grid, site: Site, tokens: Callable[[], str], only_good: bool, by: Person, at: datetime
) -> Report:
    """Bring in the rows of the table: all or, with `only_good`, those without fault. Twice changes nothing.

    A row means the space of its code on its floor that is in operation on some of the row's days; else it is new. An
    empty cell leaves what stands there. `tokens` makes what the code on the door of a new space holds.
    """
    return _Spaces(grid, site, tokens, by, at).run(keep=True, only_good=only_good)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row of the table that came before, and the days that it names."""

    number: int
    starts_on: date
    ends_on: date | None

    def meets(self, starts_on: date, ends_on: date | None) -> bool:
        """Say whether these days and its own have one in common."""
        return (ends_on is None or self.starts_on < ends_on) and (self.ends_on is None or starts_on < self.ends_on)


class _Spaces:
    """One table of spaces on its way in: which floors and rules there are, and which rows came before."""

    def __init__(self, grid: Grid, site: Site, tokens: Callable[[], str], by: Person, at: datetime) -> None:
        self.grid, self.site, self.tokens, self.by, self.at = grid, site, tokens, by, at
        self.buildings = _by_words(
            (one, (one.key, one.name.en, one.name.zh_hans)) for one in Building.objects.filter(site=site)
        )
        self.policies = _by_words(
            (one, (str(one.pk), one.name.en, one.name.zh_hans)) for one in BookingPolicy.objects.filter(site=site)
        )
        floors = Floor.objects.filter(building__site=site).select_related("building__site")
        self.floors = {(one.building_id, one.level): one for one in floors}
        self.today = day_at(site, at)
        self.seen: dict[tuple[int, str], list[_Seen]] = {}
        self.codes: dict[int, str] = {}

    def run(self, *, keep: bool, only_good: bool = True) -> Report:
        """Take every row."""
        report = take_rows(
            self.grid, columns=SPACE_COLUMNS, name=SPACE_SHEET, take=self.take, keep=keep, only_good=only_good
        )
        return replace(report, rows=[self._titled(row) for row in report.rows])

    def _titled(self, row: RowReport) -> RowReport:
        """Return what a row does under the code of its space, also where it has a fault."""
        return row if row.title else replace(row, title=Bilingual(self.codes.get(row.number, "")))

    def take(self, row: Row) -> RowReport:
        """Add or change the space of a row."""
        self.codes[row.number] = row["code"]
        floor, policy = self._floor(row), self._policy(row)
        there = self._meant(floor, row)
        starts_on = row["starts_on"] or (there.starts_on if there else self.today)
        ends_on = row["ends_on"] or (there.ends_on if there else None)
        if ends_on is not None and ends_on < starts_on:
            raise EndBeforeStart(_("The end lies before the start. Enter a later day, or none."), field="ends_on")
        self._refuse_twice(floor, row, starts_on, ends_on)
        title = Bilingual(row["code"])
        if there is None:
            made = self._add(floor, row, starts_on, policy)
            return RowReport(row.number, ImportOutcome.NEW, title, made.pk)
        before = facts_of_space(there)
        after = _laid_over(before, row, self.site.currency, policy).checked(floor)
        changes = _compared(before, after, self.site.currency)
        if not changes:
            return RowReport(row.number, ImportOutcome.SAME, title, there.pk)
        change_space(space=there, version=there.version, facts=after, by=self.by, at=self.at)
        return RowReport(row.number, ImportOutcome.CHANGED, title, there.pk, changes)

    def _floor(self, row: Row) -> Floor:
        """Return the floor that a row names."""
        building = self.buildings.get(row["building"].casefold())
        if building is None:
            raise Unclear(
                _("This work space has no building “%(value)s”. Add it first, or correct the name.")
                % {"value": row["building"][:60]},
                field="building",
            )
        floor = self.floors.get((building.pk, row["level"]))
        if floor is None:
            raise Unclear(
                _("%(building)s has no floor at level %(level)s. Add it first, or correct the level.")
                % {"building": building.name, "level": row["level"]},
                field="level",
            )
        return floor

    def _policy(self, row: Row) -> BookingPolicy | None:
        """Return the booking rules that a row names, if it names any."""
        if not row["policy"]:
            return None
        policy: BookingPolicy | None = self.policies.get(row["policy"].casefold())
        if policy is None:
            raise Unclear(
                _("This work space has no booking rules “%(value)s”. Add them first, or correct the name.")
                % {"value": row["policy"][:60]},
                field="policy",
            )
        return policy

    def _meant(self, floor: Floor, row: Row) -> Space | None:
        """Return the space that a row means, or None for a new one; refuse a row that means two."""
        there = Space.objects.filter(floor=floor, code__iexact=" ".join(row["code"].split()))
        if row["starts_on"] is not None:
            there = there.filter(Q(ends_on=None) | Q(ends_on__gt=row["starts_on"]))
            if row["ends_on"] is not None:
                there = there.filter(starts_on__lt=row["ends_on"])
        found = list(there.select_related("floor__building__site", "policy").order_by("starts_on", "pk"))
        if row["starts_on"] is None and len(found) > 1:
            found = [one for one in found if one.ends_on is None or one.ends_on > self.today] or found
        if len(found) > 1:
            raise Unclear(
                _("Several spaces of this floor bore this code, one after the other. Fill in since when."),
                field="starts_on",
            )
        return found[0] if found else None

    def _refuse_twice(self, floor: Floor, row: Row, starts_on: date, ends_on: date | None) -> None:
        """Refuse a row about the same space as one before it."""
        before = self.seen.setdefault((floor.pk, row["code"].casefold()), [])
        first = next((one for one in before if one.meets(starts_on, ends_on)), None)
        if first is not None:
            words = {"row": first.number, "code": row["code"], "floor": level_words(floor.level, floor.name)}
            raise Unclear(
                _("Row %(row)s has the space %(code)s on the same floor (%(floor)s) on some of these days. Keep one.")
                % words,
                field="code",
            )
        before.append(_Seen(row.number, starts_on, ends_on))

    def _add(self, floor: Floor, row: Row, starts_on: date, policy: BookingPolicy | None) -> Space:
        if not row["kind"]:
            raise Unclear(_("A new space needs a kind, such as office or meeting room. Fill it in."), field="kind")
        empty = SpaceFacts(code=row["code"], kind=row["kind"], starts_on=starts_on)
        facts = _laid_over(empty, row, self.site.currency, policy)
        said = {one.name: getattr(facts, one.name) for one in fields(SpaceFacts)}
        return add_space(floor=floor, door_token=self.tokens(), by=self.by, at=self.at, **said)


def _laid_over(before: SpaceFacts, row: Row, currency: str, policy: BookingPolicy | None) -> SpaceFacts:
    """Return the facts with every cell that is not empty laid over them."""
    said: dict[str, Any] = {
        "kind": row["kind"] or None,
        "area_m2": None if row["area_m2"] is None else Decimal(str(row["area_m2"])),
        "capacity": row["capacity"],
        "features": [one.strip() for one in _PARTS.split(row["features"]) if one.strip()] or None,
        "monthly_minor": None if row["price"] is None else _price(row["price"], currency),
        "policy": policy,
        "starts_on": row["starts_on"],
        "ends_on": row["ends_on"],
        "position": row["position"],
        "outline": corners_of(row["outline"]) or None,
    }
    name = Bilingual(row["name_en"] or before.name.en, row["name_zh"] or before.name.zh_hans)
    return replace(before, name=name, **{key: value for key, value in said.items() if value is not None})


def corners_of(said: str) -> list[list[str]]:
    """Return the corners that a text names, `x,y` after `x,y`; what is no pair of numbers is refused when checked."""
    return [corner.split(",") for corner in said.replace("，", ",").split()]


def _price(amount: float, currency: str) -> int:
    if amount < 0:
        raise Unclear(_("Enter a price of nought or more."), field="price")
    return in_minor(Decimal(str(amount)), currency)


def _compared(before: SpaceFacts, after: SpaceFacts, currency: str) -> list[Change]:
    """Return what differs, under the headings of the table."""
    return [
        Change(str(heading), _worded(name, getattr(before, name), currency), _worded(name, value, currency))
        for name, heading in HEADINGS.items()
        if _plain(getattr(before, name)) != _plain(value := getattr(after, name))
    ]


def _plain(value: Any) -> Any:
    """Return lists and tuples as one kind, so that they compare."""
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _worded(name: str, value: Any, currency: str) -> Any:
    """Return a value as the report shows it."""
    if value is None or value == "":
        return ""
    said: dict[str, Callable[[], Any]] = {
        "kind": lambda: SpaceKind(value).label,
        "monthly_minor": lambda: f"{in_major(value, currency):,} {currency}",
        "features": lambda: ", ".join(value),
        "outline": lambda: " ".join(f"{x:g},{y:g}" for x, y in value),
        "policy": lambda: value.name,
        "name": lambda: value,
    }
    return said.get(name, lambda: value.isoformat() if isinstance(value, date) else str(value))()


def _by_words(rows: Iterable[tuple[Any, Iterable[str]]]) -> dict[str, Any]:
    """Return rows by every word that may mean them; a word that two bear means the first."""
    known: dict[str, Any] = {}
    for one, words in rows:
        for word in words:
            if word:
                known.setdefault(word.casefold(), one)
    return known
