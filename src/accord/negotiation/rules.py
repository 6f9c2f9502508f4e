"""Who may do what in a negotiation, and in which order: pure rules over a frozen course of events.

The course holds what was put forward, approved and signed, by ids. Operations ask `why_not` under a lock before they
write, pages ask it to say why an act is not open; both hear the same reason.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.negotiation.enums import OPEN_STATES, Act, NegotiationState, Permission
from accord.people.enums import Role

EVERY_ROLE = (Role.STEWARD, Role.OFFICER, Role.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class Course:
    """How far a negotiation is: the latest text, and who has said what of it.

    `signing`, `approved` and `signed` speak of the latest text alone; what was said of earlier ones holds no longer.
    """

    state: NegotiationState
    coordinator: int
    parties: frozenset[int]
    latest: int = 0
    signing: frozenset[int] = frozenset()
    approved: frozenset[int] = frozenset()
    signed: frozenset[int] = frozenset()
    asking: Mapping[int, int] = field(default_factory=dict, hash=False)

    @property
    def is_open(self) -> bool:
        """Say whether anything can still happen."""
        return self.state in OPEN_STATES

    @property
    def open_requests(self) -> int:
        """Return how many requested changes wait for an answer."""
        return sum(self.asking.values())

    @property
    def is_approved_by_all(self) -> bool:
        """Say whether every party that signs approved the latest text."""
        return bool(self.signing) and self.signing <= self.approved

    @property
    def is_signed_by_all(self) -> bool:
        """Say whether every party that signs has signed the latest text."""
        return self.is_approved_by_all and self.signing <= self.signed

    def state_now(self) -> NegotiationState:
        """Return the state that follows from what was put forward, approved and signed."""
        if not self.is_open:
            return self.state
        if self.is_signed_by_all:
            return NegotiationState.SIGNED
        if self.is_approved_by_all:
            return NegotiationState.APPROVED
        return NegotiationState.IN_REVIEW if self.latest else NegotiationState.DRAFT


def why_not(course: Course, act: Act, party: int) -> Promise | None:
    """Return why the party cannot do this now, in words that say what to do instead; None where it can."""
    if party not in course.parties:
        return _("Only the parties of this negotiation take part in it.")
    if not course.is_open:
        return _ENDED[course.state]
    return _REASONS[act](course, party)


_ENDED: Mapping[NegotiationState, Promise] = {
    NegotiationState.SIGNED: _("This is signed. Propose an amendment to change it."),
    NegotiationState.WITHDRAWN: _("This negotiation was withdrawn. Start a new one."),
}


def _edit(course: Course, party: int) -> Promise | None:
    if party == course.coordinator:
        return None
    return _("The coordinator writes the draft. Ask for a change at the place in question.")


def _put_forward(course: Course, party: int) -> Promise | None:
    if party != course.coordinator:
        return _("The coordinator puts texts forward. Ask for a change at the place in question.")
    if course.open_requests:
        return _("Requested changes wait for an answer. Accept or decline each of them first.")
    return None


def _ask(course: Course, party: int) -> Promise | None:
    if not course.latest:
        return _("No text has been put forward yet. The coordinator is still drafting.")
    if party == course.coordinator:
        return _("You are the coordinator. Change the draft itself and put it forward.")
    if party in course.signed:
        return _("You have signed this text. Write to the coordinator if it has to change all the same.")
    return None


def _reply(course: Course, party: int) -> Promise | None:
    del party
    return None if course.latest else _("No text has been put forward yet. The coordinator is still drafting.")


def _decide(course: Course, party: int) -> Promise | None:
    if party == course.coordinator:
        return None
    return _("The coordinator answers requested changes.")


def _approve(course: Course, party: int) -> Promise | None:
    if not course.latest:
        return _("No text has been put forward yet. The coordinator is still drafting.")
    if party not in course.signing:
        return _("You are named in this agreement and do not sign it, so there is nothing to approve.")
    if course.asking.get(party):
        return _("You asked for a change that is still open. Wait for the answer, or take the request back.")
    return None


def _sign(course: Course, party: int) -> Promise | None:
    if not course.latest:
        return _("No text has been put forward yet. The coordinator is still drafting.")
    if party not in course.signing:
        return _("You are named in this agreement and do not sign it.")
    if not course.is_approved_by_all:
        return _("Not all parties have approved this text. Nobody signs before that.")
    if course.asking.get(party):
        return _("You asked for a change that is still open. Wait for the answer, or take the request back.")
    return None


def _withdraw(course: Course, party: int) -> Promise | None:
    if party == course.coordinator:
        return None
    return _("The coordinator withdraws a negotiation. Ask them to, or leave the text unsigned.")


_REASONS: Mapping[Act, Callable[[Course, int], Promise | None]] = {
    Act.EDIT: _edit,
    Act.PUT_FORWARD: _put_forward,
    Act.ASK: _ask,
    Act.REPLY: _reply,
    Act.DECIDE: _decide,
    Act.APPROVE: _approve,
    Act.SIGN: _sign,
    Act.WITHDRAW: _withdraw,
}


def may_see(actor: Actor, institutions: Collection[int]) -> bool:
    """Say whether the actor may know of a negotiation between these institutions."""
    return any(actor.holds(*EVERY_ROLE, institution_id=one) for one in institutions)


def may_start(actor: Actor) -> bool:
    """Say whether the actor may start negotiations at all: partnership officers and stewards."""
    return any(grant.role in {Role.STEWARD, Role.OFFICER} for grant in actor.grants)


def may_draft(actor: Actor, coordinator: int) -> bool:
    """Say whether the actor writes the draft: an officer of the coordinating institution, or a steward."""
    return actor.holds(Role.OFFICER, Role.STEWARD, institution_id=coordinator)


def may_answer(actor: Actor, institution: int) -> bool:
    """Say whether the actor asks and replies for the institution: its officers."""
    return actor.holds(Role.OFFICER, institution_id=institution)


def may_bind(actor: Actor, institution: int) -> bool:
    """Say whether the actor approves and signs for the institution: its officers, never a steward."""
    return institution in actor.institutions(Role.OFFICER)


RULES = {
    Permission.VIEW: may_see,
    Permission.START: may_start,
    Permission.DRAFT: may_draft,
    Permission.ANSWER: may_answer,
    Permission.BIND: may_bind,
}
"""Which predicate decides each permission."""

PERMITS = (
    Permit(
        Permission.VIEW,
        may_see,
        name=_("See a negotiation"),
        who=_("Everybody with a role for a party of it; everybody with a role for the whole installation."),
        why=_("What is negotiated concerns the parties. To all others it is not told that they negotiate."),
        roles=EVERY_ROLE,
    ),
    Permit(
        Permission.START,
        may_start,
        name=_("Start a negotiation, an amendment or a renewal"),
        who=_("Partnership officers, for their own institution; stewards, for the coordinator."),
        why=_("Starting binds nobody; who starts writes the draft."),
        roles=(Role.STEWARD, Role.OFFICER),
    ),
    Permit(
        Permission.DRAFT,
        may_draft,
        name=_("Write the draft, put it forward, answer requested changes, withdraw"),
        who=_("Partnership officers of the coordinator; stewards."),
        why=_("One pen writes the text, so that there is one text to approve."),
        roles=(Role.STEWARD, Role.OFFICER),
    ),
    Permit(
        Permission.ANSWER,
        may_answer,
        name=_("Ask for changes and reply"),
        who=_("Partnership officers of a party."),
        why=_("Each party speaks for itself."),
        roles=(Role.OFFICER,),
    ),
    Permit(
        Permission.BIND,
        may_bind,
        name=_("Approve and sign"),
        who=_("Partnership officers of the party that is bound, and nobody for another."),
        why=_("An approval and a signature bind an institution; stewards bind nobody."),
        roles=(Role.OFFICER,),
    ),
)
"""The permissions in words."""
