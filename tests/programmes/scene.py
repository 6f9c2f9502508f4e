"""A small programme for tests: one call of our side with a form, three applications, two hosts with places."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client
from tests.cast import PASSWORD, Cast, Member, member, moment

from accord.engines import questionnaire
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.models import Institution
from accord.programmes import models
from accord.programmes.enums import ProgrammeKind
from accord.programmes.queries import standard_workflows
from accord.review.enums import Mode

PREPARED = moment(date(2019, 6, 1))
OPENS = datetime(2019, 7, 1, 1, tzinfo=UTC)
CLOSES = datetime(2019, 9, 1, 15, 59, 59, tzinfo=UTC)
WHILE_OPEN = datetime(2019, 8, 1, 3, tzinfo=UTC)
JUST_LATE = datetime(2019, 9, 1, 16, tzinfo=UTC)
SEED_DIGEST = "0" * 64

FORM = {
    "sections": [
        {
            "key": "you",
            "title": {"en": "You", "zh-hans": "个人情况"},
            "questions": [
                {
                    "key": "full-name",
                    "kind": "short",
                    "identity": True,
                    "label": {"en": "Your full name", "zh-hans": "姓名"},
                },
                {
                    "key": "level",
                    "kind": "choice",
                    "label": {"en": "What you study for", "zh-hans": "在读学位"},
                    "options": [
                        {"key": "bachelor", "label": {"en": "Bachelor’s", "zh-hans": "学士"}},
                        {"key": "master", "label": {"en": "Master’s", "zh-hans": "硕士"}},
                    ],
                },
            ],
        },
        {
            "key": "plan",
            "title": {"en": "Your plan", "zh-hans": "申请计划"},
            "questions": [
                {
                    "key": "why",
                    "kind": "long",
                    "most": 300,
                    "label": {"en": "Why do you want to come?", "zh-hans": "申请理由"},
                },
                {
                    "key": "paper",
                    "kind": "file",
                    "required": False,
                    "types": ["pdf"],
                    "megabytes": 5,
                    "label": {"en": "Transcript", "zh-hans": "成绩单"},
                },
            ],
        },
    ]
}
ANSWERS = {"full-name": "Chen Rui", "level": "master", "why": "To learn how payments are cleared."}


@dataclass(frozen=True)
class Scene:
    """The programme and its call, who runs it, who applies, and who offers places."""

    cast: Cast
    programme: models.Programme
    call: models.Call
    form: models.FormVersion
    manager: Member
    applicant: Member
    second: Member
    third: Member
    draft: models.Application
    submitted: models.Application
    other: models.Application
    bank: Institution
    lab: Institution
    bank_host: models.Host
    lab_host: models.Host
    bank_contact: Member
    bank_place: models.Place
    lab_place: models.Place


MADE: dict[int, Scene] = {}
"""The scenes of this process by the number of their programme."""


def made_scene(cast: Cast) -> Scene:
    """Return the scene that stands in the database, or make one that counts for no agreement."""
    programme = models.Programme.objects.filter(key="summer").first()
    return MADE[programme.pk] if programme is not None else make_scene(cast, is_counted=False)


def make_scene(cast: Cast, *, is_counted: bool = True) -> Scene:
    """Make the whole scene; needs the database. It counts for the agreement of the cast, unless it is told not to.

    `draft` is the first applicant's, not submitted; `submitted` and `other` were sent in and wait to be screened. The
    call is open from 1 July to 1 September 2019 in Chengdu.
    """
    programme = models.Programme.objects.create(
        key="summer",
        name=Bilingual("Summer internships", "暑期实习"),
        kind=ProgrammeKind.INTERNSHIP,
        owner=cast.ours.institution,
        agreement=cast.agreement if is_counted else None,
        opened_at=PREPARED,
        opened_by=cast.owner.person,
    )
    call = _call(cast, programme)
    form = models.FormVersion.objects.create(
        call=call,
        number=1,
        definition=questionnaire.as_data(questionnaire.read(FORM)),
        digest=questionnaire.digest(questionnaire.read(FORM)),
        made_at=PREPARED,
        made_by=cast.owner.person,
        published_at=PREPARED,
        published_by=cast.owner.person,
    )
    bank, lab = (
        people.ensure_institution(key=key, name=Bilingual(name, zh), kind=kind)
        for key, name, zh, kind in (
            ("harvest-bank", "Harvest Bank", "丰收银行", "company"),
            ("ledger-lab", "Ledger Laboratory", "账本实验室", "university"),
        )
    )
    applicant, second, third = (_person(key) for key in ("applicant", "second", "third"))
    bank_contact = _person("bank-contact")
    bank_host = _host(cast, call, bank, bank_contact)
    lab_host = _host(cast, call, lab, _person("lab-contact"))
    scene = Scene(
        cast=cast,
        programme=programme,
        call=call,
        form=form,
        manager=member("manager", Role.MANAGER, cast.ours.institution),
        applicant=applicant,
        second=second,
        third=third,
        draft=_application(form, applicant, 1),
        submitted=_application(form, second, 2, is_submitted=True),
        other=_application(form, third, 3, is_submitted=True),
        bank=bank,
        lab=lab,
        bank_host=bank_host,
        lab_host=lab_host,
        bank_contact=bank_contact,
        bank_place=_place(bank_host, "P-01", "Payments desk", 2),
        lab_place=_place(lab_host, "P-02", "Ledger research", 1),
    )
    MADE[programme.pk] = scene
    return scene


def _call(cast: Cast, programme: models.Programme) -> models.Call:
    return models.Call.objects.create(
        programme=programme,
        key="2019",
        name=Bilingual("Internships 2019", "2019年实习"),
        summary=Bilingual("Three months at a bank or a laboratory.", "在银行或实验室实习三个月。"),
        who_may=Bilingual("Students of both sides.", "双方学生。"),
        gives=Bilingual("A monthly stipend.", "每月津贴。"),
        contact="internships@example.org",
        time_zone="Asia/Shanghai",
        partner_zone="Europe/London",
        opens_at=OPENS,
        closes_at=CLOSES,
        results_on=date(2019, 9, 20),
        starts_on=date(2019, 10, 8),
        ends_on=date(2019, 12, 31),
        workflow=standard_workflows()["matched"],
        seed="a sealed seed",
        seed_digest=SEED_DIGEST,
        mode=Mode.DOUBLE,
        most_wishes=5,
        takes_joint=True,
        prepared_at=PREPARED,
        prepared_by=cast.owner.person,
        published_at=PREPARED,
        published_by=cast.owner.person,
    )


def _person(key: str) -> Member:
    """Make a person with an account and no role."""
    person = people.register_person(key=key, name=Bilingual(key.replace("-", " ").title(), ""))
    account = people.open_account(person=person, email=f"{key}@example.org", password=PASSWORD)
    client = Client()
    client.force_login(account)
    return Member(person, client)


def _application(
    form: models.FormVersion, who: Member, number: int, *, is_submitted: bool = False
) -> models.Application:
    return models.Application.objects.create(
        call=form.call,
        reference=f"SUM-19-{number:04}",
        applicant=who.person,
        stage="screening" if is_submitted else "draft",
        phase="screening" if is_submitted else "draft",
        entered_at=WHILE_OPEN,
        form=form,
        answers=ANSWERS if is_submitted else {},
        started_at=WHILE_OPEN,
        submitted_at=WHILE_OPEN if is_submitted else None,
    )


def _host(cast: Cast, call: models.Call, institution: Institution, contact: Member) -> models.Host:
    return models.Host.objects.create(
        call=call,
        institution=institution,
        contact=contact.person,
        email=f"{contact.person.key}@example.org",
        invited_at=PREPARED,
        invited_by=cast.owner.person,
    )


def _place(host: models.Host, code: str, name: str, count: int) -> models.Place:
    return models.Place.objects.create(
        call=host.call,
        host=host,
        code=code,
        name=Bilingual(name, ""),
        count=count,
        starts_on=date(2019, 10, 8),
        ends_on=date(2019, 12, 31),
        opened_at=PREPARED,
        opened_by=host.contact,
    )
