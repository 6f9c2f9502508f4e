"""Runs the comparison: ``python -m benchmarks.api [--json] [--quick]``."""

import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import django

from accord.config import env
from accord.config.postgres import throwaway
from benchmarks._form import Line, Options, emit, options

BENCH = "api"
KEY = "bench"
MEETING = {"kind": "visit", "title": {"en": "A visit"}, "held_on": "2019-09-20", "attendees": 12}
PER_SECOND = "requests/s"
CREATED = 201


def main() -> None:
    """Will fill a throw-away database, serve it, time the API beside bare views, and print the lines."""
    asked = options(BENCH, "List, detail and create by API, against bare Django views that replay the same SQL.")
    with tempfile.TemporaryDirectory() as folder, throwaway() as server:
        os.environ["ACCORD_API_LIMIT"] = "1000000"
        os.environ["ACCORD_DEBUG"] = "true"  # static files need no collecting; no page is timed
        os.environ["ACCORD_LOG_LEVEL"] = "warning"  # a line for each request would be most of what is printed
        env.use(data_dir=Path(folder), database_url=server.url)
        django.setup()
        token, number = _filled()
        emit(_lines(asked, token, number), as_json=asked.json)


def _filled() -> tuple[str, int]:
    """Have tables, an agreement with 200 meetings and an officer's token; return it and a meeting's number."""
    from django.core.management import call_command  # noqa: PLC0415 (models exist only once Django is set up)

    from accord.agreements import operations as agreements  # noqa: PLC0415 (as above)
    from accord.engines import agreementfile  # noqa: PLC0415 (as above)
    from accord.kernel.secret import new_access_token  # noqa: PLC0415 (as above)
    from accord.kernel.text import Bilingual  # noqa: PLC0415 (as above)
    from accord.people import operations as people  # noqa: PLC0415 (as above)

    call_command("migrate", verbosity=0)
    text = Path("examples/agreements/chengdu-cass.yaml").read_text(encoding="utf-8")
    reading = agreementfile.read(text.replace("agreement: chengdu-cass", f"agreement: {KEY}"), measures=None)
    now = datetime.now(UTC)
    if reading.agreement is None:
        raise SystemExit("The example agreement cannot be read.")
    agreement = agreements.apply_file(new=reading.agreement, by=None, at=now).agreement
    person = people.register_person(key="officer", name=Bilingual("Officer"))
    people.open_account(person=person, email="officer@example.org", password=None)
    institution = agreement.parties.select_related("institution")[0].institution
    people.grant_role(person=person, role="officer", institution=institution, starts_on=date(2010, 1, 1))
    meetings = [
        agreements.record_engagement(
            agreement=agreement,
            kind="visit",
            title=Bilingual(f"Meeting {count}"),
            held_on=date(2019, 1, 1) + timedelta(days=count),
            place=Bilingual(),
            attendees=5,
            by=person,
            at=now,
        )
        for count in range(200)
    ]
    secret = new_access_token()
    people.make_token(
        by=person, name="bench", scopes=("read", "write"), expires_at=now + timedelta(days=1), secret=secret, at=now
    )
    return secret, meetings[0].pk


def _lines(asked: Options, token: str, number: int) -> Iterator[Line]:
    """Yield the lines: each case with one connection and with eight."""
    from django.conf import settings  # noqa: PLC0415 (as above)

    settings.ROOT_URLCONF = "benchmarks.api.site"
    settings.DEBUG = False
    from benchmarks.api import site  # noqa: PLC0415 (as above)

    root = f"/api/v1/agreements/{KEY}/engagements"
    cases = {
        "list": ("GET", root, ""),
        "detail": ("GET", f"{root}/{number}", ""),
        "create": ("POST", root, json.dumps(MEETING)),
    }
    with _served(site.application) as port:
        for name, (method, path, body) in cases.items():
            site.RECORDED[name] = _statements(method, path, body, token)
            for connections in (1, 2, 8):
                seconds = 1.0 if asked.quick else 4.0
                ours = _rate(port, method, path, body, token, connections, seconds)
                bare = _rate(port, method, f"/bare/{name}", body, token, connections, seconds)
                case = f"{name}, {connections} connection{'s' if connections > 1 else ''}"
                yield Line(BENCH, case, ours, bare, ours / bare, PER_SECOND)


def _statements(method: str, path: str, body: str, token: str) -> list[str]:
    """Return the SQL that one request of the API sends, without its own savepoints."""
    from django.db import connection  # noqa: PLC0415 (as above)
    from django.test import Client  # noqa: PLC0415 (as above)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 (as above)

    headers = {"authorization": f"Bearer {token}", "host": "localhost"}
    client = Client()
    client.generic(method, path, body, content_type="application/json", headers=headers)
    with CaptureQueriesContext(connection) as captured:
        answer = client.generic(method, path, body, content_type="application/json", headers=headers)
    if answer.status_code not in {200, 201}:
        raise SystemExit(f"{method} {path}: {answer.status_code} {answer.content.decode()}")
    found = [query["sql"] for query in captured.captured_queries]
    if answer.status_code == CREATED:  # what hangs on the new row hangs, when replayed, on the row just made
        made = re.compile(rf"\b{answer.json()['id']}\b")
        found = [made.sub("currval('agreements_engagement_id_seq')", sql) for sql in found]
    return [sql for sql in found if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT"))]


class _served:  # noqa: N801 (reads as a word)
    """Serves an application from threads of this process while the comparison runs."""

    def __init__(self, application: Any) -> None:
        """Keep what is served."""
        self.application = application

    def __enter__(self) -> int:
        """Start, and give the port."""
        from django.core.servers import basehttp  # noqa: PLC0415 (as above)

        class Quiet(basehttp.WSGIRequestHandler):
            """Django's handler without its log."""

            def log_message(self, *_words: Any) -> None:
                """Say nothing."""

        self.server = basehttp.ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        self.server.set_app(self.application)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return int(self.server.server_port)

    def __exit__(self, *_exception: object) -> None:
        """Stop."""
        self.server.shutdown()


def _rate(port: int, method: str, path: str, body: str, token: str, connections: int, seconds: float) -> float:
    """Return how many requests a second are answered over so many connections."""
    end = time.perf_counter() + seconds
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(_number: int) -> int:
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        answered = 0
        while time.perf_counter() < end:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            answer.read()
            if answer.status not in {200, 201}:
                sys.exit(f"{method} {path}: {answer.status}")
            answered += 1
        line.close()
        return answered

    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        total = sum(pool.map(ask, range(connections)))
    return total / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
