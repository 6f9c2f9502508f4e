"""What the operations of the API to negotiations answer to whom, and how each is asked."""

from datetime import date

from tests.api.asked import ALL_KNOWN, ALL_READ, Ask
from tests.cast import Cast
from tests.negotiation.table import DAY, PROMISE, Table, amending, lay_table

from accord.kernel.text import Bilingual
from accord.negotiation import operations, queries
from accord.negotiation.operations import ClauseWording
from accord.people import operations as people

WRITES = ("200", "403", "403", "404", "401")
MAKES = ("201", "403", "403", "404", "401")
DROPS = ("204", "403", "403", "404", "401")
BINDS = ("200", "200", "403", "404", "401")
STATUSES: dict[str, tuple[str, ...]] = {
    "list_negotiations": ALL_KNOWN,
    "start_negotiation": ("201", "422", "403", "422", "401"),
    "read_negotiation": ALL_READ,
    "withdraw_negotiation": WRITES,
    "list_agreement_negotiations": ALL_READ,
    "start_amendment": ("201", "201", "403", "404", "401"),
    "start_renewal": ("201", "201", "403", "404", "401"),
    "read_dossier": ALL_READ,
    "read_draft": WRITES,
    "read_draft_changes": WRITES,
    "read_head": WRITES,
    "change_head": WRITES,
    "add_clause": MAKES,
    "read_clause": WRITES,
    "change_clause": WRITES,
    "take_out_clause": DROPS,
    "read_clause_amendment": WRITES,
    "amend_clause": WRITES,
    "take_out_clause_amendment": DROPS,
    "add_promise": MAKES,
    "read_draft_promise": WRITES,
    "change_promise": WRITES,
    "take_out_promise": DROPS,
    "read_promise_amendment": WRITES,
    "amend_promise": WRITES,
    "take_out_promise_amendment": DROPS,
    "add_party": MAKES,
    "read_party": WRITES,
    "change_party": WRITES,
    "take_out_party": DROPS,
    "list_versions": ALL_READ,
    "put_forward": MAKES,
    "read_version": ALL_READ,
    "read_version_file": ALL_READ,
    "read_version_data": ALL_READ,
    "compare_versions": ALL_READ,
    "read_impact": ALL_READ,
    "approve_version": BINDS,
    "sign_version": BINDS,
    "list_requests": ALL_READ,
    "ask_for_change": ("409", "201", "403", "404", "401"),
    "read_request": ALL_READ,
    "reply_to_request": ("201", "201", "403", "404", "401"),
    "accept_request": WRITES,
    "decline_request": WRITES,
    "take_back_request": ("403", "200", "403", "404", "401"),
}
CLAUSE = {"type": "data", "title": {"en": "Data"}, "text": {"en": "Data stay where they are."}}
PROMISE_SENT = {
    "title": {"en": "Sixty interns"},
    "text": {"en": "Dreamworks takes sixty interns."},
    "section": "people",
    "kind": "target",
    "promisors": ["dreamworks"],
    "beneficiaries": ["cass"],
    "measure_code": "programmes.placements_started",
    "target": 60,
    "due_on": "2021-06-30",
}
REASON = {"reason": "We changed our minds."}


def furnish(cast: Cast) -> dict[str, Ask]:
    """Lay one table for each state; return how each operation is asked."""
    begun, in_review, to_approve, to_sign = (lay_table(cast, f"Table {number}") for number in range(4))
    third = people.ensure_institution(key="third", name=Bilingual("Third"), kind="company")
    people.ensure_institution(key="fourth", name=Bilingual("Fourth"), kind="company")
    operations.add_party(
        negotiation=begun.negotiation, institution=third, signs=True, by=cast.owner.person, at=begun.at()
    )
    for table in (in_review, to_approve, to_sign):
        table.put_forward()
    request = in_review.ask()
    for party in (to_sign.ours, to_sign.theirs):
        to_sign.approve(party)
    return {
        **_agreements(cast),
        **_drafts(begun),
        **_amendments(cast),
        **_texts(in_review, to_approve, to_sign),
        **_requests(in_review, request.pk),
    }


def _agreements(cast: Cast) -> dict[str, Ask]:
    agreement = Ask({"key": cast.agreement.key})
    names = ("list_agreement_negotiations", "start_amendment", "start_renewal", "read_dossier")
    begin = {"title": {"en": "Something new"}, "coordinator": "dreamworks", "others": ["cass"]}
    return {**dict.fromkeys(names, agreement), "list_negotiations": Ask(), "start_negotiation": Ask(body=begin)}


