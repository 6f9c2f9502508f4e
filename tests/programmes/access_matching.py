"""What the doors to hosts, places, wishes, runs of the matching and offers answer to whom."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from tests.access import EVERYBODY, OWN, SIGNED_IN, Probe, answers, done
from tests.house.stage import NOW, Stage
from tests.programmes.access import OFFICE, RUNNERS
from tests.programmes.scene import ANSWERS, Scene

from accord.files import operations as files
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Person
from accord.programmes import models, operations, queries
from accord.programmes.enums import OPEN_PLACES, BarKind, HostScore, LimitKind

TOKEN = "a-link-to-places-" + "x" * 24
FAR = datetime(2040, 1, 31, 15, 59, 59, tzinfo=UTC)
LATER = {"answer_by": "2040-01-31"}
UNTOLD = "Planted for the office alone"
REASON, REFUSAL = "The director is an uncle", "Speaks too softly for our floor"


def furnish(stage: Stage) -> None:
    """Make calls in which people wait, are placed, and hold an offer; the owner is an applicant of the last one."""
    scene: Scene = stage.rows["programmes"]
    for key in ("waiting", "placed", "own"):
        stage.rows[f"m-{key}"] = _call(scene, f"m-{key}")
    _wait(stage, stage.rows["m-waiting"], "a", person("match-ann"), person("match-bo"))
    _wait(stage, stage.rows["m-placed"], "b", person("match-cy"), person("match-dee"))
    _wait(stage, stage.rows["m-own"], "c", stage.cast.owner.person)
    by: dict[str, Any] = {"by": scene.manager.person, "at": NOW}
    for key in ("m-waiting", "m-placed"):
        run = operations.run_match(call=stage.rows[key], mechanism="fair-match", **by)
    operations.publish_match(run=run, answer_by=FAR, hold=False, **by)
    stage.rows["match-offer"] = models.Offer.objects.filter(run=run).earliest("pk")
    operations.offer_place(application=stage.rows["applies-c0"], place=stage.rows["place-c"], answer_by=FAR, **by)
    host = stage.rows["host-a"]
    people.make_link(
        person=host.contact,
        purpose=OPEN_PLACES,
        record=f"host:{host.pk}",
        expires_at=NOW + timedelta(days=90),
        token=TOKEN,
        uses=50,
        **by,
    )
    stage.hide("the token of a link to places", TOKEN)
    _attach(stage, stage.rows["applies-a0"])
    stage.keep_private("an answer that is not meant for hosts", UNTOLD, "owner", "steward", "deputy")
    scene.submitted.answers |= {"full-name": UNTOLD}  # the one whose page the walk opens for the office
    scene.submitted.save(update_fields=["answers"])
    stage.keep_private("why somebody may not have a place", REASON, "owner", "steward", "deputy")
    stage.keep_private("why a host will not take somebody", REFUSAL, "owner", "steward", "deputy")


def person(key: str) -> Person:
    """Make a person without an account."""
    return people.register_person(key=key, name=Bilingual(key.title(), ""))


def _call(scene: Scene, key: str) -> models.Call:
    call = models.Call.objects.get(pk=scene.call.pk)
    call.pk, call.key, call.host_score = None, key, HostScore.HOST
    call.closes_at = FAR
    call.save()
    return call


def _form_for_hosts(scene: Scene) -> dict[str, Any]:
    """Return the form of the scene with a CV that hosts read."""
    cv = {"key": "cv", "kind": "file", "to_hosts": True, "required": False, "label": {"en": "CV", "zh-hans": "简历"}}
    first, *rest = scene.form.definition["sections"]
    return {"sections": [first | {"questions": [*first["questions"], cv]}, *rest]}


def _attach(stage: Stage, application: models.Application) -> None:
    """Answer with a CV: `stage.rows["match-cv"]`."""
    held = files.keep_file(
        record=queries.review_record(application),
        name="cv.pdf",
        content=BytesIO(b"%PDF-1.4\n%%EOF\n"),
        store=settings.FILE_STORE,
        at_most=1_000,
        by=application.applicant,
        at=NOW,
    )
    stage.rows["match-cv"] = held
    application.answers |= {"cv": [{"name": "cv.pdf", "bytes": 15, "ref": str(held.pk)}]}
    application.save(update_fields=["answers"])


def _wait(stage: Stage, call: models.Call, letter: str, *applicants: Person) -> None:
    """Open a place in a call, and let these people want it; the first is barred, the second fixed, where there are two."""
    scene: Scene = stage.rows["programmes"]
    by: dict[str, Any] = {"by": scene.manager.person, "at": NOW}
    form = models.FormVersion.objects.create(
        call=call, number=1, definition=_form_for_hosts(scene), made_at=NOW, made_by=scene.manager.person
    )
    contact = person(f"match-contact-{letter}")
    host = operations.invite_host(call=call, institution=scene.bank, contact=contact, email="", **by)
    limit = operations.set_limit(
        call=call, key="cap", facts=operations.LimitFacts(name=Bilingual("Cap", ""), kind=LimitKind.TOTAL), **by
    )
    facts = operations.PlaceFacts(name=Bilingual("Vault", ""), count=2, limit=limit)
    place = operations.open_place(host=host, facts=facts, **by)
    other = operations.open_place(host=host, facts=facts, **by)
    rows = []
    for number, who in enumerate(applicants):
        made = models.Application.objects.create(
            call=call,
            reference=f"M-{letter}-{number}",
            applicant=who,
            stage="matching",
            phase="offer",
            entered_at=NOW,
            form=form,
            answers=ANSWERS | {"full-name": UNTOLD},
            started_at=NOW,
            submitted_at=NOW,
        )
        models.Wish.objects.create(application=made, place=place, rank=1)
        rows.append(made)
        stage.rows[f"applies-{letter}{number}"] = made
    stage.rows[f"host-{letter}"], stage.rows[f"place-{letter}"] = host, place
    if len(rows) > 1:
        operations.bar(application=rows[0], place=other, kind=BarKind.CONFLICT, reason=REASON, **by)
        operations.fix_place(application=rows[1], place=place, reason=REASON, **by)
        unwanted = {rows[0]: REFUSAL}
        operations.rank_applicants(place=place, order=[[rows[1]]], unwanted=unwanted if letter == "a" else {}, **by)


def at(key: str, /, **more: Any) -> Callable[[Stage], dict[str, Any]]:
    """Return the parts of the address of a call, and what else the address holds."""
    return lambda _stage: {"programme": "summer", "call": f"m-{key}", **more}


def at_host(**more: Any) -> Callable[[Stage], dict[str, Any]]:
    """Return the parts of the address of a host's page."""
    return lambda stage: {"pk": stage.rows["host-a"].pk, **more}


