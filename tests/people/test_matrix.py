"""Who may do what: what the matrix says in words is what the rules decide, for every permission."""

import importlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override
from tests.cast import Cast, Member

from accord.agreements.enums import Permission as Agreements
from accord.agreements.models import Agreement, Party
from accord.kernel.access import NOBODY, Actor, Grant
from accord.kernel.models import World
from accord.kernel.permits import Permit, permits
from accord.measures.enums import Permission as Measures
from accord.measures.models import Evidence
from accord.people import operations as people
from accord.people import queries
from accord.people.enums import Permission as People
from accord.people.enums import Role
from accord.people.models import RoleGrant

ROOT = Path(__file__).parents[2]
CONTEXTS = sorted(path.parent.name for path in (ROOT / "src/accord").glob("*/enums.py"))
TODAY = datetime.now(UTC).date()
OURS, THEIRS, ME = 7, 8, 1
SIGNED = Agreement(pk=1, state="signed")
OUR_PARTY, THEIR_PARTY = Party(pk=1, institution_id=OURS), Party(pk=2, institution_id=THEIRS)
THEIR_ENTRY = Evidence(party_id=2, recorded_by_id=9)
OUR_ENTRY = Evidence(party_id=1, recorded_by_id=9)

PROBES: dict[str, Callable[[Callable[..., bool], Actor], bool]] = {
    Agreements.VIEW: lambda rule, actor: rule(actor, {OURS, THEIRS}),
    Agreements.APPLY: lambda rule, actor: rule(actor, {OURS, THEIRS}),
    Agreements.BRING_IN: lambda rule, actor: rule(actor),
    Agreements.PUBLISH: lambda rule, actor: rule(actor, {OURS, THEIRS}),
    Agreements.RECORD_ENGAGEMENT: lambda rule, actor: rule(actor, {OURS, THEIRS}),
    Measures.RECORD_EVIDENCE: lambda rule, actor: rule(actor, SIGNED, OUR_PARTY),
    Measures.DECIDE_EVIDENCE: lambda rule, actor: rule(actor, THEIR_ENTRY, OUR_PARTY),
    Measures.WITHDRAW_EVIDENCE: lambda rule, actor: rule(actor, OUR_ENTRY, OUR_PARTY),
    Measures.OVERRIDE_FORECAST: lambda rule, actor: rule(actor, OUR_PARTY),
    People.TAKE_DEMO_ROLE: lambda rule, _actor: rule(World(is_demo=True)),
    People.SEE_ROLES: lambda rule, actor: rule(actor),
    People.GRANT_ROLE: lambda rule, actor: rule(actor, Role.EXECUTIVE, OURS),
    People.SEE_RIGHTS: lambda rule, actor: rule(actor, 9),
    People.DELEGATE: lambda rule, actor: rule(actor),
    People.MAKE_TOKEN: lambda rule, actor: rule(actor),
    People.SAVE_VIEW: lambda rule, actor: rule(actor),
    People.SEE_INSTITUTIONS: lambda rule, actor: rule(actor),
    People.CHANGE_INSTITUTIONS: lambda rule, actor: rule(actor),
    People.CHANGE_UNITS: lambda rule, actor: rule(actor, OURS),
    People.SEE_PEOPLE: lambda rule, actor: rule(actor),
    People.SEE_EMAIL: lambda rule, actor: rule(actor, 9, {OURS}),
    People.CHANGE_PEOPLE: lambda rule, actor: rule(actor, {OURS}),
    People.MERGE: lambda rule, actor: rule(actor),
    People.INVITE: lambda rule, actor: rule(actor, Role.EXECUTIVE, OURS),
    Agreements.TERMINATE: lambda rule, actor: rule(actor, {OURS, THEIRS}),
    Agreements.SET_REVIEW: lambda rule, actor: rule(actor, {OURS, THEIRS}),
    People.MAKE_LINK: lambda rule, actor: rule(
        actor, may_change=actor.holds("steward", "officer", institution_id=OURS)
    ),
}
"""How each rule is asked about something of our institution, all else being as it has to be."""


