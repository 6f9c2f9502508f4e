"""A worker is killed between write and delivery: another one sends each message once."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from tests.cast import make_cast
from tests.outbox.conftest import tell
from tests.outbox.sinks import MailSink, mail_sink, web_sink

from accord.outbox import operations
from accord.outbox.enums import Channel, DeliveryState
from accord.outbox.models import Delivery
from accord.outbox.operations._nudge import nudge

ROOT = Path(__file__).parents[2]
LETTERS = 4
KNOWN = "measures.evidence-entered"  # the worker knows what contexts announce, not what tests do
PATIENCE = 240.0


@contextmanager
def worker(folder: Path, mail_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker on the test's database until the block ends."""
    parts = connection.get_connection_params()
    url = f"postgresql://{parts.get('user', '')}@/{parts['dbname']}?host={parts['host']}&port={parts.get('port', 5432)}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "ACCORD_DATA_DIR": str(folder),
        "ACCORD_MAIL_SERVER": f"smtp://127.0.0.1:{mail_port}",
        "ACCORD_MAIL_TLS": "false",
        "ACCORD_WEBHOOK_LOOPBACK": "true",
        "DJANGO_SETTINGS_MODULE": "accord.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    log = (folder / "worker.log").open("ab")
    command = [sys.executable, str(Path(__file__).with_name("worker.py"))]
    with log, subprocess.Popen(command, env=environment, stdout=log, stderr=log) as running:
        try:
            yield running
        finally:
            running.kill()


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def write(sink: MailSink, url: str) -> None:
    """Write letters and one event, as the rest of Accord does."""
    cast = make_cast()
    now = datetime.now(UTC)
    operations.add_endpoint(
        institution_id=cast.ours.institution_id,
        name="Register",
        url=url,
        topics=[KNOWN],
        mark=uuid4(),
        caution=operations.Caution(loopback=True),
        by=cast.owner.person,
        at=now,
    )
    for number in range(LETTERS):
        tell(cast.owner.person, topic=KNOWN, key=f"k{number}", at=now)
    operations.announce_event(topic=KNOWN, data={}, institutions=[cast.ours.institution_id], key="e1", at=now)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_worker_sends_each_message_once(tmp_path: Path) -> None:
    met, go_on = threading.Event(), threading.Event()
    with mail_sink() as mails, web_sink() as posts:

        def stall() -> None:
            met.set()
            go_on.wait(PATIENCE)

        mails.before_greeting = stall
        write(mails, posts.url)
        with worker(tmp_path, mails.port) as first:
            assert met.wait(PATIENCE), "the worker never came to the mail server"
            until(lambda: Delivery.objects.filter(state=DeliveryState.SENDING).exists())
            os.kill(first.pid, signal.SIGKILL)
        go_on.set()
        assert mails.mails == []
        past = datetime.now(UTC) - timedelta(seconds=1)
        Delivery.objects.filter(state=DeliveryState.SENDING).update(claimed_until_at=past)  # as if minutes had passed
        nudge(Channel.MAIL, Channel.WEBHOOK)
        with worker(tmp_path, mails.port):
            until(lambda: set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT})

    assert Counter(Counter(mail["Message-ID"] for mail in mails.mails).values()) == {1: LETTERS}
    assert len({post.headers["webhook-id"] for post in posts.posts}) == 1
