"""What the work space can be counted in."""

from typing import Any

from django.db.models import QuerySet

from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual
from accord.workspace.queries import graduations_as_changes, spans_as_changes


def resident_team_changes() -> QuerySet[Any, Any]:
    """Return when each team became resident, and when it no longer was."""
    return spans_as_changes("resident")


def surviving_graduate_changes() -> QuerySet[Any, Any]:
    """Return from when until when each graduate counts as surviving."""
    return spans_as_changes("surviving")


TENANCIES = (
    Measure(
        code="workspace.resident_teams",
        name=Bilingual("Resident teams", "在孵企业"),
        definition=Bilingual(
            "Enterprises and teams with a tenancy in force on the day.", "当日入驻协议有效的企业和团队。"
        ),
        unit=Bilingual("teams", "家"),
        kind=Kind.STOCK,
        distinct_by=Bilingual("team", "企业"),
        rule=Bilingual(
            (
                "A team counts once from the first day of its tenancy until the last tenancy ends, however many "
                "rooms it has. Applicants, virtual addresses without space, and service firms never count."
            ),
            ("自首份入驻协议生效之日计入，至最后一份协议终止，租用多处也只计一次；申请中、仅挂靠地址和服务机构不计。"),
        ),
        scheme=Bilingual("NBIA; China MoST 2018/300", "NBIA；科技部 国科发区〔2018〕300号"),
        dimensions=(
            "agreement",
            "building",
            "sector",
            "stage",
        ),
        changes=resident_team_changes,
    ),
    Measure(
        code="workspace.graduates",
        name=Bilingual("Graduates", "毕业企业"),
        definition=Bilingual(
            (
                "Teams that left after meeting a graduation rule: recognised as a high-tech enterprise; over CNY 5 "
                "million of angel or venture capital; over CNY 10 million revenue in two consecutive years together; "
                "merged, acquired or listed."
            ),
            (
                "符合毕业条件后离开的企业：通过高新技术企业认定；累计获得天使投资或风险投资超过 500 "
                "万元；连续两年营业收入累计超过 1000 万元；被兼并、收购或上市。"
            ),
        ),
        unit=Bilingual("teams", "家"),
        kind=Kind.CUMULATIVE,
        distinct_by=Bilingual("team", "企业"),
        rule=Bilingual(
            (
                "A team counts once, on the day it left, if at least one rule was met by then with a document to "
                "show it. Leaving for any other reason never counts, and a later failure does not undo the count."
            ),
            (
                "离开时至少符合一项条件并有文件证明的，在离开之日计一次；因其他原因离开的不计，此后经营失败不影响"
                "已计数。"
            ),
        ),
        scheme=Bilingual("China MoST 2018/300", "科技部 国科发区〔2018〕300号"),
        dimensions=(
            "agreement",
            "graduation-rule",
            "sector",
        ),
        changes=graduations_as_changes,
    ),
    Measure(
        code="workspace.graduates_surviving",
        name=Bilingual("Graduates surviving", "存续毕业企业"),
        definition=Bilingual(
            "Graduates of the last five years that still trade, or were merged or acquired.",
            "毕业五年内仍在经营，或已被兼并、收购的企业。",
        ),
        unit=Bilingual("teams", "家"),
        kind=Kind.STOCK,
        distinct_by=Bilingual("team", "企业"),
        rule=Bilingual(
            (
                "Counts from graduation for five years, and stops earlier when the team ceases to trade. A team that "
                "was not heard of for over a year stops counting until it answers; a merger or acquisition keeps "
                "counting."
            ),
            ("自毕业起计入五年，期间停业即不再计入；超过一年失去联系的暂停计入，恢复联系后再计；被兼并或收购的照计。"),
        ),
        scheme=Bilingual("NBIA", "NBIA"),
        dimensions=(
            "agreement",
            "graduation-rule",
            "sector",
        ),
        changes=surviving_graduate_changes,
    ),
)
"""Counted from tenancies and graduations."""
