"""What tests of the programmes stand on."""

from typing import Any

import pytest
from tests.cast import Cast
from tests.programmes.scene import Scene, make_scene


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """Make the programme with its call, applications and places."""
    return make_scene(cast)


@pytest.fixture
def plenty(settings: Any) -> None:
    """Let tests call the API as often as they like."""
    settings.API_LIMIT = 1_000_000