def by_token(**more: Any) -> Callable[[Stage], dict[str, Any]]:
    """Return the parts of the address of a page by link."""
    return lambda _stage: {"token": TOKEN, **more}


def at_file(way: Callable[..., Callable[[Stage], dict[str, Any]]]) -> Callable[[Stage], dict[str, Any]]:
    """Return the parts of the address of a file that is meant for hosts."""
    return lambda stage: way(code="P-01", reference="M-a-0", file=str(stage.rows["match-cv"].pk))(stage)


def at_offer(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of an offer."""
    return {**at("placed")(stage), "pk": stage.rows["match-offer"].pk}


def sends(**body: Any) -> Callable[[Stage], dict[str, Any]]:
    """Return what is sent."""
    return lambda _stage: body


def _ranks(stage: Stage) -> dict[str, Any]:
    first, second = (stage.rows[f"applies-a{number}"].pk for number in range(2))
    return {f"rank_{first}": "1", f"refusal_{first}": "", f"rank_{second}": "2", f"refusal_{second}": ""}


def _guest(stage: Stage) -> dict[str, Any]:
    bank = str(stage.rows["programmes"].lab.pk)
    return {"institution": bank, "contact_name": "New", "email": "new-host@example.org", "language": "en"}


def _new_place(stage: Stage) -> dict[str, Any]:
    return {"host": str(stage.rows["host-a"].pk), "name_0": "Desk", "count": "1", "minimum": "0"}


MINE = sends(name_0="Desk", count="1", minimum="0")
WHY = sends(reason="A job.")
OWN_DONE = done(OWN)

PROBES = [
    Probe("programmes:places", get=RUNNERS, at=at("waiting")),
    Probe("programmes:new-place", get=RUNNERS, post=done(RUNNERS), at=at("waiting"), body=_new_place),
    Probe(
        "programmes:bring-in-places",
        get=RUNNERS,
        post=answers(422, 404, 403, 422, 404),
        at=at("waiting"),
    ),
    Probe("programmes:places-template", get=RUNNERS, at=at("waiting", suffix="csv")),
    Probe("programmes:place", get=RUNNERS, at=at("waiting", code="P-01")),
    Probe(
        "programmes:change-place",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("waiting", code="P-01"),
        body=sends(name_0="Other"),
    ),
    Probe("programmes:close-place", post=done(RUNNERS), at=at("waiting", code="P-01")),
    Probe(
        "programmes:reserve-seats",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("waiting", code="P-01"),
        body=sends(group="partner", seats="1"),
    ),
    Probe("programmes:hosts", get=RUNNERS, at=at("waiting")),
    Probe("programmes:invite-host", get=RUNNERS, post=done(RUNNERS), at=at("waiting"), body=_guest),
    Probe("programmes:remind-hosts", post=done(RUNNERS), at=at("waiting")),
    Probe("programmes:limits", get=RUNNERS, at=at("waiting")),
    Probe(
        "programmes:new-limit",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("waiting"),
        body=sends(name_0="House", key="house", kind="institution", minimum="0"),
    ),
    Probe(
        "programmes:change-limit",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("waiting", key="cap"),
        body=sends(at_most="9"),
    ),
    Probe("programmes:drop-limit", post=done(RUNNERS), at=at("waiting", key="cap")),
    Probe("programmes:exceptions", get=RUNNERS, at=at("waiting")),
    Probe(
        "programmes:bar",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("waiting"),
        body=sends(reference="M-a-1", place="P-02", kind="conflict", reason="A cousin."),
    ),
    Probe(
        "programmes:fix-place",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("waiting"),
        body=sends(reference="M-a-0", place="P-01", reason="By decision."),
    ),
    Probe("programmes:lift-bar", post=done(RUNNERS), at=at("waiting", reference="M-a-0", code="P-02")),
    Probe("programmes:unfix-place", post=done(RUNNERS), at=at("waiting", reference="M-a-1")),
    Probe("programmes:my-hosts", get=SIGNED_IN),
    Probe("programmes:host-places", get=OFFICE, at=at_host()),
    Probe("programmes:host-open-place", get=OFFICE, post=done(OFFICE), at=at_host(), body=MINE),
    Probe("programmes:host-change-place", get=OFFICE, post=done(OFFICE), at=at_host(code="P-01"), body=MINE),
    Probe("programmes:host-rank", get=OFFICE, post=done(OFFICE), at=at_host(code="P-01"), body=_ranks),
    Probe("programmes:host-reads", get=OFFICE, at=at_host(code="P-01", reference="M-a-0")),
    Probe("programmes:host-reads-file", get=OFFICE, at=at_file(at_host)),
    Probe("programmes:host-done", post=done(OFFICE), at=at_host()),
    Probe("programmes:places-by-link", get=EVERYBODY, at=by_token()),
    Probe("programmes:open-place-by-link", get=EVERYBODY, post=done(EVERYBODY), at=by_token(), body=MINE),
    Probe("programmes:change-place-by-link", get=EVERYBODY, post=done(EVERYBODY), at=by_token(code="P-01"), body=MINE),
    Probe("programmes:rank-by-link", get=EVERYBODY, post=done(EVERYBODY), at=by_token(code="P-01"), body=_ranks),
    Probe("programmes:reads-by-link", get=EVERYBODY, at=by_token(code="P-01", reference="M-a-0")),
    Probe("programmes:reads-file-by-link", get=EVERYBODY, at=at_file(by_token)),
    Probe("programmes:done-by-link", post=done(EVERYBODY), at=by_token()),
    Probe(
        "programmes:match",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("waiting"),
        body=sends(mechanism="fair-match", draws="single", spread="greedy"),
    ),
    Probe("programmes:new-run", get=RUNNERS, at=at("waiting")),
    Probe("programmes:run", get=RUNNERS, at=at("waiting", number=1)),
    Probe("programmes:run-line", get=RUNNERS, at=at("waiting", number=1, reference="M-a-0")),
    Probe("programmes:certificate", get=RUNNERS, at=at("waiting", number=1)),
    Probe(
        "programmes:publish-match",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("waiting", number=1),
        body=sends(key="m-waiting", **LATER),
    ),
    Probe(
        "programmes:rematch",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("placed", number=1),
        body=sends(policy="improve-all"),
    ),
    Probe("programmes:result-of-call", get=EVERYBODY, at=at("placed")),
    Probe("programmes:audit-file", get=EVERYBODY, at=at("placed")),
    Probe("programmes:offers", get=RUNNERS, at=at("placed")),
    Probe(
        "programmes:new-offer",
        get=RUNNERS,
        post=done(RUNNERS),
        at=at("waiting"),
        body=sends(reference="M-a-1", place="P-02", **LATER),
    ),
    Probe("programmes:offer-back", get=RUNNERS, post=done(RUNNERS), at=at_offer, body=WHY),
    Probe(
        "programmes:wishes",
        get=OWN,
        post=OWN_DONE,
        at=lambda _stage: {"reference": "M-c-0"},
        body=sends(choice_2="P-02"),
    ),
    Probe("programmes:results", get=SIGNED_IN),
    Probe("programmes:result", get=OWN, at=lambda _stage: {"reference": "M-c-0"}),
    Probe("programmes:accept-offer", post=OWN_DONE, at=lambda _stage: {"reference": "M-c-0"}),
    Probe("programmes:decline-offer", get=OWN, post=OWN_DONE, at=lambda _stage: {"reference": "M-c-0"}, body=WHY),
]
