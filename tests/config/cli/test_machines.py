"""Two machines with a web server each and a worker each, on one database and one bucket, behave as one Accord.

They share what docs/running.md says must be shared, and no more: DATABASE_URL, the secret key, the bucket. Their data
folders are apart.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import boto3
import httpx
import pytest
from tests.config.cli.conftest import ROOT, Installation

Copied = Callable[..., Installation]
KEYS = {"ACCORD_S3_KEY": "tester", "ACCORD_S3_SECRET": "only for tests", "ACCORD_S3_REGION": "us-east-1"}
PASSWORD = "correct-horse-battery"
PAPER = b"%PDF-1.7\n" + b"What both sides said on 30 September 2019. " * 3_000
JOBS = 30
ANSWERS_WITHIN = 150


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def eventually(condition: Callable[[], object], seconds: float = ANSWERS_WITHIN) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
def bucket() -> Iterator[str]:
    """Run an S3 server with a bucket; return its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            assert eventually(lambda: listens(port))
            names = {"aws_access_key_id": "tester", "aws_secret_access_key": "only for tests"}
            boto3.client("s3", endpoint_url=address, region_name="us-east-1", **names).create_bucket(Bucket="papers")
            yield address
        finally:
            server.terminate()


@dataclass(frozen=True)
class Machines:
    """Two addresses, the installation behind both, and what their logs said so far."""

    first: str
    second: str
    made: Installation
    logs: tuple[Path, ...]


@pytest.fixture
def machines(copied: Copied, bucket: str, tmp_path: Path) -> Iterator[Machines]:
    """Start two machines on one database and one bucket."""
    made = copied("machines")
    opened = made.run(
        *("account", "open", "ana@example.org", "--name", "Ana", "--role", "steward", "--password", PASSWORD)
    )
    assert opened.returncode == 0, opened.stderr
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    shared = {"DATABASE_URL": made.url, "ACCORD_SECRET_KEY": "s" * 60, "ACCORD_FILES": "s3://papers/accord", **KEYS}
    shared["ACCORD_DEBUG"] = "true"  # static files are then not compressed, which takes longest of all
    ports, running, logs = (free_port(), free_port()), [], []
    try:
        for number, port in enumerate(ports):
            folder = tmp_path / f"machine-{number}"
            shutil.copytree(made.folder, folder)  # as after a first start: nothing is left to bring up to date
            own = {"ACCORD_S3_ENDPOINT": bucket, "ACCORD_DATA_DIR": str(folder)}
            for arguments in (("serve", "--no-worker", "--processes", "1", "-p", str(port)), ("worker",)):
                log = tmp_path / f"{arguments[0]}-{number}.log"
                logs.append(log)
                command = [sys.executable, "-P", "-m", "accord", *arguments]
                with log.open("w") as told:
                    running.append(
                        subprocess.Popen(
                            command, env=kept | shared | own, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=told
                        )
                    )
        first, second = (f"http://127.0.0.1:{port}" for port in ports)
        assert eventually(lambda: answers(f"{first}/readyz") and answers(f"{second}/readyz")), logs[0].read_text()
        yield Machines(first, second, made, tuple(logs))
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(30)


def send(browser: httpx.Client, address: str, page: str = "", **what: object) -> httpx.Response:
    """Send a form of a page, as a browser does."""
    shown = browser.get(page or address, follow_redirects=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.text)
    assert token is not None, shown.text
    data = {"csrfmiddlewaretoken": token[1], **what.pop("data", {})}  # type: ignore[dict-item]
    return browser.post(address, data=data, follow_redirects=True, **what)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.enable_socket
def test_two_machines_are_one_accord(machines: Machines) -> None:
    first, second, made = machines.first, machines.second, machines.made
    queued = """INSERT INTO procrastinate_jobs (queue_name, task_name, args)
        SELECT 'default', 'accord.kernel.api.jobs.forget_api_keys', '{"timestamp": 0}' FROM generate_series(1, %d)"""
    made.execute(queued % JOBS)

    with httpx.Client(timeout=30) as browser:
        send(browser, f"{first}/sign-in/", data={"username": "ana@example.org", "password": PASSWORD})
        here, there = (browser.get(f"{one}/account/").status_code for one in (first, second))
        record = f"agreement:{made.execute('SELECT min(id) FROM agreements_agreement')[0][0]}"
        page = f"{first}/files/of/{record}/"
        send(browser, page, data={"note": ""}, files={"file": ("minutes.pdf", PAPER, "application/pdf")})
        number = made.execute("SELECT max(id) FROM files_attachment")[0][0]
        fetched = browser.get(f"{second}/files/{number}/download/", follow_redirects=True)
        jobs = browser.get(f"{second}/jobs/").text

    assert (here, there) == (200, 200)
    assert fetched.content == PAPER
    assert "2 workers answer." in jobs
    assert eventually(lambda: made.execute(f"{DONE} AND status = 'succeeded'")[0][0] >= JOBS)
    assert made.execute(STARTED_TWICE) == []
    _wrong_passwords_are_counted_together(first, second)
    assert [path for path in machines.logs if "Traceback" in path.read_text() or '"error"' in path.read_text()] == []


DONE = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%forget_api_keys'"
STARTED_TWICE = "SELECT job_id FROM procrastinate_events WHERE type = 'started' GROUP BY 1 HAVING count(*) > 1"


def _wrong_passwords_are_counted_together(first: str, second: str) -> None:
    """Ten wrong passwords, five at each machine, and both are closed to that address."""
    with httpx.Client(timeout=30) as browser:
        seen = [
            send(browser, f"{one}/sign-in/", data={"username": "li@example.org", "password": f"wrong {number}"})
            for number in range(5)
            for one in (first, second)
        ]
        after = [
            send(browser, f"{one}/sign-in/", data={"username": "li@example.org", "password": "wrong again"})
            for one in (first, second)
        ]

    told = [[page.status_code == 429 for page in pages] for pages in (seen, after)]
    assert told == [[False] * 10, [True, True]]
