"""What tests of the work space stand on."""

import pytest
from tests.cast import Cast
from tests.workspace.scene import Scene, make_scene


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Make the work space with its teams."""
    return make_scene(cast)
