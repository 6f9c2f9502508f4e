from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.engines.agreementfile.strategies import agreements

from accord.engines.agreementfile import (
    Amendment,
    Bilingual,
    Change,
    Clause,
    ClauseAmendment,
    ClauseType,
    IpMode,
    Terminated,
    compare,
    read,
    render_refusal,
)

FOLDER = Path(__file__).parents[3] / "examples" / "agreements"
SIGNED = read((FOLDER / "chengdu-cass.yaml").read_text(encoding="utf-8")).agreement
DRAFT = replace(SIGNED, signed=None)
TEAMS = SIGNED.promises[0]
RESULTS = Clause("results", ClauseType.FOREGROUND_IP, Bilingual("Results"), Bilingual("Each owns its own."))
LIABILITY = Clause("liability", ClauseType.LIABILITY, Bilingual("Liability"), Bilingual("No indirect loss."))
WITH_CLAUSES = replace(SIGNED, clauses=(RESULTS, LIABILITY))
JOINTLY = ClauseAmendment(date(2019, 11, 1), Bilingual("Both own it."), Bilingual("Joint work."))
FEWER = Amendment(date(2019, 11, 1), Bilingual("Fewer rooms.", "房间减少。"), target=Decimal(280))


def with_teams(agreement, **changes):
    """The agreement with its first promise changed."""
    return replace(agreement, promises=(replace(TEAMS, **changes), *agreement.promises[1:]))


def only(old, new):
    differences = compare(old, new)
    assert len(differences) == 1
    return differences[0]


def test_a_new_agreement_is_added_as_a_whole():
    difference = only(None, SIGNED)

    assert (difference.path, difference.kind, difference.after) == ("", Change.ADDED, "chengdu-cass")


@settings(max_examples=40, deadline=None)
@given(agreements())
def test_an_agreement_does_not_differ_from_itself(agreement):
    assert compare(agreement, agreement) == ()


@settings(max_examples=40, deadline=None)
@given(agreements(), agreements())
def test_unequal_agreements_always_differ(one, two):
    assert bool(compare(one, two)) == (one != two)


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"target": Decimal(280)}, "promises[resident-teams].target", "amend-instead"),
        ({"due": date(2020, 1, 31)}, "promises[resident-teams].due", "amend-instead"),
        ({"measure": "learning.learner_days"}, "promises[resident-teams].measure", "figure-stays"),
        ({"baseline": None}, "promises[resident-teams].baseline", "figure-stays"),
        (
            {"baseline": replace(TEAMS.baseline, amount=Decimal(99))},
            "promises[resident-teams].baseline.amount",
            "figure-stays",
        ),
        ({"about": False}, "promises[resident-teams].about", "terms-stay"),
        ({"to": ("cass",), "to_others": None}, "promises[resident-teams].to", "terms-stay"),
    ],
)
def test_a_signed_promise_refuses_other_terms(changes, path, code):
    difference = only(SIGNED, with_teams(SIGNED, **changes))

    assert (difference.path, difference.refusal_code) == (path, code)
    assert "instead" in difference.refusal


@pytest.mark.parametrize("changes", [{"target": Decimal(280)}, {"due": date(2020, 1, 31)}, {"baseline": None}])
def test_a_draft_takes_the_same_changes(changes):
    assert only(DRAFT, with_teams(DRAFT, **changes)).refusal is None


def test_before_and_after_are_given_as_text():
    difference = only(SIGNED, with_teams(SIGNED, target=Decimal("280.5")))

    assert (difference.kind, difference.before, difference.after) == (Change.CHANGED, "300", "280.5")


def test_mending_a_text_of_a_signed_promise_is_allowed():
    difference = only(SIGNED, with_teams(SIGNED, title=Bilingual("Teams", "团队")))

    assert difference.path == "promises[resident-teams].title"
    assert (difference.after, difference.refusal) == ("{en: Teams, zh-hans: 团队}", None)


def test_removing_a_signed_promise_is_refused():
    difference = only(SIGNED, replace(SIGNED, promises=SIGNED.promises[1:]))

    assert (difference.path, difference.kind) == ("promises[resident-teams]", Change.REMOVED)
    assert difference.refusal_code == "promise-stays"


def test_removing_a_promise_of_a_draft_is_allowed():
    assert only(DRAFT, replace(DRAFT, promises=DRAFT.promises[1:])).refusal is None


def test_appending_amendments_is_allowed_for_the_first_and_for_later_ones():
    once = with_teams(SIGNED, amendments=(FEWER,))
    twice = with_teams(SIGNED, amendments=(FEWER, replace(FEWER, agreed=date(2019, 12, 1))))

    assert [difference.refusal for difference in compare(SIGNED, once)] == [None]
    assert [(d.path, d.refusal) for d in compare(once, twice)] == [("promises[resident-teams].amendments[1]", None)]