def _drafts(table: Table) -> dict[str, Ask]:
    key = {"key": table.negotiation.key}
    clause, promise = {**key, "place": "publication"}, {**key, "place": "fifty-interns"}
    party = {**key, "institution": "third"}
    digest = queries.compose(queries.draft_of(table.negotiation)).digest
    return {
        "read_draft": Ask(key),
        "read_draft_changes": Ask(key),
        "read_head": Ask(key),
        "change_head": Ask(key, {"title": {"en": "Another"}}),
        "add_clause": Ask(key, CLAUSE),
        "read_clause": Ask(clause),
        "change_clause": Ask(clause, CLAUSE),
        "take_out_clause": Ask(clause),
        "add_promise": Ask(key, PROMISE_SENT),
        "read_draft_promise": Ask(promise),
        "change_promise": Ask(promise, PROMISE_SENT),
        "take_out_promise": Ask(promise),
        "add_party": Ask(key, {"institution": "fourth"}),
        "read_party": Ask(party),
        "change_party": Ask(party, {"name": {"en": "The Third"}, "contact": "partner@example.org"}),
        "take_out_party": Ask(party),
        "put_forward": Ask(key, {"digest": digest}),
    }


def _amendments(cast: Cast) -> dict[str, Ask]:
    """Amend an agreement that has a clause."""
    first = lay_table(cast, "Signed already")
    first.put_forward()
    agreement = first.conclude().result
    assert agreement is not None
    table = amending(cast, agreement)
    table.promise(
        type(PROMISE)(
            **queries.promise_row(table.negotiation, "fifty-interns").fixed,
            target=PROMISE.target,
            due_on=date(2022, 6, 30),
            why=Bilingual("Later."),
        ),
        key="fifty-interns",
    )
    row = queries.clause_row(table.negotiation, "publication")
    table.clause(
        ClauseWording(**{**row.fixed, **row.values, "text": Bilingual("New."), "why": Bilingual("Shorter.")}),
        key="publication",
        version=row.version,
    )
    clause = {"key": table.negotiation.key, "place": "publication"}
    promise = {"key": table.negotiation.key, "place": "fifty-interns"}
    return {
        "read_clause_amendment": Ask(clause),
        "amend_clause": Ask(clause, {"text": {"en": "Other."}, "why": {"en": "Clearer."}}),
        "take_out_clause_amendment": Ask(clause),
        "read_promise_amendment": Ask(promise),
        "amend_promise": Ask(promise, {"target": 70, "why": {"en": "More rooms."}}),
        "take_out_promise_amendment": Ask(promise),
    }


def _texts(in_review: Table, to_approve: Table, to_sign: Table) -> dict[str, Ask]:
    version = Ask({"key": in_review.negotiation.key, "number": 1})
    names = ("read_version", "read_version_file", "read_version_data", "compare_versions", "read_impact")
    approving, signing = (queries.latest_text(one.negotiation) for one in (to_approve, to_sign))
    assert approving is not None
    assert signing is not None
    signed = {
        "digest": signing.digest,
        "signatory": "Zhang Wei",
        "office": "President",
        "signed_on": DAY.isoformat(),
    }
    key = {"key": in_review.negotiation.key}
    return {
        **dict.fromkeys(names, version),
        "list_versions": Ask(key),
        "read_negotiation": Ask(key),
        "withdraw_negotiation": Ask(key, REASON),
        "approve_version": Ask({"key": to_approve.negotiation.key}, {"digest": approving.digest}),
        "sign_version": Ask({"key": to_sign.negotiation.key}, signed),
    }


def _requests(table: Table, pk: int) -> dict[str, Ask]:
    one = {"key": table.negotiation.key, "number": pk}
    asked = {"place": "clause:publication", "asked": "Ninety days."}
    return {
        "list_requests": Ask({"key": table.negotiation.key}),
        "ask_for_change": Ask({"key": table.negotiation.key, "number": 1}, asked),
        "read_request": Ask(one),
        "reply_to_request": Ask(one, {"text": "We think about it."}),
        "accept_request": Ask(one, {}),
        "decline_request": Ask(one, REASON),
        "take_back_request": Ask(one),
    }
