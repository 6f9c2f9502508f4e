"""The area in operation, counted from the stretches in which floors were open."""

from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual
from accord.workspace.metrics._ratios import area_operated_changes

FLOORS = (
    Measure(
        code="workspace.area_operated",
        name=Bilingual("Area in operation", "运营面积"),
        definition=Bilingual(
            (
                "Floor area that the workspace has at its own disposal and runs on the day. The national level asks "
                "for at least 10,000 m²."
            ),
            "当日由运营方自主支配并投入使用的建筑面积；国家级要求不低于 1 万平方米。",
        ),
        unit=Bilingual("m²", "平方米"),
        kind=Kind.STOCK,
        rule=Bilingual(
            (
                "A floor counts from the day it opens for use until it is closed or handed back. Area that is "
                "planned, signed or still being fitted out never counts."
            ),
            "楼层自启用之日计入，至关闭或退还止；规划中、已签约未启用和装修中的面积不计。",
        ),
        scheme=Bilingual("China MoST 2018/300", "科技部 国科发区〔2018〕300号"),
        dimensions=("agreement", "building"),
        changes=area_operated_changes,
    ),
)
"""A stretch that was struck stops counting when it was struck; an end counts from when it was recorded."""
