"""A small demo world, built anew for each test that asks for it; and one of scale 1 that `test_world` shares."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.cast import moment

from accord.demo.operations import build_world
from accord.kernel.models import World
from accord.kernel.store import FolderStore
from accord.kernel.trace import at_work

DAY = date(2019, 9, 30)
SITE = "http://localhost:8000"
PAPERS = FolderStore(Path(tempfile.gettempdir()) / "accord-demo-tests")
Build = Callable[..., World]


def built(
    *,
    seed: int = 2019,
    scale: float = 0.01,
    as_of: date = DAY,
    on_progress: Callable[[str], None] = lambda _line: None,
) -> World:
    """Build a world, by default of the smallest scale."""
    with at_work(command="demo"):
        return build_world(
            seed=seed,
            scale=scale,
            as_of=as_of,
            at=moment(as_of, 12),
            store=PAPERS,
            site=SITE,
            on_progress=on_progress,
        )


@pytest.fixture
def build(db: None) -> Build:
    """Return how to build a world; parameters may be given."""
    return built


@pytest.fixture(scope="module")
def shared_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Build the world of scale 1 once for all tests of a module, which read it; take it back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built(scale=1)
        transaction.set_rollback(True)


@pytest.fixture
def world(shared_world: World, db: None) -> World:
    """Return the shared world; what a test writes is taken back."""
    return shared_world
