"""Pages of the agreements context: clauses with later texts, a meeting with names, an agreement that was ended."""

from dataclasses import replace
from datetime import date

from tests.agreements.contracts import JOINTLY, LIABILITY, RESULTS, SOLD, read
from tests.browser.way import BOARD, View, at, send
from tests.browser.world import Scene
from tests.cast import moment

from accord.agreements import operations
from accord.agreements.models import Agreement, Engagement
from accord.agreements.operations import Guest
from accord.engines import agreementfile as engine
from accord.kernel.text import Bilingual

ENDED = "/agreements/ended/"
HELD = date(2019, 9, 12)
TITLE = Bilingual("Visit to London", "访问伦敦")


def _meeting(path: str = "") -> View:
    """Return the view of the meeting that `furnish` held."""

    def way(page: object, scene: Scene) -> None:
        at(f"{BOARD}engagements/{Engagement.objects.get(title=TITLE).pk}/{path}")(page, scene)  # type: ignore[arg-type]

    return View(f"meeting {path}".strip(" /"), "owner", way)


VIEWS = [
    View("clauses and their later texts", "owner", at(f"{ENDED}text/")),
    View("clauses, to an executive", "executive", at(f"{ENDED}text/")),
    _meeting(),
    _meeting("change/"),
    View("end the agreement", "owner", at(f"{BOARD}end/")),
    View("end the agreement, wrong", "owner", send(f"{BOARD}end/", on="2019-01-01", why_0=""), 422),
    View("end the agreement, ended before", "owner", at(f"{ENDED}end/")),
    View("next review", "owner", at(f"{BOARD}review/")),
]


def furnish(scene: Scene) -> None:
    """Bring in an agreement with amended clauses that was ended, and hold a meeting with names and minutes."""
    term = engine.Term(date(2019, 7, 1), date(2021, 6, 30), date(2020, 6, 1))
    clauses = (replace(RESULTS, amendments=(JOINTLY,)), LIABILITY)
    file = replace(read(), key="ended", clauses=clauses, term=term, notice_days=90, terminated=SOLD)
    operations.apply_file(new=file, by=scene.cast.owner.person, at=moment(HELD))
    operations.record_engagement(
        agreement=Agreement.objects.get(key="chengdu-cass"),
        kind="visit",
        title=TITLE,
        held_on=HELD,
        place=Bilingual("London", "伦敦"),
        attendees=8,
        minutes=Bilingual("Three points were agreed.\n\n1. Rooms by October.\n2. Two fellows."),
        persons=[scene.cast.partner.person.pk],
        guests=[Guest("Ada Wong", "City, University of London"), Guest("李雷")],
        by=scene.cast.owner.person,
        at=moment(HELD),
    )