OF_WHEREVER_ONE_IS = {
    Agreements.BRING_IN,
    People.SEE_ROLES,
    People.SEE_INSTITUTIONS,
    People.SEE_PEOPLE,
    People.DELEGATE,
    People.MAKE_LINK,
}
"""Permissions whose rule asks for a role somewhere; what it opens is narrowed by queries, or by the record."""


def actor(role: str | None, institution: int | None = OURS) -> Actor:
    """Return somebody with one role; a steward's holds everywhere."""
    if role is None:
        return Actor(ME, "")
    return Actor(ME, "", frozenset({Grant(role, None if role == Role.STEWARD else institution)}))


def permissions(context: str) -> list[str]:
    """Return every permission that a context guards."""
    return [str(one) for one in getattr(importlib.import_module(f"accord.{context}.enums"), "Permission", ())]


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_permission_of_every_context_is_announced(context: str) -> None:
    announced = [str(permit.code) for permit in permits if permit.context == context]

    assert sorted(announced) == sorted(permissions(context))


@pytest.mark.parametrize("code", sorted(PROBES))
def test_roles_that_the_matrix_names_are_those_that_the_rule_lets_through(code: str) -> None:
    permit = permits.get(code)
    assert permit is not None

    opened = {role for role in (*Role.values, None) if PROBES[code](permit.rule, actor(role))}

    assert opened == ({*Role.values, None} if permit.anyone else set(permit.roles))


@pytest.mark.parametrize("code", sorted(PROBES.keys() - OF_WHEREVER_ONE_IS))
def test_role_for_another_institution_opens_nothing_here(code: str) -> None:
    permit = permits.get(code)
    assert permit is not None
    others = [role for role in Role.values if role != Role.STEWARD]

    opened = {role for role in others if PROBES[code](permit.rule, actor(role, institution=99))}

    assert opened == (set(others) if permit.anyone else set())


@pytest.mark.parametrize("context", ["people", "agreements", "measures"])
def test_every_rule_is_asked(context: str) -> None:
    assert [code for code in permissions(context) if code not in PROBES] == []


def test_matrix_holds_the_same_rule_as_the_context() -> None:
    for context in ("people", "agreements", "measures"):
        rules = importlib.import_module(f"accord.{context}.rules").RULES
        assert {str(code): rule for code, rule in rules.items()} == {
            str(permit.code): permit.rule for permit in permits if permit.context == context
        }


def row(permit: Permit) -> str:
    """Return the line of the documentation."""
    with override("en"):
        return f"| `{permit.code}` | {permit.who} | {permit.why} |"


@pytest.mark.parametrize("code", sorted(str(permit.code) for permit in permits))
def test_documentation_says_what_the_page_says(code: str) -> None:
    permit = permits.get(code)
    written = (ROOT / "docs/permissions.md").read_text(encoding="utf-8")

    assert permit is not None
    assert row(permit) in written


@pytest.mark.parametrize("code", sorted(str(permit.code) for permit in permits))
def test_every_sentence_is_there_in_chinese(code: str) -> None:
    permit = permits.get(code)
    assert permit is not None
    with override("zh-hans"):
        chinese = [str(words) for words in (permit.name, permit.who, permit.why, *permit.limits.values())]
    with override("en"):
        english = [str(words) for words in (permit.name, permit.who, permit.why, *permit.limits.values())]

    assert [one for one, other in zip(chinese, english, strict=True) if one == other] == []


pytestmark = pytest.mark.django_db


def because(rights: list[queries.Right], code: str) -> tuple[bool, str]:
    """Return whether a permission is open, and why."""
    return next((right.may, right.because) for right in rights if right.code == code)


def test_why_one_may_names_the_role_and_where_it_holds(cast: Cast) -> None:
    rights = queries.rights_of(queries.actor_of(cast.owner.person, on=date(2019, 9, 1)))

    assert because(rights, Agreements.APPLY) == (True, "as Partnership officer, Jiaozi Fin-Tech Dreamworks")
    assert because(rights, Measures.DECIDE_EVIDENCE) == (
        True,
        "as Partnership officer, Jiaozi Fin-Tech Dreamworks: what another party entered",
    )
    assert because(rights, People.SAVE_VIEW) == (True, "needs no role")
    assert because(rights, People.SEE_RIGHTS) == (False, "needs the role Steward")


