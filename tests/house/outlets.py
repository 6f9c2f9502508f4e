"""Everything that leaves Accord, gathered on one walk: pages, lists as files, histories, the API, mail, posts, logs."""

import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import connection
from django.urls import reverse
from tests.access import ROLES
from tests.api import test_who_may as operations_test
from tests.house.stage import Stage, build_stage, probes
from tests.house.walking import Seen, Walk, Walker, walk_doors

from accord.config.api import api
from accord.kernel.api import ApiOperation
from accord.kernel.records import record_kinds
from accord.kernel.secret import new_access_token
from accord.outbox.models import Delivery
from accord.outbox.operations import posted_text
from accord.people import operations as people
from accord.people.models import Person

ZIP = b"PK\x03\x04"
FORMATS = ("csv", "xlsx", "json")
LIST = re.compile(r"[?&;]format=csv")
KEY_SENT = "planted-idempotency-key"
STRANGERS = ("steward", "outsider")
"""Who sees everything, and who is to see next to nothing."""
READERS = ("owner", "steward", "outsider")
READS, WRITES = {"GET"}, {"POST", "PUT", "PATCH", "DELETE"}
CALLERS = {"steward": WRITES, "outsider": READS, "reader": WRITES}
"""Who calls which operations of the API here: two roles, and the owner by a token that only reads.

`test_who_may` asks the others, and what is left out here.
"""


def walk_everywhere() -> Walk:
    """Build the stage and gather what every door says to whom."""
    stage = build_stage()
    for role in ROLES:
        if role != "visitor":
            stage.hide(f"the session of {role}", stage.session(role))
    stage.hide("the key of a request", KEY_SENT)
    walk, walker = Walk(stage), Walker(stage)
    with _log_lines() as lines:
        walk_doors(walker, walk, probes())
        walk.pages = [_readable(page) for page in walk.pages]
        _take_lists(walker, walk)
        _read_histories(walker, walk)
        _call_operations(walker, walk)
    walk.logged = lines.getvalue()
    walk.mailed = {one.pk: _mail_text(one) for one in Delivery.objects.filter(channel="mail").select_related("message")}
    walk.posted = {one.pk: _post_text(one) for one in Delivery.objects.exclude(channel="mail")}
    walk.tables = _found_in_tables(stage)
    return walk


def _take_lists(walker: Walker, walk: Walk) -> None:
    """Take every list that a page offers, by turns as CSV, Excel and JSON."""
    turn = count()
    for page in walk.pages:
        if page.role in READERS and page.status == 200 and page.is_page and LIST.search(page.text):
            form = FORMATS[next(turn) % len(FORMATS)]
            joint = "&" if "?" in page.path else "?"
            file = walker.ask(page.route, page.role, f"{page.path}{joint}format={form}", language=page.language)
            walk.files.append(_readable(file))


def _readable(seen: Seen) -> Seen:
    """Return the same with its parts unpacked, where it is a package: an Excel file, a copy of somebody's data."""
    if not seen.body.startswith(ZIP):
        return seen
    with zipfile.ZipFile(io.BytesIO(seen.body)) as package:
        return replace(seen, body=b"\n".join(package.read(name) for name in package.namelist()))


def _read_histories(walker: Walker, walk: Walk) -> None:
    """Read the history of one record of each kind, whole."""
    for kind in record_kinds:
        latest = apps.get_model(kind.model)._default_manager.order_by("pk").last()
        if latest is not None:
            path = reverse("history:history", args=[f"{kind.kind}:{latest.pk}"])
            walk.files += [walker.ask("history:history", role, f"{path}?format=json") for role in STRANGERS]


def _call_operations(walker: Walker, walk: Walk) -> None:
    """Call every operation of the API as those who are not asked for elsewhere, and as somebody who may know little."""
    scene = operations_test.make_scene(walk.stage.cast)
    for name, methods in CALLERS.items():
        token = _token(walk.stage, name)
        for operation in api.operations():
            if operation.methods[0] not in methods:
                continue
            call = partial(_call, walker, walk, operation, f"{name} by token", token)
            operations_test.ask(scene, operation, call)


def _token(stage: Stage, caller: str) -> str:
    """Make a token for a caller."""
    now, secret = datetime.now(UTC), new_access_token()
    scopes = ["read"] if caller == "reader" else ["read", "write"]
    by: Person = stage.member("owner" if caller == "reader" else caller).person
    people.make_token(by=by, name=caller, scopes=scopes, expires_at=now + timedelta(days=9), secret=secret, at=now)
    stage.hide(f"the token of {caller}", secret)
    return secret


def _call(
    walker: Walker,
    walk: Walk,
    operation: ApiOperation,
    caller: str,
    token: str,
    method: str,
    path: str,
    body: Any,
    **given: str,
) -> SimpleNamespace:
    """Call one operation with its body, and keep what it answered."""
    content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    head = {"HTTP_IF_MATCH": given["if_match"], "HTTP_AUTHORIZATION": f"Bearer {token}"}
    if operation.door.creates:
        head["HTTP_IDEMPOTENCY_KEY"] = KEY_SENT
    content, kind = (content, given["content_type"]) if body is not None else (b"", "")
    address = path if path.startswith("/api") else f"/api/v1{path}"
    seen = walker.send(str(operation.operation_id), caller, method, address, content, kind, **head)
    walk.operations.append(seen)
    return SimpleNamespace(status_code=seen.status)


@contextmanager
def _log_lines() -> Iterator[io.StringIO]:
    """Take down what the installation's own handlers write; those of the test runner rest meanwhile."""
    lines = io.StringIO()
    names: list[str | None] = [None, *logging.root.manager.loggerDict]
    every = {handler for name in names for handler in logging.getLogger(name).handlers}
    ours = [one for one in every if type(one) is logging.StreamHandler]
    theirs = [one for one in logging.root.handlers if one not in ours]
    before = [(handler, handler.setStream(lines)) for handler in ours]
    logging.root.handlers = [one for one in logging.root.handlers if one in ours]
    try:
        yield lines
    finally:
        logging.root.handlers += theirs
        for handler, stream in before:
            handler.setStream(stream)


def _mail_text(mail: Delivery) -> str:
    """Return what a mail says, and to whom."""
    message = mail.message
    return json.dumps([mail.address, message.subject, message.body, message.url, message.letter], default=str)


def _post_text(post: Delivery) -> str:
    """Return what a system or a chat is told, and what is kept of each try."""
    tries = [(one.request, one.response, one.error) for one in post.attempts.all()]
    told = posted_text(post) if post.endpoint_id else str(post.message.body)
    return json.dumps([told, tries], default=str)


def _found_in_tables(stage: Stage) -> dict[str, set[str]]:
    """Return in which tables a secret stands as it is, by the table."""
    found: dict[str, set[str]] = {}
    pattern = "|".join(re.escape(secret) for secret in stage.secrets.values())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t WHERE t::text ~ %s', [pattern])
            for (row,) in cursor.fetchall():
                found.setdefault(table, set()).update(name for name, one in stage.secrets.items() if one in row)
    return found
