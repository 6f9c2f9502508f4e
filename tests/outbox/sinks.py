"""A mail server and a web server of this machine that keep what they are handed and answer as told."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class MailSink(socketserver.ThreadingTCPServer):
    """Takes mail by SMTP. `refuse` maps a receiver to the code it is refused with; The other two run before each."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[EmailMessage] = []
        self.receivers: list[str] = []
        self.refuse: dict[str, int] = {}
        self.before_greeting: Callable[[], None] = lambda: None
        self.before_answer: Callable[[], None] = lambda: None

    @property
    def port(self) -> int:
        """Return the port."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailSink

    def handle(self) -> None:
        self.server.before_greeting()
        self._say(220, "sink")
        receivers: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb, _space, rest = line.partition(" ")
            if verb.upper() in {"EHLO", "HELO"}:
                self._say(250, "sink")
            elif verb.upper() == "RCPT":
                address = rest.partition("<")[2].partition(">")[0]
                code = self.server.refuse.get(address, 250)
                receivers += [address] if code == 250 else []
                self._say(code, "well")
            elif verb.upper() == "DATA":
                self._say(354, "go on")
                self._take(receivers)
                receivers = []
            elif verb.upper() == "QUIT":
                self._say(221, "bye")
                return
            else:
                self._say(250, "well")

    def _take(self, receivers: list[str]) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self.server.receivers += receivers
        self.server.before_answer()
        self._say(250, "taken")

    def _say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())


@dataclass
class Post:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebSink:
    """Takes posts; `answer` says what to answer to each: status, body, heads."""

    url: str = ""
    posts: list[Post] = field(default_factory=list)
    answer: Callable[[Post], tuple[int, str, dict[str, str]]] = lambda _post: (200, "", {})


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    """Run a mail server."""
    with MailSink() as server, _running(server):
        yield server


@contextmanager
def web_sink() -> Iterator[WebSink]:
    """Run a web server."""
    sink = WebSink()

    class Handler(BaseHTTPRequestHandler):
        """Keeps the post and answers as told."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            post = Post(self.path, {key.lower(): value for key, value in self.headers.items()}, body)
            sink.posts.append(post)
            status, text, heads = sink.answer(post)
            self.send_response(status)
            for name, value in heads.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server, _running(server):
        sink.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
        yield sink


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
