"""Who may do what with people's data, and the clock of requests."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.people.enums import Role
from accord.privacy.enums import Level, Permission

DAYS_TO_ANSWER = 30
"""GDPR, Article 12: one month. PIPL, Article 50, names no number of days; its practice does not take longer."""

WARN_AT_PERCENT = 80


def may_see_own(actor: Actor) -> bool:
    """Say whether the actor may see what is kept of them, and agree and withdraw: everybody, in their own name."""
    return not actor.is_nobody and actor.for_person is None


def may_ask(actor: Actor) -> bool:
    """Say whether the actor may ask something of their own data: everybody, in their own name."""
    return may_see_own(actor)


def may_decide(actor: Actor) -> bool:
    """Say whether the actor may see and answer requests: stewards, not by standing in; never their own."""
    return actor.for_person is None and actor.holds(Role.STEWARD)


def may_keep_transfers(actor: Actor) -> bool:
    """Say whether the actor may see and keep the register of transfers abroad: stewards."""
    return actor.holds(Role.STEWARD)


def may_see_register(actor: Actor) -> bool:
    """Say whether the actor may see what Accord does with personal data: everybody who is signed in."""
    return not actor.is_nobody


def due_on(received: date) -> date:
    """Return the day until which a request is answered."""
    return received + timedelta(days=DAYS_TO_ANSWER)


def level_of(people: int, threshold: int) -> Level:
    """Say how near a count comes to a threshold; exactly 80 % is near, exactly the threshold is reached."""
    if people >= threshold:
        return Level.OVER
    return Level.NEAR if people * 100 >= threshold * WARN_AT_PERCENT else Level.BELOW


PERMITS = (
    Permit(
        Permission.SEE_OWN,
        may_see_own,
        name=_("See what is kept of oneself, agree and withdraw, have a copy"),
        who=_("Everybody who is signed in, in their own name."),
        why=_("It is their data; nobody who stands in for them sees it or decides on it."),
        anyone=True,
    ),
    Permit(
        Permission.ASK,
        may_ask,
        name=_("Ask something of one's data"),
        who=_("Everybody who is signed in, in their own name."),
        why=_("To see, correct, erase, restrict, object and take along is everybody's right."),
        anyone=True,
    ),
    Permit(
        Permission.DECIDE,
        may_decide,
        name=_("Answer what people ask of their data"),
        who=_("Stewards, themselves and not by standing in; never their own request."),
        why=_("An erasure cannot be undone, so a person decides who answers for the whole installation."),
        roles=(Role.STEWARD,),
    ),
    Permit(
        Permission.KEEP_TRANSFERS,
        may_keep_transfers,
        name=_("Keep the register of transfers abroad"),
        who=_("Stewards."),
        why=_("Contracts and thresholds hold for the whole installation."),
        roles=(Role.STEWARD,),
    ),
    Permit(
        Permission.SEE_REGISTER,
        may_see_register,
        name=_("See what Accord does with personal data"),
        who=_("Everybody who is signed in."),
        why=_("What is done with whose data is no secret."),
        anyone=True,
    ),
)
"""Each permission in words, for the page that shows who may do what."""

RULES = {permit.code: permit.rule for permit in PERMITS}
"""Which predicate decides each permission."""
