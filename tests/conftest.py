"""What every test stands on: a database that starts by itself, no network, and a browser or a loud word."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.db import connections
from hypothesis import settings as examples
from psycopg.conninfo import conninfo_to_dict
from pytest_socket import socket_allow_hosts

from accord.config.postgres import throwaway

if TYPE_CHECKING:
    from tests.cast import Cast

THIS_MACHINE = ["127.0.0.1", "::1"]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
NO_CHROMIUM = "Browser tests were SKIPPED: no Chromium here. Run `apt install chromium`, or set CHROMIUM to its path."
FEWEST_EXAMPLES = 20
THOROUGH = "thorough"  # --hypothesis-profile thorough
examples.register_profile(THOROUGH, examples())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Point Django at a throw-away server unless DATABASE_URL names one; started only if a test needs it."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with throwaway() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", server.url)  # for commands that a test starts as processes
        parts = conninfo_to_dict(server.url)
        settings = connections["default"].settings_dict
        settings.update(HOST=parts.get("host", ""), USER=parts.get("user", ""), NAME=parts.get("dbname", "postgres"))
        yield
        connections.close_all()


def pytest_runtest_setup() -> None:
    """Let tests reach this machine alone."""
    socket_allow_hosts(THIS_MACHINE, allow_unix_socket=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser; in CI leave them to fail instead."""
    if examples.get_current_profile_name() != THOROUGH:
        _draw_fewer_examples(
            {getattr(item.obj, "__func__", item.obj) for item in items if isinstance(item, pytest.Function)}
        )
    if CHROMIUM or os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
            config.stash[skipped_browser] = True


def _draw_fewer_examples(tests: set[Callable[..., object]]) -> None:
    """Let each property be tried on a third of its examples."""
    for test in tests:
        told: examples | None = getattr(test, "_hypothesis_internal_use_settings", None)
        if told is not None and told.max_examples > FEWEST_EXAMPLES:
            fewer = examples(told, max_examples=max(FEWEST_EXAMPLES, told.max_examples // 3))
            test._hypothesis_internal_use_settings = fewer  # type: ignore[attr-defined]


skipped_browser = pytest.StashKey[bool]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say once, and loudly, that browser tests did not run."""
    if config.stash.get(skipped_browser, False):
        terminalreporter.write_line(NO_CHROMIUM, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the browser's path; a browser test without a browser fails and says what to install."""
    if not CHROMIUM:
        pytest.fail("No Chromium here. Run `apt install chromium`, or set CHROMIUM to its path.", pytrace=False)
    return Path(CHROMIUM)


@pytest.fixture
def cast(db: None) -> "Cast":
    """Make the cast that all tests share: owner, partner, executive, steward, outsider."""
    from tests.cast import CAST  # noqa: PLC0415 (models exist only once Django is set up)

    return CAST.show()


@pytest.fixture(autouse=True, scope="session")
def _quick_settings() -> None:
    """Serve static files from the source tree, collected ones being tested with the server; hash passwords quickly."""
    django_settings.WHITENOISE_AUTOREFRESH = True
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; tests store no secret
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
