"""What is begun with one agreement: the reader says with which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import Agreement, agreements_visible_to, agreements_with_all, institutions_of
from accord.kernel.access import Actor
from accord.kernel.finding import Words
from accord.kernel.permits import permits
from accord.people.enums import Role


@dataclass(frozen=True, slots=True)
class WithAgreement:
    """Something to begin with an agreement: its verb, the question, the permission that opens it, and where it is."""

    label: Words
    question: Words
    permission: str
    route: str
    also: str = ""


WITH_AGREEMENT: Final = {
    "meeting": WithAgreement(
        _("Record a meeting"),
        _("Which agreement was the meeting about?"),
        "agreements.record-engagement",
        "agreements:record-engagement",
        "visit summit engagement 会议 访问 来访",
    ),
    "change": WithAgreement(
        _("Amend or renew an agreement"),
        _("Which agreement is to change?"),
        "agreements.apply",
        "negotiation:changes",
        "amendment renewal 修订 续签",
    ),
}
"""What the reader may begin so, by its name in the address."""


def may_begin(actor: Actor) -> bool:
    """Say whether the actor may begin anything with some agreement: stewards and partnership officers."""
    return actor.holds(Role.STEWARD) or bool(actor.institutions(Role.OFFICER)) or actor.holds(Role.OFFICER)


def agreements_for(actor: Actor, act: WithAgreement) -> Sequence[Agreement]:
    """Return the agreements with which the actor may begin it; two queries."""
    permit = permits.get(act.permission)
    seen = agreements_with_all(agreements_visible_to(actor))
    return [one for one in seen if permit is not None and permit.rule(actor, institutions_of(one))]
