"""The simulated programmes: what each offers, its calls with their dates, and how many apply and are placed."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from accord.kernel.text import Bilingual

CHINA, LONDON = "Asia/Shanghai", "Europe/London"


class Reached(StrEnum):
    """How far a call has come on the demo's day."""

    PREPARED = "prepared"
    OPEN = "open"
    SCREENING = "screening"
    REVIEW = "review"
    DECISION = "decision"
    PLACED = "placed"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Round:
    """One call: its dates, how far it has come, how many apply, how many places there are at how many hosts."""

    key: str
    name: Bilingual
    opens_on: date
    closes_on: date
    starts_on: date
    ends_on: date
    reached: Reached
    applications: int
    places: int = 0
    wishes: int = 0
    decided_on: date | None = None
    mode: str = "single"
    is_matched: bool = False
    takes_joint: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """A programme: whose, for which promise, of which kind, and its calls in order."""

    key: str
    name: Bilingual
    summary: Bilingual
    kind: str
    owner: str
    voice: str
    level: str
    prefix: str
    rounds: tuple[Round, ...]
    agreement: str = ""
    promise: str = ""
    homes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    zone: str = CHINA
    partner_zone: str = ""
    stipend_minor: int = 0
    subjects: tuple[Bilingual, ...] = field(default_factory=tuple)


DESKS = (
    Bilingual("Payments", "支付"),
    Bilingual("Credit risk", "信用风险"),
    Bilingual("Fraud detection", "反欺诈"),
    Bilingual("Settlement", "清算结算"),
    Bilingual("Data protection", "数据保护"),
    Bilingual("Insurance products", "保险产品"),
    Bilingual("User research", "用户研究"),
    Bilingual("Ledger technology", "账本技术"),
)
PROJECTS = (
    Bilingual("Privacy in shared credit data", "共享征信数据中的隐私保护"),
    Bilingual("Liquidity of instant payments", "即时支付的流动性"),
    Bilingual("Explaining a declined loan", "贷款拒绝的可解释性"),
    Bilingual("Contagion between platforms", "平台间的风险传染"),
    Bilingual("Small savings and small risks", "小额储蓄与小额风险"),
    Bilingual("Audit of learning models", "机器学习模型的审计"),
)