@pytest.mark.parametrize(
    "amendments", [(), (replace(FEWER, target=Decimal(250)),), (replace(FEWER, due=date(2020, 1, 1)),)]
)
def test_an_amendment_once_made_stays(amendments):
    amended = with_teams(SIGNED, amendments=(FEWER,))

    assert {d.refusal_code for d in compare(amended, with_teams(SIGNED, amendments=amendments))} == {"amendment-stays"}


def test_signing_a_draft_is_allowed_and_unsigning_is_refused():
    assert only(DRAFT, SIGNED).refusal is None
    assert only(SIGNED, DRAFT).refusal_code == "stays-signed"


def test_a_signing_day_may_be_learnt_later_but_not_changed():
    undated = replace(SIGNED, signed=replace(SIGNED.signed, on=None))
    other = replace(SIGNED, signed=replace(SIGNED.signed, on=date(2019, 6, 23)))

    assert only(undated, SIGNED).refusal is None
    assert only(SIGNED, other).refusal_code == "stays-signed"


def test_another_key_is_another_agreement_even_for_a_draft():
    assert only(DRAFT, replace(DRAFT, key="other")).refusal_code == "other-agreement"


def test_a_new_order_of_promises_is_one_difference():
    difference = only(SIGNED, replace(SIGNED, promises=(*SIGNED.promises[1:], TEAMS)))

    assert (difference.path, difference.kind, difference.refusal) == ("promises.order", Change.CHANGED, None)


def test_refusals_are_given_in_both_languages():
    difference = only(SIGNED, with_teams(SIGNED, target=Decimal(280)))

    assert render_refusal(difference, "en") == difference.refusal
    assert "修订" in render_refusal(difference, "zh-hans")
    assert render_refusal(only(DRAFT, SIGNED), "zh-hans") is None


def with_results(**changes):
    """The agreement with its first clause changed."""
    return replace(WITH_CLAUSES, clauses=(replace(RESULTS, **changes), LIABILITY))


@pytest.mark.parametrize(
    ("new", "path"),
    [
        (with_results(text=Bilingual("Both own it.")), "clauses[results].text"),
        (with_results(title=Bilingual("What comes out")), "clauses[results].title"),
        (with_results(ip_mode=IpMode.JOINT), "clauses[results].ip-mode"),
        (with_results(type=ClauseType.OTHER), "clauses[results].type"),
        (replace(WITH_CLAUSES, clauses=(LIABILITY,)), "clauses[results]"),
        (replace(WITH_CLAUSES, clauses=(LIABILITY, RESULTS)), "clauses.order"),
    ],
)
def test_a_signed_clause_stays_and_a_drafted_one_does_not(new, path):
    refused = only(WITH_CLAUSES, new)
    free = only(replace(WITH_CLAUSES, signed=None), replace(new, signed=None))

    assert (refused.path, refused.refusal_code) == (path, "clause-stays")
    assert (free.path, free.refusal) == (path, None)


def test_all_clauses_cannot_be_taken_out_at_once():
    assert {d.refusal_code for d in compare(WITH_CLAUSES, SIGNED)} == {"clause-stays"}


def test_a_signed_agreement_takes_new_clauses_each_a_difference_of_its_own():
    assert [(d.path, d.kind, d.refusal) for d in compare(SIGNED, WITH_CLAUSES)] == [
        ("clauses[results]", Change.ADDED, None),
        ("clauses[liability]", Change.ADDED, None),
    ]


def test_a_clause_is_amended_beside_its_text_and_the_amendment_stays():
    amended = with_results(amendments=(JOINTLY,))
    again = with_results(amendments=(JOINTLY, replace(JOINTLY, agreed=date(2020, 1, 1))))
    other = with_results(amendments=(replace(JOINTLY, text=Bilingual("Nobody owns it.")),))

    assert [(d.path, d.refusal) for d in compare(WITH_CLAUSES, amended)] == [("clauses[results].amendments", None)]
    assert [(d.path, d.refusal) for d in compare(amended, again)] == [("clauses[results].amendments[1]", None)]
    assert [d.refusal_code for d in compare(amended, other)] == ["amendment-stays"]
    assert [d.refusal_code for d in compare(amended, WITH_CLAUSES)] == ["amendment-stays"]


def test_an_agreement_is_terminated_once_and_renews_one_other():
    ended = replace(SIGNED, terminated=Terminated(date(2020, 1, 1), Bilingual("Sold.")))
    later = replace(SIGNED, terminated=Terminated(date(2020, 2, 1), Bilingual("Sold.")))
    renewing = replace(SIGNED, renews="earlier")

    assert only(SIGNED, ended).refusal is None
    assert [only(ended, other).refusal_code for other in (later, SIGNED)] == ["termination-stays"] * 2
    assert only(SIGNED, renewing).refusal is None
    assert only(renewing, replace(SIGNED, renews="another")).refusal_code == "renewal-stays"
