"""The simulated deliveries of the university and the company. Their announcement states no figure and no date."""

from datetime import date

from accord.demo.types import Fate, Meeting, Promised, Scene, Story
from accord.kernel.text import Bilingual

KEY = "zju-ant"
OPENED = date(2018, 9, 10)
BREAKS = ((date(2019, 1, 28), date(2019, 2, 18)), (date(2019, 7, 15), date(2019, 8, 26)))
HANGZHOU = Bilingual("Hangzhou", "杭州")


def _university(promise: str) -> Promised:
    """Return a promise whose deliveries the university enters."""
    return Promised(KEY, promise, "zju", "ant")


def _company(promise: str) -> Promised:
    """Return a promise whose deliveries the company enters."""
    return Promised(KEY, promise, "ant", "zju")


STORIES = (
    Story(
        name="joint courses",
        title=Bilingual("Joint courses", "联合课程"),
        of=_university("training-programmes"),
        starts=date(2018, 9, 17),
        weekly=84,
        entries=1.5,
        one=Bilingual("1 learner day", "1 人天"),
        many=Bilingual("{n} learner days of joint courses", "联合课程 {n} 人天"),
        document="Attendance sheet Z-{i} (simulated)",
        steady=4,
        pauses=BREAKS,
    ),
    Story(
        name="contest teams",
        title=Bilingual("Contest teams", "参赛队"),
        of=_university("innovation-contests"),
        starts=date(2019, 3, 4),
        until=date(2019, 6, 10),
        weekly=9,
        entries=2,
        one=Bilingual("Contest team {i} hands in", "第 {i} 支参赛队提交"),
        many=Bilingual("{n} contest teams hand in", "{n} 支参赛队提交"),
        document="List of teams W-{i:03} (simulated)",
        steady=4,
        growth=0.1,
    ),
    Story(
        name="campus services",
        title=Bilingual("Campus services", "校园服务"),
        of=_company("smart-campus"),
        starts=date(2018, 11, 5),
        weekly=5_200,
        entries=1,
        one=Bilingual("1 use of a campus service", "校园服务使用 1 次"),
        many=Bilingual("{n} uses of campus services", "校园服务使用 {n} 次"),
        document="Usage report U-{i} (simulated)",
        steady=20,
        growth=0.01,
        pauses=BREAKS,
    ),
)

SCENES = (
    Scene(
        _university("research-center"),
        1,
        date(2018, 10, 18),
        Bilingual("The centre takes up its work", "研究中心启用"),
        "Minutes of the opening (simulated)",
    ),
    Scene(
        _company("fintech-lab"),
        1,
        date(2019, 4, 11),
        Bilingual("The lab is handed over", "实验室交付"),
        "Handover protocol (simulated)",
    ),
    Scene(
        _university("fintech-standards"),
        1,
        date(2019, 3, 21),
        Bilingual("A sample draft on digital receipts is taken up", "采纳关于数字收据的示例草案"),
        "Committee minutes 3 (simulated)",
    ),
    Scene(
        _company("fintech-standards"),
        1,
        date(2019, 5, 9),
        Bilingual("A sample draft on test data is taken up", "采纳关于测试数据的示例草案"),
        "Committee minutes 5 (simulated)",
    ),
    Scene(
        _university("innovation-contests"),
        6,
        date(2019, 9, 16),
        Bilingual("6 contest teams hand in late", "6 支参赛队补交"),
        "List of teams W-090 (simulated)",
        fate=Fate.WAITING,
    ),
    Scene(
        _university("training-programmes"),
        120,
        date(2019, 9, 5),
        Bilingual("Autumn course, first week", "秋季课程第一周"),
        "Attendance sheet of 5 September (simulated)",
        fate=Fate.CONTESTED,
        reason="Two of the four groups had no class in that week.",
    ),
)

MEETINGS = (
    Meeting(
        KEY,
        "opening",
        Bilingual("Opening of the centre (simulated)", "研究中心揭幕（模拟）"),
        date(2018, 10, 18),
        HANGZHOU,
        80,
        "zju",
    ),
    Meeting(
        KEY,
        "steering",
        Bilingual("Yearly steering meeting (simulated)", "年度指导会议（模拟）"),
        date(2019, 6, 27),
        HANGZHOU,
        16,
        "ant",
    ),
)
