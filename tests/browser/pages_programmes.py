"""Pages of the programmes that are worth a look; their parts have files of their own beside this one."""

from tests.browser.way import View
from tests.browser.world import Scene
from tests.programmes import scene as house


def furnish(scene: Scene) -> None:
    """Make the programme that all parts stand on, and let its people be named in views."""
    made = house.make_scene(scene.cast, is_counted=False)
    scene.others.update(
        manager=made.manager,
        applicant=made.applicant,
        second=made.second,
        contact=made.bank_contact,
    )


VIEWS: list[View] = []
