"""Pages of signing in, of one's own account and of invitations."""

from datetime import timedelta

from playwright.sync_api import Page
from tests.browser.way import View, Way, at, go, send
from tests.browser.world import TODAY, Scene
from tests.cast import PASSWORD, moment

from accord.people import operations as people
from accord.people.enums import Role
from accord.people.models import Invitation

OPEN, ENDED = "an-open-invitation", "an-invitation-that-ended"


def confirmed(path: str) -> Way:
    """Return the way to a page that first asks whether it is really you, unless it asked a moment ago."""

    def way(page: Page, _scene: Scene) -> None:
        page.goto(path)
        if not page.locator("main [name=password]").count():
            return
        page.locator("main [name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main form[method=post] .submit button").first.click()

    return way


def sent(page: Page, _scene: Scene) -> None:
    """Open an invitation as who sent it sees it."""
    go(page, f"/invitations/{Invitation.objects.get(email='ended@example.org').pk}/")


VIEWS = [
    View("forgotten password", "", at("/sign-in/forgotten/")),
    View("look into your mail", "", at("/sign-in/forgotten/sent/")),
    View("link to a password that ended", "", at("/new-password/1-ended/")),
    View("how to get an account", "", at("/sign-in/how-to-join/")),
    View("provider cancelled", "", at("/sign-in/cancelled/")),
    View("account", "owner", at("/account/")),
    View("account settings", "owner", at("/account/settings/")),
    View("sessions", "owner", at("/account/sessions/")),
    View("change the address", "owner", at("/account/address/")),
    View("change the password, wrong", "owner", send("/account/password/", oldpassword="x", password1="y"), 422),
    View("confirm that it is you", "owner", at("/account/passkeys/new/")),
    View("set up an app", "partner", confirmed("/account/app/")),
    View("passkeys, none", "owner", at("/account/passkeys/")),
    View("identities, none", "owner", at("/account/identities/")),
    View("invitations", "owner", at("/invitations/")),
    View("invite", "steward", at("/invitations/new/")),
    View("invite, not allowed", "executive", at("/invitations/new/"), 403),
    View("invitation, sent", "owner", sent),
    View("invitation", "", at(f"/invitation/{OPEN}/")),
    View("invitation, wrong", "", send(f"/invitation/{OPEN}/", password="short"), 422),
    View("invitation for somebody else", "outsider", at(f"/invitation/{OPEN}/")),
    View("invitation, ended", "", at(f"/invitation/{ENDED}/"), 410),
]


def furnish(scene: Scene) -> None:
    """Invite two people, one of them too long ago."""
    now = moment(TODAY, 0)
    cast = scene.cast
    for token, email, at_ in ((OPEN, "open@example.org", now), (ENDED, "ended@example.org", now - timedelta(days=20))):
        people.invite(
            email=email,
            role=Role.EXECUTIVE,
            institution=cast.ours.institution,
            language="",
            token=token,
            url=f"https://accord.example/invitation/{token}/",
            by=cast.owner.person,
            at=at_,
        )
