"""Pages of the work space that are worth a look; its parts have files of their own beside this one."""

from tests.browser.way import View, at
from tests.browser.world import Scene
from tests.workspace import scene as house

SITE = "/workspace/dreamworks/"


def furnish(scene: Scene) -> None:
    """Make the work space that all parts stand on, and let its people be named in views: lead, worker, operator."""
    made = house.make_scene(scene.cast, is_counted=False)
    scene.others.update(lead=made.lead, worker=made.worker, operator=made.operator)


VIEWS = [
    View("work spaces", "owner", at("/workspace/")),
    View("work spaces, none", "outsider", at("/workspace/")),
    View("work space", "lead", at(SITE)),
]
