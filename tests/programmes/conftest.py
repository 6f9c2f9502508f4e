"""What tests of the programmes stand on."""

import pytest
from tests.cast import Cast
from tests.programmes.scene import Scene, make_scene


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Make the programme with its call, applications and places."""
    return make_scene(cast)
