"""Every operation, asked by everybody: who is let in, who is told why not, and who learns nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test.client import BOUNDARY, encode_multipart
from tests.api.asked import ALL_KNOWN, ALL_READ, Ask
from tests.api.conftest import Caller, caller_for
from tests.cast import EXAMPLES, Cast, moment
from tests.files import asked as files
from tests.history import asked as history
from tests.negotiation import asked as negotiation
from tests.outbox import asked as outbox
from tests.programmes import asked as programmes
from tests.review import asked as review
from tests.workspace import asked as workspace

from accord.agreements import operations as agreements
from accord.config.api import api
from accord.kernel.api import ApiOperation
from accord.kernel.permits import permits
from accord.kernel.text import Bilingual
from accord.people import operations as people

FILE = (EXAMPLES / "chengdu-cass.yaml").read_text(encoding="utf-8")
EVIDENCE = {"occurred_on": "2019-09-25", "label": {"en": "Four"}, "amount": 4, "document": "Register"}
MEETING = {"kind": "visit", "title": {"en": "A visit"}, "held_on": "2019-09-20", "attendees": 12}
FURTHER = (files, history, negotiation, outbox, programmes, review, workspace)
"""Contexts that say of their own operations what they answer, and how each is asked."""

# Operation: what owner, partner, executive (of the owner's side), outsider and nobody get. {entry} is the owner's.
STATUSES: dict[str, tuple[str, ...]] = {
    "list_agreements": ALL_KNOWN,
    "read_agreement": ALL_READ,
    "change_agreement": ("200", "200", "403", "404", "401"),
    "read_agreement_file": ALL_READ,
    "read_agreement_data": ALL_READ,
    "plan_agreement_file": ("200", "200", "403", "200", "401"),
    "apply_agreement_file": ("200", "200", "403", "403", "401"),
    "list_promises": ALL_READ,
    "read_board": ALL_READ,
    "read_promise": ALL_READ,
    "list_forecasts": ALL_READ,
    "list_engagements": ALL_READ,
    "record_engagement": ("201", "201", "403", "404", "401"),
    "read_engagement": ALL_READ,
    "strike_engagement": ("204", "204", "403", "404", "401"),
    "list_evidence": ALL_READ,
    "record_evidence": ("201", "201", "403", "404", "401"),
    "read_evidence": ALL_READ,
    "confirm_evidence": ("403", "200", "403", "404", "401"),
    "contest_evidence": ("403", "200", "403", "404", "401"),
    "withdraw_evidence": ("200", "403", "403", "404", "401"),
    "list_measures": ALL_KNOWN,
    "read_measure": ALL_KNOWN,
    "read_me": ALL_KNOWN,
    "list_institutions": ALL_KNOWN,
    "read_institution": ALL_KNOWN,
    "list_persons": ALL_KNOWN,
    "read_person": ("200", "200", "200", "404", "401"),
    "list_views": ALL_KNOWN,
    "save_view": ALL_KNOWN,
    "read_view": ("200", "404", "404", "404", "401"),
    "drop_view": ("204", "404", "404", "404", "401"),
}
EVERY = {name: answers for one in FURTHER for name, answers in one.STATUSES.items()} | STATUSES
BODIES: dict[str, Any] = {
    "change_agreement": {"is_public": True},
    "plan_agreement_file": FILE,
    "apply_agreement_file": FILE,
    "record_engagement": MEETING,
    "record_evidence": EVIDENCE,
    "confirm_evidence": {},
    "contest_evidence": {"reason": "Counted twice"},
    "withdraw_evidence": {"reason": "Counted twice"},
    "save_view": {"name": "Mine", "path": "/agreements/"},
}


@dataclass
class Scene:
    """What the addresses name."""

    cast: Cast
    entry: int
    meeting: int
    view: int
    further: dict[str, Ask]

    def address(self, path: str) -> str:
        """Return an operation's address, filled in."""
        person = self.cast.owner.person.pk
        numbers = {"engagements": self.meeting, "persons": person, "views": self.view}
        number = next((one for part, one in numbers.items() if part in path), self.entry)
        key = "cass" if "institutions" in path else "chengdu-cass"
        return path.format(key=key, promise="resident-teams", number=number, code="workspace.resident_teams")


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """What every operation is asked about."""
    return make_scene(cast)


def make_scene(cast: Cast) -> Scene:
    """Make an agreement with an entry that waits and a meeting, and what the further contexts ask about."""
    entry = cast.record("resident-teams", 3, date(2019, 9, 20))
    meeting = agreements.record_engagement(
        agreement=cast.agreement,
        kind="visit",
        title=Bilingual("A visit"),
        held_on=date(2019, 9, 20),
        place=Bilingual(),
        attendees=3,
        by=cast.owner.person,
        at=moment(date(2019, 9, 21)),
    )
    view = people.save_view(by=cast.owner.person, name="Signed", path="/agreements/", query="state=signed")
    further = {name: ask for one in FURTHER for name, ask in one.furnish(cast).items()}
    return Scene(cast, entry.pk, meeting.pk, view.pk, further)


def test_every_operation_is_asked() -> None:
    names = {operation.operation_id for operation in api.operations()}

    assert names == set(EVERY)


@pytest.mark.django_db
def test_every_operation_names_a_permission_that_is_announced_or_none() -> None:
    named = {operation.operation_id: operation.door.may for operation in api.operations() if operation.door.may}

    assert {name for name, may in named.items() if permits.get(str(may)) is None} == set()
    assert set(EVERY) - set(named) == {"list_measures", "read_me", "read_measure"} | outbox.NO_PERMISSION


def test_each_operation_answers_everybody_as_it_should(scene: Scene) -> None:
    cast = scene.cast
    members = [cast.owner, cast.partner, cast.executive, cast.outsider]
    callers = [*(caller_for(member) for member in members), Caller()]

    answers = {one.operation_id: tuple(ask(scene, one, caller) for caller in callers) for one in api.operations()}

    assert answers == EVERY


def ask(scene: Scene, operation: ApiOperation, caller: Callable[..., Any]) -> str:
    """Ask one operation and take back what it did."""
    name = operation.operation_id or ""
    asked = scene.further.get(name) or Ask(body=BODIES.get(name))
    path = operation.path.format(**asked.at) + asked.query if name in scene.further else scene.address(operation.path)
    kind = operation.door.body or "application/json"
    body = asked.body
    if asked.form is not None:
        kind, body = f"{kind}; boundary={BOUNDARY}", encode_multipart(BOUNDARY, dict(asked.form))
        asked.form["file"].seek(0)
    with transaction.atomic():
        answer = caller(operation.methods[0], path, body, if_match="*", content_type=kind)
        transaction.set_rollback(True)
    return str(answer.status_code)
