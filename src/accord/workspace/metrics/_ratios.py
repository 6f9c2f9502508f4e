"""Ratios: each has what stands above the line and what stands below it, and moves when either does."""

from typing import Any

from django.db.models import QuerySet

from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual
from accord.workspace.queries import floor_runs_as_changes, let_areas_as_changes, mentors_as_changes, spans_as_changes


def resident_changes() -> QuerySet[Any, Any]:
    """Return when each team became resident, and when it no longer was."""
    return spans_as_changes("resident")


def teams_with_rights_changes() -> QuerySet[Any, Any]:
    """Return from when until when each resident team had an application or a right."""
    return spans_as_changes("ip")


def let_area_changes() -> QuerySet[Any, Any]:
    """Return when area came to be used by incubated teams, common areas included, and when it no longer was."""
    return let_areas_as_changes()


def area_operated_changes() -> QuerySet[Any, Any]:
    """Return when floors went into operation and out of it."""
    return floor_runs_as_changes()


def mentor_changes() -> QuerySet[Any, Any]:
    """Return when mentors were appointed and when their appointment ended."""
    return mentors_as_changes()


RATIOS = (
    Measure(
        code="workspace.area_let_share",
        name=Bilingual("Share of area let", "在孵企业使用面积占比"),
        definition=Bilingual(
            (
                "Area used by resident teams, common areas included, over the area in operation. The national "
                "level asks for at least 75 %."
            ),
            "在孵企业使用面积（含公共面积）占运营面积的比例；国家级要求不低于 75%。",
        ),
        unit=Bilingual("%", "%"),
        kind=Kind.RATIO,
        rule=Bilingual(
            (
                "Let area and the common areas open to resident teams stand above the line, the area in operation "
                "below. Area let to anybody else, or reserved without a tenancy in force, never counts above the "
                "line."
            ),
            "在孵企业租用面积及其可用公共面积为分子，运营面积为分母；租给其他单位或仅预留、无有效入驻协议的面积不计入分子。",
        ),
        scheme=Bilingual("China MoST 2018/300", "科技部 国科发区〔2018〕300号"),
        dimensions=("agreement", "building"),
        changes=let_area_changes,
        below=area_operated_changes,
        scale=100,
    ),
    Measure(
        code="workspace.density",
        name=Bilingual("Density of teams", "在孵企业密度"),
        definition=Bilingual(
            (
                "Resident teams for each 1,000 m² in operation. The national level asks for at least 3 and at "
                "least 50 teams; a specialised incubator for 2 and 30."
            ),
            "每千平方米运营面积的在孵企业数；国家级要求不少于 3 家且总数不少于 50 家，专业孵化器为 2 家和 30 家。",
        ),
        unit=Bilingual("teams per 1,000 m²", "家/千平方米"),
        kind=Kind.RATIO,
        rule=Bilingual(
            (
                "Resident teams on the day, divided by the area in operation on the same day in thousands of "
                "square metres. Without any area in operation there is no figure."
            ),
            "以当日在孵企业数除以同日运营面积（千平方米）；没有运营面积时不给出数值。",
        ),
        scheme=Bilingual("China MoST 2018/300", "科技部 国科发区〔2018〕300号"),
        dimensions=("agreement", "building"),
        changes=resident_changes,
        below=area_operated_changes,
        scale=1000,
    ),
    Measure(
        code="workspace.ip_share",
        name=Bilingual("Teams with intellectual property", "拥有知识产权的企业占比"),
        definition=Bilingual(
            (
                "Resident teams that applied for a patent or hold valid intellectual property, over all resident "
                "teams. The national level asks for 50 % that applied, or 30 % that hold."
            ),
            "已申请专利或拥有有效知识产权的在孵企业占比；国家级要求申请专利的达 50%，或拥有有效知识产权的达 30%。",
        ),
        unit=Bilingual("%", "%"),
        kind=Kind.RATIO,
        distinct_by=Bilingual("team", "企业"),
        rule=Bilingual(
            (
                "A team stands above the line from its first application or right for as long as one is alive, "
                "once however many it has; `basis` tells applied from held. Rights held by a founder in person "
                "never count."
            ),
            (
                "自首项申请或权利起、至全部失效前计入分子，一家企业无论多少项只计一次，以 basis 区分申请与拥有；"
                "创始人个人名下的不计。"
            ),
        ),
        scheme=Bilingual("China MoST 2018/300", "科技部 国科发区〔2018〕300号"),
        dimensions=("agreement", "basis", "sector"),
        changes=teams_with_rights_changes,
        below=resident_changes,
        scale=100,
    ),
    Measure(
        code="workspace.mentor_ratio",
        name=Bilingual("Mentors per ten teams", "创业导师配比"),
        definition=Bilingual(
            "Mentors under contract for every ten resident teams. The national level asks for at least 1.",
            "每 10 家在孵企业配备的签约创业导师人数；国家级要求不少于 1 人。",
        ),
        unit=Bilingual("mentors per 10 teams", "人/10家"),
        kind=Kind.RATIO,
        distinct_by=Bilingual("mentor", "导师"),
        rule=Bilingual(
            (
                "Mentors with an appointment in force on the day, divided by a tenth of the resident teams. A "
                "mentor counts once however many teams they advise; without resident teams there is no figure."
            ),
            "以当日聘期内的导师人数除以在孵企业数的十分之一；一名导师指导多家企业只计一次，没有在孵企业时不给出数值。",
        ),
        scheme=Bilingual("China MoST 2018/300", "科技部 国科发区〔2018〕300号"),
        dimensions=("agreement", "field"),
        changes=mentor_changes,
        below=resident_changes,
        scale=10,
    ),
)
"""Counted from tenancies, reports, floors and appointments."""
