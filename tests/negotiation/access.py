"""What the doors of the negotiation context answer to whom."""

from datetime import date, timedelta
from typing import Any

from tests.access import DONE, EVERYBODY, PARTIES, SIGNED_IN, Probe, answers, done
from tests.cast import moment
from tests.house.stage import TODAY, Stage
from tests.negotiation.table import Table, lay_amendment, lay_table

from accord.kernel.secret import digest_of
from accord.kernel.text import Bilingual
from accord.negotiation import operations
from accord.negotiation.enums import APPROVE_BY_LINK
from accord.negotiation.models import Negotiation
from accord.negotiation.queries import clause_row, compose, draft_of, impact_of, latest_text, promise_row
from accord.people import operations as people
from accord.people.models import Affiliation, Institution

LINK = "planted-token-of-a-link-to-approve-a-text-0000"
DRAFTERS = answers(200, 403, 403, 200, 404)
"""Officers of the coordinator, and stewards."""
BOUND = answers(200, 200, 403, 403, 404)
"""Officers of a party, each for their own; stewards bind nobody."""
SIDES = answers(200, 200, 403, 403, 404)
"""The same people, to say what they want."""
UNDER_WAY = answers(302, 302, 403, 302, 404)
"""Who may begin an amendment is led to the one that is under way."""
PARTY = ("owner", "partner", "executive", "steward", "deputy")


def furnish(stage: Stage) -> None:
    """Lay five tables: in review with a request, approved by all, being drafted, read by a link, and an amendment."""
    for name, table in (
        ("review", lay_table(stage.cast, "Interns and publications")),
        ("approved", lay_table(stage.cast, "A text that all approved")),
        ("draft", lay_table(stage.cast, "A text that one pen writes")),
        ("linked", lay_table(stage.cast, "A text that a rector reads")),
        ("amendment", lay_amendment(stage.cast)),
    ):
        table.now = moment(TODAY, 1)
        stage.rows[name] = table
    _add_a_third(stage)
    _lend_an_approval(stage)
    review, approved = stage.rows["review"], stage.rows["approved"]
    review.put_forward()
    stage.rows["request"] = review.ask(proposed="Either party may publish after sixty days.")
    approved.put_forward()
    for party in (approved.ours, approved.theirs):
        approved.approve(party)
    stage.keep_private("what is negotiated", "Interns and publications", *PARTY)
    stage.keep_private("what a party asks for", "Sixty days, not thirty", *PARTY)
    stage.keep_private("a draft before it is put forward", "A text that one pen writes", *PARTY)


def _add_a_third(stage: Stage) -> None:
    """Add a party to the draft that no promise names yet."""
    operations.add_party(
        negotiation=stage.rows["draft"].negotiation,
        institution=Institution.objects.get(key="zju"),
        signs=False,
        by=stage.cast.owner.person,
        at=stage.rows["draft"].at(),
    )


def _lend_an_approval(stage: Stage) -> None:
    """Let somebody of the other side without an account approve by a link."""
    table = stage.rows["linked"]
    table.put_forward()
    rector = people.register_person(key="rector", name=Bilingual("The Rector", "校长"))
    Affiliation.objects.create(person=rector, institution=table.theirs.institution, starts_on=date(2010, 1, 1))
    people.make_link(
        person=rector,
        purpose=APPROVE_BY_LINK,
        record=f"negotiation-party:{table.theirs.pk}",
        expires_at=moment(TODAY) + timedelta(days=7),
        token=LINK,
        by=stage.cast.partner.person,
        at=moment(TODAY),
    )
    stage.hide("a link to approve", LINK)
    stage.hide("the digest of a link to approve", digest_of(LINK))


def at(name: str, **parts: Any) -> Any:
    """Return what gives the parts of the address of one negotiation."""
    return lambda stage: {"key": stage.rows[name].negotiation.key, **parts}


