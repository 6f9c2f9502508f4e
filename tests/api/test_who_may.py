"""Every operation, asked by everybody: who is let in, who is told why not, and who learns nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from tests.api.conftest import Caller, caller_for
from tests.cast import EXAMPLES, Cast, moment

from accord.agreements import operations as agreements
from accord.config.api import api
from accord.kernel.api import ApiOperation
from accord.kernel.permits import permits
from accord.kernel.text import Bilingual

FILE = (EXAMPLES / "chengdu-cass.yaml").read_text(encoding="utf-8")
EVIDENCE = {"occurred_on": "2019-09-25", "label": {"en": "Four"}, "amount": 4, "document": "Register"}
MEETING = {"kind": "visit", "title": {"en": "A visit"}, "held_on": "2019-09-20", "attendees": 12}
ALL_READ = ("200", "200", "200", "404", "401")
ALL_KNOWN = ("200", "200", "200", "200", "401")

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
}
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

    def address(self, path: str) -> str:
        """Return an operation's address, filled in."""
        number = (
            self.meeting if "engagements" in path else self.cast.owner.person.pk if "persons" in path else self.entry
        )
        key = "cass" if "institutions" in path else "chengdu-cass"
        return path.format(key=key, promise="resident-teams", number=number, code="workspace.resident_teams")


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """An agreement with an entry that waits and a meeting."""
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
    return Scene(cast, entry.pk, meeting.pk)


def test_every_operation_is_asked() -> None:
    names = {operation.operation_id for operation in api.operations()}

    assert names == set(STATUSES)


@pytest.mark.django_db
def test_every_operation_names_a_permission_that_is_announced_or_none() -> None:
    named = {operation.operation_id: operation.door.may for operation in api.operations() if operation.door.may}

    assert {name for name, may in named.items() if permits.get(str(may)) is None} == set()
    assert set(STATUSES) - set(named) == {"list_measures", "read_me", "read_measure"}


def test_each_operation_answers_everybody_as_it_should(scene: Scene) -> None:
    cast = scene.cast
    members = [cast.owner, cast.partner, cast.executive, cast.outsider]
    callers = [*(caller_for(member) for member in members), Caller()]

    answers = {one.operation_id: tuple(_ask(scene, one, caller) for caller in callers) for one in api.operations()}

    assert answers == STATUSES


def _ask(scene: Scene, operation: ApiOperation, caller: Caller) -> str:
    """Ask one operation and take back what it did."""
    kind = operation.door.body or "application/json"
    body = BODIES.get(operation.operation_id or "")
    with transaction.atomic():
        answer = caller(operation.methods[0], scene.address(operation.path), body, if_match="*", content_type=kind)
        transaction.set_rollback(True)
    return str(answer.status_code)
