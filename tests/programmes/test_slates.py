"""Slates: in which order they stand, what is decided and settled, who is told what and when, who moves up."""

import json
import subprocess
import sys
from decimal import Decimal
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.programmes.deciding import (
    DAY,
    LATER,
    SEED,
    WHY,
    due,
    let_go,
    opened,
    outcomes,
    reviewed,
    settled,
    standing,
)
from tests.programmes.scene import WHILE_OPEN, Scene

from accord.outbox.models import Batch, Delivery, InboxNote
from accord.outbox.operations import OwnLetters, cancel_held
from accord.people.queries import actor_of
from accord.programmes import models, operations, queries
from accord.programmes.enums import Outcome, TieRule, WorkflowActor
from accord.programmes.operations import (
    LettersWait,
    NobodyWaits,
    NoteNeeded,
    NothingDecided,
    NotOnSlate,
    ReasonNeeded,
    SlateChanged,
    SlateSettled,
)
from accord.programmes.queries._slate_order import Entry, Terms, order_of

pytestmark = pytest.mark.django_db


def by(scene: Scene, **more: Any) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": scene.manager.person, "at": DAY} | more


def entry(key: int, score: str | None, fixed: str = "") -> Entry:
    """Return what an order goes by."""
    return Entry(key, f"R-{key}", None if score is None else Decimal(score), WHILE_OPEN, fixed)


def said(entries: list[Entry], rule: str = TieRule.LOTTERY, quota: int | None = 2, reserve: int = 1) -> dict[int, str]:
    """Return what is proposed, by key."""
    return {one.key: one.outcome for one in order_of(entries, Terms(rule, SEED, quota, reserve))}


class TestOrder:
    def test_the_best_are_accepted_the_next_wait_and_the_rest_are_declined(self) -> None:
        rows = [entry(1, "50"), entry(2, "90"), entry(3, "70"), entry(4, "60"), entry(5, None)]
        assert said(rows) == {2: "accept", 3: "accept", 4: "reserve", 1: "decline", 5: ""}

    def test_the_order_of_rows_never_enters(self) -> None:
        rows = [entry(1, "70"), entry(2, "70"), entry(3, "70"), entry(4, "80")]
        orders = [order_of(one, Terms(TieRule.LOTTERY, SEED, 2, 1)) for one in permutations(rows)]
        assert all(one == orders[0] for one in orders)

    def test_a_draw_tells_equals_apart_and_another_seed_draws_otherwise(self) -> None:
        rows = [entry(key, "70") for key in range(1, 9)]
        first = [one.key for one in order_of(rows, Terms(TieRule.LOTTERY, SEED, 2, 1))]
        second = [one.key for one in order_of(rows, Terms(TieRule.LOTTERY, "another", 2, 1))]
        draws = {one.key: queries.draw_of(SEED, one.reference) for one in rows}
        assert first == sorted(draws, key=lambda key: draws[key], reverse=True)
        assert first != second

    def test_a_draw_stands_only_where_scores_are_equal(self) -> None:
        placed = order_of([entry(1, "70"), entry(2, "70"), entry(3, "60")], Terms(TieRule.LOTTERY, SEED, 1, 1))
        assert [(bool(one.draw), one.tie) for one in placed] == [(True, 1), (True, 1), (False, 0)]

    def test_the_office_decides_across_a_border_and_only_there(self) -> None:
        rows = [entry(1, "90"), entry(2, "70"), entry(3, "70"), entry(4, "50"), entry(5, "50")]
        assert said(rows, TieRule.OFFICE) == {1: "accept", 2: "", 3: "", 4: "decline", 5: "decline"}

    def test_who_submitted_first_comes_first_where_the_call_says_so(self) -> None:
        late, early = entry(1, "70"), entry(2, "70")
        late = Entry(late.key, late.reference, late.score, LATER)
        assert said([late, early], TieRule.EARLIER, quota=1, reserve=0) == {2: "accept", 1: "decline"}

    def test_what_was_chosen_by_hand_takes_its_seats_first(self) -> None:
        rows = [entry(1, "90"), entry(2, "80"), entry(3, "10", Outcome.ACCEPT)]
        assert said(rows) == {1: "accept", 2: "reserve", 3: "accept"}

    def test_without_a_quota_everybody_with_a_score_is_accepted(self) -> None:
        assert said([entry(1, "1"), entry(2, None)], quota=None) == {1: "accept", 2: ""}


