"""What is due at placements is asked for once, from those who owe it, by account or by letter."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from tests.cast import moment
from tests.programmes.placed import AFTER, ARRIVED, LAST, agreed, arrived, begun, completed, door, ended, evaluated
from tests.programmes.scene import Scene

from accord.outbox.models import InboxNote
from accord.programmes import operations
from accord.programmes.enums import Side
from accord.programmes.models import Placement
from accord.programmes.operations._placements_tell import DUE

pytestmark = pytest.mark.django_db


def asked(scene: Scene, on: date) -> list[tuple[str, str]]:
    """Remind on a day; return whom the inbox tells of what since."""
    before = set(InboxNote.objects.values_list("pk", flat=True))
    operations.remind_placements(at=moment(on), door=door())
    notes = InboxNote.objects.exclude(pk__in=before).filter(message__topic=DUE).select_related("message", "person")
    return sorted((one.person.key, one.message.subject.en.partition("SUMMER")[0].strip()) for one in notes)


@pytest.mark.parametrize(
    ("stand", "on", "told"),
    [
        (begun, ARRIVED - timedelta(days=1), []),
        (begun, ARRIVED + timedelta(days=1), [("bank-contact", "Did the person of placement")]),
        (
            arrived,
            date(2019, 11, 19),
            [
                ("bank-contact", "Evaluate placement"),
                ("bank-contact", "How does placement"),
                ("second", "Evaluate placement"),
                ("second", "How does placement"),
            ],
        ),
        (
            ended,
            LAST + timedelta(days=14),
            [
                ("bank-contact", "Evaluate placement"),
                ("manager", "Evaluations of placement"),
                ("owner", "Evaluations of placement"),
                ("second", "Evaluate placement"),
            ],
        ),
        (completed, LAST + timedelta(days=14), []),
        (begun, ARRIVED + timedelta(days=60), []),
    ],
)
def test_what_is_due_is_asked_for_once(
    scene: Scene, stand: Callable[[Scene], Placement], on: date, told: list[tuple[str, str]]
) -> None:
    stand(scene)

    assert (asked(scene, on), asked(scene, on), asked(scene, on + timedelta(days=1))) == (told, [], [])


def test_a_side_that_did_its_part_is_left_alone(scene: Scene) -> None:
    placement = ended(scene)
    evaluated(placement, Side.PERSON, scene.second.person)

    assert asked(scene, LAST) == [("bank-contact", "Evaluate placement")]


def test_who_has_not_signed_is_asked_before_the_first_day(scene: Scene) -> None:
    placement = begun(scene)
    agreement = agreed(scene, placement)
    operations.sign_learning(
        agreement=agreement, side="person", person=scene.second.person, name="S", digest=agreement.digest, at=AFTER
    )

    assert ("second", "The learning agreement of placement") not in (told := asked(scene, date(2019, 10, 3)))
    assert ("bank-contact", "The learning agreement of placement") in told


def test_whoever_has_no_account_gets_a_letter_with_a_link(scene: Scene) -> None:
    placement = begun(scene)
    operations.name_supervisor(
        placement=placement, side="host", name="Wu Lan", email="wu@example.org", by=scene.manager.person, at=AFTER
    )
    asked(scene, ARRIVED + timedelta(days=1))
    asked(scene, ARRIVED + timedelta(days=2))

    (letter,) = mail.outbox
    assert letter.to == ["wu@example.org"]
    assert "https://x.example/look/token-1" in letter.body
