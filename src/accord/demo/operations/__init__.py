"""Builds the demo world: announced agreements as quoted, everything delivered simulated and marked so.

Refused
├── RealInstallation    the database holds data that no demo made
├── AnotherWorld        the database holds a demo with other parameters
├── DayTooEarly         the demo's day lies before the announcements
└── AgreementMissing    an agreement file is not there or cannot be read
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accord.agreements import operations as agreements
from accord.agreements.queries import Agreement
from accord.demo.operations._access import Doors
from accord.demo.operations._agreements import SAMPLE, AgreementMissing, Signed, bring_in
from accord.demo.operations._cast import OPERATOR, TEAM_LEAD, give_roles, make_cast, officers
from accord.demo.operations._deliver import Register, enter
from accord.demo.operations._directory import add_houses, fill_directory
from accord.demo.operations._history import hear_opinions, hold_meetings, look_back, look_on
from accord.demo.operations._negotiations import Negotiations
from accord.demo.operations._privacy import Privacy
from accord.demo.operations._programmes import Programmes
from accord.demo.operations._programmes_life import UnderWay
from accord.demo.operations._services import Services
from accord.demo.operations._workspace import WorkSpace
from accord.demo.operations._workspace_life import Life
from accord.demo.queries import holds_anything
from accord.demo.simulation import simulate
from accord.demo.stories import OPENED, SCENES, STORIES
from accord.kernel.models import World
from accord.kernel.refused import Refused
from accord.kernel.store import Store
from accord.people.queries import Person

__all__ = ["AgreementMissing", "AnotherWorld", "DayTooEarly", "RealInstallation", "build_world"]

EXAMPLES = Path(__file__).resolve().parents[4] / "examples" / "agreements"
DREAMWORKS = "chengdu-cass"
LOCK = 7_203_417_802


class RealInstallation(Refused):
    """The database holds data that no demo made."""

    code = "real-installation"
    status = 409


class AnotherWorld(Refused):
    """The database holds a demo world with other parameters."""

    code = "another-world"
    status = 409


class DayTooEarly(Refused):
    """The demo's day lies before what the announcements state."""

    code = "day-too-early"


@transaction.atomic
def build_world(
    *,
    seed: int,
    scale: float,
    as_of: date,
    at: datetime,
    store: Store,
    site: str,
    on_progress: Callable[[str], None],
    agreements_folder: Path = EXAMPLES,
) -> World:
    """Build the demo world in one transaction; the same parameters again change nothing.

    `as_of` is the demo's today, `scale` multiplies the number of entries and leaves the totals; `store` keeps the
    papers and `site` is the address that letters name. Raises the refusals above and then leaves the database as it
    was.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    held = World.current()
    if held.is_demo:
        return _same(held, seed=seed, scale=scale, as_of=as_of)
    _refuse_early(as_of)
    world = World.objects.create(is_demo=True, demo_day=as_of, seed=seed, scale=scale, built_at=at)
    cast = make_cast()
    signed = _fill(world, cast, agreements_folder, at=at, on_progress=on_progress)
    _surround(world, cast, signed, store, site=site, on_progress=on_progress)
    return world


def _same(held: World, *, seed: int, scale: float, as_of: date) -> World:
    """Return the world that is there if it is the one that is wanted."""
    if (held.seed, held.scale, held.demo_day) != (seed, scale, as_of):
        raise AnotherWorld(
            _("This database holds the demo world of %(day)s (seed %(seed)s, scale %(scale)s), and only that one.")
            % {"day": held.demo_day, "seed": held.seed, "scale": held.scale}
        )
    return held


def _refuse_early(as_of: date) -> None:
    """Refuse before anything is written."""
    if holds_anything():
        raise RealInstallation(_("This database holds the data of a real installation. A demo needs its own."))
    earliest = max(OPENED.values())
    if as_of <= earliest:
        raise DayTooEarly(_("The demo's day must be later than %(day)s.") % {"day": earliest}, field="as_of")


def _fill(
    world: World, cast: dict[str, Person], folder: Path, *, at: datetime, on_progress: Callable[[str], None]
) -> dict[str, Signed]:
    """Make the agreements, what is delivered for them and what was foreseen."""
    as_of = at.date()
    on_progress("Agreements and people")
    sides, steward = officers(cast), cast["demo-steward"]
    add_houses(by=steward)
    signed = bring_in(folder, by=steward)
    give_roles(cast)
    agreements.set_public(agreement=signed[SAMPLE].agreement, public=True, by=steward, at=at)
    hold_meetings(signed, sides, as_of)
    on_progress("Work space")
    _run_work_space(world, signed[DREAMWORKS].agreement, cast, as_of)
    on_progress("Programmes")
    running = {key: one.agreement for key, one in signed.items()}
    ran = Programmes(running, cast, seed=world.seed or 0, scale=world.scale or 1, as_of=as_of).run()
    UnderWay(ran, cast, seed=world.seed or 0, as_of=as_of).go_on()
    on_progress("Deliveries")
    deliveries = simulate(STORIES, SCENES, seed=world.seed or 0, scale=world.scale or 1, as_of=as_of, known_from=OPENED)
    enter(deliveries, Register(signed, sides), on_progress=on_progress)
    look_back(signed, as_of, on_progress=on_progress)
    hear_opinions(signed, cast, as_of)
    return signed


def _run_work_space(world: World, agreement: Agreement, cast: dict[str, Person], as_of: date) -> None:
    """Open the work space of the Chengdu agreement and let it live until the demo's day."""
    seed, scale, operator = world.seed or 0, world.scale or 1, cast[OPERATOR]
    space = WorkSpace(agreement, operator, cast[TEAM_LEAD], seed=seed, scale=scale, as_of=as_of)
    Life(space.open(), operator, seed=seed, scale=scale, as_of=as_of).go_on()


def _surround(
    world: World,
    cast: dict[str, Person],
    signed: dict[str, Signed],
    store: Store,
    *,
    site: str,
    on_progress: Callable[[str], None],
) -> None:
    """Make the people around the invented agreement, what they negotiate, and what reaches them."""
    as_of, seed = world.demo_day or date.max, world.seed or 0
    on_progress("Directory")
    directory = fill_directory(seed=seed, as_of=as_of, by=cast["demo-steward"])
    Doors(cast, directory, seed=seed, site=site, as_of=as_of).open()
    on_progress("Negotiations")
    speakers = officers(cast)
    talks = Negotiations(signed[SAMPLE], directory, speakers, as_of).hold()
    look_on(talks.scholarships, as_of)
    Privacy(directory, cast, as_of).tell()
    Services(speakers, directory, as_of).surround(store, signed[SAMPLE].agreement, talks)
