"""What the demo's negotiations say: clauses and promises of invented institutions."""

from datetime import date
from decimal import Decimal

from accord.demo.stories.houses import BANK, PARK, POLYTECHNIC, UNIVERSITY
from accord.kernel.text import Bilingual
from accord.negotiation.enums import Subject
from accord.negotiation.operations import ClauseWording, PromiseWording

CLAUSES = {
    "work": ClauseWording(
        "statement-of-work",
        Bilingual("What is done", "工作内容"),
        Bilingual(
            "Each party names one person who plans the work of a term with the other and reports at its end.",
            "各方指定一人，与对方共同制定每学期的工作计划，并在期末报告。",
        ),
    ),
    "publication": ClauseWording(
        "publication",
        Bilingual("Publication", "发表"),
        Bilingual(
            "Either party may publish results. It shows the text to the other thirty days before.",
            "任何一方均可发表成果，但应提前三十日将文稿送交对方。",
        ),
    ),
    "results": ClauseWording(
        "foreground-ip",
        Bilingual("Results", "成果"),
        Bilingual("Results of joint work belong to both parties in equal shares.", "联合工作的成果由双方均等共有。"),
        ip_mode="joint",
    ),
    "data": ClauseWording(
        "data",
        Bilingual("Data", "数据"),
        Bilingual(
            "Data on students stay with the university. The park sees names and places of those who come to it.",
            "学生数据由大学保存。园区只能看到前来实习者的姓名和岗位。",
        ),
    ),
    "secrecy": ClauseWording(
        "confidentiality",
        Bilingual("Confidentiality", "保密"),
        Bilingual(
            "Each party keeps secret what the other marks as confidential, for three years.",
            "各方对另一方标明保密的内容保密三年。",
        ),
    ),
    "budget": ClauseWording(
        "budget",
        Bilingual("Money", "经费"),
        Bilingual(
            "Each party pays its own staff. Equipment above 200,000 yuan is bought by joint decision.",
            "各方承担己方人员费用。20万元以上的设备经共同决定后采购。",
        ),
    ),
    "ending": ClauseWording(
        "term-and-termination",
        Bilingual("Term and termination", "期限与终止"),
        Bilingual(
            "Either party may end the agreement with ninety days' notice; students who have begun finish their course.",
            "任何一方提前九十日通知即可终止协议；已入学的学生继续完成学业。",
        ),
    ),
    "law": ClauseWording(
        "governing-law",
        Bilingual("Law and language", "法律与语言"),
        Bilingual(
            "Both wordings count alike. Disputes are settled where the party that is sued has its seat.",
            "两种文本具有同等效力。争议由被告方所在地处理。",
        ),
    ),
}
SIXTY_DAYS = Bilingual(
    "Either party may publish results. It shows the text to the other sixty days before, and answers within thirty.",
    "任何一方均可发表成果，但应提前六十日将文稿送交对方，对方在三十日内答复。",
)
UNIVERSITY_OWNS = Bilingual(
    "Results of joint work belong to the university. Firms of the park may use them at home without charge.",
    "联合工作的成果归大学所有，园区企业可免费自用。",
)
SOONER = Bilingual(
    "Either party may publish results. It shows the text to the other fourteen days before.",
    "任何一方均可发表成果，但应提前十四日将文稿送交对方。",
)


def promise(
    title: Bilingual, text: Bilingual, by: str, to: str, measure: str, target: int, due_on: date, subject: Subject
) -> PromiseWording:
    """Return the wording of a promise with a target."""
    return PromiseWording(
        title=title,
        text=text,
        kind="target",
        promisors=(by,),
        beneficiaries=(to,),
        section_key=subject.value,
        section_title=SECTIONS[subject],
        measure_code=measure,
        target=Decimal(target),
        due_on=due_on,
    )


SECTIONS = {
    Subject.PEOPLE: Bilingual("People and training", "人才与培训"),
    Subject.RESEARCH: Bilingual("Research and development", "科研"),
    Subject.GROWTH: Bilingual("Companies and growth", "企业与发展"),
}


