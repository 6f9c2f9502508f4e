"""Creates once: the answer to a request with an Idempotency-Key is kept with what it created, or neither is.

The key is held by an advisory lock for as long as the transaction lasts; a second request meanwhile is told so at
once. The record is written in the transaction of the effect, so a process that dies between the two leaves neither.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accord.kernel.api._guard import MULTIPART
from accord.kernel.api.problems import wrong_parameter
from accord.kernel.api.refusals import KeyInFlight, KeyReused
from accord.kernel.models import IdempotencyRecord

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_FOR = timedelta(hours=24)
LONGEST = 255
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Content-Language")
FIRST_ERROR = 400


def key_of(request: HttpRequest) -> str:
    """Return the request's key, without the quotes that the header's draft asks for; empty where there is none."""
    given = request.headers.get(HEADER, "").strip()
    key = given[1:-1] if len(given) > 1 and given[0] == given[-1] == '"' else given
    if HEADER in request.headers and not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise wrong_parameter(HEADER, _("Send 1 to 255 visible ASCII characters."), where="header")
    return key


def answer_once(
    request: HttpRequest,
    *,
    owner: str,
    key: str,
    at: datetime,
    run: Callable[[], HttpResponseBase],
    is_secret: bool = False,
) -> HttpResponseBase:
    """Run a creating request, or give the answer that the same request got before.

    An answer that `is_secret` is not kept: the operation, which goes by `mark_of`, is run again and gives it again.

    Raises `KeyInFlight` while the same key is being answered and `KeyReused` when it belongs to another request.
    What was refused is not kept: nothing was created, so the mended request may bear the same key.
    """
    digest = _digest(request)
    with transaction.atomic():
        _hold(owner, key)
        kept = IdempotencyRecord.objects.filter(owner=owner, key=key, made_at__gt=at - KEPT_FOR).first()
        if kept is not None and not is_secret:
            return _replayed(kept, digest)
        if kept is not None and kept.digest != digest:
            raise KeyReused
        answer = run()
        if answer.status_code >= FIRST_ERROR:
            transaction.set_rollback(True)
        elif isinstance(answer, HttpResponse):
            body = "" if is_secret else answer.content.decode()
            _keep(answer, body, owner=owner, key=key, digest=digest, at=kept.made_at if kept else at)
            if kept is not None:
                answer.headers[REPLAYED] = "true"
    return answer


def mark_of(request: HttpRequest, *, owner: str) -> UUID:
    """Return what tells one creating request from the next: the same for the same key, fresh where there is none."""
    key = key_of(request)
    return uuid5(NAMESPACE_URL, f"accord idempotency {owner} {key}") if key else uuid4()


def _hold(owner: str, key: str) -> None:
    """Hold the key until the transaction ends, or say that somebody else does."""
    number = int.from_bytes(hashlib.sha256(f"idempotency {owner} {key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise KeyInFlight


def _digest(request: HttpRequest) -> str:
    """Return what tells one request from another."""
    head = f"{request.method} {request.get_full_path()}\n{request.content_type}\n"
    running = hashlib.sha256(head.encode())
    for piece in _pieces(request):
        running.update(piece)
    return running.hexdigest()


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    """Yield what the body holds; of a form with files what it says, since its parts are set apart at random."""
    if request.content_type != MULTIPART:
        yield request.body
        return
    for name, values in sorted(request.POST.lists()):
        yield json.dumps([name, values]).encode()
    for name, files in sorted(request.FILES.lists()):
        for one in files:
            yield json.dumps([name, one.name]).encode()
            yield from one.chunks()
            one.seek(0)


def _replayed(kept: IdempotencyRecord, digest: str) -> HttpResponse:
    """Return the kept answer, marked as such."""
    if kept.digest != digest:
        raise KeyReused
    return HttpResponse(kept.body, status=kept.status, headers={**kept.headers, REPLAYED: "true"})


def _keep(answer: HttpResponse, body: str, *, owner: str, key: str, digest: str, at: datetime) -> None:
    """Keep an answer for a day; an older one of the same key gives way."""
    headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    fields = {
        "digest": digest,
        "status": answer.status_code,
        "headers": headers,
        "body": body,
        "made_at": at,
    }
    IdempotencyRecord.objects.update_or_create(owner=owner, key=key, defaults=fields)