def test_the_score_that_counts_orders_the_slate_and_both_stand_beside(scene: Scene) -> None:
    due(scene, ["60", "80", "70"], quota=1, reserve=1, score="calibrated")
    rows = queries.slate_rows(scene.call, opened(scene))
    assert [(one.reference[-4:], one.proposed) for one in rows] == [
        ("D002", "accept"),
        ("D003", "reserve"),
        ("D001", "decline"),
    ]
    assert (rows[0].score, rows[0].raw, rows[0].calibrated) == (Decimal(70), Decimal(80), Decimal(70))


def test_a_second_slate_is_not_opened_and_its_quota_leaves_out_who_is_in(scene: Scene) -> None:
    due(scene, ["90", "80", "70"], quota=2)
    first = settled(scene)
    let_go(first, scene.cast.owner.person)
    second = opened(scene)
    assert (second.number, second.quota) == (2, 0)
    assert opened(scene) == second


def test_a_decline_needs_a_reason_in_the_language_that_is_read(scene: Scene) -> None:
    one, two = due(scene, ["90", "80"], quota=1)
    models.Application.objects.filter(pk=two.pk).update(language="zh-hans")
    slate = opened(scene)
    told = {"slate": slate, "application": two, "outcome": Outcome.DECLINE, **by(scene)}
    for reason in ("", "  ", type(WHY)("Only in English.", "")):
        with pytest.raises(ReasonNeeded):
            operations.decide(reason=reason, **told)
    assert operations.decide(reason=WHY, **told).reason == WHY.zh_hans
    kept = operations.decide(slate=slate, application=one, outcome=Outcome.ACCEPT, reason="", **by(scene))
    assert kept.reason == ""


def test_what_was_not_proposed_needs_a_note_and_then_stands(scene: Scene) -> None:
    best, other = due(scene, ["90", "80"], quota=1)
    slate = opened(scene)
    asked = {"slate": slate, "application": other, "outcome": Outcome.ACCEPT, "reason": "", **by(scene)}
    with pytest.raises(NoteNeeded):
        operations.decide(**asked)
    operations.decide(**asked, note="The director vouches for her.")
    operations.take_proposals(slate=slate, reason=WHY, **by(scene))
    assert outcomes(slate) == {"D001": "decline", "D002": "accept"}
    assert standing(best) == ["decision"]


def test_the_same_decision_again_changes_nothing_and_an_old_version_is_refused(scene: Scene) -> None:
    one, *_rest = due(scene, ["90"], quota=1)
    slate = opened(scene)
    told = {"slate": slate, "application": one, "reason": "", **by(scene)}
    first = operations.decide(outcome=Outcome.ACCEPT, **told)
    assert operations.decide(outcome=Outcome.ACCEPT, **told).version == first.version
    with pytest.raises(SlateChanged):
        operations.decide(outcome=Outcome.RESERVE, note="No.", version=0, **told)


def test_several_are_decided_together_or_not_at_all(scene: Scene) -> None:
    rows = due(scene, ["90", "80"], quota=0)
    slate = opened(scene)
    told = {"slate": slate, "outcome": Outcome.DECLINE, "reason": WHY, **by(scene)}
    with pytest.raises(NotOnSlate):
        operations.decide_several(applications=[*rows, scene.submitted], **told)
    assert not slate.decisions.exists()
    assert len(operations.decide_several(applications=rows, **told)) == 2


def test_settling_is_final_ordered_and_twice_the_same(scene: Scene) -> None:
    rows = due(scene, ["70", "70", "90", None], quota=1, reserve=1)
    slate = settled(scene)
    again = operations.settle_slate(slate=slate, **by(scene, at=LATER))
    assert (again.settled_at, Batch.objects.count()) == (DAY, 1)
    slate.refresh_from_db()
    assert slate.digest == sha256(queries.written_order(slate.order).encode()).hexdigest()
    assert [one["outcome"] for one in slate.order] == ["accept", "reserve", "decline", ""]
    kept = {one.application_id: one for one in slate.decisions.all()}
    assert rows[3].pk not in kept
    assert not kept[rows[2].pk].draw
    assert kept[rows[0].pk].draw == queries.draw_of(SEED, rows[0].reference)
    assert [one.reserve_position for one in kept.values() if one.outcome == "reserve"] == [1]
    with pytest.raises(SlateSettled):
        operations.decide(slate=slate, application=rows[3], outcome=Outcome.ACCEPT, reason="", **by(scene))