def students(year: int) -> PromiseWording:
    """Return the promise of places in a master's programme."""
    return promise(
        Bilingual("40 students in the programme", "40名学生入读"),
        Bilingual(
            f"The university takes 40 people of the park into the programme by the end of {year}.",
            f"大学在{year}年底前招收园区40人入读。",
        ),
        UNIVERSITY,
        PARK,
        "learning.enrolled",
        40,
        date(year, 12, 31),
        Subject.PEOPLE,
    )


def internships(year: int, number: int = 60) -> PromiseWording:
    """Return the promise of internships in firms of the park."""
    return promise(
        Bilingual(f"{number} internships", f"{number}个实习岗位"),
        Bilingual(
            f"Firms of the park start {number} internships by the end of June {year}.",
            f"园区企业在{year}年6月底前开始{number}个实习。",
        ),
        PARK,
        UNIVERSITY,
        "programmes.placements_started",
        number,
        date(year, 6, 30),
        Subject.PEOPLE,
    )


def projects(year: int) -> PromiseWording:
    """Return the promise of research contracts for a shared laboratory."""
    return promise(
        Bilingual("6 research contracts", "6份科研合同"),
        Bilingual(
            f"The bank commissions six pieces of research by the end of {year}.", f"银行在{year}年底前委托六项研究。"
        ),
        BANK,
        UNIVERSITY,
        "research.contracts",
        6,
        date(year, 12, 31),
        Subject.RESEARCH,
    )


def lab_uses(year: int) -> PromiseWording:
    """Return the promise of a laboratory that outsiders may use."""
    return promise(
        Bilingual("200 uses of the laboratory by firms", "企业使用实验室200次"),
        Bilingual(
            f"Firms of the park use the laboratory 200 times by the end of {year}.",
            f"园区企业在{year}年底前使用实验室200次。",
        ),
        UNIVERSITY,
        PARK,
        "research.facility_uses",
        200,
        date(year, 12, 31),
        Subject.RESEARCH,
    )


def teams(year: int) -> PromiseWording:
    """Return the promise of teams that are mentored."""
    return promise(
        Bilingual("12 teams with a mentor", "12支团队获得导师"),
        Bilingual(
            f"The park gives twelve teams of the university a mentor by the end of September {year}.",
            f"园区在{year}年9月底前为大学的十二支团队各配一名导师。",
        ),
        PARK,
        UNIVERSITY,
        "contests.teams",
        12,
        date(year, 9, 30),
        Subject.GROWTH,
    )


def scholars(year: int) -> PromiseWording:
    """Return the promise of scholarships for doctoral students."""
    return promise(
        Bilingual("8 doctoral scholarships", "8个博士奖学金名额"),
        Bilingual(
            f"The bank pays for eight doctoral students by the end of {year}.",
            f"银行在{year}年底前资助八名博士研究生。",
        ),
        BANK,
        UNIVERSITY,
        "programmes.places_offered",
        8,
        date(year, 12, 31),
        Subject.PEOPLE,
    )


def lecturers(year: int) -> PromiseWording:
    """Return the promise of lecturers who go to the partner."""
    return promise(
        Bilingual("10 lecturers on exchange", "10名教师交流"),
        Bilingual(
            f"The polytechnic sends ten lecturers by the end of {year}.", f"理工学院在{year}年底前派出十名教师。"
        ),
        POLYTECHNIC,
        UNIVERSITY,
        "programmes.exchange_people",
        10,
        date(year, 12, 31),
        Subject.PEOPLE,
    )


def summer_course(year: int) -> PromiseWording:
    """Return the promise of a summer school."""
    return promise(
        Bilingual("50 people at the summer school", "50人参加暑期学校"),
        Bilingual(
            f"The university teaches 50 people at a summer school in {year}.", f"大学在{year}年的暑期学校培训50人。"
        ),
        UNIVERSITY,
        POLYTECHNIC,
        "learning.completed",
        50,
        date(year, 8, 31),
        Subject.PEOPLE,
    )
