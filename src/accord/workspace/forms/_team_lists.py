"""How the lists of teams and reports are filtered, searched and sorted; pages and the API take them from here."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table
from accord.workspace.enums import Origin, ReportFlag, Stage, Standing, TeamKind
from accord.workspace.queries import Answered, ReportRound, TeamReport, quarter_key, quarter_name

TONES = {
    Standing.RESIDENT: Tone.GOOD,
    Standing.WAITING: Tone.WARY,
    Standing.GRADUATED: Tone.DONE,
    Standing.LEFT: Tone.MUTE,
    Standing.REGISTERED: Tone.MUTE,
}


def standing_chip(standing: str) -> State:
    """Return how a team stands, as a chip."""
    return State(TONES[Standing(standing)], Standing(standing).label)


def flag_words(report: TeamReport) -> str:
    """Return why a report deserves a look, in words."""
    return "; ".join(str(ReportFlag(flag).label) for flag in report.flags)


def _team(row: Any) -> str:
    return reverse("workspace:team", args=[row.site.key, row.key])


TEAMS = Table(
    name="teams",
    columns=(
        Column("name", _("Team"), sort="key", url=_team),
        Column("standing", _("Standing"), value=lambda row: standing_chip(row.standing), sort="standing"),
        Column("origin", _("Origin"), value="get_origin_display", sort="origin"),
        Column("stage", _("Stage"), value="get_stage_display", sort="stage"),
        Column("jobs", pgettext_lazy("people employed", "Jobs"), kind="number", value="last_jobs", sort="last_jobs"),
        Column("research_jobs", _("Of them in research"), kind="number", value="last_research_jobs"),
        Column("reported_on", _("Last report"), kind="day", value="last_stands_on", sort="last_stands_on"),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind", hidden=True),
        Column("country", _("Country"), sort="country", hidden=True),
        Column("field", _("Field"), value=lambda row: row.field or "", hidden=True),
        Column("website", _("Website"), hidden=True),
        Column("key", pgettext_lazy("in addresses", "Short name"), sort="key", hidden=True),
    ),
    filters=(
        Filter("standing", _("Standing"), choices=tuple(Standing.choices)),
        Filter("kind", _("Kind"), choices=tuple(TeamKind.choices)),
        Filter("origin", _("Origin"), choices=tuple(Origin.choices)),
        Filter("stage", _("Stage"), choices=tuple(Stage.choices)),
        Filter("stale", _("Last report before"), kind="day", lookup="last_stands_on__lt"),
    ),
    search=("names", "key"),
    default_sort="name",
    empty=Empty(_("No teams yet"), _("Enterprises and teams that ask for space here, have it or had it stand here.")),
)


def _round(row: ReportRound) -> str:
    return reverse("workspace:round", args=[row.site.key, quarter_key(row.quarter_on)])


ROUNDS = Table(
    name="rounds",
    columns=(
        Column("quarter", _("Quarter"), value=lambda row: quarter_name(row.quarter_on), sort="quarter_on", url=_round),
        Column("due_on", _("Due on"), kind="day", sort="due_on"),
        Column("reports", _("Reports"), kind="number", value="reports"),
        Column("late", _("Of them late"), kind="number", value="late"),
        Column("opened_at", _("Asked on"), kind="day", sort="opened_at"),
        Column("reminded_at", _("Last reminded"), kind="day", sort="reminded_at"),
    ),
    default_sort="-quarter",
    empty=Empty(_("No reports were asked for yet"), _("Each quarter that the teams are asked about stands here.")),
)


def _answer(row: Answered) -> State:
    """Return whether a team reported, as a chip."""
    if row.report is None:
        return State(Tone.BAD, _("Overdue")) if row.is_late else State(Tone.WARY, _("Not yet"))
    return State(Tone.WARY, _("Reported late")) if row.is_late else State(Tone.DONE, _("Reported in time"))


def _answer_url(row: Answered) -> str:
    return reverse("workspace:report", args=[row.team.site.key, row.report.pk]) if row.report else ""


def _people(row: Answered) -> str:
    return ", ".join(str(one.name) for one in row.people)


ANSWERS = Table(
    name="answers",
    columns=(
        Column(
            "name",
            _("Team"),
            value="team.name",
            sort="key",
            url=lambda row: reverse("workspace:team", args=[row.team.site.key, row.team.key]),
        ),
        Column("state", _("State"), value=_answer, url=_answer_url, sort="state_key"),
        Column("jobs", pgettext_lazy("people employed", "Jobs"), kind="number", value="report.jobs"),
        Column("research_jobs", _("Of them in research"), kind="number", value="report.research_jobs"),
        Column("reported_at", _("Reported"), kind="day", value="report.reported_at"),
        Column("flags", _("To look at"), value=lambda row: flag_words(row.report) if row.report else ""),
        Column("people", pgettext_lazy("people", "Asked"), value=_people),
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            choices=(("missing", _("Missing")), ("late", _("Reported late")), ("reported", _("Reported in time"))),
            lookup="state_key",
        ),
    ),
    size=100,
    empty=Empty(_("Nobody was asked"), _("Resident teams that are incubated are asked; none is on the due day.")),
)


def _report(row: TeamReport) -> str:
    return reverse("workspace:report", args=[row.team.site.key, row.pk])


FLAGGED = Table(
    name="flagged-reports",
    columns=(
        Column("team", _("Team"), value="team.name", sort="team__key", url=_report),
        Column(
            "quarter", _("Quarter"), value=lambda row: quarter_name(row.quarter_on) if row.quarter_on else _("Baseline")
        ),
        Column("flags", _("Why"), value=flag_words),
        Column("jobs", pgettext_lazy("people employed", "Jobs"), kind="number", sort="jobs"),
        Column("research_jobs", _("Of them in research"), kind="number", sort="research_jobs"),
        Column("reported_at", _("Reported"), kind="day", sort="reported_at"),
    ),
    filters=(Filter("flag", _("Why"), choices=tuple(ReportFlag.choices), lookup="reasons__contains"),),
    search=("team__name__en", "team__name__zh-hans", "team__key"),
    default_sort="-reported_at",
    empty=Empty(_("Nothing to look at"), _("Reports that are late or say something unlikely stand here for a look.")),
)

REPORTS = Table(
    name="reports",
    columns=(
        Column("stands_on", _("Heads counted for"), kind="day", sort="stands_on", url=_report),
        Column(
            "quarter", _("Quarter"), value=lambda row: quarter_name(row.quarter_on) if row.quarter_on else _("Baseline")
        ),
        Column("jobs", pgettext_lazy("people employed", "Jobs"), kind="number", sort="jobs"),
        Column("research_jobs", _("Of them in research"), kind="number", sort="research_jobs"),
        Column("reported_at", _("Reported"), kind="day", sort="reported_at"),
    ),
    filters=(
        Filter("since", _("Since"), kind="day", lookup="stands_on__gte"),
        Filter("until", _("Until"), kind="day", lookup="stands_on__lte"),
    ),
    default_sort="-stands_on",
    empty=Empty(_("No reports yet"), _("What the team reports of itself each quarter stands here.")),
)
