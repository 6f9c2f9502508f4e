"""The world that the walks over every door go through: the cast, each with a door key, and rows of every kind."""

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from allauth.account.internal.flows import login as proofs
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from tests.access import ROLES, Probe
from tests.cast import Cast, Member, apply_example, make_cast, member, moment

from accord.agreements import operations as agreements
from accord.kernel.models import World
from accord.measures import operations as measures
from accord.measures.models import Evidence
from accord.people import operations as people
from accord.people.enums import ACTING_FOR, Role

TODAY = date(2019, 9, 30)
NOW = moment(TODAY, 0)  # the demo's clock reads the real hour, which may be the first
PROMISE = "resident-teams"
TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class Private:
    """Words that only some roles may come to see, wherever they look."""

    name: str
    words: str
    seen_by: frozenset[str]


@dataclass
class Stage:
    """Who is there, what the contexts put there (`rows`, by a name), and what must stay hidden.

    `secrets` open something and stand nowhere; `private` words stand where only some may read.
    """

    cast: Cast
    deputy: Member
    waiting: Evidence
    confirmed: Evidence
    rows: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    private: list[Private] = field(default_factory=list)

    def hide(self, name: str, secret: str) -> None:
        """Note a secret that must be found nowhere."""
        self.secrets[name] = secret

    def keep_private(self, name: str, words: str, *seen_by: str) -> str:
        """Note words that only these roles may see; return them."""
        self.private.append(Private(name, words, frozenset(seen_by)))
        return words

    def session(self, role: str) -> str:
        """Return the session of a role; none for a visitor."""
        return "" if role == "visitor" else str(self.member(role).client.cookies[settings.SESSION_COOKIE_NAME].value)

    def member(self, role: str) -> Member:
        """Return who plays a role."""
        found: Member = self.deputy if role == "deputy" else getattr(self.cast, role)
        return found


def parts() -> list[ModuleType]:
    """Return what each context says of its doors."""
    found = sorted(TESTS.glob("*/access*.py"))
    return [import_module(f"tests.{path.parent.name}.{path.stem}") for path in found]


def probes() -> list[Probe]:
    """Return every probe of every context."""
    return [probe for part in parts() for probe in part.PROBES]


def build_stage() -> Stage:
    """Make the world; needs an empty database."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=7, scale=1.0, built_at=NOW)
    cast = make_cast()
    apply_example("zju-ant")
    waiting = cast.record(PROMISE, 6, date(2019, 9, 24))
    confirmed = cast.record(PROMISE, 9, date(2019, 8, 21), confirmed=moment(date(2019, 8, 23)))
    measures.take_snapshots(week_on=date(2019, 9, 23), at=moment(date(2019, 9, 23), 3))
    agreements.set_public(agreement=cast.agreement, public=True, by=cast.owner.person, at=NOW)
    cast.agreement.refresh_from_db()
    stage = Stage(cast, _stand_in(cast), waiting, confirmed)
    for part in parts():
        if hasattr(part, "furnish"):
            part.furnish(stage)
    for role in ROLES:
        if role != "visitor":
            _just_proved(stage.member(role))
    return stage


def _stand_in(cast: Cast) -> Member:
    """Make an executive of our side who stands in for the owner, and begins to act for them."""
    deputy = member("deputy", Role.EXECUTIVE, cast.ours.institution)
    given = people.delegate(
        to=deputy.person, starts_on=TODAY, ends_on=TODAY + timedelta(days=9), reason="Visit", by=cast.owner.person
    )
    session = deputy.client.session
    session[ACTING_FOR] = given.pk
    session.save()
    return deputy


def _just_proved(who: Member) -> None:
    """Let somebody have proved a moment ago that it is really them, as pages of the account ask."""
    session = who.client.session
    session[proofs.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session[proofs._AUTHENTICATION_METHODS_USER_SESSION_KEY] = session[SESSION_KEY]
    session.save()