def test_why_one_may_not_names_the_roles_that_would_open_it(cast: Cast) -> None:
    rights = queries.rights_of(queries.actor_of(cast.executive.person, on=date(2019, 9, 1)))

    assert because(rights, Agreements.APPLY) == (False, "needs the role Steward or Partnership officer")


def test_role_that_ended_gives_no_right(cast: Cast) -> None:
    RoleGrant.objects.filter(person=cast.owner.person).update(ends_on=date(2019, 9, 1))

    rights = queries.rights_of(queries.actor_of(cast.owner.person, on=date(2019, 9, 1)))

    assert because(rights, Agreements.APPLY)[0] is False


def test_page_shows_every_permission_with_the_readers_own_rights(cast: Cast) -> None:
    rows = cast.executive.client.get("/permissions/?format=json")

    every = json.loads(rows.getvalue())["rows"]
    said = {one["name"]: (one["may"], one["executive"], one["steward"]) for one in every}
    assert len(every) == len(list(permits))
    assert said["See an agreement"] == ("Yes", "Own institution", "Yes")
    assert said["Apply a changed file"] == ("No", "No", "Yes")


def test_page_is_narrowed_by_part_role_and_own_right(cast: Cast) -> None:
    def codes(query: str) -> set[str]:
        rows = cast.executive.client.get(f"/permissions/?format=json&cols=code&{query}")
        return {one["code"] for one in json.loads(rows.getvalue())["rows"]}

    assert codes("context=measures") == set(permissions("measures"))
    assert codes("context=agreements&role=executive") == {"agreements.view"}
    assert codes("context=agreements&may=True") == {"agreements.view"}
    assert "agreements.view" not in codes("may=False")
    assert codes("q=badge") == set()
    assert codes("q=public page") == {"agreements.publish"}


@pytest.mark.parametrize(("who", "status"), [("steward", 200), ("owner", 200), ("partner", 404), ("executive", 404)])
def test_rights_of_a_person_are_for_stewards_and_for_themselves(cast: Cast, who: str, status: int) -> None:
    assert getattr(cast, who).client.get("/permissions/of/owner/").status_code == status


def test_rights_of_somebody_else_are_theirs_and_not_the_readers(cast: Cast) -> None:
    page = cast.steward.client.get("/permissions/of/executive/")

    assert "What Executive may do, and why" in page.text
    assert "as Executive, Jiaozi Fin-Tech Dreamworks" in page.text
    assert "as Steward, everywhere" not in page.text


def test_who_stands_in_sees_what_they_may_now(cast: Cast) -> None:
    given = people.delegate(
        to=cast.executive.person,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=9),
        reason="",
        by=cast.owner.person,
    )
    cast.executive.client.post(f"/standing-in/{given.pk}/act/")

    assert "as Partnership officer, Jiaozi Fin-Tech Dreamworks" in cast.executive.client.get("/permissions/").text


def test_nobody_may_anything_that_needs_a_role() -> None:
    opened = {code for code in PROBES if PROBES[code](permits.get(code).rule, NOBODY)}

    assert opened == {People.TAKE_DEMO_ROLE}


def test_nobody_decides_on_what_was_entered_by_whom_they_stand_in_for() -> None:
    rule = permits.get(Measures.DECIDE_EVIDENCE).rule
    recorder = THEIR_ENTRY.recorded_by_id

    decided = [
        rule(replace(actor(Role.OFFICER), for_person=whom), THEIR_ENTRY, OUR_PARTY) for whom in (None, 5, recorder)
    ]

    assert decided == [True, True, False]


def test_standing_in_lends_no_granting() -> None:
    lent = replace(actor(Role.OFFICER), for_person=2)
    opened = {code for code in PROBES if PROBES[code](permits.get(code).rule, lent)}

    assert {People.GRANT_ROLE, People.DELEGATE, People.MAKE_TOKEN} & opened == set()
    assert Agreements.APPLY in opened


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    assert [client.get(path).status_code for path in ("/permissions/", "/permissions/of/owner/")] == [302, 302]


def test_everybody_who_is_signed_in_sees_the_matrix(cast: Cast) -> None:
    members: list[Member] = [cast.owner, cast.partner, cast.executive, cast.steward, cast.outsider]

    assert {who.client.get("/permissions/").status_code for who in members} == {200}
