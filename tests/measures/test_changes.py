"""What was delivered: the one statement against the slow obvious sum."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Max
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.cast import CAST, Cast, moment

from accord.agreements import operations as agreements
from accord.kernel.clock import end_of
from accord.kernel.text import Bilingual
from accord.measures import queries
from accord.measures.enums import EvidenceState
from accord.measures.models import Attribution, Evidence

START = date(2019, 7, 10)
DAYS = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
MOMENTS = st.none() | st.tuples(DAYS, st.integers(0, 23)).map(lambda pair: moment(*pair))


@st.composite
def entries(draw: Callable) -> dict:
    """Draw one entry with any history that the database allows."""
    confirmed, contested, withdrawn = draw(MOMENTS), draw(MOMENTS), draw(MOMENTS)
    return {
        "amount": Decimal(draw(st.integers(-9, 9).filter(bool))),
        "occurred_on": draw(DAYS),
        "recorded_at": moment(*draw(st.tuples(DAYS, st.integers(0, 23)))),
        "confirmed_at": confirmed,
        "contested_at": contested,
        "contest_reason": "wrong" if contested else "",
        "withdrawn_at": withdrawn,
        "is_simulated": draw(st.booleans()),
    }


def counts(entry: Evidence, as_of: date, known) -> bool:
    """Say, step by step, whether an entry counts by what was known before a moment."""
    if entry.occurred_on > as_of or entry.recorded_at >= known:
        return False
    if entry.withdrawn_at and entry.withdrawn_at < known:
        return False
    if not entry.confirmed_at or entry.confirmed_at >= known:
        return False
    contested = entry.contested_at and entry.contested_at < known
    return not (contested and entry.contested_at >= entry.confirmed_at)


class TestTally(TestCase):
    """The sums of the board are the sums of the entries, whatever their history."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(drawn=st.lists(entries(), max_size=12), as_of=DAYS, known_on=DAYS)
    def test_tally_is_the_sum_of_what_counts(self, drawn: list[dict], as_of: date, known_on: date) -> None:
        cast = CAST.show()
        promise = cast.promise("resident-teams")
        for row in drawn:
            by = {
                f"{name}_by": cast.partner.person if row[f"{name}_at"] else None
                for name in ("confirmed", "contested", "withdrawn")
            }
            entry = Evidence.objects.create(
                **row,
                **by,
                label=Bilingual("x"),
                document="d",
                party=cast.ours,
                recorded_by=cast.owner.person,
                measure_code=promise.measure_code,
            )
            Attribution.objects.create(evidence=entry, commitment=promise)
        known = end_of(known_on)

        _commitment, standing = queries.promise_standing(
            cast.agreement, "resident-teams", queries.clocks(as_of, known_on)
        )

        expected = [entry for entry in Evidence.objects.all() if counts(entry, as_of, known)]
        tally = standing.done.tally
        assert tally.total() == sum(entry.amount for entry in expected)
        assert tally.records == len(expected)
        assert tally.total(simulated=True) == sum(entry.amount for entry in expected if entry.is_simulated)


@pytest.mark.django_db
def test_state_in_python_and_in_the_database_agree(cast: Cast) -> None:
    promise = cast.promise("resident-teams")
    moments = [None, moment(START), moment(START + timedelta(days=1))]
    for confirmed in moments:
        for contested in moments:
            for withdrawn in moments:
                entry = Evidence.objects.create(
                    amount=1,
                    occurred_on=START,
                    label=Bilingual("x"),
                    document="d",
                    party=cast.ours,
                    recorded_at=moment(START),
                    recorded_by=cast.owner.person,
                    confirmed_at=confirmed,
                    confirmed_by=confirmed and cast.partner.person,
                    contested_at=contested,
                    contested_by=contested and cast.partner.person,
                    contest_reason="wrong" if contested else "",
                    withdrawn_at=withdrawn,
                    withdrawn_by=withdrawn and cast.owner.person,
                )
                Attribution.objects.create(evidence=entry, commitment=promise)

    by_python = {
        state: {e.pk for e in Evidence.objects.all() if queries.state_of_evidence(e) == state}
        for state in EvidenceState
    }
    by_database = {
        state: set(Evidence.objects.filter(queries.in_state(state)).values_list("pk", flat=True))
        for state in EvidenceState
    }
    latest = Evidence.objects.aggregate(Max("recorded_at"))["recorded_at__max"]
    tally = queries.promise_standing(cast.agreement, "resident-teams", queries.clocks(date(2019, 12, 30)))[1].done.tally

    assert latest
    assert by_python == by_database
    assert tally.records == len(by_python[EvidenceState.CONFIRMED])
    assert tally.waiting_records == len(by_python[EvidenceState.WAITING])
    assert tally.contested_records == len(by_python[EvidenceState.CONTESTED])


@pytest.mark.django_db
def test_measure_of_a_context_counts_its_records_and_forgets_struck_ones(cast: Cast) -> None:
    promise = cast.promise("research-cooperation")
    promise.measure_code = "agreements.event_attendees"
    promise.save()
    meetings = [
        agreements.record_engagement(
            agreement=cast.agreement,
            kind="visit",
            title=Bilingual("A visit"),
            held_on=START + timedelta(days=n),
            place=Bilingual(),
            attendees=people,
            by=cast.owner.person,
            at=moment(START + timedelta(days=n)),
        )
        for n, people in enumerate((10, 20))
    ]
    agreements.strike_engagement(engagement=meetings[0], by=cast.owner.person, at=moment(START + timedelta(days=5)))

    before, after = (
        queries.promise_standing(cast.agreement, promise.key, queries.clocks(date(2019, 8, 1), known))[1]
        for known in (START + timedelta(days=4), date(2019, 8, 1))
    )

    assert (before.done.tally.total(), after.done.tally.total()) == (30, 20)
