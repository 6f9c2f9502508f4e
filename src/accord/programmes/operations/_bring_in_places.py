"""Brings in hosts and their places from a table that somebody filled in."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.sheets import Column, Grid, Name, Row, day, text, whole
from accord.kernel.text import Bilingual
from accord.people.enums import ImportOutcome
from accord.people.operations import Change, Report, RowReport, Unclear, take_rows
from accord.people.queries import Institution, Person, institutions_by_key
from accord.programmes.models import Call, Host, Limit, Place
from accord.programmes.operations._hosts import HostDoor, ask_host
from accord.programmes.operations._places import PlaceFacts, change_place, open_place

PLACE_SHEET: Final = Name("places", "岗位", ("place",))
PLACE_COLUMNS: Final = (
    Column("code", ("code", "编号"), text, empty=""),
    Column("institution", ("key of the institution", "接收单位代码", "institution"), text, needed=True),
    Column("email", ("email of the contact", "联系人邮箱", "email"), text, needed=True),
    Column("contact", ("name of the contact", "联系人姓名", "contact"), text, empty=""),
    Column("name_en", ("name in English", "英文名称", "name"), text, empty=""),
    Column("name_zh", ("name in Chinese", "中文名称", "名称"), text, empty=""),
    Column("count", ("places", "名额"), whole(1)),
    Column("minimum", ("fewest people", "最少人数"), whole(0)),
    Column("city_en", ("city in English", "英文城市名", "city"), text, empty=""),
    Column("city_zh", ("city in Chinese", "城市"), text, empty=""),
    Column("text_en", ("what for in English", "英文内容"), text, empty=""),
    Column("text_zh", ("what for in Chinese", "内容"), text, empty=""),
    Column("supervisor_name", ("supervisor", "导师"), text, empty=""),
    Column("supervisor_email", ("email of the supervisor", "导师邮箱"), text, empty=""),
    Column("limit", ("key of the limit", "限额代码", "limit"), text, empty=""),
    Column("starts_on", ("first day", "首日"), day),
    Column("ends_on", ("last day", "最后一日"), day),
)
HEADINGS: Final = {
    "name": _("Name"),
    "count": pgettext_lazy("how many", "Places"),
    "minimum": _("Fewest people"),
    "city": _("City"),
    "text": _("What for"),
    "supervisor_name": _("Supervisor"),
    "supervisor_email": _("Email address of the supervisor"),
    "limit": pgettext_lazy("of places", "Limit"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
}


def check_places(*, grid: Grid, call: Call, by: Person, at: datetime) -> Report:
    """Report what bringing in the table would do; nothing is kept and nobody is written to."""
    return _Places(grid, call, None, by, at).run(keep=False)


def bring_in_places(
    *, grid: Grid, call: Call, only_good: bool, by: Person, at: datetime, door: HostDoor | None = None
) -> Report:
    """Bring in the rows of the table: all or, with `only_good`, those without fault. Twice changes nothing.

    A row means the place of its code; without one it is new, unless its host has a place of this name. A host that is
    not yet invited is, and with a door its contact is written to. An empty cell leaves what stands there.
    """
    return _Places(grid, call, door, by, at).run(keep=True, only_good=only_good)


class _Places:
    """One table of places on its way in."""

    def __init__(self, grid: Grid, call: Call, door: HostDoor | None, by: Person, at: datetime) -> None:
        self.grid, self.call, self.door, self.by, self.at = grid, call, door, by, at
        self.limits = {one.key: one for one in Limit.objects.filter(call=call)}

    def run(self, *, keep: bool, only_good: bool = True) -> Report:
        """Take every row."""
        return take_rows(
            self.grid, columns=PLACE_COLUMNS, name=PLACE_SHEET, take=self.take, keep=keep, only_good=only_good
        )

    def take(self, row: Row) -> RowReport:
        """Open or change the place of a row."""
        host = self._host(row)
        there = self._meant(host, row)
        if there is None:
            facts = self._laid_over(PlaceFacts(name=Bilingual(), code=row["code"]), row)
            made = open_place(
                host=host, facts=facts, by=self.by, at=self.at, is_simulated=self.call.programme.is_simulated
            )
            return RowReport(row.number, ImportOutcome.NEW, _titled(made), made.pk)
        before = PlaceFacts(**{one.name: getattr(there, one.name) for one in fields(PlaceFacts)})
        after = self._laid_over(before, row)
        changes = [
            Change(str(words), _said(getattr(before, name)), _said(getattr(after, name)))
            for name, words in HEADINGS.items()
            if getattr(before, name) != getattr(after, name)
        ]
        if not changes:
            return RowReport(row.number, ImportOutcome.SAME, _titled(there), there.pk)
        change_place(place=there, version=there.version, facts=after, by=self.by, at=self.at)
        return RowReport(row.number, ImportOutcome.CHANGED, _titled(there), there.pk, changes)

    def _host(self, row: Row) -> Host:
        """Return the host of a row, invited where it is not yet."""
        house = self._institution(row["institution"])
        there = Host.objects.filter(call=self.call, institution=house, email__iexact=row["email"]).first()
        if there is not None:
            return there
        if "@" not in row["email"]:
            raise Unclear(_("Enter an email address such as name@example.org."), field="email")
        name = row["contact"] or row["email"].partition("@")[0]
        return ask_host(
            call=self.call,
            institution=house,
            name=name,
            email=row["email"],
            by=self.by,
            at=self.at,
            door=self.door,
        )

    def _institution(self, key: str) -> Institution:
        found = institutions_by_key([key.casefold()]).get(key.casefold())
        if found is None:
            raise Unclear(
                _("No institution has the key “%(value)s”. Look it up in the list of institutions.")
                % {"value": key[:60]},
                field="institution",
            )
        return found

    def _meant(self, host: Host, row: Row) -> Place | None:
        """Return the place that a row means: by its code, or without one by host and name."""
        places = Place.objects.filter(call=self.call).select_related("call", "host", "limit")
        if row["code"]:
            found = places.filter(code=row["code"].strip().upper()).first()
            if found is not None and found.host_id != host.pk:
                raise Unclear(
                    _("The place %(code)s belongs to another host. Correct the code or the host.")
                    % {"code": found.code},
                    field="code",
                )
            return found
        names = (row["name_en"], row["name_zh"])
        return next(
            (one for one in places.filter(host=host) if (one.name.en, one.name.zh_hans) == names),
            None,
        )

    def _laid_over(self, before: PlaceFacts, row: Row) -> PlaceFacts:
        """Return the facts with every cell that is not empty laid over them."""
        sides: dict[str, Any] = {
            name: Bilingual(row[f"{name}_en"] or old.en, row[f"{name}_zh"] or old.zh_hans)
            for name, old in (("name", before.name), ("city", before.city), ("text", before.text))
        }
        said: dict[str, Any] = {
            "count": row["count"],
            "minimum": row["minimum"],
            "supervisor_name": row["supervisor_name"] or None,
            "supervisor_email": row["supervisor_email"] or None,
            "limit": self._limit(row["limit"]),
            "starts_on": row["starts_on"],
            "ends_on": row["ends_on"],
        }
        return replace(before, **sides, **{name: value for name, value in said.items() if value is not None})

    def _limit(self, key: str) -> Limit | None:
        if key and key not in self.limits:
            raise Unclear(
                _("This call has no limit “%(value)s”. Set it first, or correct the key.") % {"value": key[:60]},
                field="limit",
            )
        return self.limits.get(key)


def _titled(place: Place) -> Bilingual:
    return Bilingual(*(f"{place.code} {side}" if side else "" for side in (place.name.en, place.name.zh_hans)))


def _said(value: Any) -> Any:
    """Return a value as the report shows it."""
    if isinstance(value, Bilingual):
        return value
    return value.name if isinstance(value, Limit) else "" if value is None else str(value)
