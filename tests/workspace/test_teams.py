"""Teams: registered, changed, given back; who works in them, each counted once; money and what measures count."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import moment
from tests.workspace.scene import MOVED_IN, Scene

from accord.kernel.access import Actor
from accord.kernel.refused import Clash
from accord.kernel.sheets import Grid
from accord.kernel.text import Bilingual
from accord.measures.queries import measure
from accord.people.enums import ImportOutcome
from accord.people.models import Person
from accord.people.operations import NameMissing
from accord.workspace import operations, queries
from accord.workspace.enums import Origin, Stage, Standing
from accord.workspace.models import ReportRound, Team, TeamMember, TeamReport
from accord.workspace.operations import Heads

DAY = date(2019, 10, 1)
AT = moment(DAY)


def registered(scene: Scene, **more: Any) -> Team:
    """Register a team."""
    said = {"key": "orchard", "name": Bilingual(" Orchard  Labs ", "果园"), "origin": Origin.DOMESTIC} | more
    return operations.register_team(site=scene.site, stage=Stage.IDEA, by=scene.operator.person, at=AT, **said)


def test_a_team_is_registered_with_tidy_words(scene: Scene) -> None:
    team = registered(scene, founders_from=[scene.cast.theirs.institution], contact=scene.worker.person)

    team.refresh_from_db()
    assert (team.name, team.contact, list(team.founders_from.all())) == (
        Bilingual("Orchard Labs", "果园"),
        scene.worker.person,
        [scene.cast.theirs.institution],
    )


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"key": "lantern"}, operations.TeamKeyTaken),
        ({"key": "new"}, operations.TeamKeyOdd),
        ({"key": "Ångström"}, operations.TeamKeyOdd),
        ({"name": Bilingual(" ", "")}, NameMissing),
        ({"origin": Origin.INTERNATIONAL}, operations.TeamCountry),
        ({"country": "Narnia"}, operations.TeamCountry),
    ],
)
def test_odd_teams_are_refused(scene: Scene, wrong: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        registered(scene, **wrong)


def changed(scene: Scene, version: int, **facts: Any) -> Team:
    team = Team.objects.get(pk=scene.team.pk)
    return operations.change_team(
        team=team,
        version=version,
        facts=replace(operations.facts_of(team), **facts),
        by=scene.operator.person,
        at=AT,
    )


def test_a_change_from_an_older_version_clashes_and_the_same_again_does_not(scene: Scene) -> None:
    changed(scene, 1, stage=Stage.GROWTH, founders_from=(scene.cast.theirs.institution_id,))

    assert changed(scene, 1, stage=Stage.GROWTH).version == 2
    with pytest.raises(Clash):
        changed(scene, 1, stage=Stage.IDEA)
    assert list(scene.team.founders_from.all()) == [scene.cast.theirs.institution]


def test_a_service_firm_is_no_longer_counted(scene: Scene) -> None:
    operations.count_team(team=scene.team, at=AT)
    assert levels("workspace.resident_teams") == [(MOVED_IN, 1), (date(2020, 3, 1), -1)]

    changed(scene, 1, kind="service")

    assert levels("workspace.resident_teams") == []


def test_old_values_are_given_back(scene: Scene) -> None:
    changed(scene, 1, stage=Stage.GROWTH)

    operations.give_back_team(pk=scene.team.pk, version=2, values={"stage": "seed"}, by=scene.operator.person, at=AT)

    assert Team.objects.get(pk=scene.team.pk).stage == Stage.SEED


def added(scene: Scene, team: Team, person: Person, starts_on: date = DAY) -> TeamMember:
    return operations.add_member(
        team=team, person=person, role="member", starts_on=starts_on, by=scene.operator.person, at=AT
    )


def test_who_works_in_two_teams_counts_once(scene: Scene) -> None:
    second = Team.objects.create(
        site=scene.site,
        key="second",
        name=Bilingual("Second"),
        origin="domestic",
        stage="idea",
        registered_at=AT,
        registered_by=scene.operator.person,
    )
    scene.tenancy.pk, scene.tenancy.number, scene.tenancy.team = None, "T-2", second
    scene.tenancy.save()
    added(scene, second, scene.worker.person)
    added(scene, scene.other_team, scene.operator.person)  # has no tenancy

    assert queries.people_at(scene.site, DAY) == 2
    assert [queries.people_in(one, DAY) for one in (scene.team, second)] == [2, 1]


def test_a_member_is_added_once_and_ends(scene: Scene) -> None:
    first = added(scene, scene.team, scene.operator.person)
    assert added(scene, scene.team, scene.operator.person).pk == first.pk
    with pytest.raises(operations.MemberTwice, match="Operator"):
        added(scene, scene.team, scene.operator.person, date(2019, 11, 1))
    with pytest.raises(operations.MemberSpan):
        operations.end_membership(member=first, ends_on=date(2019, 9, 30), by=scene.operator.person, at=AT)

    operations.end_membership(member=first, ends_on=date(2019, 11, 1), by=scene.operator.person, at=AT)

    assert queries.people_in(scene.team, date(2019, 10, 31)) == 3
    assert queries.people_in(scene.team, date(2019, 11, 1)) == 2


def test_standing_is_worked_out_for_the_day(scene: Scene) -> None:
    days = (date(2019, 2, 28), MOVED_IN, date(2020, 2, 29), date(2020, 3, 1))

    found = [queries.standing_of(scene.team, day) for day in days]

    assert found == [Standing.WAITING, Standing.RESIDENT, Standing.RESIDENT, Standing.LEFT]
    assert queries.standing_of(scene.other_team, DAY) == Standing.REGISTERED


def test_a_lead_owes_a_report_until_it_is_there(scene: Scene) -> None:
    quarter = queries.quarter_of(datetime.now(UTC).date())
    at = datetime.now(UTC)
    scene.tenancy.ends_on = None
    scene.tenancy.save(update_fields=["ends_on"])
    round_ = operations.open_round(
        site=scene.site, quarter_on=quarter, due_on=queries.day_at(scene.site, at), by=scene.operator.person, at=at
    )
    lead, worker = (Actor(person_id=one.person.pk) for one in (scene.lead, scene.worker))

    owed = [one.url for one in queries.reports_due(lead, 5)]

    assert owed == [f"/workspace/dreamworks/reports/{queries.quarter_key(quarter)}/lantern/"]
    assert queries.reports_due(worker, 5) == []
    operations.report_quarter(
        team=scene.team, round=round_, heads=Heads(5, 2), stands_on=quarter, by=scene.lead.person, at=at
    )
    assert queries.reports_due(lead, 5) == []


def levels(code: str) -> list[tuple[date, int]]:
    """Return the changes of a measure that are known now."""
    found = measure(code)
    assert found is not None
    assert found.changes is not None
    rows = [row for row in found.changes() if row["unrecorded_at"] is None]
    return sorted((row["occurred_on"], int(row["amount"])) for row in rows)


def test_jobs_count_from_their_day_and_stop_when_the_team_leaves(scene: Scene) -> None:
    operations.record_baseline(
        team=scene.team, heads=Heads(12, 7), stands_on=date(2019, 4, 1), by=scene.lead.person, at=AT
    )

    assert levels("workspace.jobs") == [(date(2019, 4, 1), 12), (date(2020, 3, 1), -12)]
    assert levels("workspace.research_jobs") == [(date(2019, 4, 1), 7), (date(2020, 3, 1), -7)]


def funded(scene: Scene, amount: int, currency: str = "CNY", on: date = DAY, team: Team | None = None) -> Any:
    return operations.record_funding(
        team=team or scene.team,
        kind="equity",
        amount_minor=amount,
        currency=currency,
        received_on=on,
        by=scene.operator.person,
        at=AT,
    )


def test_money_counts_in_the_sites_currency_while_the_team_is_resident(scene: Scene) -> None:
    operations.count_team(team=scene.team, at=moment(date(2019, 9, 1)))
    funded(scene, 500_000_00)
    funded(scene, 9_00, on=date(2019, 2, 28))  # before it moved in
    funded(scene, 8_00, currency="USD")
    funded(scene, 7_00, team=scene.other_team)  # never resident
    struck = funded(scene, 6_00)
    operations.strike_funding(funding=struck, by=scene.operator.person, at=AT)

    found = measure("workspace.team_funding")
    assert found is not None
    assert found.changes is not None
    rows = list(found.changes().order_by("occurred_on", "-amount"))

    assert [(row["occurred_on"], row["amount"], row["recorded_at"], row["unrecorded_at"]) for row in rows] == [
        (DAY, Decimal(500_000), AT, None),
        (DAY, Decimal(6), AT, AT),
    ]
    assert {(row["agreement_id"], row["record"]) for row in rows} == {
        (scene.site.agreement_id, f"team:{scene.team.pk}")
    }


HEAD = [
    "short name",
    "name",
    "origin",
    "stage",
    "quarter",
    "heads counted for",
    "jobs",
    "of them in research",
    "contact",
]


def table(*rows: list[str]) -> Grid:
    return Grid("teams", [HEAD, *rows])


def brought_in(scene: Scene, *rows: list[str], **more: Any) -> Any:
    said: dict[str, Any] = {"only_good": True, "by": scene.operator.person, "at": AT} | more
    return operations.bring_in_teams(grid=table(*rows), site=scene.site, **said)


ORCHARD = ["orchard", "Orchard", "domestic", "seed", "", "2019-09-01", "4", "2", ""]


def test_a_table_brings_teams_in_once(scene: Scene) -> None:
    first, second = brought_in(scene, ORCHARD), brought_in(scene, ORCHARD)

    assert [row.outcome for row in (*first.rows, *second.rows)] == [ImportOutcome.NEW, ImportOutcome.SAME]
    team = Team.objects.get(key="orchard")
    assert [(one.jobs, one.quarter_on) for one in TeamReport.objects.filter(team=team)] == [(4, None)]


def test_a_check_keeps_nothing(scene: Scene) -> None:
    report = operations.check_teams(grid=table(ORCHARD), site=scene.site, by=scene.operator.person, at=AT)

    assert [row.outcome for row in report.rows] == [ImportOutcome.NEW]
    assert not Team.objects.filter(key="orchard").exists()


def test_odd_numbers_that_are_brought_in_are_kept_and_flagged(scene: Scene) -> None:
    brought_in(scene, [*ORCHARD[:7], "6", ""])

    assert TeamReport.objects.get().flags == ["research_over_jobs"]


def test_a_row_changes_a_team_and_reports_a_quarter(scene: Scene) -> None:
    ReportRound.objects.create(
        site=scene.site, quarter_on=date(2019, 7, 1), due_on=DAY, opened_at=AT, opened_by=scene.operator.person
    )

    report = brought_in(scene, ["lantern", "", "", "growth", "2019-Q3", "2019-09-30", "5", "1", ""])

    assert [(one.column, one.before, one.after) for one in report.rows[0].changes] == [
        ("Stage", "Seed", "Growth"),
        ("Jobs", "", "5"),
    ]
    assert TeamReport.objects.get().quarter_on == date(2019, 7, 1)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({0: "New"}, "small letters"),
        ({2: ""}, "origin"),
        ({3: ""}, "stage"),
        ({4: "Q3"}, "2019-Q3"),
        ({4: "2019-Q3"}, "not asked"),
        ({5: ""}, "day for which"),
        ({5: "2019-12-01"}, "today or a day before"),
        ({6: "-3"}, "-3"),
        ({8: "nobody"}, "Nobody is known"),
    ],
)
def test_each_fault_of_a_row_has_its_own_words(scene: Scene, cells: dict[int, str], words: str) -> None:
    row = [cells.get(number, cell) for number, cell in enumerate(ORCHARD)]

    report = brought_in(scene, row)

    assert [one.outcome for one in report.rows] == [ImportOutcome.FAULT]
    assert words in " ".join(problem.sentence for problem in report.rows[0].problems)
    assert not Team.objects.filter(key=row[0]).exists()
