"""Pages of mentors and events, of the criteria, and of utilisation with bookings in every hour."""

from datetime import date

from playwright.sync_api import Page
from tests.browser.way import View, at, go
from tests.browser.world import Scene
from tests.cast import moment
from tests.workspace import cared

from accord.workspace import models, operations

HOME = "/workspace/dreamworks/"


def _hour(page: Page, scene: Scene) -> None:
    """Open the hour that a team took."""
    session = models.MentorSession.objects.filter(subject=cared.SUBJECT).latest("starts_at")
    go(page, f"{HOME}mentor-hours/{session.pk}/")


VIEWS = [
    View("mentors and services", "operator", at(f"{HOME}care/")),
    View("hour of a mentor", "lead", _hour),
    View("criteria", "operator", at(f"{HOME}criteria/")),
    View("criterion with staff", "operator", at(f"{HOME}criteria/national/staff-ratio/")),
    View("utilisation", "lead", at(f"{HOME}utilisation/")),
]


def furnish(scene: Scene) -> None:
    """Put mentors, events, staff and money at the site, and count its teams."""
    site = models.Site.objects.get(key="dreamworks")
    cared.furnish_site(
        site, team=site.teams.get(key="lantern"), by=scene.cast.owner.person, guest=scene.others["worker"].person
    )
    for team in site.teams.all():
        operations.count_team(team=team, at=moment(date(2019, 9, 2)))
