"""What an installation stands on is asked, thoroughly where one wants: storage, files, letters, mail, providers."""

import hashlib
import http.server
import io
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from accord.config import services
from accord.config.providers import Provider
from accord.kernel.store import FolderStore

pytestmark = pytest.mark.django_db
CONTENT = b"minutes"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """Have a file in a folder, and its row."""
    kept = FolderStore(tmp_path / "files")
    kept.keep(DIGEST, io.BytesIO(CONTENT))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO files_blob (digest, size, kind, kept_at) VALUES (%s, %s, 'text', now())",
            [DIGEST, len(CONTENT)],
        )
    return kept


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_storage_is_tried_out_and_nothing_is_left(store: FolderStore) -> None:
    found = services.storage(store, thorough=True)

    assert (found.ok, found.what) == (True, "a file was kept and dropped")
    assert [path.name for path in store.folder.glob("*/*/*")] == [DIGEST]


def test_storage_that_cannot_be_written_says_how_to_mend_it() -> None:
    found = services.storage(FolderStore(Path("/proc/self/files")), thorough=False)

    assert (found.ok, found.what) == (False, "cannot be written")
    assert "ACCORD_FILES" in found.mend


@pytest.mark.parametrize("thorough", [True, False])
def test_missing_file_is_named(store: FolderStore, thorough: bool) -> None:
    well = services.files(store, thorough=thorough)
    store.drop(DIGEST)
    ill = services.files(store, thorough=thorough)

    assert (well.ok, ill.ok, ill.what) == (True, False, f"{DIGEST[:12]} is missing")


def test_changed_file_is_found_where_every_file_is_read(store: FolderStore) -> None:
    store.path(DIGEST).write_bytes(b"changed")

    assert services.files(store, thorough=False).ok
    assert services.files(store, thorough=True).what == f"{DIGEST[:12]} is not what was kept"


@pytest.mark.parametrize(
    ("host", "hours", "ok"), [("mail.example.org", 2, False), ("mail.example.org", 0, True), ("", 2, True)]
)
def test_letters_that_are_late_are_found_where_mail_leaves(settings: Any, host: str, hours: int, ok: bool) -> None:
    settings.EMAIL_HOST = host
    execute(
        """INSERT INTO outbox_message (key, kind, topic, record, url, subject, body, data, created_at)
           VALUES ('a', 'notice', '', '', '', '{}', '{}', '{}', now())"""
    )
    execute(
        """INSERT INTO outbox_delivery (message_id, channel, address, pace, state, due_at, next_at, tries, last_error)
           SELECT id, 'mail', 'a@example.org', 'at_once', 'queued', now(), now() - make_interval(hours => %s), 0, ''
           FROM outbox_message""",
        hours,
    )

    assert services.outbox().ok is ok


@pytest.mark.parametrize(
    ("host", "https", "site", "ok"),
    [
        ("", False, "http://localhost:8000", True),
        ("mail.example.org", False, "http://localhost:8000", False),
        ("", True, "http://127.0.0.1:8000", False),
        ("mail.example.org", True, "https://accord.example.org", True),
    ],
)
def test_links_in_letters_lead_somewhere(settings: Any, host: str, https: bool, site: str, ok: bool) -> None:
    settings.EMAIL_HOST, settings.SECURE_SSL_REDIRECT, settings.SITE_ADDRESS = host, https, site

    assert services.addresses().ok is ok


class Greets(socketserver.StreamRequestHandler):
    """A mail server that says what a mail server says and takes no mail."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 well\r\n")


class Describes(http.server.BaseHTTPRequestHandler):
    """An identity provider with a description, and nothing else."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path.startswith("/.well-known/") else 404)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[int]:
    """Have a server of the kind that the test names; return its port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), request.param) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.mark.parametrize("served", [Greets], indirect=True)
def test_mail_server_is_greeted(settings: Any, served: int) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", served
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""

    assert services.mail_server().what == f"127.0.0.1:{served} takes mail"


def test_mail_server_that_is_not_there_is_told_without_the_password(settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    settings.EMAIL_HOST_PASSWORD = "planted"

    found = services.mail_server()

    assert (found.ok, found.what) == (False, "127.0.0.1:1 does not take us: ConnectionRefusedError")


@pytest.mark.parametrize("served", [Describes], indirect=True)
def test_provider_is_asked_for_its_description(served: int) -> None:
    here = f"http://127.0.0.1:{served}"
    listed = (
        Provider("uni", "oidc", {}, here, newcomers=False, app={}),
        Provider("campus", "cas", {}, f"{here}/cas/", newcomers=False, app={}),
        Provider("gone", "oidc", {}, "http://127.0.0.1:1", newcomers=False, app={}),
    )

    found = services.identity_providers(listed)

    assert services.identity_providers(listed[:1]).what == "all 1 providers answer"
    assert (found.ok, found.what) == (
        False,
        "campus does not answer: HTTP 404; gone does not answer: NewConnectionError",
    )
