"""The simulated work space of the Dreamworks: how it grows between what the announcement states and the demo's day."""

from dataclasses import dataclass
from datetime import date, time

from accord.kernel.text import Bilingual

STATED_ON = date(2019, 7, 9)
"""The day on which the announcement states 102 teams; what came before is drawn so that it agrees."""
TEAMS_STATED = 102
OPENED = date(2018, 3, 1)
FLOORS_AT_START = 21
BUILDINGS, LEVELS = 6, 6
FLOOR_M2 = 2_800
FLOOR_EVERY_DAYS = 15
FIRST_NEW_FLOOR = date(2019, 6, 28)
CLOSED_FOR_WORKS = (date(2019, 8, 14), date(2019, 9, 19))
"""From when until when the floor `WORKS_FLOOR` was out of operation."""
WORKS_FLOOR = 20
ARRIVE_WEEKLY, SLOWER_WEEKLY = 12.2, 0.055
LEAVE_SHARE = 0.055
OFFICES, OFFICE_M2 = 10, (180, 200, 220, 240, 260)
COMMON_M2, ROOM_M2 = 380, 36
RENT_MINOR = 5_500
"""A month and square metre, in fen."""
MOST_TEAMS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A sort of business that teams are in."""

    words: Bilingual
    research: float


LINES = (
    Line(Bilingual("payments", "支付"), 0.58),
    Line(Bilingual("credit risk", "信用风险"), 0.7),
    Line(Bilingual("blockchain", "区块链"), 0.82),
    Line(Bilingual("insurance technology", "保险科技"), 0.62),
    Line(Bilingual("supervision technology", "监管科技"), 0.75),
    Line(Bilingual("wealth management", "财富管理"), 0.5),
    Line(Bilingual("data security", "数据安全"), 0.8),
)

OPENING = {str(day): [["08:00", "21:00"]] for day in range(1, 6)} | {"6": [["09:00", "18:00"]]}
NOON = time(13, 0)

MENTOR_TOPICS = (
    Bilingual("Fund raising", "融资"),
    Bilingual("Intellectual property", "知识产权"),
    Bilingual("Supervision of payments", "支付监管"),
    Bilingual("Selling to banks", "面向银行的销售"),
    Bilingual("Hiring engineers", "招聘工程师"),
)

SERVICES = (
    (Bilingual("Company registration", "工商注册代办"), Bilingual("case", "件"), 120_000),
    (Bilingual("Legal advice", "法律咨询"), Bilingual("hour", "小时"), 80_000),
    (Bilingual("Cloud computing credit", "云计算额度"), Bilingual("month", "月"), 200_000),
    (Bilingual("Patent filing", "专利申请代理"), Bilingual("case", "件"), 450_000),
)

EVENTS = (
    (Bilingual("Demo day of the third quarter", "第三季度路演日"), -12, 60),
    (Bilingual("Open hour with the supervisor of payments", "支付监管开放日"), -3, 40),
    (Bilingual("Workshop: writing a first patent", "工作坊：撰写首份专利"), 4, 24),
    (Bilingual("Autumn meeting of resident teams", "入驻团队秋季大会"), 16, 200),
)

NEWS = (
    (Bilingual("Floor 3 of Building 2 is open again", "2号楼3层恢复使用"), -11),
    (Bilingual("Quarterly reports are due on 15 October", "季度填报截止日为10月15日"), -5),
    (Bilingual("Rooms are closed on 1 to 3 October", "10月1日至3日会议室关闭"), -2),
)
