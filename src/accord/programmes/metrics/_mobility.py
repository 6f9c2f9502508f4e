"""Exchanges, doctorates and fellowships: people and months."""

from typing import Any

from django.db.models import QuerySet

from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual
from accord.programmes.enums import Counted
from accord.programmes.queries import counted_as_changes, counted_as_stock


def exchange_people_changes() -> QuerySet[Any, Any]:
    """Return who arrived, once in an academic year and direction."""
    return counted_as_changes(Counted.EXCHANGE_PEOPLE)


def exchange_months_changes() -> QuerySet[Any, Any]:
    """Return a thirtieth of a month for each day of a stay."""
    return counted_as_changes(Counted.EXCHANGE_MONTHS)


def doctoral_enrolled_changes() -> QuerySet[Any, Any]:
    """Return from when until when each candidate is enrolled."""
    return counted_as_stock(Counted.DOCTORAL_ENROLLED)


def doctoral_completed_changes() -> QuerySet[Any, Any]:
    """Return each candidate on the day the degree was conferred."""
    return counted_as_changes(Counted.DOCTORAL_COMPLETED)


def postdoc_months_changes() -> QuerySet[Any, Any]:
    """Return the part of each month in post, on its last day."""
    return counted_as_changes(Counted.POSTDOC_MONTHS)


MOBILITY = (
    Measure(
        code="programmes.exchange_people",
        name=Bilingual("People on exchange", "交流人数"),
        definition=Bilingual(
            "Students and staff who went to the partner, by direction and academic year.",
            "赴合作方交流的学生和教职人员，按方向和学年统计。",
        ),
        unit=Bilingual("people", "人"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("person, direction and academic year", "人、方向与学年"),
        period="academic",
        rule=Bilingual(
            (
                "A person counts once in an academic year and direction, on the day of arrival; a stay over two "
                "academic years counts in the first. Nominations and cancelled stays never count."
            ),
            "同一人在同一学年、同一方向计一次，计入抵达之日；跨学年的停留计入前一学年。仅获提名或已取消的不计。",
        ),
        scheme=Bilingual("EWP IIA", "EWP IIA"),
        dimensions=(
            "agreement",
            "direction",
            "role",
            "level",
        ),
        changes=exchange_people_changes,
    ),
    Measure(
        code="programmes.exchange_months",
        name=Bilingual("Months of exchange", "交流人月"),
        definition=Bilingual(
            ("Months that exchanged people spent with the partner. Students are agreed in months, staff in days."),
            "交流人员在合作方停留的月数；学生按月、教职人员按天约定。",
        ),
        unit=Bilingual("months", "人月"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("person and day", "人与日"),
        period="academic",
        rule=Bilingual(
            (
                "Each day of a stay counts one thirtieth of a month on that day, for students and staff alike. "
                "Days not yet spent, and days after an early return, never count."
            ),
            "停留的每一天按三十分之一个月计入当日，学生与教职人员相同；尚未发生以及提前返回后的天数不计。",
        ),
        scheme=Bilingual("EWP IIA", "EWP IIA"),
        dimensions=(
            "agreement",
            "direction",
            "role",
            "level",
        ),
        changes=exchange_months_changes,
    ),
    Measure(
        code="programmes.doctoral_enrolled",
        name=Bilingual("Joint doctoral candidates", "在读联合培养博士生"),
        definition=Bilingual(
            "Candidates enrolled in a joint doctoral programme on the day.", "当日在联合培养博士项目中在读的博士生。"
        ),
        unit=Bilingual("people", "人"),
        kind=Kind.STOCK,
        distinct_by=Bilingual("candidate", "博士生"),
        rule=Bilingual(
            (
                "Counts from enrolment until the degree, withdrawal or transfer out of the programme; an "
                "approved leave keeps counting. Doctorates that only one side supervises never count."
            ),
            "自注册入学起计入，至取得学位、退学或转出项目止；经批准休学期间照计。仅由一方指导的博士生不计。",
        ),
        scheme=Bilingual("own", "自定"),
        dimensions=(
            "agreement",
            "programme",
            "institution",
            "field",
        ),
        changes=doctoral_enrolled_changes,
    ),
    Measure(
        code="programmes.doctoral_completed",
        name=Bilingual("Joint doctorates awarded", "联合培养博士毕业人数"),
        definition=Bilingual(
            "Candidates of a joint doctoral programme who were awarded the degree.",
            "在联合培养项目中取得博士学位的人数。",
        ),
        unit=Bilingual("people", "人"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("candidate", "博士生"),
        period="academic",
        rule=Bilingual(
            (
                "A candidate counts once, on the day the degree was conferred, also when two institutions award "
                "it. A submitted thesis or a passed defence alone does not count."
            ),
            "每名博士生计一次，计入授予学位之日；两校同授学位仍计一次，仅提交论文或通过答辩的不计。",
        ),
        scheme=Bilingual("own", "自定"),
        dimensions=(
            "agreement",
            "programme",
            "institution",
            "field",
        ),
        changes=doctoral_completed_changes,
    ),
    Measure(
        code="programmes.postdoc_months",
        name=Bilingual("Fellow-months", "博士后人月"),
        definition=Bilingual(
            "Months worked by post-doctoral fellows of a joint fellowship.", "联合博士后项目中博士后在岗工作的月数。"
        ),
        unit=Bilingual("months", "人月"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("fellow and month", "博士后与月份"),
        period="academic",
        rule=Bilingual(
            (
                "Each month in post counts on its last day; a part month, or a part-time post, counts its "
                "fraction. Months not yet worked and unpaid leave never count."
            ),
            "在岗的每个月计入该月最后一日，不足一月或非全职按比例计；尚未发生的月份和无薪休假不计。",
        ),
        scheme=Bilingual("own", "自定"),
        dimensions=(
            "agreement",
            "programme",
            "institution",
            "field",
        ),
        changes=postdoc_months_changes,
    ),
)
"""Counted from the days of placements."""
