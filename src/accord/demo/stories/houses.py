"""The directory of the demo: invented institutions with their units, and who belongs where since when.

Their identifiers are well formed and belong to nobody: the codes name no authority that ever issued one.
"""

from dataclasses import dataclass
from datetime import date

from accord.kernel.text import Bilingual

UNIVERSITY, PARK, INSTITUTE = "sample-university", "sample-park", "sample-institute"
BANK, POLYTECHNIC = "sample-bank", "sample-polytechnic"
TWICE = "sample-polytechnic-old"
CITY = Bilingual("Sample City", "示例市")


@dataclass(frozen=True, slots=True)
class House:
    """What the directory knows of an invented institution; `units` by key, each with the key above it."""

    key: str
    name: Bilingual
    kind: str
    website: str = ""
    lei: str = ""
    uscc: str = ""
    country: str = "CN"
    units: tuple[tuple[str, str, Bilingual], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a simulated person belongs; `number` draws their name."""

    number: int
    house: str
    unit: str
    title: Bilingual
    since: date
    until: date | None = None
    country: str = "CN"
    orcid: str = ""
    before: tuple[str, date, date] | None = None
    office: bool = False


HOUSES = (
    House(
        UNIVERSITY,
        Bilingual("Sample University", "示例大学"),
        "university",
        "https://university.example.org",
        "SAMPLE00UNIVERSITY97",
        "120000005AMPLE001N",
        units=(
            ("partnerships", "", Bilingual("Office of Partnerships", "合作处")),
            ("finance", "", Bilingual("School of Finance", "金融学院")),
            ("fintech-lab", "finance", Bilingual("Laboratory of Financial Technology", "金融科技实验室")),
            ("computing", "", Bilingual("School of Computing", "计算机学院")),
        ),
    ),
    House(
        PARK,
        Bilingual("Sample Fintech Park", "示例金科园"),
        "zone",
        "https://park.example.org",
        "SAMPLE0000000PARK003",
        "520000005AMPLE002M",
        units=(
            ("cooperation", "", Bilingual("Cooperation Department", "合作部")),
            ("incubator", "", Bilingual("Incubator", "孵化器")),
        ),
    ),
    House(
        BANK,
        Bilingual("Sample Bank", "示例银行"),
        "company",
        "https://bank.example.org",
        "SAMPLE0000000BANK063",
        "910000005AMPLE003P",
        units=(("scholarships", "", Bilingual("Scholarships", "奖学金部")),),
    ),
    House(
        POLYTECHNIC,
        Bilingual("Sample Polytechnic", "示例理工学院"),
        "university",
        "https://polytechnic.example.org",
        country="GB",
        units=(("exchange", "", Bilingual("Exchange Office", "交流处")),),
    ),
    House(INSTITUTE, Bilingual("Sample Institute 01", "示例研究院01"), "association"),
    House(TWICE, Bilingual("Sample Polytechnic Institute", "示例理工学院（旧名录）"), "university"),
)

PROFESSOR = Bilingual("Professor", "教授")
LECTURER = Bilingual("Lecturer", "讲师")
HEAD = Bilingual("Head of office", "处长")
ADVISER = Bilingual("Programme adviser", "项目顾问")
ENGINEER = Bilingual("Engineer", "工程师")
STUDENT = Bilingual("Doctoral student", "博士研究生")
AUTUMN, SPRING = date(2017, 9, 1), date(2019, 3, 1)

PLACES = (
    Place(0, UNIVERSITY, "partnerships", HEAD, date(2015, 3, 1)),
    Place(1, UNIVERSITY, "partnerships", ADVISER, AUTUMN),
    Place(2, UNIVERSITY, "finance", PROFESSOR, date(2009, 9, 1), orcid="0000-0000-0000-001X"),
    Place(3, UNIVERSITY, "finance", LECTURER, date(2016, 9, 1), country="GB"),
    Place(4, UNIVERSITY, "finance", STUDENT, AUTUMN, date(2019, 7, 1)),
    Place(5, UNIVERSITY, "fintech-lab", PROFESSOR, date(2013, 2, 1)),
    Place(6, UNIVERSITY, "fintech-lab", ENGINEER, date(2018, 4, 1), country="DE"),
    Place(7, UNIVERSITY, "fintech-lab", STUDENT, date(2018, 9, 1)),
    Place(8, UNIVERSITY, "computing", PROFESSOR, date(2011, 9, 1)),
    Place(9, UNIVERSITY, "computing", LECTURER, AUTUMN, date(2019, 3, 1)),
    Place(10, UNIVERSITY, "computing", STUDENT, date(2018, 9, 1), country="SG"),
    Place(11, PARK, "cooperation", HEAD, date(2016, 1, 1)),
    Place(12, PARK, "cooperation", ADVISER, SPRING),
    Place(13, PARK, "incubator", HEAD, date(2017, 6, 1)),
    Place(14, PARK, "incubator", ADVISER, date(2018, 1, 1), date(2019, 6, 1)),
    Place(15, PARK, "incubator", ENGINEER, SPRING, before=(UNIVERSITY, date(2014, 9, 1), date(2019, 2, 1))),
    Place(16, BANK, "scholarships", HEAD, date(2014, 5, 1), office=True),
    Place(17, BANK, "scholarships", ADVISER, date(2018, 10, 1)),
    Place(18, POLYTECHNIC, "exchange", HEAD, date(2012, 8, 1), country="GB", office=True),
    Place(19, POLYTECHNIC, "exchange", LECTURER, AUTUMN, country="GB"),
)
FIRST_NAME = 3_000
"""From which number on the directory's names are drawn, far from those that deliveries use."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A second entry of somebody: where and for how long, and under the same address or merged already."""

    number: int
    house: str
    since: date
    until: date | None = None
    same_mail: bool = False
    is_merged: bool = False


TWINS = (
    Twin(5, POLYTECHNIC, date(2018, 9, 1), same_mail=True),
    Twin(8, UNIVERSITY, date(2011, 9, 1)),
    Twin(1, PARK, date(2016, 1, 1), date(2017, 8, 1), is_merged=True),
)
"""Whom the directory holds twice: two pairs that wait to be looked at, and one that was merged."""
