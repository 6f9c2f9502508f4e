"""What every door to one negotiation stands on: the negotiation, its latest text, and what the reader may do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotAllowed
from accord.negotiation import rules
from accord.negotiation.enums import Act, NegotiationState
from accord.negotiation.models import Negotiation, NegotiationParty, TextVersion
from accord.negotiation.queries._courses import (
    coordinator_of,
    course_of,
    find_negotiation,
    latest_text,
    parties_of,
    parties_of_actor,
)
from accord.ui.parts import State, Tone

TONES = {
    NegotiationState.DRAFT: Tone.MUTE,
    NegotiationState.IN_REVIEW: Tone.WARY,
    NegotiationState.APPROVED: Tone.GOOD,
    NegotiationState.SIGNED: Tone.DONE,
    NegotiationState.WITHDRAWN: Tone.MUTE,
}
DRAFTING = frozenset({Act.EDIT, Act.PUT_FORWARD, Act.DECIDE, Act.WITHDRAW})


@dataclass(frozen=True, slots=True)
class Room:
    """One negotiation as one reader finds it."""

    negotiation: Negotiation
    parties: tuple[NegotiationParty, ...]
    coordinator: NegotiationParty
    mine: tuple[NegotiationParty, ...]
    may_draft: bool
    binds: frozenset[int]
    answers: frozenset[int]
    latest: TextVersion | None
    course: rules.Course

    @property
    def chip(self) -> State:
        """Return the chip of its state."""
        return chip(self.negotiation)

    def party_for(self, act: Act) -> NegotiationParty | None:
        """Return the reader's party to which the act is open; else the first of theirs, if any."""
        mine = [self.coordinator] if act in DRAFTING and self.may_draft else self._own(act)
        if act is Act.APPROVE:
            mine.sort(key=lambda party: party.pk in self.course.approved)
        if act is Act.SIGN:
            mine.sort(key=lambda party: party.pk in self.course.signed)
        openly = (party for party in mine if rules.why_not(self.course, act, party.pk) is None)
        return next(openly, mine[0] if mine else None)

    def why_not(self, act: Act) -> Promise | None:
        """Return why the act is not open to the reader; None where it is."""
        party = self.party_for(act)
        return _NOBODYS[act in DRAFTING] if party is None else rules.why_not(self.course, act, party.pk)

    def may(self, act: Act) -> bool:
        """Say whether the act is open to the reader now."""
        return self.why_not(act) is None

    def require_party(self, act: Act) -> NegotiationParty:
        """Return the party for which the reader acts; raises `NotAllowed` for those who read only."""
        party = self.party_for(act)
        if party is None:
            raise NotAllowed(_NOBODYS[act in DRAFTING])
        return party

    def _own(self, act: Act) -> list[NegotiationParty]:
        """Return the parties for which the reader can act; stewards bind and speak for nobody."""
        if act in DRAFTING:
            return []
        allowed = self.binds if act in {Act.APPROVE, Act.SIGN} else self.answers
        return [party for party in self.mine if party.institution_id in allowed]


_NOBODYS = {
    True: _("Only partnership officers of the coordinator do this. Ask one of them."),
    False: _("Only partnership officers of a party do this. Ask one of them."),
}


def enter(actor: Actor, key: str) -> Room:
    """Return the room of a negotiation; raises `NotThere` for those who may not know of it."""
    negotiation = find_negotiation(actor, key)
    latest = latest_text(negotiation)
    parties = tuple(parties_of(negotiation))
    coordinator = coordinator_of(negotiation)
    institutions = {party.institution_id for party in parties}
    return Room(
        negotiation=negotiation,
        parties=parties,
        coordinator=coordinator,
        mine=tuple(parties_of_actor(actor, negotiation)),
        may_draft=rules.may_draft(actor, coordinator.institution_id),
        binds=frozenset(one for one in institutions if rules.may_bind(actor, one)),
        answers=frozenset(one for one in institutions if rules.may_answer(actor, one)),
        latest=latest,
        course=course_of(negotiation, latest),
    )


def enter_draft(actor: Actor, key: str) -> Room:
    """Return the room of a negotiation to those who write its draft; raises `NotAllowed` for the others."""
    room = enter(actor, key)
    if not room.may_draft:
        raise NotAllowed(
            _("The coordinator writes the draft, and you read it once it is put forward. Ask for a change there.")
        )
    return room


def chip(negotiation: Negotiation) -> State:
    """Return the chip of a negotiation's state."""
    state = NegotiationState(negotiation.state)
    return State(TONES[state], state.label)
