"""Negotiations by program: a whole one by the Python client, and what each act asks for and refuses."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.api.conftest import caller_for
from tests.api.test_client import Accord, Conflict, NotThere, Refused, Stale, in_process
from tests.cast import Cast
from tests.negotiation.asked import CLAUSE, PROMISE_SENT
from tests.negotiation.table import amending, lay_table

from accord.agreements.models import Agreement, Amendment
from accord.negotiation import operations
from accord.negotiation.models import Approval, ChangeRequest, Negotiation, TextVersion

BEGIN: Any = {"title": {"en": "Interns and data"}, "coordinator": "dreamworks", "others": ["cass"]}


@dataclass
class Sides:
    """Both sides, each asking by its own token."""

    ours: Accord
    theirs: Accord


@pytest.fixture
def sides(cast: Cast, one_connection: None) -> Iterator[Sides]:
    """Ask this process as the officers of both sides."""
    with ExitStack() as stack:
        ours, theirs = (
            stack.enter_context(
                Accord("http://testserver", token=caller_for(one).token, transport=in_process(), sleep=lambda _s: None)
            )
            for one in (cast.owner, cast.partner)
        )
        yield Sides(ours, theirs)


def draft(ours: Accord) -> str:
    """Begin a negotiation and write a draft that is whole."""
    key: str = ours.start_negotiation(BEGIN).data["key"]
    ours.add_clause(key, CLAUSE)
    ours.add_promise(key, {**PROMISE_SENT, "due_on": "2099-06-30"})
    return key


def put_forward(ours: Accord, key: str) -> str:
    """Put the draft forward as it stands; return its digest."""
    digest: str = ours.read_draft(key).data["digest"]
    assert ours.put_forward(key, {"digest": digest, "note": {"en": "First."}}).data["digest"] == digest
    return digest


def signing() -> dict[str, Any]:
    """Return what the President signs with, today: no day before the version was put forward is taken."""
    return {"signatory": "Zhang Wei", "office": "President", "signed_on": datetime.now(UTC).date().isoformat()}


def test_a_whole_negotiation_by_program(sides: Sides) -> None:
    ours, theirs = sides.ours, sides.theirs
    key = draft(ours)
    put_forward(ours, key)

    asked = theirs.ask_for_change(
        key, 1, {"place": "clause:data", "asked": "Say for how long.", "proposed": {"en": "Data stay for a year."}}
    )
    number = asked.data["id"]
    ours.reply_to_request(key, number, {"text": "Agreed."})
    seen = ours.read_request(key, number)
    accepted = ours.accept_request(
        key, number, {"row_version": seen.data["row_version"], "reason": "Clearer."}, if_match=seen.etag
    )
    digest = put_forward(ours, key)
    (change,) = theirs.compare_versions(key, 2, against=1).data["places"]
    for side in (ours, theirs):
        side.approve_version(key, {"digest": digest})
    first = ours.sign_version(key, {**signing(), "digest": digest}).data
    last = theirs.sign_version(key, {**signing(), "digest": digest, "place": {"en": "Chengdu"}}).data

    assert (accepted.data["state"], [one["text"] for one in accepted.data["replies"]]) == ("accepted", ["Agreed."])
    assert (change["place"], change["change"]) == ("clause:data", "changed")
    assert (first["state"], last["state"], last["result"]) == ("approved", "signed", key)
    assert "Data stay for a year." in ours.read_agreement_file(key).data
    assert [row["state"] for row in theirs.list_negotiations(state="signed")] == ["signed"]
    assert Agreement.objects.get(key=key).signed_on is not None


def test_an_amendment_by_program_is_approved_with_its_impact(sides: Sides) -> None:
    ours, theirs = sides.ours, sides.theirs
    key = ours.start_amendment("chengdu-cass").data["key"]
    new: Any = {"target": 350, "due_on": "2030-03-31", "why": {"en": "A second building opens."}}
    made = ours.amend_promise(key, "resident-teams", new, if_none_match="*")
    with pytest.raises(Stale):
        ours.amend_promise(key, "resident-teams", new, if_none_match="*")
    changed = ours.amend_promise(key, "resident-teams", {**new, "target": 360}, if_match=made.etag)
    digest = put_forward(ours, key)
    impact = theirs.read_impact(key, 1).data

    with pytest.raises(Conflict) as unread:
        theirs.approve_version(key, {"digest": digest})
    for side in (ours, theirs):
        side.approve_version(key, {"digest": digest, "impact_digest": impact["digest"]})
    for side in (ours, theirs):
        side.sign_version(key, {**signing(), "digest": digest})

    (line,) = impact["promises"]
    assert (line["promise"], line["before"]["target"], line["after"]["target"]) == ("resident-teams", 300, 360)
    assert (made.location != "", changed.data["target"], unread.value.code) == (True, 360, "impact-changed")
    assert Amendment.objects.get(commitment__key="resident-teams").target == 360


def test_another_text_than_the_one_in_review_is_not_approved(sides: Sides) -> None:
    key = draft(sides.ours)
    old = put_forward(sides.ours, key)
    sides.ours.add_clause(key, {**CLAUSE, "type": "publication"})
    put_forward(sides.ours, key)

    with pytest.raises(Conflict) as refused:
        sides.theirs.approve_version(key, {"digest": old})

    assert (refused.value.status, refused.value.code) == (409, "text-changed")
    assert Approval.objects.count() == 0


def test_row_of_the_draft_is_changed_from_the_version_that_was_read(sides: Sides) -> None:
    ours = sides.ours
    key = draft(ours)
    seen = ours.read_clause(key, "data")
    ours.change_clause(key, "data", {**CLAUSE, "text": {"en": "First."}}, if_match=seen.etag)

    with pytest.raises(Stale) as stale:
        ours.change_clause(key, "data", {**CLAUSE, "text": {"en": "Second."}}, if_match=seen.etag)
    with pytest.raises(Stale):
        ours.take_out_clause(key, "data", if_match=seen.etag)
    fresh = ours.read_clause(key, "data")
    ours.take_out_clause(key, "data", if_match=fresh.etag)

    assert (stale.value.version, fresh.data["text"]["en"]) == (2, "First.")
    with pytest.raises(NotThere):
        ours.read_clause(key, "data")


def test_what_the_page_refuses_the_program_is_refused_with_a_pointer(sides: Sides) -> None:
    ours = sides.ours
    key = draft(ours)
    wrong = {**PROMISE_SENT, "kind": "milestone", "beneficiaries": []}
    head = ours.read_head(key)

    with pytest.raises(Refused) as promise:
        ours.add_promise(key, wrong)
    with pytest.raises(Refused) as term:
        ours.change_head(
            key,
            {"title": {"en": "T"}, "starts_on": "2021-01-01", "ends_on": "2020-01-01", "notice_days": 30},
            if_match=head.etag,
        )
    with pytest.raises(Refused) as clause:
        ours.add_clause(key, {**CLAUSE, "ip_mode": "university-owns-nonexclusive"})

    assert {one["pointer"] for one in promise.value.errors} == {"#/beneficiaries", "#/measure_code", "#/target"}
    assert [one["pointer"] for one in term.value.errors] == ["#/ends_on"]
    assert [one["pointer"] for one in clause.value.errors] == ["#/ip_mode"]


def test_draft_that_lacks_something_says_what_and_stays(sides: Sides) -> None:
    key = sides.ours.start_negotiation(BEGIN).data["key"]
    seen = sides.ours.read_draft(key).data

    with pytest.raises(Refused) as unready:
        sides.ours.put_forward(key, {"digest": seen["digest"]})
    with pytest.raises(Conflict) as unread:
        sides.ours.put_forward(key, {"digest": "0" * 64})

    assert [one["place"] for one in seen["problems"] if one["is_error"]] == ["promises"]
    assert (unready.value.code, [one["detail"] for one in unready.value.errors]) == (
        "draft-unready",
        ["promises: The draft has no promise yet. Add at least one promise."],
    )
    assert (unread.value.status, unread.value.code) == (409, "clash")
    assert TextVersion.objects.count() == 0


def test_lost_answer_makes_one_negotiation_and_one_request(cast: Cast, one_connection: None) -> None:
    owner, partner = caller_for(cast.owner), caller_for(cast.partner)
    first, again = (owner.post("/negotiations", BEGIN, idempotency_key="k1") for _time in range(2))
    table = lay_table(cast)
    table.put_forward()
    asked = {"place": "head", "asked": "A shorter name."}
    path = f"/negotiations/{table.negotiation.key}/versions/1/requests"
    requests = [partner.post(path, asked, idempotency_key="k1") for _time in range(2)]

    assert (first.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert first.json() == again.json()
    assert Negotiation.objects.count() == 2
    assert ([one.status_code for one in requests], ChangeRequest.objects.count()) == ([201, 201], 1)


def test_token_that_may_only_read_reads_and_binds_nobody(cast: Cast) -> None:
    table = lay_table(cast)
    digest = table.put_forward().digest
    reader = caller_for(cast.partner, "read")
    path = f"/negotiations/{table.negotiation.key}"

    answers = [
        reader.get(path),
        reader.get(f"{path}/versions/1/file"),
        reader.post(f"{path}/approve", {"digest": digest}),
        reader.post("/negotiations", BEGIN),
    ]

    assert [one.status_code for one in answers] == [200, 200, 403, 403]
    assert {one.json()["code"] for one in answers[2:]} == {"scope-missing"}
    assert Approval.objects.count() == 0


def test_canonical_text_is_served_byte_for_byte(cast: Cast) -> None:
    table = lay_table(cast)
    text = table.put_forward()
    caller = caller_for(cast.partner)
    path = f"/negotiations/{table.negotiation.key}/versions/1"

    raw, plain, shown = (caller.get(f"{path}{end}") for end in ("/file", "/file.json", ""))

    assert raw.content.decode() == text.text
    assert (plain.json()["agreement"], shown.json()["digest"]) == (table.negotiation.key, text.digest)


def test_parties_are_added_changed_and_taken_out(sides: Sides, cast: Cast) -> None:
    ours = sides.ours
    key = draft(ours)
    made = ours.add_party(key, {"institution": "elsewhere", "signs": False})
    changed = ours.change_party(
        key, "elsewhere", {"name": {"en": "The third"}, "contact": "outsider@example.org"}, if_match=made.etag
    )

    with pytest.raises(Refused) as unknown:
        ours.change_party(
            key, "elsewhere", {"name": {"en": "X"}, "contact": "nobody@example.org"}, if_match=changed.etag
        )
    with pytest.raises(Refused) as owing:
        ours.take_out_party(key, "cass", if_match="*")
    ours.take_out_party(key, "elsewhere", if_match=changed.etag)

    assert (made.data["signs"], changed.data["contact"]) == (False, "outsider@example.org")
    assert [one["pointer"] for one in unknown.value.errors] == ["#/contact"]
    assert owing.value.code == "party-in-promise"
    with pytest.raises(NotThere):
        ours.read_party(key, "elsewhere")


def test_a_signed_clause_is_worded_anew_and_left_alone_again(sides: Sides, cast: Cast) -> None:
    first = lay_table(cast)
    first.put_forward()
    agreement = first.conclude().result
    assert agreement is not None
    key = amending(cast, agreement).negotiation.key
    ours = sides.ours
    wording: Any = {"text": {"en": "After sixty days."}, "why": {"en": "More time."}}

    with pytest.raises(NotThere):
        ours.read_clause_amendment(key, "publication")
    with pytest.raises(NotThere):
        ours.change_clause(key, "publication", CLAUSE, if_match="*")
    made = ours.amend_clause(key, "publication", wording, if_none_match="*")
    ours.take_out_clause_amendment(key, "publication", if_match=made.etag)
    again = ours.amend_clause(key, "publication", wording, if_none_match="*")

    assert (made.data["amends"], made.data["title"]["en"]) == (True, "Publication")
    assert (again.location, again.data["version"]) == (made.location, made.data["version"] + 2)


COUNTS = {"/negotiations": 5, "/negotiations/{key}/requests": 6, "/agreements/chengdu-cass/negotiations": 7}


@pytest.mark.parametrize(("path", "queries"), COUNTS.items(), ids=COUNTS)
def test_list_costs_the_same_at_few_and_many_rows(
    cast: Cast, django_assert_num_queries: Any, path: str, queries: int
) -> None:
    table = lay_table(cast)
    table.put_forward()
    table.ask()
    amending(cast, cast.agreement)
    caller = caller_for(cast.partner)
    address = path.format(key=table.negotiation.key)
    caller.get(address)

    with django_assert_num_queries(queries):
        assert caller.get(address).status_code == 200
    for number in range(4):
        lay_table(cast, f"Another {number}").put_forward()
        table.ask(f"Another change {number}.")
    operations.start_renewal(
        agreement=cast.agreement, coordinator=cast.ours.institution, by=cast.owner.person, at=table.at()
    )
    with django_assert_num_queries(queries):
        assert caller.get(address).status_code == 200
