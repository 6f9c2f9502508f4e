"""Starts the web server and the worker on an open database, and tells when they answer."""

import hashlib
import http.client
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from accord.config import env, supervisor
from accord.config.cli._opening import Database, set_up_django
from accord.config.cli._talk import Talk

STATIC_STAMP = "static.json"
FIGURES = "PROMETHEUS_MULTIPROC_DIR"
SOURCE = Path(__file__).resolve().parents[2]
ASK_EVERY, ASK_FOR = 0.1, 60.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - names what people may choose, binds nothing


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens, and how many processes answer."""

    host: str
    port: int
    processes: int
    with_worker: bool = True

    @property
    def url(self) -> str:
        """Return the address that a browser on this machine opens."""
        host = EVERYWHERE.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def collect_static_files(database: Database, talk: Talk) -> None:
    """Collect the static files if any changed since the last time."""
    folder = database.place.folder
    found = _fingerprint()
    if _kept(folder) == found and (folder / "static").is_dir():
        return
    with talk.step("Static files"):
        set_up_django()
        from accord.config.cli.ready import statics  # noqa: PLC0415 - loads Django, which most starts skip

        statics.collect()
    draft = folder / f"{STATIC_STAMP}.{os.getpid()}"
    draft.write_text(json.dumps(found), encoding="utf-8")
    draft.replace(folder / STATIC_STAMP)


def _fingerprint() -> str:
    """Return a digest of the static files and of how they are kept."""
    found = hashlib.sha256(str(env.boolean("ACCORD_DEBUG", default=False)).encode())
    for path in sorted(SOURCE.glob("*/static/**/*")):
        if path.is_file():
            found.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _kept(folder: Path) -> str:
    """Return the digest of the files that were collected last, empty where none were."""
    try:
        return str(json.loads((folder / STATIC_STAMP).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return ""


def serve(database: Database, address: Address, talk: Talk, *, when_up: Callable[[], None]) -> int:
    """Run server and worker until a signal comes; `when_up` is called once the server answers."""
    threading.Thread(target=_tell_when_up, args=(address, when_up, talk), daemon=True).start()
    return supervisor.run(
        _children(address, _folder_for_figures(database.place.folder, address.port)),
        watch=database.server.ensure if database.server else None,
        say=talk.say,
    )


def _folder_for_figures(folder: Path, port: int) -> Path:
    """Return an empty folder in which the processes that answer requests count together, for `/metrics`."""
    figures = folder / "metrics" / str(port)
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir(parents=True)
    return figures


def _children(address: Address, figures: Path) -> list[supervisor.Child]:
    """Return the command lines of the server and the worker."""
    server = [
        *(sys.executable, "-P", "-m", "granian", "accord.config.wsgi:application"),
        *("--interface", "wsgi", "--host", address.host, "--port", str(address.port)),
        *("--workers", str(address.processes), "--blocking-threads", "2", "--backlog", "1024"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--no-ws", "--log-level", "error"),
        *("--no-access-log", "--log-config", str(SOURCE / "config" / "granian.json")),  # theirs would hold addresses
    ]
    worker = [sys.executable, "-P", "-m", "accord", "worker", "--quiet"]
    children = [supervisor.Child("web server", server, {**os.environ, FIGURES: str(figures)})]
    return [*children, supervisor.Child("worker", worker)] if address.with_worker else children


def _tell_when_up(address: Address, when_up: Callable[[], None], talk: Talk) -> None:
    """Wait until the server answers a request, then say so; after a minute, say that it does not."""
    began = time.monotonic()
    while time.monotonic() < began + ASK_FOR:
        if _answers(address):
            talk.done("Server and worker" if address.with_worker else "Server", began)
            when_up()
            return
        time.sleep(ASK_EVERY)
    talk.say(f"The server has not answered at {address.url} for a minute; it is still being tried.")


def _answers(address: Address) -> bool:
    """Say whether the server answers at all; what it answers is its own matter."""
    connection = http.client.HTTPConnection(EVERYWHERE.get(address.host, address.host), address.port, timeout=ASK_FOR)
    try:
        connection.request("GET", "/healthz")
        return bool(connection.getresponse().status)
    except (TimeoutError, OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
