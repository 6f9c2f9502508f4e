"""Sample data of the style guide. All of it is made up here and marked so; nothing comes from records."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.ui.charts import Bar, Fan
from accord.ui.forms import BilingualField, DayField, Form
from accord.ui.parts import (
    Answer,
    Answers,
    Banner,
    Clash,
    ClashRow,
    Confirmation,
    Crumbs,
    Description,
    Details,
    Empty,
    Event,
    Figure,
    Item,
    Link,
    Panel,
    Party,
    Pill,
    Row,
    Rows,
    Side,
    SideItem,
    State,
    Tabs,
    Task,
    TaskGroup,
    TaskList,
    TaskStatus,
    Timeline,
    Tone,
)
from accord.ui.samples._charts import AMENDED, AREA, AS_OF, DAYS, EARLY, FUNNEL, HEAT, PEOPLE, SPACE, TEAMS
from accord.ui.tables import Column, Filter, Table, TablePage

ENDED = "31 Dec 2019"


def _bar(fan: Fan, tone: str) -> Bar:
    last = fan.forecast[-1]
    return Bar(fan.title, fan.done[-1][1], fan.promised[-1].level, tone, (last.q10, last.q50, last.q90), fan.unit)


def _measured(title: str, fan: Fan, state: State, sentence: str) -> Row:
    figure = Figure(fan.done[-1][1], fan.promised[-1].level, fan.unit, "simulated")
    who = "Sample Zone to the partnership"
    return Row(title, "#rows", who, figure, _bar(fan, state.tone), fan, state, sentence, ENDED)


GROWTH = Rows(
    "Space and growth",
    (
        _measured(
            "Enterprises and teams in residence",
            TEAMS,
            State(Tone.BAD, _("Unlikely")),
            "31 in 100. We expect 275, and 240 to 320 in 8 cases of 10.",
        ),
        _measured(
            "Research personnel",
            PEOPLE,
            State(Tone.WARY, _("As likely as not")),
            "52 in 100. We expect 10,050.",
        ),
        _measured(
            "Work space in operation",
            SPACE,
            State(Tone.GOOD, _("Likely")),
            "78 in 100. Two buildings open in November.",
        ),
    ),
    note="3 promises",
)
PEOPLE_ROWS = Rows(
    "People",
    (
        Row(
            "Centre opened",
            "#rows",
            "Sample School",
            Figure(None, plain="7 March 2019", provenance="stated"),
            state=State(Tone.DONE, _("Delivered")),
            sentence="On the day promised.",
            when="7 Mar 2019",
        ),
        Row(
            "Finance professionals trained, with a name so long that it needs a second line or a third",
            "#rows",
            "Sample School to Sample Fintech",
            Figure(435, unit="learner days", provenance="simulated"),
            chart=DAYS,
            state=State(Tone.STANDING, _("Standing promise")),
            sentence="Up from 260 in the quarter before.",
            when="no date",
        ),
        Row(
            Bilingual(zh_hans="联合实验室建成"),
            "#rows",
            "both sides",
            Figure(3, unit="projects", provenance="recorded"),
            chart=EARLY,
            state=State(Tone.MUTE, _("Too early to tell")),
            sentence="First forecast after four full weeks of records.",
            when="no date",
        ),
        Row(
            "Patents filed",
            "#rows",
            "Sample School",
            Figure(None),
            state=State(Tone.MUTE, _("Not measured yet")),
            sentence="Nothing in Accord keeps such records yet.",
            when="no date",
        ),
        Row(
            "Summit held",
            "#rows",
            "both sides",
            Figure(0, 1, "summits", "recorded"),
            state=State(Tone.MISSED, _("Missed by 1")),
            sentence="The day passed on 1 Sep 2019.",
            when="1 Sep 2019",
        ),
    ),
)
NOTHING = Empty(
    "No promises yet",
    "This list shows what the parties promised each other. This agreement is a draft without promises.",
    Link("Write the first promise", "#"),
    Link("See it with demo data", "#"),
)
SIDES = (
    Side(
        "Changed this week",
        (
            SideItem("teams moved in, Building 3", "Fri 27 Sep", strong="+6"),
            SideItem("team left early: merged", "Thu 26 Sep", strong="−1"),
            SideItem("Forecast of teams fell from 44 to 31 in 100", "Mon 23 Sep", url="#rows"),
        ),
    ),
    Side(
        "Waits for you",
        (SideItem("Confirm evidence for 3 patents", "due Wed", url="#rows"),),
        more=Link("All that waits", "#"),
    ),
    Side("Next dates", (), empty="No dates are set."),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A line of the sample list."""

    day: date
    team: str
    record: str
    change: int
    kind: str
    provenance: str
    state: State


_KINDS = (("tenancy", _("Tenancy")), ("left", _("Left")), ("desk", _("Desk area")))
_STATES = (
    State("done", _("Confirmed")),
    State("wary", _("Contested")),
    State("mute", _("Not yet confirmed")),
)
_CHANGES = (1, 1, 1, -1, 1, 1, 1)
RECORDS = tuple(
    Sample(
        AS_OF - timedelta(days=n),
        f"Sample Fintech {187 - n:03}",
        f"Building {1 + n % 3}, {1 + n % 6}F-{10 + n % 9}",
        _CHANGES[n % 7],
        _KINDS[n % 3][0],
        ("recorded", "stated", "simulated")[n % 3],
        _STATES[n % 3],
    )
    for n in range(130)
)
TABLE = Table(
    name="samples",
    columns=(
        Column("team", _("Team"), sort="team", url=lambda _record: "#lists"),
        Column("day", _("Day"), kind="day", sort="day"),
        Column("record", _("Record")),
        Column("change", _("Change"), kind="signed", sort="change"),
        Column("state", _("State"), kind="state"),
        Column("provenance", _("Provenance"), kind="provenance"),
        Column("kind", _("Kind"), hidden=True),
    ),
    filters=(
        Filter("kind", _("Kind"), choices=_KINDS),
        Filter("since", _("Since"), kind="day", lookup="day__gte"),
    ),
    search=("team", "record"),
    default_sort="-day",
    empty=NOTHING,
    size=25,
)


