"""Has the invented institutions negotiate: one negotiation in every state, and an agreement that came of one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from accord.agreements.queries import Agreement
from accord.demo.operations._agreements import Signed
from accord.demo.operations._directory import Directory
from accord.demo.operations._table import Table, lay_table
from accord.demo.operations._voices import days_before, speak_as
from accord.demo.stories import drafts
from accord.demo.stories.houses import BANK, PARK, POLYTECHNIC, UNIVERSITY
from accord.kernel.text import Bilingual
from accord.negotiation import operations as talks
from accord.negotiation.operations import ClauseWording, PromiseWording
from accord.negotiation.queries import Negotiation
from accord.people.queries import Person

CLAUSES = drafts.CLAUSES
USUAL = ("work", "publication", "secrecy", "ending")


@dataclass(frozen=True, slots=True)
class Talks:
    """What was negotiated, as far as others attach something to it."""

    in_review: Negotiation
    amendment: Negotiation
    scholarships: Agreement


class Negotiations:
    """Tells each story; all of them are simulated and none concerns an institution that exists."""

    def __init__(self, sample: Signed, directory: Directory, speakers: Mapping[str, Person], as_of: date) -> None:
        """Keep the invented agreement, the houses, who speaks for each, and which day it is."""
        self.sample, self.directory, self.as_of = sample, directory, as_of
        self.speakers = {**speakers, **directory.officers}
        self.year = as_of.year + 1

    def hold(self) -> Talks:
        """Hold all of them, the oldest first."""
        self.given_up()
        self.quiet_draft()
        in_review = self.with_requests()
        scholarships = self.concluded()
        self.approved_by_some()
        self.waiting_for_a_signature()
        amendment = self.amendment()
        self.renewal()
        return Talks(in_review, amendment, scholarships)

    def given_up(self) -> None:
        """A summer school that was withdrawn, with the reason."""
        title = Bilingual("Summer school on risk models", "风险模型暑期学校")
        table = self._table(title, (UNIVERSITY, POLYTECHNIC), days_ago=200)
        self._drafted(table, "A summer school of both sides.", "面向双方学生的暑期学校。", "work", "budget")
        table.promises(drafts.summer_course(self.year - 1))
        table.put_forward()
        table.on(185).ask(POLYTECHNIC, "clause:budget", "Our travel money is spent for this year.")
        table.on(170).withdraw("The polytechnic has no travel money this year. We take it up again in spring.")

    def quiet_draft(self) -> None:
        """A draft that nobody has touched for months, with much still missing."""
        title = Bilingual("Exchange of lecturers", "教师交流")
        table = self._table(title, (UNIVERSITY, POLYTECHNIC), days_ago=140)
        table.clauses(CLAUSES["work"])
        table.promises(replace(drafts.lecturers(self.year), beneficiaries=()))

    def with_requests(self) -> Negotiation:
        """A master's programme in its third version: requests accepted, declined and still open, with replies."""
        title = Bilingual("Joint master's programme in financial technology", "金融科技联合硕士项目")
        table = self._table(title, (UNIVERSITY, PARK), days_ago=75, key="joint-masters-programme")
        people = self.directory.people
        table.turn_to(UNIVERSITY, people[0], people[1])
        table.turn_to(PARK, people[11], people[12])
        self._drafted(
            table,
            "The university teaches, the park brings internships and projects of its firms.",
            "大学授课，园区提供实习和企业课题。",
            *("work", "publication", "results", "secrecy", "ending"),
        )
        table.promises(drafts.students(self.year), drafts.internships(self.year))
        table.on(60).put_forward()
        self._first_round(table.on(54))
        self._second_round(table)
        self._third_round(table)
        return table.fresh()

    def _first_round(self, table: Table) -> None:
        """The park asks for a longer time to read and for fewer internships."""
        longer = table.ask(PARK, "clause:publication", "Thirty days are too few to ask our firms.", drafts.SIXTY_DAYS)
        fewer = table.ask(PARK, "promise:60-internships", "Sixty is more than our firms offer. Forty would be safe.")
        table.on(50).reply(fewer, UNIVERSITY, "Each of forty students needs one, and some change the firm.")
        table.reply(fewer, PARK, "Then count those who change in the next year.")
        table.on(44).accept(longer, "Agreed, with an answer within thirty days.", clause="publication")
        table.decline(fewer, "The programme needs a place for every student. We help to find firms outside the park.")
        table.on(40).put_forward(
            Bilingual("Sixty days to read a text before it is published", "发表前送阅时间改为六十日")
        )

    def _second_round(self, table: Table) -> None:
        """The park does not want to own results together; the university words it anew and adds what data are kept."""
        owner = table.on(33).ask(
            PARK, "clause:foreground-ip", "Owning results together needs both signatures for every licence."
        )
        table.on(26).accept(owner, "The university owns, firms of the park use at home without charge.")
        owned = replace(CLAUSES["results"], text=drafts.UNIVERSITY_OWNS, ip_mode="university-owns-nonexclusive")
        table.reword("foreground-ip", owned)
        table.clauses(CLAUSES["data"])
        table.on(18).put_forward(
            Bilingual("The university owns results; a clause on data", "成果归大学所有；增加数据条款")
        )

    def _third_round(self, table: Table) -> None:
        """Two requests are open: one is being talked about, one waits for a first word."""
        where = table.on(11).ask(PARK, "clause:data", "Where do the data lie, and when are they deleted?")
        table.on(9).reply(where, UNIVERSITY, "On servers of the university. We propose one year after the degree.")
        table.on(6).reply(where, PARK, "One year is fine. Please write it into the clause.")
        table.on(5).ask(PARK, "head", "建议与学年同步，从9月1日开始。")

    def concluded(self) -> Agreement:
        """Scholarships of a bank: drafted, approved, signed by both, and in force as an agreement."""
        title = Bilingual("Scholarships of Sample Bank", "示例银行奖学金")
        table = self._table(title, (UNIVERSITY, BANK), days_ago=68, key="sample-scholarships")
        self._drafted(
            table,
            "The bank pays for doctoral students of the laboratory; it has no say in whom the university takes.",
            "银行资助实验室的博士研究生，但不参与录取。",
            *("budget", "publication", "ending", "law"),
        )
        table.promises(drafts.scholars(self.year), replace(drafts.projects(self.year), section_key="research"))
        table.on(62).put_forward()
        table.on(57).approve(UNIVERSITY)
        table.on(55).approve(BANK)
        table.on(48).sign(UNIVERSITY, str(self.directory.people[2].name.en), "Vice-president")
        table.on(46).sign(BANK, str(self.directory.people[16].name.en), "Head of scholarships")
        result = table.fresh().result
        if result is None:
            raise LookupError("the scholarships did not become an agreement")
        return result

    def approved_by_some(self) -> None:
        """A laboratory of three sides, two of which approved; the university's answer is awaited."""
        title = Bilingual("Shared laboratory for payment systems", "支付系统联合实验室")
        table = self._table(title, (PARK, UNIVERSITY, BANK), days_ago=38)
        self._drafted(
            table,
            "A laboratory at the university that firms of the park use and the bank commissions.",
            "设在大学的实验室，供园区企业使用，由银行委托研究。",
            *(*USUAL, "budget"),
        )
        table.promises(drafts.lab_uses(self.year), drafts.projects(self.year))
        table.on(24).put_forward()
        table.on(20).approve(PARK)
        table.on(12).approve(BANK)

    def waiting_for_a_signature(self) -> None:
        """Mentors for teams: all approved, the park signed, the university has not entered its signature."""
        title = Bilingual("Mentors for start-up teams", "创业团队导师")
        table = self._table(title, (UNIVERSITY, PARK), days_ago=35)
        self._drafted(table, "Founders of the park advise teams of the university.", "园区创业者指导大学团队。", *USUAL)
        table.promises(drafts.teams(self.year))
        table.on(30).put_forward()
        table.on(22).approve(PARK)
        table.on(21).approve(UNIVERSITY)
        table.on(7).sign(PARK, str(self.directory.people[11].name.en), "Head of cooperation")

    def amendment(self) -> Negotiation:
        """More people and a later day for a running promise of the sample agreement; the park has yet to approve."""
        started = talks.start_amendment(
            agreement=self.sample.agreement,
            coordinator=self.directory.houses[UNIVERSITY],
            by=speak_as(self.speakers[UNIVERSITY]),
            at=days_before(self.as_of, 14),
        )
        table = Table(started, UNIVERSITY, self.speakers, self.as_of, days_before(self.as_of, 14))
        why = Bilingual("The autumn course has thirty places more.", "秋季班增加三十个名额。")
        table.amend(
            "completions",
            PromiseWording(
                Bilingual(), Bilingual(), "target", target=Decimal(150), due_on=date(self.year, 6, 30), why=why
            ),
        )
        reason = Bilingual("The same time to read as in the joint programme.", "与联合项目的送阅时间一致。")
        table.reword(
            "publication",
            ClauseWording("publication", CLAUSES["publication"].title, drafts.SIXTY_DAYS, why=reason),
        )
        table.on(9).put_forward()
        table.on(8).approve(UNIVERSITY)
        return table.fresh()

    def renewal(self) -> None:
        """The sample agreement's successor, begun from its open promises; the park words a clause anew."""
        started = talks.start_renewal(
            agreement=self.sample.agreement,
            coordinator=self.directory.houses[PARK],
            by=speak_as(self.speakers[PARK]),
            at=days_before(self.as_of, 4),
        )
        table = Table(started, PARK, self.speakers, self.as_of, days_before(self.as_of, 4))
        table.reword(
            "publication",
            ClauseWording("publication", CLAUSES["publication"].title, drafts.SOONER),
        )

    def _table(self, title: Bilingual, keys: tuple[str, ...], *, days_ago: int, key: str = "") -> Table:
        """Begin a new agreement; the first house coordinates."""
        return lay_table(
            title, self.directory.houses, keys, self.speakers, as_of=self.as_of, days_ago=days_ago, key=key
        )

    def _drafted(self, table: Table, english: str, chinese: str, *clauses: str) -> None:
        """Write a draft's head and clauses: it holds for three years from the next one on."""
        begins, ends = date(self.year, 1, 1), date(self.year + 2, 12, 31)
        table.head(Bilingual(english, chinese), begins, ends)
        table.clauses(*(CLAUSES[name] for name in clauses))