SCHEMES = (
    Scheme(
        key="base-internships",
        name=Bilingual("Internships at the base", "实习基地实习"),
        summary=Bilingual(
            "Students of the university work for a term in the company's teams.",
            "浙江大学学生到企业团队实习一个学期。",
        ),
        kind="internship",
        owner="zju",
        voice="demo-zju-manager",
        level="master",
        prefix="INT",
        agreement="zju-ant",
        promise="internships",
        homes=("zju",),
        hosts=("ant", "sample-bank"),
        stipend_minor=400_000,
        subjects=DESKS,
        rounds=(
            Round(
                "2018-autumn",
                Bilingual("Autumn 2018", "2018年秋季"),
                date(2018, 9, 11),
                date(2018, 9, 25),
                date(2018, 10, 8),
                date(2019, 1, 25),
                Reached.FINISHED,
                applications=380,
                places=38,
                wishes=3,
                decided_on=date(2018, 10, 2),
            ),
            Round(
                "2019-spring",
                Bilingual("Spring 2019", "2019年春季"),
                date(2018, 12, 3),
                date(2019, 1, 20),
                date(2019, 3, 4),
                date(2019, 7, 12),
                Reached.FINISHED,
                applications=460,
                places=46,
                wishes=3,
                decided_on=date(2019, 2, 18),
            ),
            Round(
                "2019-autumn",
                Bilingual("Autumn 2019", "2019年秋季"),
                date(2019, 6, 3),
                date(2019, 7, 15),
                date(2019, 9, 16),
                date(2020, 1, 17),
                Reached.PLACED,
                applications=520,
                places=44,
                wishes=4,
                decided_on=date(2019, 8, 26),
                is_matched=True,
                takes_joint=True,
            ),
            Round(
                "2020-spring",
                Bilingual("Spring 2020", "2020年春季"),
                date(2019, 9, 9),
                date(2019, 11, 15),
                date(2020, 3, 2),
                date(2020, 7, 10),
                Reached.OPEN,
                applications=610,
                places=48,
                wishes=4,
                takes_joint=True,
            ),
            Round(
                "2020-summer",
                Bilingual("Summer 2020", "2020年夏季"),
                date(2020, 3, 2),
                date(2020, 4, 15),
                date(2020, 7, 1),
                date(2020, 8, 28),
                Reached.PREPARED,
                applications=0,
                wishes=4,
            ),
        ),
    ),
    Scheme(
        key="joint-doctorates",
        name=Bilingual("Joint doctorates in digital finance", "数字金融联合培养博士"),
        summary=Bilingual(
            "Doctoral candidates with a supervisor at the university and one in the company.",
            "博士生由校方导师和企业导师共同指导。",
        ),
        kind="doctoral",
        owner="zju",
        voice="demo-zju-manager",
        level="doctoral",
        prefix="DOC",
        agreement="zju-ant",
        promise="joint-doctorates",
        homes=("zju",),
        hosts=("ant",),
        subjects=PROJECTS,
        rounds=(
            Round(
                "2018",
                Bilingual("Intake 2018", "2018年招生"),
                date(2018, 3, 5),
                date(2018, 5, 31),
                date(2018, 9, 17),
                date(2022, 8, 31),
                Reached.FINISHED,
                applications=84,
                places=16,
                wishes=2,
                decided_on=date(2018, 7, 9),
                mode="double",
            ),
            Round(
                "2019",
                Bilingual("Intake 2019", "2019年招生"),
                date(2019, 5, 6),
                date(2019, 8, 15),
                date(2020, 3, 2),
                date(2024, 2, 28),
                Reached.REVIEW,
                applications=48,
                places=18,
                wishes=2,
                mode="double",
            ),
        ),
    ),
    Scheme(
        key="fellowships",
        name=Bilingual("Fellowships in financial technology", "金融科技博士后"),
        summary=Bilingual("Two years of research between company and university.", "在企业与高校之间开展两年研究。"),
        kind="postdoc",
        owner="ant",
        voice="demo-ant-officer",
        level="postdoc",
        prefix="FEL",
        agreement="zju-ant",
        promise="postdoctoral-fellowships",
        homes=("zju",),
        hosts=("ant",),
        stipend_minor=2_500_000,
        subjects=PROJECTS,
        rounds=(
            Round(
                "2018",
                Bilingual("Fellows 2018", "2018年博士后"),
                date(2018, 4, 2),
                date(2018, 6, 29),
                date(2018, 10, 1),
                date(2020, 9, 30),
                Reached.FINISHED,
                applications=58,
                places=6,
                wishes=2,
                decided_on=date(2018, 8, 20),
                mode="double",
            ),
            Round(
                "2019",
                Bilingual("Fellows 2019", "2019年博士后"),
                date(2019, 5, 13),
                date(2019, 8, 2),
                date(2020, 1, 6),
                date(2021, 12, 31),
                Reached.DECISION,
                applications=40,
                places=6,
                wishes=2,
                mode="double",
            ),
        ),
    ),
    Scheme(
        key="to-london",
        name=Bilingual("From Chengdu to London", "成都赴伦敦交流"),
        summary=Bilingual("Finance professionals of Chengdu spend some weeks in London.", "成都金融人才赴伦敦交流。"),
        kind="exchange",
        owner="dreamworks",
        voice="demo-dreamworks-officer",
        level="staff",
        prefix="LON",
        agreement="chengdu-cass",
        promise="exchange-to-london",
        homes=("dreamworks",),
        hosts=("cass",),
        partner_zone=LONDON,
        subjects=DESKS,
        rounds=(
            Round(
                "2019-1",
                Bilingual("Summer and autumn 2019", "2019年夏秋"),
                date(2019, 3, 4),
                date(2019, 4, 30),
                date(2019, 7, 15),
                date(2019, 11, 29),
                Reached.FINISHED,
                applications=96,
                places=22,
                wishes=1,
                decided_on=date(2019, 5, 27),
            ),
            Round(
                "2019-2",
                Bilingual("Winter 2019", "2019年冬季"),
                date(2019, 7, 22),
                date(2019, 9, 20),
                date(2019, 12, 2),
                date(2020, 2, 28),
                Reached.SCREENING,
                applications=118,
                places=20,
                wishes=1,
            ),
        ),
    ),
    Scheme(
        key="to-chengdu",
        name=Bilingual("From London to Chengdu", "伦敦来成都交流"),
        summary=Bilingual("Finance professionals of London spend some weeks in Chengdu.", "伦敦金融人才来成都交流。"),
        kind="exchange",
        owner="cass",
        voice="demo-cass-officer",
        level="staff",
        prefix="CDU",
        agreement="chengdu-cass",
        promise="exchange-to-chengdu",
        homes=("cass",),
        hosts=("dreamworks",),
        zone=LONDON,
        partner_zone=CHINA,
        subjects=DESKS,
        rounds=(
            Round(
                "2019",
                Bilingual("Summer and autumn 2019", "2019年夏秋"),
                date(2019, 3, 11),
                date(2019, 4, 30),
                date(2019, 7, 8),
                date(2019, 11, 29),
                Reached.FINISHED,
                applications=41,
                places=12,
                wishes=1,
                decided_on=date(2019, 5, 28),
            ),
        ),
    ),
    Scheme(
        key="seed-grants",
        name=Bilingual("Seed grants", "种子资助"),
        summary=Bilingual("Small sums for first joint steps.", "为初步合作提供小额资助。"),
        kind="grant",
        owner="sample-university",
        voice="demo-sample-university-officer",
        level="staff",
        prefix="SEED",
        homes=("sample-university",),
        subjects=PROJECTS,
        rounds=(
            Round(
                "2020",
                Bilingual("Grants 2020", "2020年资助"),
                date(2019, 11, 4),
                date(2019, 12, 20),
                date(2020, 2, 1),
                date(2021, 1, 31),
                Reached.PREPARED,
                applications=0,
            ),
        ),
    ),
)
