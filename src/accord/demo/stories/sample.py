"""The wholly invented agreement of a sample university and a sample park: deadlines kept, missed and amended."""

from datetime import date

from accord.demo.types import Fate, Meeting, Opinion, Promised, Scene, Story
from accord.kernel.text import Bilingual

KEY = "sample-park"
OPENED = date(2018, 1, 8)
BEGINS = date(2018, 1, 15)
PLACE = Bilingual("Sample City", "示例市")
EXECUTIVE = "demo-sample-executive"


def _story(promise: str, *, until: date, weekly: float, entries: float, steady: float, growth: float = 0.0) -> Story:
    """Return the story of one promise; the park enters what it delivers, the university the rest."""
    ours, theirs = "sample-university", "sample-park"
    one, many = LABELS[promise]
    return Story(
        name=f"sample {promise}",
        title=TITLES[promise],
        of=Promised(KEY, promise, *((theirs, ours) if promise in BY_PARK else (ours, theirs))),
        starts=BEGINS,
        until=until,
        weekly=weekly,
        entries=entries,
        one=one,
        many=many,
        document="Sample document {i}",
        steady=steady,
        growth=growth,
    )


BY_PARK = {"internships", "resident-teams", "contracts", "services"}
TITLES = {
    "lecture-days": Bilingual("Learner days", "培训人天"),
    "internships": Bilingual("Internships", "实习"),
    "resident-teams": Bilingual("Teams", "团队"),
    "contracts": Bilingual("Contracts", "合同"),
    "certificates": Bilingual("Certificates", "证书"),
    "submissions": Bilingual("Submissions", "作品"),
    "exchange": Bilingual("Exchange", "交流"),
    "disclosures": Bilingual("Disclosures", "披露"),
    "services": Bilingual("Services used", "服务使用"),
    "completions": Bilingual("Completions", "结业"),
}
LABELS = {
    "lecture-days": (Bilingual("1 learner day", "1人天"), Bilingual("{n} learner days", "{n}人天")),
    "internships": (
        Bilingual("Internship {i} starts", "第{i}个实习开始"),
        Bilingual("{n} internships", "{n}个实习"),
    ),
    "resident-teams": (Bilingual("{company} moves in", "{company}入驻"), Bilingual("{n} teams move in", "{n}家入驻")),
    "contracts": (Bilingual("Contract {i}", "第{i}份合同"), Bilingual("{n} contracts", "{n}份合同")),
    "certificates": (Bilingual("Certificate {i}", "第{i}张证书"), Bilingual("{n} certificates", "{n}张证书")),
    "submissions": (Bilingual("Submission {i}", "第{i}件作品"), Bilingual("{n} submissions", "{n}件作品")),
    "exchange": (Bilingual("{person} arrives", "{person}抵达"), Bilingual("{n} people arrive", "{n}人抵达")),
    "disclosures": (Bilingual("Disclosure {i}", "第{i}项披露"), Bilingual("{n} disclosures", "{n}项披露")),
    "services": (Bilingual("1 use", "使用1次"), Bilingual("{n} uses of services", "服务使用{n}次")),
    "completions": (Bilingual("Participant {i} completes", "第{i}人结业"), Bilingual("{n} complete", "{n}人结业")),
}

STORIES = (
    _story("lecture-days", until=date(2018, 7, 30), weekly=28, entries=1, steady=5),
    _story("internships", until=date(2018, 11, 12), weekly=0.85, entries=0.8, steady=3),
    _story("resident-teams", until=date(2019, 2, 4), weekly=0.5, entries=0.6, steady=4),
    _story("contracts", until=date(2019, 5, 6), weekly=0.18, entries=0.2, steady=3),
    _story("certificates", until=date(2019, 4, 29), weekly=4.7, entries=0.6, steady=4),
    _story("submissions", until=date(2018, 12, 24), weekly=1.5, entries=0.7, steady=3, growth=0.05),
    _story("exchange", until=date(2019, 7, 29), weekly=0.36, entries=0.4, steady=3),
    _story("disclosures", until=date(2019, 7, 29), weekly=0.24, entries=0.3, steady=3),
    _story("services", until=date(2019, 9, 16), weekly=175, entries=1, steady=10, growth=0.008),
    _story("completions", until=date(2020, 1, 27), weekly=1.15, entries=0.5, steady=4),
)

SCENES = (
    Scene(
        Promised(KEY, "joint-office", "sample-university", "sample-park"),
        1,
        date(2018, 10, 11),
        Bilingual("The joint office opens", "联合办公室启用"),
        "Sample document: opening minutes",
    ),
    Scene(
        Promised(KEY, "certificates", "sample-university", "sample-park"),
        40,
        date(2019, 2, 14),
        Bilingual("40 certificates, list entered twice", "40 张证书，名单重复录入"),
        "Sample document: list of February",
        fate=Fate.CONTESTED,
        reason="This list was entered on 12 February already.",
    ),
    Scene(
        Promised(KEY, "completions", "sample-university", "sample-park"),
        5,
        date(2019, 9, 20),
        Bilingual("5 participants complete", "5 人结业"),
        "Sample document: list of September",
        fate=Fate.WAITING,
    ),
)

MEETINGS = (
    Meeting(
        KEY,
        "signing",
        Bilingual("Signing of the sample agreement", "示例协议签署"),
        date(2018, 1, 8),
        PLACE,
        12,
        "sample-university",
    ),
    Meeting(
        KEY,
        "steering",
        Bilingual("Meeting on the amendment", "协议修订会议"),
        date(2018, 11, 29),
        PLACE,
        8,
        "sample-park",
    ),
)

OPINIONS = (
    Opinion(KEY, "internships", EXECUTIVE, 30, "Half of the firms wait for the new year's budget.", date(2018, 6, 12)),
    Opinion(KEY, "resident-teams", EXECUTIVE, 80, "Five teams signed for the autumn.", date(2018, 8, 21)),
    Opinion(KEY, "certificates", EXECUTIVE, 85, "All spring courses are full.", date(2018, 11, 6)),
    Opinion(KEY, "disclosures", EXECUTIVE, 55, "The new office will find more inventions.", date(2019, 1, 15)),
    Opinion(KEY, "services", EXECUTIVE, 40, "The old service desk closes over the summer.", date(2019, 5, 7)),
    Opinion(KEY, "completions", EXECUTIVE, 70, "The autumn course has 30 places more.", date(2019, 9, 10)),
)
