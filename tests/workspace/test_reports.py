"""What teams report: taken, corrected, flagged, struck; rounds asked for and reminded of."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from tests.cast import moment
from tests.workspace.scene import OPENED, Scene

from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.outbox.models import InboxNote
from accord.people import operations as people
from accord.people.models import SignedLink
from accord.people.queries import LinkEnded
from accord.workspace import operations, queries
from accord.workspace.enums import FundingKind, ReportFlag
from accord.workspace.models import Funding, ReportRound, Team, TeamReport, TeamSpan
from accord.workspace.operations import Door, Heads, Received

Q2, Q3 = date(2019, 4, 1), date(2019, 7, 1)
ASKED, DUE = date(2019, 9, 30), date(2019, 10, 15)
ON_TIME = moment(DUE)
HEADS = Heads(
    jobs=12, research_jobs=7, part_time=2, patents_applied=1, revenue_minor=250_000_00, note="A good quarter."
)


class Letters:
    """Links as a door makes them, numbered."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self) -> str:
        self.made.append(f"token-{len(self.made)}")
        return self.made[-1]


def door(letters: Letters | None = None) -> Door:
    return Door(letters or Letters(), lambda token: f"https://example.org/workspace/links/report/{token}/")


def opened(scene: Scene, **more: object) -> ReportRound:
    """Ask for the third quarter."""
    by = scene.operator.person
    asked = {"site": scene.site, "quarter_on": Q3, "due_on": DUE, "by": by, "at": moment(ASKED)} | more
    return operations.open_round(**asked)  # type: ignore[arg-type]


def reported(scene: Scene, heads: Heads = HEADS, on: date = ASKED, at: datetime | None = None) -> TeamReport:
    """Let the team report the third quarter."""
    round_ = ReportRound.objects.filter(site=scene.site, quarter_on=Q3).first() or opened(scene)
    return operations.report_quarter(
        team=scene.team,
        round=round_,
        heads=heads,
        stands_on=on,
        by=scene.lead.person,
        at=at or moment(date(2019, 10, 2)),
    )


def counted(what: str = "jobs") -> list[tuple[Decimal, date]]:
    """Return what measures count now."""
    rows = TeamSpan.objects.filter(what=what, unknown_at=None).order_by("starts_on")
    return [(row.amount, row.starts_on) for row in rows]


def test_a_report_is_kept_and_counts_from_its_day(scene: Scene) -> None:
    report = reported(scene)

    assert (report.jobs, report.research_jobs, report.currency, report.flags) == (12, 7, "CNY", [])
    assert counted() == [(Decimal(12), ASKED)]
    assert counted("research_jobs") == [(Decimal(7), ASKED)]


def test_the_same_report_again_changes_nothing(scene: Scene) -> None:
    first = reported(scene)

    assert reported(scene).pk == first.pk
    assert TeamReport.objects.count() == 1


def test_a_correction_strikes_the_report_before_it(scene: Scene) -> None:
    first = reported(scene)

    second = reported(scene, replace(HEADS, jobs=13))

    first.refresh_from_db()
    assert (first.struck_at, first.struck_by_id) == (second.reported_at, scene.lead.person.pk)
    assert counted() == [(Decimal(13), ASKED)]


def test_a_struck_report_counts_no_longer(scene: Scene) -> None:
    report = reported(scene)

    operations.strike_report(report=report, by=scene.operator.person, at=moment(date(2019, 10, 3)))

    assert counted() == []


@pytest.mark.parametrize(("day", "field"), [(date(2019, 6, 30), "stands_on"), (date(2019, 10, 4), "stands_on")])
def test_heads_are_counted_in_the_quarter_and_not_ahead(scene: Scene, day: date, field: str) -> None:
    with pytest.raises(operations.ReportDay) as refused:
        reported(scene, on=day)

    assert refused.value.field == field
    assert not TeamReport.objects.exists()


def test_a_report_after_the_due_day_of_the_site_is_late(scene: Scene) -> None:
    in_time = reported(scene, at=datetime.fromisoformat("2019-10-15T15:59:00+00:00"))  # 23:59 in Shanghai
    late = reported(scene, replace(HEADS, jobs=11), at=datetime.fromisoformat("2019-10-15T16:00:00+00:00"))

    assert (in_time.flags, late.flags) == ([], [ReportFlag.LATE])


def test_crowding_asks_the_area_that_is_let(scene: Scene) -> None:
    at_bound = reported(scene, Heads(jobs=15, research_jobs=1))
    above = reported(scene, Heads(jobs=15, research_jobs=1, interns=1))

    assert (at_bound.flags, above.flags) == ([], [ReportFlag.CROWDED])


def test_a_jump_is_held_against_the_baseline_where_there_is_no_other(scene: Scene) -> None:
    operations.record_baseline(
        team=scene.team, heads=Heads(5, 3), stands_on=date(2019, 3, 1), by=scene.lead.person, at=moment(ASKED)
    )

    assert reported(scene).flags == [ReportFlag.JUMP]


