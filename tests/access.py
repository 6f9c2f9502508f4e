"""What a door answers to whom: the words in which each context says it of its own routes.

A context writes `tests/<context>/access.py` with `PROBES`, one for each of its routes, and where the stage needs more
rows, `furnish(stage)`. `tests/house/test_access.py` walks them all; a route without a probe fails there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.house.stage import Stage

ROLES = ("owner", "partner", "executive", "steward", "outsider", "visitor", "deputy")
"""The cast, nobody at all, and somebody of our side who stands in for the owner (an executive by themselves)."""

SIGN_IN = "sign in"
"""Sent to sign in first."""
DONE = "done"
"""Let in, and something was written: the same that the others, who are refused, would have written."""

Answer = int | str
From = Callable[["Stage"], Mapping[str, Any]]


@dataclass(frozen=True)
class Answers:
    """What each role is answered: a status, `SIGN_IN` or `DONE`.

    `is_ones_own` says that the door leads to everybody's own and asks no role, so that not all need to be asked.
    """

    by_role: Mapping[str, Answer]
    is_ones_own: bool = False

    def __getitem__(self, role: str) -> Answer:
        """Return what one role is answered."""
        return self.by_role[role]

    @property
    def are_alike(self) -> bool:
        """Say whether everybody is answered the same."""
        return len(set(self.by_role.values())) == 1

    def but(self, **others: Answer) -> "Answers":
        """Return the same with other answers for some roles."""
        return replace(self, by_role={**self.by_role, **others})


def answers(
    owner: Answer,
    partner: Answer,
    executive: Answer,
    steward: Answer,
    outsider: Answer,
    visitor: Answer = SIGN_IN,
    deputy: Answer | None = None,
) -> Answers:
    """Return what each role is answered; who stands in for the owner gets what the owner gets, unless it is said."""
    given = (owner, partner, executive, steward, outsider, visitor, owner if deputy is None else deputy)
    return Answers(dict(zip(ROLES, given, strict=True)))


@dataclass(frozen=True)
class Probe:
    """One route, and what it answers to GET and to POST; `None` where it has no such method (405).

    `at` gives the parts of the address. `body` is what is sent; where the route also has a page, the form that stands
    there for whoever is let in (`form_of`, the owner if not said) is sent as it stands, with `body` written over it.
    `ask` is the query of the address.
    """

    route: str
    get: Answers | None = None
    post: Answers | None = None
    at: From = field(default=lambda _stage: {})
    body: From | None = None
    ask: str = ""
    form_of: str = "owner"


EVERYBODY = answers(200, 200, 200, 200, 200, 200)
SIGNED_IN = answers(200, 200, 200, 200, 200)
OWN_ACCOUNT = replace(SIGNED_IN, is_ones_own=True)
"""A page of one's own account."""
PARTIES = answers(200, 200, 200, 200, 404)
"""Everybody with a role for a party, and stewards; to the others it is not there."""
OFFICERS = answers(200, 200, 403, 200, 404)
"""Officers of the parties, and stewards for the coordinator."""
STEWARDS = answers(403, 403, 403, 200, 403)
STEWARDS_KNOW = answers(404, 404, 404, 200, 404)
"""The same where the others do not learn that there is such a page."""
OWN = answers(200, 404, 404, 404, 404, deputy=404)
"""What belongs to the owner in person; who stands in for the owner has the own name here."""


def done(what: Answers) -> Answers:
    """Return the same for a form that is sent: who is let in gets it done."""
    return replace(what, by_role={role: DONE if answer == 200 else answer for role, answer in what.by_role.items()})
