"""Brings in the teams of a site, and what they reported, from a table that somebody filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.sheets import Column, Grid, Name, Row, day, one_of, text, whole
from accord.kernel.text import Bilingual
from accord.people.enums import ImportOutcome
from accord.people.operations import Change, PersonFacts, Report, RowReport, Unclear, add_person, take_rows
from accord.people.queries import Person, living_persons, person_among
from accord.workspace.enums import Origin, Stage, TeamKind
from accord.workspace.models import ReportRound, Site, Team, TeamReport
from accord.workspace.operations._reports import Heads, record_baseline, report_quarter
from accord.workspace.operations._teams import TeamFacts, change_team, facts_of, register_team
from accord.workspace.queries import read_quarter

KINDS: Final = {**{one.value: one.value for one in TeamKind}, "在孵企业": "incubated", "服务机构": "service"}
ORIGINS: Final = {**{one.value: one.value for one in Origin}, "境内": "domestic", "境外": "international"}
STAGES: Final = {
    **{one.value: one.value for one in Stage},
    "创意期": "idea",
    "种子期": "seed",
    "初创期": "early",
    "成长期": "growth",
    "成熟期": "mature",
}
TEAM_SHEET: Final = Name("teams", "团队", ("team",))
TEAM_COLUMNS: Final = (
    Column("key", ("short name", "简称代码"), text, needed=True),
    Column("name_en", ("name in English", "英文名称", "name"), text, empty=""),
    Column("name_zh", ("name in Chinese", "中文名称", "名称"), text, empty=""),
    Column("kind", ("kind", "类型"), one_of(KINDS), empty=""),
    Column("origin", ("origin", "来源"), one_of(ORIGINS), empty=""),
    Column("country", ("country", "国家"), text, empty=""),
    Column("stage", ("stage", "发展阶段"), one_of(STAGES), empty=""),
    Column("field_en", ("field in English", "英文领域", "field"), text, empty=""),
    Column("field_zh", ("field in Chinese", "中文领域", "领域"), text, empty=""),
    Column("website", ("website", "网址"), text, empty=""),
    Column("contact", ("contact", "联系人邮箱"), text, empty=""),
    Column("contact_name", ("name of the contact", "联系人姓名"), text, empty=""),
    Column("quarter", ("quarter", "季度"), text, empty=""),
    Column("stands_on", ("heads counted for", "统计日期"), day),
    Column("jobs", ("jobs", "从业人员"), whole(0)),
    Column("research_jobs", ("of them in research", "其中研发人员"), whole(0)),
    Column("part_time", ("part-time staff", "兼职人员"), whole(0)),
    Column("interns", ("interns", "实习人员"), whole(0)),
    Column("patents_applied", ("patents applied for", "申请中的专利"), whole(0)),
    Column("patents_held", ("rights held", "有效知识产权"), whole(0)),
)
COUNTED: Final = ("jobs", "research_jobs", "part_time", "interns", "patents_applied", "patents_held")
HEADINGS: Final[Mapping[str, Any]] = {
    "name": _("Name"),
    "kind": _("Kind"),
    "origin": _("Origin"),
    "country": _("Country"),
    "stage": _("Stage"),
    "field": _("Field"),
    "website": _("Website"),
}
WORDS: Final = {"kind": TeamKind, "origin": Origin, "stage": Stage}


def check_teams(*, grid: Grid, site: Site, by: Person, at: datetime) -> Report:
    """Report what bringing in the table would do; nothing is kept."""
    return _Teams(grid, site, by, at).run(keep=False)


def bring_in_teams(
    *, grid: Grid, site: Site, only_good: bool, by: Person, at: datetime, is_simulated: bool = False
) -> Report:
    """Bring in the rows of the table: all or, with `only_good`, those without fault. Twice changes nothing.

    A row means the team of its short name; else it is new. An empty cell leaves what stands there. A row with jobs is
    a report as well: of its quarter, or the baseline where it names none. Odd numbers are kept and flagged.
    """
    return _Teams(grid, site, by, at, is_simulated=is_simulated).run(keep=True, only_good=only_good)


class _Teams:
    """One table of teams on its way in."""

    def __init__(self, grid: Grid, site: Site, by: Person, at: datetime, *, is_simulated: bool = False) -> None:
        self.grid, self.site, self.by, self.at, self.is_simulated = grid, site, by, at, is_simulated
        self.teams = {one.key: one for one in Team.objects.filter(site=site).select_related("site")}
        self.rounds = {one.quarter_on: one for one in ReportRound.objects.filter(site=site).select_related("site")}

    def run(self, *, keep: bool, only_good: bool = True) -> Report:
        """Take every row."""
        return take_rows(
            self.grid, columns=TEAM_COLUMNS, name=TEAM_SHEET, take=self.take, keep=keep, only_good=only_good
        )

    def take(self, row: Row) -> RowReport:
        """Register or change the team of a row, and take its report."""
        there = self.teams.get(row["key"])
        team, changes = self._changed(there, row) if there else (self._registered(row), [])
        changes += self._reported(team, row)
        self.teams[team.key] = team
        if there is None:
            return RowReport(row.number, ImportOutcome.NEW, team.name, team.pk, changes)
        outcome = ImportOutcome.CHANGED if changes else ImportOutcome.SAME
        return RowReport(row.number, outcome, team.name, team.pk, changes)

    def _registered(self, row: Row) -> Team:
        """Register the team of a row."""
        for name, sentence in (
            ("origin", _("A new team needs an origin, domestic or international. Fill it in.")),
            ("stage", _("A new team needs a stage, such as seed. Fill it in.")),
        ):
            if not row[name]:
                raise Unclear(sentence, field=name)
        return register_team(
            site=self.site,
            key=row["key"],
            name=Bilingual(row["name_en"], row["name_zh"]),
            origin=row["origin"],
            stage=row["stage"],
            kind=row["kind"] or TeamKind.INCUBATED,
            country=row["country"],
            field=Bilingual(row["field_en"], row["field_zh"]),
            website=row["website"],
            contact=self._contact(row),
            is_simulated=self.is_simulated,
            by=self.by,
            at=self.at,
        )

    def _changed(self, team: Team, row: Row) -> tuple[Team, list[Change]]:
        """Lay the cells of a row that are not empty over a team."""
        before = facts_of(team)
        contact = self._contact(row)
        after = replace(_laid_over(before, row), contact=contact.pk if contact else before.contact).checked()
        changes = list(_compared(before, after))
        if after.contact != before.contact:
            changes.append(Change(str(_("Contact")), "", contact.name if contact else ""))
        if not changes:
            return team, []
        kept = change_team(team=team, version=team.version, facts=after, by=self.by, at=self.at)
        return Team.objects.select_related("site").get(pk=kept.pk), changes

    def _contact(self, row: Row) -> Person | None:
        """Return the contact that a row names; somebody new is added by address and name."""
        address = row["contact"]
        if not address:
            return None
        found = person_among(living_persons(), address)
        if found is not None:
            return found
        if "@" not in address or not row["contact_name"]:
            raise Unclear(
                _("Nobody is known by “%(value)s”. Fill in an email address and the name of the contact.")
                % {"value": address[:60]},
                field="contact",
            )
        facts = PersonFacts(name=Bilingual(row["contact_name"]), email=address)
        return add_person(facts=facts, by=self.by, at=self.at, is_simulated=self.is_simulated)

    def _reported(self, team: Team, row: Row) -> list[Change]:
        """Take the report of a row, where it holds one."""
        if row["jobs"] is None:
            return []
        if row["stands_on"] is None:
            raise Unclear(_("Jobs need the day for which they were counted. Fill it in."), field="stands_on")
        numbers: dict[str, Any] = {name: row[name] or 0 for name in COUNTED}
        heads = Heads(**numbers)
        quarter_on = self._quarter(row)
        before = TeamReport.objects.filter(team=team, quarter_on=quarter_on, struck_at=None).first()
        said: dict[str, Any] = {
            "team": team,
            "heads": heads,
            "stands_on": row["stands_on"],
            "by": self.by,
            "at": self.at,
        }
        made = report_quarter(round=self.rounds[quarter_on], **said) if quarter_on else record_baseline(**said)
        if before is not None and made.pk == before.pk:
            return []
        return [
            Change(
                str(pgettext_lazy("people employed", "Jobs")),
                "" if before is None else str(before.jobs),
                str(made.jobs),
            )
        ]

    def _quarter(self, row: Row) -> Any:
        """Return the first day of the quarter that a row reports; None for the baseline."""
        if not row["quarter"]:
            return None
        quarter_on = read_quarter(row["quarter"].replace(" ", "-").upper())
        if quarter_on is None:
            raise Unclear(_("Write the quarter as 2019-Q3, or leave it empty for the baseline."), field="quarter")
        if quarter_on not in self.rounds:
            raise Unclear(_("The teams were not asked about this quarter. Ask them first."), field="quarter")
        return quarter_on


def _laid_over(before: TeamFacts, row: Row) -> TeamFacts:
    """Return the facts with every cell that is not empty laid over them, each side of a text for itself."""
    plain = {name: row[name] for name in ("kind", "origin", "country", "stage", "website") if row[name]}
    texts: dict[str, Any] = {}
    for name in ("name", "field"):
        old: Bilingual = getattr(before, name)
        texts[name] = Bilingual(row[f"{name}_en"] or old.en, row[f"{name}_zh"] or old.zh_hans)
    return replace(before, **plain, **texts)


def _compared(before: TeamFacts, after: TeamFacts) -> Iterable[Change]:
    """Yield what differs between two facts, under the headings of the table."""
    for one in fields(TeamFacts):
        old, new = getattr(before, one.name), getattr(after, one.name)
        if one.name in HEADINGS and old != new:
            yield Change(str(HEADINGS[one.name]), _word(one.name, old), _word(one.name, new))


def _word(name: str, value: Any) -> Any:
    return WORDS[name](value).label if name in WORDS and value else value
