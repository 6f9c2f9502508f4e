"""The simulated deliveries of Chengdu and London. The announcement's own figures stay as it states them."""

from datetime import date

from accord.demo.types import Fate, Meeting, Opinion, Promised, Scene, Story
from accord.kernel.text import Bilingual

KEY = "chengdu-cass"
OPENED = date(2019, 7, 10)
BASELINE = date(2019, 7, 10)
SUMMER_BREAK = (date(2019, 8, 5), date(2019, 8, 19))
LONDON = Bilingual("London", "伦敦")
CHENGDU = Bilingual("Chengdu", "成都")


def _zone(promise: str) -> Promised:
    """Return a promise whose deliveries the workspace enters."""
    return Promised(KEY, promise, "dreamworks", "cass")


def _school(promise: str) -> Promised:
    """Return a promise whose deliveries the school enters."""
    return Promised(KEY, promise, "cass", "dreamworks")


STORIES = (
    Story(
        name="course runs in Chengdu",
        title=Bilingual("Course runs in Chengdu", "成都课程"),
        of=_school("personnel-training"),
        starts=date(2019, 6, 24),
        weekly=118,
        entries=2,
        one=Bilingual("1 learner day at the centre", "中心培训 1 人天"),
        many=Bilingual("{n} learner days at the centre", "中心培训 {n} 人天"),
        document="Attendance sheet C-{i} (simulated)",
        steady=5,
        late=0.12,
        pauses=(SUMMER_BREAK,),
    ),
    Story(
        name="joint projects",
        title=Bilingual("Joint projects", "联合项目"),
        of=_school("research-cooperation"),
        starts=date(2019, 6, 24),
        weekly=0.4,
        entries=1,
        one=Bilingual("Sample project {i} starts", "示例项目{i}启动"),
        many=Bilingual("{n} sample projects start", "{n} 个示例项目启动"),
        document="Project sheet P-{i:02} (simulated)",
        steady=4,
    ),
)

SCENES = (
    Scene(
        _school("personnel-training"),
        96,
        date(2019, 9, 12),
        Bilingual("Course run 7, risk models", "第 7 期课程：风险模型"),
        "Attendance sheet C-7 (simulated)",
        fate=Fate.CONTESTED,
        reason="The sheet lists 24 people for three days, so 72 learner days.",
    ),
    Scene(
        _school("personnel-training"),
        60,
        date(2019, 8, 22),
        Bilingual("Course run 5, payments", "第 5 期课程：支付"),
        "Attendance sheet C-5 (simulated)",
        fate=Fate.CLEARED,
        reason="Page 2 of the sheet is missing.",
    ),
    Scene(
        _school("personnel-training"),
        48,
        date(2019, 9, 24),
        Bilingual("Course run 8, data protection", "第 8 期课程：数据保护"),
        "Attendance sheet C-8 (simulated)",
        fate=Fate.WAITING,
    ),
    Scene(
        _school("research-cooperation"),
        1,
        date(2019, 9, 10),
        Bilingual("Sample project 90 starts", "示例项目90启动"),
        "Project sheet P-90 (simulated)",
        fate=Fate.WITHDRAWN,
        reason="The project was put off to November.",
    ),
    Scene(
        _school("research-cooperation"),
        -1,
        date(2019, 9, 6),
        Bilingual("Sample project 2 ends", "示例项目2结束"),
        "Closing report P-02 (simulated)",
    ),
    Scene(
        _zone("commercialisation"),
        1,
        date(2019, 7, 16),
        Bilingual("Licence of a sample payment tool", "示例支付工具许可"),
        "Licence contract 1 (simulated)",
    ),
)

MEETINGS = (
    Meeting(
        KEY,
        "steering",
        Bilingual("First steering meeting (simulated)", "第一次指导会议（模拟）"),
        date(2019, 7, 18),
        CHENGDU,
        14,
        "dreamworks",
    ),
    Meeting(
        KEY,
        "visit",
        Bilingual("Visit to the workspace (simulated)", "参观众创空间（模拟）"),
        date(2019, 8, 27),
        CHENGDU,
        9,
        "dreamworks",
    ),
    Meeting(
        KEY, "summit", Bilingual("Talent day (simulated)", "人才交流日（模拟）"), date(2019, 9, 19), LONDON, 120, "cass"
    ),
)

OPINIONS = (
    Opinion(
        KEY,
        "resident-teams",
        "demo-dreamworks-executive",
        60,
        "Building 6 opens in November with 40 rooms already reserved.",
        date(2019, 9, 17),
    ),
)