def asked(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the requested change."""
    return {"key": stage.rows["review"].negotiation.key, "pk": stage.rows["request"].pk}


def answered(stage: Stage) -> dict[str, Any]:
    """Return what is sent to answer the requested change."""
    row = clause_row(stage.rows["review"].negotiation, "publication")
    return {"version": stage.rows["request"].version, "row_version": row.version, "take_over": "on", "why": "Agreed."}


def taken_out(kind: str) -> Any:
    """Return what is sent to take a place out of the draft."""
    rows = {"clause": (clause_row, "publication"), "promise": (promise_row, "fifty-interns")}
    find, place = rows[kind]
    return lambda stage: {"version": find(stage.rows["draft"].negotiation, place).version}


def put_forward(stage: Stage) -> dict[str, Any]:
    """Return what is sent to put the draft forward."""
    return {"digest": compose(draft_of(stage.rows["draft"].negotiation)).digest}


def approved(stage: Stage, name: str = "review") -> dict[str, Any]:
    """Return what is sent to approve the text in review."""
    table: Table = stage.rows[name]
    text = latest_text(table.negotiation)
    assert text is not None
    negotiation = Negotiation.objects.get(pk=table.negotiation.pk)
    return {"digest": text.digest, "impact_digest": impact_of(negotiation, text, day=TODAY).digest}


def signed(_stage: Stage) -> dict[str, Any]:
    """Return what is sent to sign."""
    return {"signatory": "Zhang Wei", "office": "President", "signed_on": "2019-09-30", "place_0": "Chengdu"}


def agreement(_stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the signed agreement."""
    return {"key": "chengdu-cass"}


CLAUSE = {
    "type": "governing-law",
    "title_0": "Law",
    "text_0": "The law of England holds.",
    "text_1": "适用英格兰法律。",
}
PROMISED = {
    "title_0": "Ten fellows",
    "text_0": "Cass sends ten fellows.",
    "kind": "target",
    "promisors": "cass",
    "beneficiaries": "dreamworks",
    "measure_code": "programmes.placements_started",
    "target": "10",
    "due_on": "2021-06-30",
}
PROBES = [
    Probe("negotiation:negotiations", get=SIGNED_IN),
    Probe(
        "negotiation:start",
        get=answers(200, 200, 403, 200, 200),
        post=answers("done", "done", 403, "done", "done"),
        body=lambda _stage: {"title_0": "A new one", "coordinator": "dreamworks", "other": "cass"},
    ),
    Probe(
        "negotiation:approve-by-link",
        get=EVERYBODY,
        post=done(EVERYBODY),
        at=lambda _stage: {"token": LINK},
        body=lambda stage: approved(stage, "linked"),
    ),
    Probe("negotiation:negotiation", get=PARTIES, at=at("review")),
    Probe(
        "negotiation:parties",
        get=DRAFTERS,
        post=done(DRAFTERS),
        at=at("draft"),
        body=lambda _stage: {"institution": "elsewhere", "signs": "on"},
    ),
    Probe(
        "negotiation:party",
        get=DRAFTERS,
        post=done(DRAFTERS),
        at=at("draft", institution="cass"),
        body=lambda _stage: {"short": "Bayes"},
    ),
    Probe("negotiation:remove-party", post=done(DRAFTERS), at=at("draft", institution="zju")),
    Probe("negotiation:draft", get=DRAFTERS, at=at("review")),
    Probe(
        "negotiation:head",
        get=DRAFTERS,
        post=done(DRAFTERS),
        at=at("draft"),
        body=lambda _stage: {"title_0": "Interns", "starts_on": "2019-10-01", "ends_on": "2022-09-30"},
    ),
    Probe("negotiation:new-clause", get=DRAFTERS, post=done(DRAFTERS), at=at("draft"), body=lambda _stage: CLAUSE),
    Probe(
        "negotiation:clause",
        get=DRAFTERS,
        post=done(DRAFTERS),
        at=at("draft", place="publication"),
        body=lambda _stage: {"text_0": "Either party may publish at once."},
    ),
    Probe(
        "negotiation:take-out-clause",
        post=done(DRAFTERS),
        at=at("draft", place="publication"),
        body=taken_out("clause"),
    ),
    Probe("negotiation:new-promise", get=DRAFTERS, post=done(DRAFTERS), at=at("draft"), body=lambda _stage: PROMISED),
    Probe(
        "negotiation:promise",
        get=DRAFTERS,
        post=done(DRAFTERS),
        at=at("draft", place="fifty-interns"),
        body=lambda _stage: {"target": "60"},
    ),
    Probe(
        "negotiation:take-out-promise",
        post=done(DRAFTERS),
        at=at("draft", place="fifty-interns"),
        body=taken_out("promise"),
    ),
    Probe("negotiation:put-forward", get=DRAFTERS, post=done(DRAFTERS), at=at("draft"), body=put_forward),
    Probe("negotiation:text", get=PARTIES, at=at("review", number=1)),
    Probe("negotiation:text-file", get=PARTIES, at=at("review", number=1)),
    Probe("negotiation:difference", get=PARTIES, at=at("review", number=1, other=0)),
    Probe(
        "negotiation:ask",
        get=SIDES,
        post=done(SIDES),
        at=at("review", number=1),
        ask="at=clause:publication",
        body=lambda _stage: {"asked": "Ninety days."},
        form_of="partner",
    ),
    Probe("negotiation:requests", get=PARTIES, at=at("review")),
    Probe("negotiation:request", get=PARTIES, at=asked),
    Probe("negotiation:reply", post=done(SIDES), at=asked, body=lambda _stage: {"text": "Forty-five?"}),
    Probe("negotiation:accept", post=done(DRAFTERS), at=asked, body=answered),
    Probe("negotiation:decline", post=done(DRAFTERS), at=asked, body=answered),
    Probe("negotiation:take-back", post=done(answers(403, 200, 403, 403, 404)), at=asked),
    Probe("negotiation:approve", get=BOUND, post=done(BOUND), at=at("review"), body=approved),
    Probe("negotiation:sign", get=BOUND, post=done(BOUND), at=at("approved"), body=signed),
    Probe(
        "negotiation:withdraw",
        get=DRAFTERS,
        post=done(DRAFTERS),
        at=at("review"),
        body=lambda _stage: {"why": "The project ended."},
    ),
    Probe("negotiation:changes", get=PARTIES, at=agreement),
    Probe("negotiation:amend", post=UNDER_WAY, at=agreement),
    Probe("negotiation:renew", post=done(SIDES).but(steward=DONE), at=agreement),
    Probe("negotiation:dossier", get=PARTIES, at=agreement),
]
