"""The zone's criteria: counted as of any day like the slow obvious way, and gaps that are exact."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.cast import moment
from tests.workspace.scene import Scene

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.workspace import models, operations, queries
from accord.workspace.enums import CriterionState, CriterionValue, FundingKind, GraduationRule, SpaceKind, TeamKind
from accord.workspace.queries import Counts, Demand, WrongCriteriaError, read_criteria
from accord.workspace.queries._criteria_gaps import PER, Quotient, ways_to_meet

FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)
RULES = queries.rule_sets()[0]
FULL = Counts(
    day=LAST,
    area=Decimal(20000),
    let=Decimal(14000),
    common=Decimal(2000),
    teams=60,
    funded=6,
    cases=3,
    funds_minor={"CNY": 500_000_000},
    staff=10,
    professionals=8,
    mentors=6,
    reported=60,
    applied=30,
    held=0,
    graduates=4,
)
"""Each criterion is just met."""


def stands(counts: Counts, code: str) -> queries.Standing:
    """Return how one criterion of the national level stands."""
    return next(one for one in queries.judged(RULES, counts) if one.criterion.code == code)


def test_just_enough_is_met_and_what_has_no_number_is_counted_only() -> None:
    states = {one.criterion.code: one.state for one in queries.judged(RULES, FULL)}

    assert states.pop("graduates") == CriterionState.UNBOUND
    assert set(states.values()) == {CriterionState.MET}


def test_nothing_recorded_is_not_measured_and_says_what_is_missing() -> None:
    standings = queries.judged(RULES, Counts(day=LAST))

    assert {one.state for one in standings} == {CriterionState.UNMEASURED}
    assert stands(Counts(day=LAST), "area").gap == "No floor was in operation by this day."


def test_zero_that_was_recorded_is_not_met_rather_than_not_measured() -> None:
    assert stands(replace(FULL, mentors=0), "mentor-ratio").state == CriterionState.UNMET
    assert stands(replace(FULL, mentors=None), "mentor-ratio").state == CriterionState.UNMEASURED


@pytest.mark.parametrize(
    ("code", "change", "gap"),
    [
        ("area", {"area": Decimal("9000.25")}, "1,000 m² more in operation"),
        ("teams", {"teams": 38}, "12 more teams"),
        ("teams", {"teams": 49}, "1 more team"),
        ("density", {"teams": 50, "area": Decimal(18000)}, "4 more teams, or 1,334 m² less in operation"),
        ("density", {"teams": 25, "area": Decimal(10000)}, "5 more teams"),
        ("area-share", {"let": Decimal(12900)}, "100 m² more let or shared, or 134 m² less in operation"),
        ("funded", {"funded": 4}, "investment for 2 more teams"),
        ("seed-fund", {"funds_minor": {"CNY": 380_000_000}, "cases": 1},
         "1,200,000 CNY more in the fund; and money of the fund for 2 more teams"),
        ("staff-share", {"professionals": 7}, "training for 1 of the staff, or 5 more professionals"),
        ("staff-ratio", {"professionals": 4}, "2 more professionals"),
        ("mentor-ratio", {"mentors": 5}, "1 more mentor"),
        ("ip-share", {"applied": 28, "held": 17},
         "patent applications by 2 more teams, or a valid right held by 1 more team"),
    ],
)  # fmt: skip
def test_gap_says_how_much_is_missing(code: str, change: dict, gap: str) -> None:
    standing = stands(replace(FULL, **change), code)

    assert (standing.state, standing.gap) == (CriterionState.UNMET, gap)


def test_one_of_two_alternatives_is_enough() -> None:
    standing = stands(replace(FULL, applied=20, held=18), "ip-share")

    assert (standing.state, standing.first.demand.value) == (CriterionState.MET, CriterionValue.HELD_SHARE)


def test_fund_in_another_currency_is_not_measured() -> None:
    assert stands(replace(FULL, funds_minor={"EUR": 900_000_000}), "seed-fund").state == CriterionState.UNMEASURED


def test_with_exactly_the_gap_a_demand_is_met_and_with_one_fewer_not() -> None:
    dice = random.Random(4)
    tried = 0
    for value in CriterionValue:
        for _turn in range(200):
            bottom = Decimal(dice.randint(1, 40000)) / dice.choice((1, 4, 100)) if value in PER else None
            top = Decimal(dice.randint(0, 30000)) / 100 if value in PER else Decimal(dice.randint(0, 900))
            if value == CriterionValue.STAFF_SHARE:
                bottom = Decimal(dice.randint(1, 60))
                top = Decimal(dice.randint(0, int(bottom)))
            least = Decimal(dice.randint(1, 95))
            quotient = Quotient(value, top, bottom)
            for way in ways_to_meet(quotient, least):
                tried += 1
                assert _after(quotient, way.code, way.amount) >= least
                assert _after(quotient, way.code, way.amount - 1) < least
    assert tried > 1000


def _after(quotient: Quotient, code: str, amount: int) -> Fraction:
    """Return the value after one way was gone, the slow obvious way."""
    top, bottom = Fraction(quotient.top), Fraction(quotient.bottom) if quotient.bottom is not None else None
    if code == "area-less":
        bottom -= amount
    else:
        top += amount
        if code == "staff-more" and quotient.value == CriterionValue.STAFF_SHARE:
            bottom += amount
    return top if bottom is None else top * PER[quotient.value] / bottom


@pytest.mark.django_db
def test_counts_as_of_any_day_equal_the_slow_obvious_way(scene: Scene, django_assert_num_queries) -> None:
    _plant(scene, random.Random(11))
    days = [FIRST + timedelta(days=step) for step in range(0, 365, 13)]

    with django_assert_num_queries(1):
        counted = queries.counts_on(scene.site, days)

    assert counted == {day: _slowly(scene.site, day) for day in days}
    assert len({one.teams for one in counted.values()}) > 3
    assert len({one.held for one in counted.values()}) > 2


def _plant(scene: Scene, dice: random.Random) -> None:
    """Put teams, reports, money, staff and mentors at the site, some over, some struck, some of other kinds."""
    by, at = scene.cast.owner.person, moment(FIRST)
    operations.count_team(team=scene.team, at=at)
    stamp = {"recorded_at": at, "recorded_by": by}
    for number in range(24):
        team = models.Team.objects.create(
            site=scene.site,
            key=f"team-{number}",
            name=Bilingual(f"Team {number}"),
            kind=TeamKind.SERVICE if number % 11 == 5 else TeamKind.INCUBATED,
            origin="domestic",
            stage="seed",
            registered_at=at,
            registered_by=by,
        )
        for what, amount in (("resident", 1), ("area", dice.randint(10, 90))):
            _span(team, what, amount, dice, at)
        _facts(team, dice, stamp)
    for number in range(9):
        person = people.register_person(key=f"helper-{number}", name=Bilingual(f"Helper {number}"))
        start, end = _days(dice)
        models.StaffMember.objects.create(
            site=scene.site, person=person, is_professional=number % 3 > 0, starts_on=start, ends_on=end,
            added_at=at, added_by=by,
        )  # fmt: skip
        models.Mentor.objects.create(
            site=scene.site, person=person, starts_on=start, ends_on=end, appointed_at=at, appointed_by=by
        )
        models.SeedFund.objects.create(
            site=scene.site, amount_minor=number * 100 + 1, currency=("CNY", "EUR")[number % 2], starts_on=start,
            ends_on=end, **stamp,
        )  # fmt: skip
    for number, floor in enumerate((scene.ground, scene.first)):
        models.Space.objects.create(
            floor=floor, code=f"C-{number}", kind=SpaceKind.COMMON, area_m2=Decimal(50), door_token=f"c-{number}",
            starts_on=date(2019, 3, 5), ends_on=date(2019, 10, 1) if number else None, added_at=at,
        )  # fmt: skip
    operations.close_floor(run=scene.first.runs.get(), on=date(2019, 8, 2), by=by, at=at)


def _span(team: models.Team, what: str, amount: int, dice: random.Random, at) -> None:
    start, end = _days(dice)
    gone = at if dice.random() < 0.1 else None
    models.TeamSpan.objects.create(
        team=team, what=what, amount=Decimal(amount), starts_on=start, ends_on=end, record="tenancy:0",
        known_at=at, unknown_at=gone,
    )  # fmt: skip


def _facts(team: models.Team, dice: random.Random, stamp: dict) -> None:
    """Give a team reports, money and perhaps a graduation."""
    by, at = stamp["recorded_by"], stamp["recorded_at"]
    for quarter in dice.sample((1, 4, 7, 10), 2):
        struck = {"struck_at": at, "struck_by": by} if dice.random() < 0.2 else {}
        models.TeamReport.objects.create(
            team=team, quarter_on=date(2019, quarter, 1), stands_on=date(2019, quarter, 1) + timedelta(days=80),
            jobs=4, research_jobs=2, patents_applied=dice.randint(0, 1), patents_held=dice.randint(0, 1),
            reported_at=at, reported_by=by, **struck,
        )  # fmt: skip
    if dice.random() < 0.6:
        models.Funding.objects.create(
            team=team, kind=dice.choice(list(FundingKind)), amount_minor=100, currency="CNY",
            received_on=_days(dice)[0], is_from_site=dice.random() < 0.4, **stamp,
        )  # fmt: skip
    if dice.random() < 0.3:
        models.Graduation.objects.create(
            team=team, rule=GraduationRule.MERGED, graduated_on=_days(dice)[0], evidence="A deed", **stamp
        )


def _days(dice: random.Random) -> tuple[date, date | None]:
    start = FIRST + timedelta(days=dice.randint(0, 300))
    return start, start + timedelta(days=dice.randint(1, 200)) if dice.random() < 0.7 else None


def _slowly(site: models.Site, day: date) -> Counts:
    """Count everything by reading every record, one at a time."""

    def begun(rows, name="starts_on"):
        return [row for row in rows if getattr(row, name) <= day]

    def now(rows):
        return [row for row in begun(rows) if row.ends_on is None or row.ends_on > day]

    runs = begun(models.FloorRun.objects.filter(floor__building__site=site, struck_at=None))
    open_floors = {run.floor_id for run in now(runs)}
    commons = now(models.Space.objects.filter(kind=SpaceKind.COMMON, floor__building__site=site))
    spans = models.TeamSpan.objects.filter(team__site=site, team__kind="incubated", unknown_at=None)
    residents = begun(spans.filter(what="resident"))
    here = {span.team_id for span in now(residents)}
    money = begun(models.Funding.objects.filter(team__site=site, struck_at=None), "received_on")
    funds = begun(models.SeedFund.objects.filter(site=site))
    staff, mentors = (begun(kind.objects.filter(site=site)) for kind in (models.StaffMember, models.Mentor))
    last = {}
    for report in models.TeamReport.objects.filter(struck_at=None, team__in=here).order_by("stands_on", "pk"):
        if report.stands_on <= day:
            last[report.team_id] = report
    held = [report for report in last.values() if report.patents_held]
    applied = [report for report in last.values() if report.patents_held or report.patents_applied]
    graduations = models.Graduation.objects.filter(team__site=site, team__kind="incubated", struck_at=None)
    graduates = begun(graduations, "graduated_on")
    return Counts(
        day=day,
        area=sum((run.area_m2 for run in now(runs)), Decimal(0)) if runs else None,
        let=sum((span.amount for span in now(spans.filter(what="area"))), Decimal(0)),
        common=sum((space.area_m2 for space in commons if space.floor_id in open_floors), Decimal(0)),
        teams=len(here) if residents else None,
        funded=len({one.team_id for one in money if one.kind == "equity"} & here) if money else None,
        cases=len({one.team_id for one in money if one.is_from_site}) if money or funds else None,
        funds_minor={
            currency: sum(fund.amount_minor for fund in now(funds) if fund.currency == currency)
            for currency in {fund.currency for fund in funds}
        },
        staff=len(now(staff)) if staff else None,
        professionals=len([one for one in now(staff) if one.is_professional]) if staff else None,
        mentors=len(now(mentors)) if mentors else None,
        reported=len(last),
        applied=len(applied) if last else None,
        held=len(held) if last else None,
        graduates=len(graduates) if residents or graduates else None,
    )


@pytest.mark.django_db
def test_records_behind_a_number_are_as_many_as_it_says(scene: Scene) -> None:
    _plant(scene, random.Random(11))
    day = date(2019, 9, 1)
    counts = queries.counts_on(scene.site, [day])[day]

    def behind(code: str) -> list[queries.Behind]:
        found = queries.records_behind(scene.site, RULES.find(code), day, names_staff=True)
        return [one for one in found if one.counts]

    assert len(behind("teams")) == counts.teams
    assert len(behind("funded")) == counts.funded
    assert len(behind("ip-share")) == counts.applied
    assert len(behind("graduates")) == counts.graduates
    assert len(behind("staff-share")) == counts.professionals
    assert sum(one.amount for one in behind("area")) == counts.area
    assert sum(one.amount for one in behind("area-share") if one.kind == "space") == counts.let + counts.common
    assert queries.records_behind(scene.site, RULES.find("staff-share"), day, names_staff=False) == []


def test_shipped_file_reads_and_a_level_can_be_like_another() -> None:
    national, specialised = queries.rule_sets()

    assert [one.code for one in national.criteria] == [one.code for one in specialised.criteria]
    changed = [one.code for one in specialised.criteria if one != national.find(one.code)]
    assert changed == ["teams", "density"]


SHORT = """
sources:
  - key: rule
    year: 2018
    title: {en: Rule, zh-hans: 办法}
    number: {en: "1", zh-hans: "1"}
    issuer: {en: Office, zh-hans: 厅}
    reading: {en: Read, zh-hans: 读}
