"""No sequence of acts ends in a signed agreement that some party did not approve at exactly that text."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.negotiation.enums import Act, NegotiationState
from accord.negotiation.rules import Course, why_not

COORDINATOR, PARTNER, THIRD, STRANGER = 1, 2, 3, 9
PARTIES = (COORDINATOR, PARTNER, THIRD)
ACTS = st.tuples(st.sampled_from(list(Act)), st.sampled_from([*PARTIES, STRANGER]), st.booleans())


def done(course: Course, act: Act, party: int, flag: bool) -> Course:
    """Return the course after an act, as the tables record it."""
    asking = dict(course.asking)
    if act is Act.PUT_FORWARD:
        signing = frozenset(PARTIES if flag else (COORDINATOR, PARTNER))
        course = replace(course, latest=course.latest + 1, signing=signing, approved=frozenset(), signed=frozenset())
    elif act is Act.ASK:
        course = replace(course, asking={**asking, party: asking.get(party, 0) + 1})
    elif act is Act.DECIDE:
        course = replace(course, asking={})
    elif act is Act.APPROVE:
        course = replace(course, approved=course.approved | {party})
    elif act is Act.SIGN:
        course = replace(course, signed=course.signed | {party})
    elif act is Act.WITHDRAW:
        course = replace(course, state=NegotiationState.WITHDRAWN)
    return replace(course, state=course.state_now())


@settings(max_examples=400, deadline=None)
@given(st.lists(ACTS, max_size=60))
def test_what_is_signed_was_approved_by_all_as_the_latest_text(acts: list[tuple[Act, int, bool]]) -> None:
    course = Course(NegotiationState.DRAFT, COORDINATOR, frozenset(PARTIES))
    approvals: set[tuple[int, int]] = set()
    signatures: set[tuple[int, int]] = set()

    for act, party, flag in acts:
        if why_not(course, act, party) is not None:
            continue
        if act is Act.APPROVE:
            approvals.add((course.latest, party))
        if act is Act.SIGN:
            assert {(course.latest, one) for one in course.signing} <= approvals
            signatures.add((course.latest, party))
        before = course
        course = done(course, act, party, flag)
        assert before.is_open, "nothing happens after the end"

    if course.state is NegotiationState.SIGNED:
        assert course.signing
        assert {(course.latest, one) for one in course.signing} <= approvals & signatures


@given(st.sampled_from(list(Act)), st.sampled_from([NegotiationState.SIGNED, NegotiationState.WITHDRAWN]))
def test_nothing_is_open_once_it_has_ended(act: Act, state: NegotiationState) -> None:
    course = Course(state, COORDINATOR, frozenset(PARTIES), 3, frozenset(PARTIES), frozenset(PARTIES))

    assert [party for party in PARTIES if why_not(course, act, party) is None] == []


def test_requested_change_of_ones_own_keeps_from_approving_and_signing() -> None:
    both = frozenset({COORDINATOR, PARTNER})
    course = Course(NegotiationState.APPROVED, COORDINATOR, both, 1, both, both, asking={PARTNER: 1})

    reasons = [str(why_not(course, act, PARTNER)) for act in (Act.APPROVE, Act.SIGN)]

    assert all("still open" in reason for reason in reasons)
    assert why_not(course, Act.SIGN, COORDINATOR) is None
