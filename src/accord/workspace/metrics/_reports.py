"""People in resident teams and the money they received, counted from reports."""

from typing import Any

from django.db.models import QuerySet

from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual
from accord.workspace.queries import funding_as_changes, spans_as_changes

NBIA = Bilingual("NBIA", "NBIA")
PEOPLE = Bilingual("people", "人")
TEAM_AND_JOB = Bilingual("team and job", "企业与岗位")


def job_changes() -> QuerySet[Any, Any]:
    """Return from when until when each reported head count of a resident team holds."""
    return spans_as_changes("jobs")


def research_job_changes() -> QuerySet[Any, Any]:
    """Return the same for people in research."""
    return spans_as_changes("research_jobs")


REPORTS = (
    Measure(
        code="workspace.jobs",
        name=Bilingual("Jobs in resident teams", "在孵企业从业人员"),
        definition=Bilingual(
            "People employed by resident teams for at least 32 hours a week.",
            "在孵企业雇用、每周工作不少于 32 小时的人员。",
        ),
        unit=PEOPLE,
        kind=Kind.STOCK,
        distinct_by=TEAM_AND_JOB,
        rule=Bilingual(
            (
                "The head count that each team last reported, from the day it stands for; it stops when the team "
                "leaves or its report is over a year old. Part-time staff, interns and contractors never count."
            ),
            "按各企业最近一次报告的人数，自报告所指之日计入；企业离开或报告超过一年即不再计入。兼职、实习和外包人员不计。",
        ),
        scheme=NBIA,
        dimensions=("agreement", "building", "sector"),
        changes=job_changes,
    ),
    Measure(
        code="workspace.research_jobs",
        name=Bilingual("Research jobs in resident teams", "在孵企业研发人员"),
        definition=Bilingual(
            (
                "People employed by resident teams for at least 32 hours a week whose main task is research and "
                "development."
            ),
            "在孵企业雇用、每周工作不少于 32 小时且以研发为主要工作的人员。",
        ),
        unit=PEOPLE,
        kind=Kind.STOCK,
        distinct_by=TEAM_AND_JOB,
        rule=Bilingual(
            (
                "Part of the jobs in resident teams, counted by the same rule, for those who spend at least half of "
                "their time on research and development. Sales, administration and students never count."
            ),
            "属于在孵企业从业人员的一部分，按同一规则计，限半数以上工时用于研发者；销售、行政人员和在校学生不计。",
        ),
        scheme=NBIA,
        dimensions=("agreement", "building", "sector"),
        changes=research_job_changes,
    ),
    Measure(
        code="workspace.team_funding",
        name=Bilingual("Investment in resident teams", "在孵企业获投融资"),
        definition=Bilingual(
            "Investment that resident teams received, by kind of capital.",
            "在孵企业获得的投资与融资，按资金类型统计。",
        ),
        unit=Bilingual("currency units", "货币单位"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("team and round", "企业与轮次"),
        period="calendar",
        rule=Bilingual(
            (
                "Counts on the day the money came in, while the team is resident; grants and debt are told apart by "
                "`kind`. Announced rounds, founders' own money and revenue never count. Currencies are never added "
                "together: only money in the work space's own currency is counted."
            ),
            (
                "企业在孵期间按资金到账之日计入，以 kind 区分股权、债权和资助；仅宣布的轮次、创始人自有资金和营业收入"
                "不计。不同币种不相加，仅统计与本空间同币种的资金。"
            ),
        ),
        scheme=NBIA,
        dimensions=("agreement", "kind", "sector", "currency"),
        changes=funding_as_changes,
    ),
)
"""Counted from what teams report, and from money recorded on the day it came in."""