sets:
  - key: level
    source: rule
    name: {en: Level, zh-hans: 级}
    criteria:
      - code: area
        name: {en: Area, zh-hans: 面积}
        rule: {en: Floors, zh-hans: 楼层}
        all: [{value: area, at_least: 10}]
"""


def test_own_file_reads() -> None:
    (rules,) = read_criteria(SHORT)

    assert rules.find("area").demands == (Demand(CriterionValue.AREA, Decimal(10)),)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("year: 2018", "year: soon", "sources.0.year: 'soon' is no year"),
        ("source: rule", "source: law", "sets.0.source: 'law' is not known; choose one of rule"),
        ("value: area,", "value: areas,", "sets.0.criteria.0.all.0.value: 'areas' is not known; choose one of area, "),
        ("at_least: 10", "at_least: 0", "at_least: 0 is no number above 0"),
        ("at_least: 10", "at_least: many", "at_least: 'many' is no number above 0"),
        ("at_least: 10}", "at_least: 10, currency: CNY}", "area is no money: leave the currency out"),
        ("value: area,", "value: seed_fund,", "seed_fund name its currency"),
        ("all: [", "each: [", "sets.0.criteria.0: each means nothing here"),
        ("zh-hans: 面积", "zh-hans: ''", "sets.0.criteria.0.name: the text in zh-hans is empty"),
        ("{en: Level, zh-hans: 级}", "{en: Level}", "sets.0.name: zh-hans is missing"),
        ("- code: area", "- code: Area!", "'Area!' is no key"),
        ("sets:", "sets: [}", "criteria.yaml is no YAML"),
        ("    year: 2018\n", "", "sources.0: year is missing"),
    ],
)
def test_faults_of_the_file_are_told_by_their_place(old: str, new: str, words: str) -> None:
    with pytest.raises(WrongCriteriaError) as told:
        read_criteria(SHORT.replace(old, new, 1))

    assert words in str(told.value)


def test_same_criterion_twice_is_told() -> None:
    doubled = SHORT + SHORT[SHORT.index("      - code") :]

    with pytest.raises(WrongCriteriaError, match="'area' stands here twice"):
        read_criteria(doubled)
