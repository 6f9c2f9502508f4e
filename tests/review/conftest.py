"""What tests of the review context stand on."""

from typing import Any

import pytest
from tests.cast import make_cast
from tests.picture import Picture
from tests.review.scene import Scene, make_scene

SCENE = Picture(lambda: make_scene(make_cast()))
"""The panel as the fixture of that name hands it out: built once for each process."""


@pytest.fixture
def scene(db: None) -> Scene:
    """Make the panel with its people and items."""
    return SCENE.show()


@pytest.fixture
def plenty(settings: Any) -> None:
    """Let tests call the API as often as they like."""
    settings.API_LIMIT = 1_000_000