class SampleForm(Form):
    """One field of every sort."""

    title = BilingualField(label=_("Name"), help_text=_("Give at least one language."))
    amount = forms.IntegerField(label=_("Amount"), min_value=1, help_text=_("In teams."))
    on = DayField(label=_("Day it happened"))
    kind = forms.ChoiceField(label=_("Kind"), choices=_KINDS, widget=forms.RadioSelect)
    building = forms.ChoiceField(label=_("Building"), choices=(("", "–"), ("1", "Building 1"), ("3", "Building 3")))
    note = forms.CharField(label=_("Note"), required=False, max_length=400, widget=forms.Textarea)
    confirmed = forms.BooleanField(label=_("The other side has seen this"))
    groups = (
        (_("What happened"), ("amount", "on", "kind", "building")),
        (_("Remarks"), ("note", "confirmed")),
    )


CONFIRMATION = Confirmation(
    "Sample recorded",
    "ACC-2019-0017",
    (
        "The other side is told today.",
        "They confirm or contest it by 14 Oct 2019.",
        "It counts on the board from today.",
    ),
    "Questions: the partnership office, partnership@example.org.",
    (Link("Back to the style guide", "/style/"),),
)
CLASH = Clash(
    thing="Enterprises and teams in residence",
    who="Wang Min",
    when="30 Sep 2019, 14:05",
    rows=(
        ClashRow("Owner", "Zone operations", "Partnership office", "Zone office", "owner"),
        ClashRow("Counting rule", "distinct teams", "distinct teams", "teams with a tenancy in force", "rule"),
    ),
    version=4,
    url="/style/clash/",
)


def everything(table: TablePage) -> dict[str, Any]:
    """Return what the style guide shows."""
    return {
        "table": table,
        "states": [State(tone, word) for tone, word in zip(Tone, _TONE_WORDS, strict=True)],
        "growth": GROWTH,
        "people_rows": PEOPLE_ROWS,
        "none": Rows("Nothing here", (), empty=NOTHING),
        "sides": SIDES,
        "fan": TEAMS,
        "charts": (AMENDED, AREA, FUNNEL, HEAT),
        "cards": (EARLY, DAYS),
        "parties": (Party("Sample Zone", short="SZ"), Party("Sample Business School")),
        **_parts(),
    }


_TONE_WORDS = (
    _("Delivered"),
    _("Likely"),
    _("As likely as not"),
    _("Unlikely"),
    _("Missed by 12"),
    _("Standing promise"),
    _("Too early to tell"),
)


def _parts() -> dict[str, Any]:
    return {
        "facts": Description(
            (
                Item("Promised by", "Sample Zone"),
                Item("Promise", "about 300 enterprises before the end of 2019"),
                Item("Baseline", "102 teams, July 2019", "stated"),
                Item("Counted as", "workspace.resident_teams, stock, distinct teams"),
                Item("Only in Chinese", Bilingual(zh_hans="成都高新区")),
                Item("State", State("wary", _("Contested"))),
            )
        ),
        "way": Crumbs((Link("Agreements", "#"), Link("Chengdu and London", "#"))),
        "pills": (Pill("Kind: Tenancy", "#", "#"), Pill("“fintech”", "#")),
        "tabs": Tabs((Link("Promise", "#", current=True), Link("Evidence", "#"), Link("History", "#")), "Views"),
        "banners": (
            Banner("Amendment 1 is withdrawn.", "good", "Withdrawn", Link("Undo", "#", hidden="withdrawing")),
            Banner("Two records came four days late and changed last week's figure.", "wary"),
            Banner("The evidence was contested by Sample School.", "bad"),
        ),
        "tasks": TaskList(
            (
                TaskGroup(
                    "Set up the agreement",
                    (
                        Task("Parties", "#", TaskStatus.COMPLETED),
                        Task("Promises", "#", TaskStatus.IN_PROGRESS),
                        Task("Documents", "#"),
                        Task(
                            "Approval",
                            "",
                            TaskStatus.CANNOT_START,
                            "Opens when all promises have a beneficiary.",
                        ),
                    ),
                ),
            )
        ),
        "answers": Answers((Answer("Name", "Teams in residence", "title"), Answer("Note", "Not given", "note"))),
        "confirmation": CONFIRMATION,
        "timeline": Timeline(
            (
                Event("27 Sep 2019", "Evidence confirmed", "Wang Min", tone="good"),
                Event(
                    "26 Sep 2019",
                    "Evidence contested: counted twice",
                    "Li Wei",
                    "Sample Fintech 041 merged.",
                    tone="bad",
                ),
                Event("22 Jun 2019", "Agreement signed in London"),
            )
        ),
        "panel": Panel("Counting rule", "A team counts while a tenancy is in force; two desks of one team count once."),
        "details": Details("What disqualifies a team?", "A team that left counts until the day before it left."),
        "early": EARLY,
        "as_of": AS_OF,
        "digest": "9f3c0d5e77b1420c8a16e0d3a9b8f4c2d1e0b7a69585c4d3e2f1a0b9c8d7a41e",
    }
