"""Placements: begun, completed, and what came of them."""

from typing import Any

from django.db.models import QuerySet

from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual
from accord.programmes.enums import Counted
from accord.programmes.queries import counted_as_changes, evaluations_as_changes


def placements_started_changes() -> QuerySet[Any, Any]:
    """Return each placement on the first day there."""
    return counted_as_changes(Counted.STARTED)


def completed_changes() -> QuerySet[Any, Any]:
    """Return each placement on the day it was completed."""
    return counted_as_changes(Counted.COMPLETED)


def converted_changes() -> QuerySet[Any, Any]:
    """Return who was hired by their host, on the first day of the job."""
    return counted_as_changes(Counted.CONVERTED)


def satisfaction_changes() -> QuerySet[Any, Any]:
    """Return the scores of end evaluations, on the day each came in."""
    return counted_as_changes(Counted.SATISFACTION)


PLACEMENTS = (
    Measure(
        code="programmes.placements_started",
        name=Bilingual("Placements started", "开始实习与交流人数"),
        definition=Bilingual(
            "People who began an internship, an exchange or a fellowship.", "已开始实习、交流或访学的人员。"
        ),
        unit=Bilingual("people", "人"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("person and placement", "人与岗位"),
        period="calendar",
        rule=Bilingual(
            (
                "Counts on the first day that the person was there, as the host confirmed. An accepted place "
                "that nobody took up never counts; an extension is not a new placement."
            ),
            "按接收单位确认的到岗首日计入；已接受而未到岗的不计，延期不另算。",
        ),
        scheme=Bilingual("UIDP", "UIDP"),
        dimensions=(
            "agreement",
            "programme",
            "host",
            "kind",
        ),
        changes=placements_started_changes,
    ),
    Measure(
        code="programmes.completed",
        name=Bilingual("Placements completed", "完成实习与交流人数"),
        definition=Bilingual(
            "Internships, exchanges and fellowships that ran to their end, with the evaluation of both sides.",
            "按期结束并取得双方评价的实习、交流和访学。",
        ),
        unit=Bilingual("people", "人"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("person and placement", "人与岗位"),
        period="calendar",
        rule=Bilingual(
            (
                "A placement counts once, on the day the second of the two end evaluations came in. One that "
                "was broken off, or for which one evaluation is missing, never counts."
            ),
            "每个岗位计一次，计入双方结束评价中后一份提交之日；中途终止或缺少任何一方评价的不计。",
        ),
        scheme=Bilingual("UIDP", "UIDP"),
        dimensions=(
            "agreement",
            "programme",
            "host",
            "kind",
        ),
        changes=completed_changes,
    ),
    Measure(
        code="programmes.converted",
        name=Bilingual("Placements that led to a job", "留用人数"),
        definition=Bilingual(
            "People hired by their host within twelve months of completing a placement.",
            "完成实习或交流后十二个月内被接收单位录用的人员。",
        ),
        unit=Bilingual("people", "人"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("person and host", "人与接收单位"),
        period="calendar",
        rule=Bilingual(
            (
                "Counts once, on the first day of employment, if that day is within twelve months of "
                "completion. An offer alone, another placement, or a job elsewhere never counts."
            ),
            "在完成后十二个月内入职的，计入入职之日，每人每单位计一次；仅有录用意向、再次实习或到其他单位就业的不计。",
        ),
        scheme=Bilingual("UIDP", "UIDP"),
        dimensions=(
            "agreement",
            "programme",
            "host",
            "kind",
        ),
        changes=converted_changes,
    ),
    Measure(
        code="programmes.satisfaction",
        name=Bilingual("Satisfaction", "满意度"),
        definition=Bilingual(
            "Mean score of the end evaluations of both sides, always shown with the number of evaluations.",
            "双方结束评价的平均得分，始终与评价份数一同显示。",
        ),
        unit=Bilingual("score", "分"),
        kind=Kind.RATIO,
        distinct_by=Bilingual("evaluation", "评价"),
        rule=Bilingual(
            (
                "Every end evaluation handed in counts once, whichever side wrote it. Mid-term evaluations and "
                "blank scores never count, and forms with different scales are not mixed."
            ),
            "任一方提交的每份结束评价计一次；中期评价和未打分的不计，评分标尺不同的表单不混算。",
        ),
        scheme=Bilingual("UIDP", "UIDP"),
        dimensions=(
            "agreement",
            "programme",
            "host",
            "kind",
            "side",
        ),
        changes=satisfaction_changes,
        below=evaluations_as_changes,
    ),
)
"""Counted from placements and their evaluations."""
