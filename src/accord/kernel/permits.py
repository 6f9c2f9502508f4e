"""Who may do what, in words: each context announces its permissions, one page shows them all.

A context writes its `PERMITS` in `rules.py`, beside `RULES`, one `Permit` for each member of its `Permission`, and
announces them in the `ready` of its `apps.py`:

    def ready(self) -> None:
        from accord.kernel.permits import announce_permits  # noqa: PLC0415 (models exist only once apps are loaded)
        from accord.standards.rules import PERMITS  # noqa: PLC0415 (the same)

        announce_permits(PERMITS)

The words are the documentation as well: a line of `docs/permissions.md` is the code, `who` and `why` in English, and
`tests/people/test_matrix.py` compares them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from accord.kernel.access import Actor, Grant
from accord.kernel.announced import Announced

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Permit:
    """One thing that is guarded: what it is, who may, and why so.

    `roles` are the roles that open it; a role held for one institution opens it there alone. `limits` says, by role,
    what else must be so ("for the coordinator"). `anyone` needs no role at all. `rule` is the predicate that decides.
    """

    code: str
    rule: Callable[..., object]
    name: Words
    who: Words
    why: Words
    roles: tuple[str, ...] = ()
    limits: Mapping[Any, Words] = field(default_factory=dict)  # keyed by role; a mapping's key type is invariant
    anyone: bool = False

    @property
    def context(self) -> str:
        """Return the context that guards it."""
        return self.code.partition(".")[0]

    def opened_by(self, actor: Actor) -> tuple[Grant, ...]:
        """Return the grants of an actor that open it, in a fixed order; what else must be so is not asked."""
        opening = (grant for grant in actor.grants if grant.role in self.roles)
        return tuple(sorted(opening, key=lambda grant: (self.roles.index(grant.role), grant.institution_id or 0)))


permits: Announced[Permit] = Announced()
"""Every permission that contexts announced, by its code."""


def announce_permits(every: Iterable[Permit]) -> None:
    """Announce the permissions of a context."""
    for permit in every:
        permits.announce(str(permit.code), permit)