def test_nothing_is_settled_without_a_decision_or_when_it_changed_since_it_was_seen(scene: Scene) -> None:
    one, two = due(scene, ["90", "80"], quota=1)
    slate = opened(scene)
    with pytest.raises(NothingDecided):
        operations.settle_slate(slate=slate, **by(scene))
    operations.take_proposals(slate=slate, reason=WHY, **by(scene))
    seen = queries.mark_of(queries.slate_rows(scene.call, slate))
    withdraw(scene, one)
    with pytest.raises(SlateChanged):
        operations.settle_slate(slate=slate, seen=seen, **by(scene))
    operations.settle_slate(slate=slate, **by(scene))
    assert outcomes(slate) == {"D002": "decline"}
    assert standing(two) == ["decision"]


def test_decisions_wait_for_the_office_until_they_are_settled(scene: Scene) -> None:
    due(scene, ["90", "80"], quota=1, reserve=1)
    actor = actor_of(scene.manager.person, on=DAY.date())
    assert [str(one.title) for one in queries.decisions_due(actor, 5)] == ["Internships 2019"]
    slate = settled(scene)
    assert list(queries.decisions_due(actor, 5)) == []
    let_go(slate, scene.cast.owner.person)
    waiting = queries.count_decisions_due(actor)
    assert waiting is not None
    assert waiting.count() == 0
    assert queries.decisions_due(actor_of(scene.cast.outsider.person, on=DAY.date()), 5) == []


def withdraw(scene: Scene, application: models.Application) -> None:
    """Withdraw an application as whose it is."""
    operations.take_step(
        application=application,
        step="withdraw",
        by=application.applicant,
        actors=[WorkflowActor.APPLICANT],
        at=LATER,
        reason="Found a job.",
    )
    del scene


def test_letters_wait_for_another_person_and_then_everybody_moves(scene: Scene) -> None:
    accepted, reserve, declined = due(scene, ["90", "80", "70"], quota=1, reserve=1)
    slate = settled(scene)
    with pytest.raises(OwnLetters):
        let_go(slate, scene.manager.person)
    assert standing(accepted, reserve, declined) == ["decision"] * 3
    let_go(slate, scene.cast.owner.person)
    assert standing(accepted, reserve, declined) == ["accepted", "reserve", "declined"]
    assert set(slate.decisions.values_list("told_at", flat=True)) == {LATER}


def test_a_revision_goes_back_to_the_applicant_with_the_reason(scene: Scene) -> None:
    (one,) = due(scene, ["60"])
    slate = opened(scene)
    operations.decide(
        slate=slate, application=one, outcome=Outcome.REVISE, reason="Say how.", note="Nearly there.", **by(scene)
    )
    operations.settle_slate(slate=slate, **by(scene))
    let_go(slate, scene.cast.owner.person)
    assert standing(one) == ["revision"]


def test_the_letter_is_in_the_language_of_the_application_with_reason_and_comments(scene: Scene) -> None:
    one, two = due(scene, ["90", "50"], quota=1)
    models.Application.objects.filter(pk=two.pk).update(language="zh-hans")
    reviewed(two, "Say more about how payments are cleared.")
    settled(scene)
    letters = {each.message.record: each.message.body for each in InboxNote.objects.select_related("message")}
    chinese = str(letters[f"application:{two.pk}"])
    assert WHY.zh_hans in chinese
    assert WHY.en not in chinese
    assert "Say more about how payments are cleared." in chinese
    assert "Reader" not in chinese
    assert "is accepted" in str(letters[f"application:{one.pk}"])


def test_nobody_who_withdrew_meanwhile_is_told(scene: Scene) -> None:
    one, two = due(scene, ["90", "80"], quota=2)
    slate = settled(scene)
    withdraw(scene, one)
    let_go(slate, scene.cast.owner.person)
    assert standing(one, two) == ["withdrawn", "accepted"]
    assert not InboxNote.objects.filter(message__record=f"application:{one.pk}", arrived_at__isnull=False).exists()
    assert not Delivery.objects.filter(message__record=f"application:{one.pk}").exclude(state="cancelled").exists()
    assert slate.decisions.get(application=one).told_at is None


