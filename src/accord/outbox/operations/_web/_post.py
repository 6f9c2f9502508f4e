"""Posts a body to a checked address: within a time, following nothing, reading little of the answer."""

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_noop
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from accord.outbox.operations._web._addresses import AddressRefused, Caution, Target, check_address

SECONDS_TO_CONNECT, SECONDS_IN_ALL = 5.0, 15.0
MOST_READ = 16_384
MOST_SHOWN = 2_000
AGENT = "Accord-Webhooks/1"
NO_NAME = gettext_noop("No name server knows the name.")
NO_TRUST = gettext_noop("The certificate does not fit the name, or nobody whom Accord trusts signed it.")
NO_ANSWER = gettext_noop("It did not answer in time.")
NO_CONNECTION = gettext_noop("It refused the connection.")
BROKEN = gettext_noop("The connection broke.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status and the beginning of the body, or why nothing did (`status` None)."""

    status: int | None = None
    head: str = ""
    body: str = ""
    error: str = ""
    is_refused: bool = False
    took_ms: int = 0


def post(url: str, body: bytes, headers: Mapping[str, str], *, caution: Caution) -> Answer:
    """Post the body and return what came back; never raises for what the other side does.

    The name is resolved once, every answer is checked, and the connection goes to the checked number under the
    name's own certificate. A redirect is an answer like any other. The whole takes fifteen seconds at most.
    """
    started = time.monotonic()
    try:
        target = check_address(url, caution=caution)
        answer = _exchange(target, body, headers)
    except AddressRefused as refused:
        answer = Answer(error=str(refused), is_refused=True)
    except (OSError, HTTPError, ValueError) as error:
        answer = Answer(error=_told(error))
    took = round((time.monotonic() - started) * 1000)
    return Answer(answer.status, answer.head, answer.body, answer.error, answer.is_refused, took)


def _exchange(target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Connect to the checked number, send, and read the beginning of the answer."""
    connection = _connection(target)
    watch = threading.Timer(SECONDS_IN_ALL, lambda: _cut(connection))
    watch.daemon = True
    watch.start()
    try:
        connection.connect()
        host = f"[{target.host}]" if ":" in target.host else target.host
        usual = 443 if target.scheme == "https" else 80
        name = host if target.port == usual else f"{host}:{target.port}"
        sent = {"Host": name, "User-Agent": AGENT, "Accept": "*/*", "Connection": "close", **headers}
        connection.request("POST", target.path, body=body, headers=sent, preload_content=False)
        answer = connection.getresponse()
        content = answer.read(MOST_READ, decode_content=False)
        head = "\n".join(f"{key}: {value}" for key, value in answer.headers.items() if key.lower() != "set-cookie")
        return Answer(answer.status, head[:MOST_SHOWN], content.decode("utf-8", "replace"))
    finally:
        watch.cancel()
        connection.close()


def _connection(target: Target) -> HTTPConnection:
    """Return the unopened connection to the number; with HTTPS the certificate must bear the name."""
    if target.scheme == "http":
        return HTTPConnection(target.address, target.port, timeout=SECONDS_TO_CONNECT)
    return HTTPSConnection(
        target.address,
        target.port,
        timeout=SECONDS_TO_CONNECT,
        ssl_context=trust(),
        server_hostname=target.host,
        assert_hostname=target.host,
    )


@cache
def trust() -> ssl.SSLContext:
    """Return whom we trust: the machine's own authorities."""
    return ssl.create_default_context()


def _cut(connection: HTTPConnection) -> None:
    """End an exchange that takes too long, in whatever step it is."""
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _told(error: Exception) -> str:
    """Return in words why nothing came back."""
    text = f"{type(error).__name__} {error}".lower()
    if isinstance(error, socket.gaierror) or "no address of" in text:
        return NO_NAME
    if isinstance(error, ssl.SSLError) or "certificate" in text:
        return NO_TRUST
    if isinstance(error, TimeoutError) or "timed out" in text:
        return NO_ANSWER
    if isinstance(error, ConnectionRefusedError) or "refused" in text:
        return NO_CONNECTION
    return BROKEN