def test_the_baseline_is_one_and_can_be_corrected(scene: Scene) -> None:
    for jobs in (4, 4, 5):
        operations.record_baseline(
            team=scene.team, heads=Heads(jobs, 1), stands_on=date(2019, 3, 1), by=scene.lead.person, at=moment(ASKED)
        )

    rows = TeamReport.objects.order_by("pk").values_list("jobs", "quarter_on", "struck_at")
    assert [(jobs, quarter, struck is None) for jobs, quarter, struck in rows] == [(4, None, False), (5, None, True)]
    assert counted() == [(Decimal(5), date(2019, 3, 1))]


def test_money_said_with_a_report_is_written_once(scene: Scene) -> None:
    round_ = opened(scene)
    money = Received(FundingKind.EQUITY, 5_000_000_00, "CNY", date(2019, 8, 1), "Lake Capital")

    for heads in (HEADS, replace(HEADS, jobs=13)):
        operations.report_quarter(
            team=scene.team,
            round=round_,
            heads=heads,
            stands_on=ASKED,
            funding=[money],
            by=scene.lead.person,
            at=moment(DUE),
        )

    assert list(Funding.objects.values_list("amount_minor", "source")) == [(5_000_000_00, "Lake Capital")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount_minor": 0}, "amount"),
        ({"received_on": date(2019, 10, 3)}, "received_on"),
        ({"currency": "yuan"}, "currency"),
    ],
)
def test_odd_money_is_refused(scene: Scene, wrong: dict[str, object], field: str) -> None:
    said = {"kind": "grant", "amount_minor": 100, "currency": "CNY", "received_on": ASKED} | wrong

    with pytest.raises(operations.FundingOdd) as refused:
        operations.record_funding(team=scene.team, by=scene.lead.person, at=moment(date(2019, 10, 1)), **said)  # type: ignore[arg-type]

    assert refused.value.field == field