def test_letters_that_are_called_off_open_the_slate_again(scene: Scene) -> None:
    due(scene, ["90", "80"], quota=1)
    slate = settled(scene)
    cancel_held(batch=Batch.objects.get(key=slate.batch), by=scene.cast.owner.person, at=LATER)
    slate.refresh_from_db()
    assert (slate.settled_at, slate.order, slate.digest) == (None, [], "")
    operations.settle_slate(slate=slate, **by(scene, at=LATER))
    let_go(slate, scene.cast.owner.person)
    assert Batch.objects.count() == 2
    assert InboxNote.objects.filter(arrived_at__isnull=False).count() == 2


class TestReserve:
    def told(self, scene: Scene) -> list[models.Application]:
        rows = due(scene, ["90", "80", "70", "60"], quota=1, reserve=3)
        let_go(settled(scene), scene.cast.owner.person)
        return rows

    def test_the_next_moves_up_once_others_drop_out(self, scene: Scene) -> None:
        _first, second, third, fourth = self.told(scene)
        withdraw(scene, second)
        assert [one.application_id for one in queries.reserves(scene.call)] == [third.pk, fourth.pk]
        slate = operations.promote_from_reserve(call=scene.call, **by(scene))
        with pytest.raises(LettersWait):
            operations.promote_from_reserve(call=scene.call, **by(scene))
        assert standing(third) == ["reserve"]
        let_go(slate, scene.cast.owner.person)
        assert standing(third, fourth) == ["accepted", "reserve"]

    def test_who_was_to_move_up_waits_again_when_the_letters_are_called_off(self, scene: Scene) -> None:
        rows = self.told(scene)
        slate = operations.promote_from_reserve(call=scene.call, **by(scene))
        cancel_held(batch=Batch.objects.get(key=slate.batch), by=scene.cast.owner.person, at=LATER)
        assert [one.application_id for one in queries.reserves(scene.call)] == [one.pk for one in rows[1:]]

    def test_who_is_left_in_the_end_hears_why(self, scene: Scene) -> None:
        _first, *waiting = self.told(scene)
        with pytest.raises(ReasonNeeded):
            operations.close_reserve(call=scene.call, reason=type(WHY)(), **by(scene))
        let_go(operations.close_reserve(call=scene.call, reason=WHY, **by(scene)), scene.cast.owner.person)
        assert standing(*waiting) == ["declined"] * 3
        with pytest.raises(NobodyWaits):
            operations.promote_from_reserve(call=scene.call, **by(scene))


def test_anybody_repeats_the_draw_with_python_alone(scene: Scene, tmp_path: Path) -> None:
    due(scene, ["70", "70", "70", "90", "50", "50"], quota=2, reserve=1)
    address = "/programmes/summer/2019/draw/"
    slate = settled(scene)
    assert Client().get(address).status_code == 404
    let_go(slate, scene.cast.owner.person)
    page, file = Client().get(address), Client().get(f"{address}draw.json")
    assert SEED in page.content.decode()
    (tmp_path / "draw.json").write_bytes(file.content)
    assert [len(one) for one in json.loads(file.content)["ties"]] == [3, 2]
    (tmp_path / "recipe.py").write_text(queries.RECIPE)
    assert repeat(tmp_path) == 0
    forged = json.loads(file.content)
    forged["ties"][0].reverse()
    (tmp_path / "draw.json").write_text(json.dumps(forged))
    assert repeat(tmp_path) != 0


def repeat(folder: Path) -> int:
    """Run the recipe beside the file; return how it ended."""
    command = [sys.executable, "-I", "recipe.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


def test_the_seed_stays_sealed_while_a_match_is_still_to_be_drawn_with_it(scene: Scene) -> None:
    due(scene, ["70", "70"], quota=1, most_wishes=5)
    let_go(settled(scene), scene.cast.owner.person)
    assert not queries.draw_is_open(scene.call)
    models.Call.objects.filter(pk=scene.call.pk).update(finished_at=LATER, finished_by=scene.manager.person)
    scene.call.refresh_from_db()
    assert queries.draw_is_open(scene.call)
