"""One walk over every door for all tests that look at it; it leaves nothing in the database."""

import gc
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from tests.house.walking import Walk

from accord.kernel.store import FolderStore

MANY = 50_000
KEPT = "accord.config.mail.KeptMail"
"""The installation's own way of sending mail, in place of the one that Django's test runner puts there."""


@pytest.fixture(scope="session")
def walk(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Build the stage, go to every door as every role, and take everything back."""
    from tests.house.outlets import walk_everywhere  # noqa: PLC0415 (models exist only once Django is set up)

    files = FolderStore(tmp_path_factory.mktemp("files"))
    gc.collect()
    gc.freeze()  # what is loaded stays loaded; to look through it again and again is a tenth of the walk
    usual = gc.get_threshold()
    gc.set_threshold(MANY, *usual[1:])
    try:
        with django_db_blocker.unblock(), override_settings(FILE_STORE=files, API_LIMIT=1_000_000, EMAIL_BACKEND=KEPT):
            return _taken_back(walk_everywhere)
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let whoever looks at the walk come first and together, so that of several processes one walks, and early."""
    items.sort(key=lambda item: "walk" not in getattr(item, "fixturenames", ()))


def _taken_back(do: Callable[[], Walk]) -> Walk:
    """Do something in a transaction of which nothing stays."""
    with transaction.atomic():
        done = do()
        transaction.set_rollback(True)
    return done
