"""Erasing whoever applied, was placed and looked after takes every word of theirs; what was counted stays."""

from datetime import date, timedelta

import pytest
from tests.cast import moment
from tests.privacy.test_erase import everything_that_says
from tests.programmes.placed import AFTER, ARRIVED, BEGUN, agreed, arrived, evaluated
from tests.programmes.scene import ANSWERS, Scene

from accord.history import queries as history
from accord.history.operations import seal_events
from accord.kernel.text import Bilingual
from accord.people.models import Person
from accord.privacy import operations as privacy
from accord.programmes import operations
from accord.programmes.enums import Going, Side, Term
from accord.programmes.models import Application, CountedLine, Placement
from accord.programmes.operations import EvaluationFacts

pytestmark = pytest.mark.django_db
THEIRS = "Zephyrine"


def placed(scene: Scene) -> Placement:
    """Return the placement of somebody whose unusual name stands wherever they may write."""
    person = scene.second.person
    Person.objects.filter(pk=person.pk).update(name=Bilingual(f"{THEIRS} Quux"))
    person.refresh_from_db()
    Application.objects.filter(pk=scene.submitted.pk).update(answers={**ANSWERS, "full-name": f"{THEIRS} Quux"})
    placement = arrived(scene)
    learning = agreed(scene, placement)
    operations.sign_learning(
        agreement=learning, side=Side.PERSON, person=person, name=f"{THEIRS} Quux", digest=learning.digest, at=BEGUN
    )
    diary = f"{THEIRS} cleared a payment."
    day = ARRIVED + timedelta(days=7)
    operations.write_diary(placement=placement, done_on=day, text=diary, by=person, at=moment(day, 9))
    operations.check_in(
        placement=placement,
        side=Side.PERSON,
        going=Going.MIXED,
        by=person,
        at=moment(day, 9),
        text=f"{THEIRS} is alone.",
    )
    operations.end_placement(placement=placement, left_on=date(2019, 12, 31), by=scene.bank_contact.person, at=AFTER)
    words = EvaluationFacts(score=4, text=f"{THEIRS} learned much.", advice=f"Ask {THEIRS}.")
    operations.evaluate(placement=placement, side=Side.PERSON, term=Term.END, facts=words, by=person, at=AFTER)
    evaluated(placement, Side.HOST, scene.bank_contact.person)
    seal_events(at=AFTER)
    return placement


def lines() -> list[dict[str, object]]:
    """Return what is counted."""
    return list(CountedLine.objects.order_by("pk").values())


def test_no_word_of_whoever_was_placed_is_left_and_the_count_stays(scene: Scene) -> None:
    placement = placed(scene)
    before = lines()
    assert len(everything_that_says(THEIRS)) > 8

    privacy.erase(person=placement.person, why="Request 1", by=scene.cast.steward.person, at=AFTER)
    seal_events(at=AFTER)

    assert everything_that_says(THEIRS, r"second@example\.org") == []
    assert before
    assert lines() == before
    assert history.verify(at=AFTER).faults == []


def test_a_supervisor_and_a_contact_are_erased_and_their_place_stays(scene: Scene) -> None:
    placed(scene)
    before = lines()
    person = scene.bank_contact.person

    privacy.erase(person=person, why="Request 2", by=scene.cast.steward.person, at=AFTER)

    assert everything_that_says("Bank Contact", r"bank-contact@example\.org") == []
    scene.bank_place.refresh_from_db()
    assert (scene.bank_place.count, lines()) == (2, before)