def test_a_team_reports_in_rounds_of_its_own_site(scene: Scene) -> None:
    other = operations.open_site(
        key="other",
        name=Bilingual("Other"),
        operator=scene.site.operator,
        time_zone="Asia/Shanghai",
        currency="CNY",
        by=scene.operator.person,
        at=moment(OPENED),
    )

    with pytest.raises(operations.ReportElsewhere):
        operations.report_quarter(
            team=scene.team,
            round=opened(scene, site=other),
            heads=HEADS,
            stands_on=ASKED,
            by=scene.lead.person,
            at=moment(DUE),
        )


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"quarter_on": date(2019, 8, 1)}, operations.QuarterUnclear),
        ({"quarter_on": date(2019, 10, 1)}, operations.QuarterUnclear),
        ({"due_on": date(2019, 9, 29)}, operations.DueDay),
        ({"due_on": ASKED + timedelta(days=121)}, operations.DueDay),
    ],
)
def test_odd_rounds_are_refused(scene: Scene, wrong: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        opened(scene, **wrong)


def contact(scene: Scene, email: str = "wang@example.org") -> Team:
    """Give the team a contact without an account."""
    facts = people.PersonFacts(name=Bilingual("Wang Fang", "王芳"), email=email)
    person = people.add_person(facts=facts, by=scene.operator.person, at=moment(OPENED))
    scene.team.contact = person
    scene.team.save(update_fields=["contact"])
    return scene.team


def letters_to(address: str) -> list[str]:
    """Return the bodies of the letters to an address."""
    return [str(one.body) for one in mail.outbox if address in one.to]


def test_opening_a_round_asks_leads_where_they_sign_in_and_contacts_by_letter(scene: Scene) -> None:
    letters = Letters()
    contact(scene)

    round_ = opened(scene, door=door(letters))
    again = opened(scene, door=door(letters))

    assert again == round_
    assert letters.made == ["token-0"]
    (body,) = letters_to("wang@example.org")
    assert "https://example.org/workspace/links/report/token-0/" in body
    assert not InboxNote.objects.filter(person=scene.lead.person).exists()
    link = SignedLink.objects.get()
    assert (link.record, link.uses_left, link.expires_at) == (f"team:{scene.team.pk}", 5, queries.closes_at(round_))


def test_without_a_contact_the_lead_is_asked_in_the_inbox(scene: Scene) -> None:
    opened(scene, door=door())

    (note,) = InboxNote.objects.select_related("message").filter(person=scene.lead.person)
    assert note.message.url == "/workspace/dreamworks/reports/2019-Q3/lantern/"
    assert "Q3 2019" in note.message.subject.en
    assert "2019年第3季度" in note.message.subject.zh_hans
    assert not InboxNote.objects.filter(person=scene.rival.person).exists()  # the other team has no tenancy


def by_link(scene: Scene, heads: Heads = HEADS, at: datetime = ON_TIME) -> TeamReport:
    link = SignedLink.objects.get()
    return operations.report_by_link(
        link=link.pk,
        team=scene.team,
        round=ReportRound.objects.select_related("site").get(),
        heads=heads,
        stands_on=ASKED,
        at=at,
    )


def test_a_link_reports_in_its_persons_name_and_corrects(scene: Scene) -> None:
    contact(scene)
    opened(scene, door=door())

    by_link(scene)
    report = by_link(scene, replace(HEADS, jobs=14))

    assert (report.reported_by, report.jobs, SignedLink.objects.get().uses_left) == (scene.team.contact, 14, 3)


def test_a_link_whose_uses_are_spent_says_so_and_reports_nothing(scene: Scene) -> None:
    contact(scene)
    opened(scene, door=door())
    SignedLink.objects.update(uses_left=1)
    by_link(scene)

    with pytest.raises(LinkEnded, match="was used"):
        by_link(scene, replace(HEADS, jobs=14))

    assert [one.jobs for one in TeamReport.objects.all()] == [12]


def test_a_link_of_another_team_reports_nothing(scene: Scene) -> None:
    contact(scene)
    opened(scene, door=door())
    SignedLink.objects.update(record=f"team:{scene.other_team.pk}")

    with pytest.raises(NotThere):
        by_link(scene)

    assert SignedLink.objects.get().uses_left == 5


def test_a_round_that_is_over_takes_no_report_by_link(scene: Scene) -> None:
    contact(scene)
    round_ = opened(scene, door=door())
    closes = queries.closes_at(round_)
    SignedLink.objects.update(expires_at=closes + timedelta(days=9))

    with pytest.raises(operations.RoundOver, match="2019-11-15"):
        by_link(scene, at=closes)

    assert by_link(scene, at=closes - timedelta(seconds=1)).flags == [ReportFlag.LATE]


def remind(on: date, letters: Letters) -> int:
    return operations.remind_rounds(at=moment(on), door=door(letters))


def test_who_has_not_reported_is_reminded_twice_and_then_the_operator_is_told(scene: Scene) -> None:
    letters = Letters()
    contact(scene)
    opened(scene, door=door(letters))

    days = [
        DUE - timedelta(days=8),
        DUE - timedelta(days=7),
        DUE - timedelta(days=6),
        DUE,
        DUE,
        DUE + timedelta(days=1),
    ]
    sent = [remind(day, letters) for day in days]

    assert sent == [0, 1, 0, 1, 0, 0]
    assert len(letters_to("wang@example.org")) == 3
    (note,) = InboxNote.objects.filter(person=scene.operator.person)
    assert note.message.body.en == "Lantern"
    remind(DUE + timedelta(days=2), letters)
    assert InboxNote.objects.filter(person=scene.operator.person).count() == 1


def test_who_has_reported_is_not_reminded(scene: Scene) -> None:
    letters = Letters()
    contact(scene)
    opened(scene, door=door(letters))
    reported(scene)

    assert [remind(DUE, letters), remind(DUE + timedelta(days=1), letters)] == [0, 0]
    assert not InboxNote.objects.filter(person=scene.operator.person).exists()


def test_a_missed_day_is_made_up_for_by_the_later_reminder_alone(scene: Scene) -> None:
    letters = Letters()
    contact(scene)
    opened(scene, door=door(letters))

    assert remind(DUE + timedelta(days=1), letters) == 1
    assert len(letters_to("wang@example.org")) == 2


def test_looking_at_a_report_leaves_it_standing_and_clears_the_list(scene: Scene) -> None:
    report = reported(scene, Heads(0, 0))
    assert [one.pk for one in queries.flagged_reports(scene.site)] == [report.pk]

    for _time in range(2):
        operations.look_at_report(report=report, by=scene.operator.person, at=moment(DUE))

    assert list(queries.flagged_reports(scene.site)) == []
    assert counted() == []  # no jobs, no line


def test_asking_again_writes_the_question_once_and_counts_as_a_look(scene: Scene) -> None:
    letters = Letters()
    contact(scene)
    opened(scene)
    report = reported(scene, Heads(0, 0))

    for _time in range(2):
        operations.ask_again(
            report=report, question="Nobody at all?", by=scene.operator.person, at=moment(DUE), door=door(letters)
        )

    (body,) = letters_to("wang@example.org")
    assert "Nobody at all?" in body
    report.refresh_from_db()
    assert report.looked_by_id == scene.operator.person.pk


def test_the_round_says_who_reported_and_who_is_missing(scene: Scene) -> None:
    round_ = opened(scene)

    def rows(at: datetime) -> list[tuple[str, bool, bool]]:
        return [(one.key, one.report is not None, one.is_late) for one in queries.answers_in(round_, at)]

    assert rows(moment(ASKED)) == [("lantern", False, False)]
    assert rows(moment(DUE + timedelta(days=1))) == [("lantern", False, True)]
    reported(scene)
    assert rows(moment(DUE + timedelta(days=1))) == [("lantern", True, False)]
