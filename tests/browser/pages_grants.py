"""Pages of roles, rights, standing in, tokens and saved views, in the states that are worth a look."""

from datetime import timedelta

from tests.browser.way import View, at, send
from tests.browser.world import TODAY, Scene
from tests.cast import moment

from accord.kernel import secret
from accord.people import operations as people

MEETINGS = "/agreements/chengdu-cass/engagements/"
MONTH = timedelta(days=30)

VIEWS = [
    View("roles", "owner", at("/roles/")),
    View("grant a role, wrong", "steward", send("/roles/new/", person="nobody", starts_on=""), 422),
    View("who may do what", "executive", at("/permissions/")),
    View("what one person may", "steward", at("/permissions/of/owner/?context=measures")),
    View("standing in", "owner", at("/standing-in/")),
    View("let somebody stand in, wrong", "owner", send("/standing-in/new/", taker="nobody"), 422),
    View("list with a saved view", "owner", at(f"{MEETINGS}?kind=visit")),
    View("saved views", "owner", at("/views/")),
    View("tokens", "owner", at("/tokens/")),
    View("token made", "partner", send("/tokens/new/", name="Nightly export")),
]


def furnish(scene: Scene) -> None:
    """Let the executive stand in for the owner; keep a token and two views."""
    owner, helper = scene.cast.owner.person, scene.cast.executive.person
    people.delegate(to=helper, starts_on=TODAY, ends_on=TODAY + MONTH, reason="Visit to London", by=owner)
    for name, query in (("Visits only", "kind=visit"), ("Newest first", "sort=-held_on")):
        people.save_view(by=owner, name=name, path=MEETINGS, query=query)
    people.make_token(
        by=owner,
        name="Nightly export",
        scopes=["read"],
        expires_at=moment(TODAY) + MONTH,
        secret=secret.new_access_token(),
        at=moment(TODAY),
    )
