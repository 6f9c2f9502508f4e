"""Pages of tenancies: the waiting list, an offer being made, a tenancy, a team's own space, an offer by link."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from playwright.sync_api import Page
from tests.browser.way import View, at, go
from tests.browser.world import TODAY, Scene
from tests.cast import moment

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.workspace import models, operations
from accord.workspace.enums import ANSWER_OFFER, Origin, Stage
from accord.workspace.operations import Offered

SITE = "/workspace/dreamworks/"
TOKEN = "an-offer-for-the-browser"
NOW = moment(TODAY, 0)


def furnish(scene: Scene) -> None:
    """Let one team wait with many wishes, and offer another a space that it answers by link."""
    site = models.Site.objects.get(key="dreamworks")
    by: dict[str, Any] = {"by": scene.cast.owner.person, "at": NOW}
    names = {"n-hopes": "A team with a name that goes on for quite a while", "n-offered": "Offered Ltd"}
    hopes, offered = (
        operations.register_team(
            site=site, key=key, name=Bilingual(name, ""), origin=Origin.DOMESTIC, stage=Stage.IDEA, **by
        )
        for key, name in names.items()
    )
    operations.apply_for_space(
        team=hopes,
        area_m2=Decimal(70),
        people=12,
        from_on=TODAY + timedelta(days=60),
        features=["water"],
        wished=["window"],
        note="Close to the lifts, and far from the kitchen.",
        **by,
    )
    space = models.Space.objects.get(code="L-001")
    made = operations.offer_space(
        team=offered,
        spaces=[Offered(space, 400_000, Decimal(25))],
        starts_on=TODAY + timedelta(days=400),
        ends_on=TODAY + timedelta(days=800),
        answer_by_on=TODAY + timedelta(days=9),
        number="T-BROWSER",
        deposit_minor=800_000,
        **by,
    )
    people.make_link(
        person=scene.cast.owner.person,
        purpose=ANSWER_OFFER,
        record=f"tenancy:{made.pk}",
        expires_at=NOW + timedelta(days=9),
        token=TOKEN,
        **by,
    )


def _offer(page: Page, _scene: Scene) -> None:
    go(page, f"{SITE}waiting/{models.Application.objects.get(team__key='n-hopes').pk}/offer/")


def _tenancy(page: Page, _scene: Scene) -> None:
    go(page, f"{SITE}tenancies/{models.Tenancy.objects.get(number='T-BROWSER').pk}/")


VIEWS = [
    View("waiting list", "owner", at(f"{SITE}waiting/")),
    View("an offer being made", "owner", _offer),
    View("tenancy", "owner", _tenancy),
    View("own space", "owner", at(f"{SITE}teams/n-hopes/space/")),
    View("offer by link", "", at(f"/workspace/answer/{TOKEN}/")),
]
