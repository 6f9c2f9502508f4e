"""The demo's people: officers of every side that signs, executives, a steward, and somebody of another house."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accord.demo.stories.houses import INSTITUTE
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.queries import Person, institutions_by_key

SINCE = date(2018, 1, 1)
ACCEPTS = "demo-sample-executive"
"""Whose role comes from an invitation that they accepted, not from `give_roles`."""

OPERATOR, TEAM_LEAD = "demo-dreamworks-operator", "demo-team-lead"
"""Who runs the work space, and who leads a team there and holds no role at all."""

MANAGER, APPLICANT, REVIEWER, HOST = "demo-zju-manager", "demo-applicant", "demo-reviewer", "demo-host-contact"
"""Who runs the programmes of the university; who applies, reviews and offers places, without any role."""


@dataclass(frozen=True, slots=True)
class Part:
    """A demo person: their key, name, role if they hold one, and the institution they act for, if one."""

    key: str
    name: Bilingual
    role: Role | None
    institution: str | None


def _officer(party: str, en: str, zh: str) -> Part:
    """Return the partnership officer of a party."""
    name = Bilingual(f"Demo officer, {en} side", f"示例专员（{zh}）")
    return Part(f"demo-{party}-officer", name, Role.OFFICER, party)


PARTS = (
    _officer("dreamworks", "Dreamworks", "梦工场"),
    _officer("cass", "Cass", "卡斯"),
    Part(
        "demo-dreamworks-executive",
        Bilingual("Demo executive, Dreamworks side", "示例主管（梦工场）"),
        Role.EXECUTIVE,
        "dreamworks",
    ),
    Part(
        OPERATOR,
        Bilingual("Demo operator, Dreamworks work space", "示例空间运营专员（梦工场）"),
        Role.OPERATOR,
        "dreamworks",
    ),
    Part(TEAM_LEAD, Bilingual("Demo lead of a resident team", "示例入驻团队负责人"), None, None),
    _officer("zju", "ZJU", "浙大"),
    Part(MANAGER, Bilingual("Demo programme manager, ZJU side", "示例项目主管（浙大）"), Role.MANAGER, "zju"),
    Part(APPLICANT, Bilingual("Demo applicant", "示例申请人"), None, None),
    Part(REVIEWER, Bilingual("Demo reviewer", "示例评审人"), None, None),
    Part(HOST, Bilingual("Demo contact of a host", "示例接收单位联系人"), None, None),
    _officer("ant", "Ant", "蚂蚁"),
    _officer("sample-university", "Sample University", "示例大学"),
    _officer("sample-park", "Sample Park", "示例金科园"),
    Part(
        ACCEPTS,
        Bilingual("Demo executive, Sample University side", "示例主管（示例大学）"),
        Role.EXECUTIVE,
        "sample-university",
    ),
    Part("demo-steward", Bilingual("Demo steward", "示例管理员"), Role.STEWARD, None),
    Part("demo-outsider", Bilingual("Demo officer of another house", "示例外部人员"), Role.OFFICER, INSTITUTE),
)


def make_cast() -> dict[str, Person]:
    """Make the demo's people with accounts that one click signs in; return them by key, in their order."""
    return {part.key: _make(part, number) for number, part in enumerate(PARTS, start=1)}


def give_roles(cast: Mapping[str, Person]) -> None:
    """Grant everybody but whoever is invited their role, once the parties are there."""
    houses = institutions_by_key([part.institution for part in PARTS if part.institution])
    for part in (one for one in PARTS if one.key != ACCEPTS):
        if part.role is None:
            continue
        house = houses[part.institution] if part.institution else None
        people.grant_role(person=cast[part.key], role=part.role, institution=house, starts_on=SINCE)


def _make(part: Part, number: int) -> Person:
    """Register one person and open their account."""
    place = f"demo {chr(ord('a') + number)}"  # no number: it could be the person's own, by which worlds may differ
    person = people.register_person(key=part.key, name=part.name, sort_key=place, is_simulated=True)
    people.open_account(person=person, email=address_of(part.key), password=None)
    return person


def address_of(key: str) -> str:
    """Return the address of a demo person: a domain that never receives mail."""
    return f"{key}@example.org"


def officers(cast: Mapping[str, Person]) -> dict[str, Person]:
    """Return the officer of each party, by the party's key."""
    return {part.institution: cast[part.key] for part in PARTS if part.institution and part.role == Role.OFFICER}
