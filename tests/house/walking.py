"""Goes to every door as every role, and keeps what each answered and whether anything was written meanwhile."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.template import Template
from django.test.client import BOUNDARY, MULTIPART_CONTENT, ClientHandler, RequestFactory, encode_multipart
from django.urls import reverse
from tests.access import DONE, ROLES, SIGN_IN, Answer, Answers, Probe
from tests.house.stage import Stage

REFUSED = 400
LANGUAGES = ("en", "zh-hans")
CARRIED = "answers-carried"
EVERY = 4
"""The page that says that something is refused is drawn at every fourth door only: it is the same page everywhere."""
ALWAYS_WRITTEN = frozenset(
    {
        "django_session",  # messages to the reader, and that the session is used
        "kernel_ratebucket",  # how often a program asked
        "people_cache",  # how often somebody tried to sign in
        "privacy_readnote",  # that somebody was shown data of people, to be counted where that was abroad
    }
)
"""Tables that any request may write to, also one that only reads or is refused."""

COUNTED = """
    SELECT pg_stat_get_xact_tuples_inserted(one) + pg_stat_get_xact_tuples_updated(one)
        + pg_stat_get_xact_tuples_deleted(one)
    FROM unnest(%s::oid[]) WITH ORDINALITY AS tables (one, place) ORDER BY place
"""
"""How many rows of each table this transaction has written so far; what was taken back counts as well."""


@dataclass(frozen=True)
class Seen:
    """What one role was answered at one door."""

    route: str
    role: str
    method: str
    path: str
    language: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    wrote: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the body as text; nothing for what is no text."""
        return self.body.decode("utf-8", errors="replace")

    @property
    def is_page(self) -> bool:
        """Say whether it is a page for people."""
        return self.headers.get("Content-Type", "").startswith("text/html")

    def answer(self, expected: Answer) -> Answer:
        """Return what was answered, in the words of what was expected."""
        location = self.headers.get("Location", "")
        if location.startswith(f"{resolve_url(settings.LOGIN_URL)}?next="):
            return SIGN_IN
        if expected == DONE and self.status < REFUSED:
            return DONE if self.wrote else f"{self.status}, and nothing was written"
        return self.status


class Walker:
    """Asks as a role, and takes back whatever was written."""

    def __init__(self, stage: Stage) -> None:
        """Begin to count what is written in this transaction."""
        self.stage = stage
        self._handler = ClientHandler(enforce_csrf_checks=False)
        self._factory = RequestFactory()
        self._tables = _tables()
        self._before = self._counted()

    def ask(
        self,
        route: str,
        role: str,
        path: str,
        sent: Mapping[str, Any] | None = None,
        *,
        language: str = "en",
        drawn: bool = True,
    ) -> Seen:
        """GET a path, or POST what is sent to it; a page that is not to be drawn comes empty."""
        method = "GET" if sent is None else "POST"
        body = b"" if sent is None else encode_multipart(BOUNDARY, sent)
        kind = MULTIPART_CONTENT if sent is not None else ""
        if drawn:
            return self.send(route, role, method, path, body, kind, language)
        with patch.object(Template, "render", lambda _template, _context: ""):
            return self.send(route, role, method, path, body, kind, language)

    def send(
        self, route: str, role: str, method: str, path: str, body: bytes, kind: str, language: str = "en", **head: str
    ) -> Seen:
        """Send a request and take back what it wrote."""
        if role in ROLES:
            session = f"{settings.SESSION_COOKIE_NAME}={self.stage.session(role)}"
            head |= {"HTTP_COOKIE": f"{settings.LANGUAGE_COOKIE_NAME}={language}; {session}"}
        request = self._factory.generic(method, path, body, content_type=kind, **head)
        with transaction.atomic():
            answer = self._handler(request.environ)
            content = _content(answer)
            transaction.set_rollback(True)
        seen = dict(answer.headers.items())
        return Seen(route, role, method, path, language, answer.status_code, seen, content, self._wrote())

    def _wrote(self) -> tuple[str, ...]:
        """Return the tables that were written since this was asked last."""
        before, self._before = self._before, self._counted()
        return tuple(
            name for name, old, new in zip(self._tables.values(), before, self._before, strict=True) if old != new
        )

    def _counted(self) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(COUNTED, [list(self._tables)])
            return [number for (number,) in cursor.fetchall()]


@dataclass
class Walk:
    """What was seen on a walk over every door: pages, forms that were sent, lists as files, operations of the API."""

    stage: Stage
    pages: list[Seen] = field(default_factory=list)
    sent: list[Seen] = field(default_factory=list)
    closed: list[Seen] = field(default_factory=list)
    files: list[Seen] = field(default_factory=list)
    operations: list[Seen] = field(default_factory=list)
    expected: dict[tuple[str, str, str], Answer] = field(default_factory=dict)
    logged: str = ""
    mailed: dict[int, str] = field(default_factory=dict)
    posted: dict[int, str] = field(default_factory=dict)
    tables: dict[str, set[str]] = field(default_factory=dict)

    @property
    def every(self) -> Iterator[Seen]:
        """Yield everything that anybody was answered."""
        for part in (self.pages, self.sent, self.closed, self.files, self.operations):
            yield from part


def walk_doors(walker: Walker, walk: Walk, probes: list[Probe]) -> None:
    """Open every page as every role, in one language and the other by turns, and send every form."""
    turn = count()
    for number, probe in enumerate(probes):
        path = address(probe, walk.stage)
        opened: dict[str, Seen] = {}
        drawn = _drawn(probe, number)
        for role in _askers(probe.get):
            language = LANGUAGES[next(turn) % len(LANGUAGES)]
            wanted = walk.expected[probe.route, "GET", role] = probe.get[role]
            is_drawn = role in drawn and not (_is_refusal(wanted) and number % EVERY)
            opened[role] = walker.ask(probe.route, role, path, language=language, drawn=is_drawn)
        next(turn)  # or the same roles would always get the same language
        walk.pages += opened.values()
        for role in _senders(probe, number):
            wanted = walk.expected[probe.route, "POST", role] = probe.post[role]
            is_drawn = not _is_refusal(wanted) or not number % EVERY
            page = opened.get(role if role in drawn else probe.form_of)
            walk.sent.append(_send(walker, probe, role, path, page, drawn=is_drawn))
        if probe.get is None:
            walk.closed.append(walker.ask(probe.route, probe.form_of, path, drawn=False))
        if probe.post is None:
            walk.closed.append(walker.ask(probe.route, probe.form_of, path, {}, drawn=False))


def _drawn(probe: Probe, number: int) -> set[str]:
    """Return who gets the page drawn, which is most of the work, and who only learns whether they are let in.

    It is drawn for whoever's form is sent, for those who belong to no party, and by turns for one of the others.
    """
    always = {probe.form_of, "outsider", "visitor"}
    others = [role for role in _askers(probe.get) if role not in always and not _is_refusal(probe.get[role])]
    return always | ({others[number % len(others)]} if others else set())


def _askers(answers: Answers | None) -> list[str]:
    """Return who opens a page: every role; where all are answered alike, somebody known and somebody who is not."""
    if answers is None:
        return []
    if answers.are_alike:
        return ["visitor", "owner"]
    if answers.is_ones_own:
        return ["visitor", "owner", "outsider"]
    return [role for role in ROLES if role != "deputy" or answers["deputy"] != answers["owner"]]


def _senders(probe: Probe, number: int) -> list[str]:
    """Return who sends a form: every role where there is no page of it.

    Where there is one, whoever may open it sends it once; of those who are refused the page as they are the form, a
    visitor and by turns one of the others send it all the same.
    """
    if probe.post is None or probe.post.are_alike:
        return _askers(probe.post)
    if probe.get is None:
        return list(ROLES)
    roles = [role for role in _askers(probe.post) if _is_refusal(probe.post[role])]
    shut = [role for role in roles if role != "visitor" and probe.post[role] == probe.get[role]]
    spared = set(shut) - {shut[number % len(shut)]} if shut else set()
    return [probe.form_of, *(role for role in roles if role not in spared and role != probe.form_of)]


def _is_refusal(answer: Answer) -> bool:
    return answer == SIGN_IN or (isinstance(answer, int) and answer in {403, 404})


def _send(walker: Walker, probe: Probe, role: str, path: str, page: Seen | None, *, drawn: bool) -> Seen:
    """Send a probe's form; where the answers are shown to be checked first, confirm them."""
    own = dict(probe.body(walker.stage)) if probe.body else {}
    body = own
    if page is not None and page.status < REFUSED:
        body = form_of(page, own) | own
    seen = walker.ask(probe.route, role, path, body, drawn=drawn)
    if CARRIED in seen.text and seen.status < REFUSED:
        seen = walker.ask(probe.route, role, path, form_of(seen, {CARRIED: ""}) | {"answers-stage": "send"})
    return seen


def address(probe: Probe, stage: Stage) -> str:
    """Return the address of a probe's route."""
    path = reverse(probe.route, kwargs=dict(probe.at(stage)))
    return f"{path}?{probe.ask}" if probe.ask else path


def _content(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def _tables() -> dict[int, str]:
    """Return the tables that nobody who reads or is refused may write to, by their number in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relid, relname FROM pg_stat_user_tables ORDER BY relname")
        return {number: name for number, name in cursor.fetchall() if name not in ALWAYS_WRITTEN}


class _Forms(HTMLParser):
    """Reads the forms of a page: what each would send if it were sent as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._inside = False
        self._select: tuple[str, list[str]] | None = None
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.forms.append({})
            self._inside = True
        elif not self._inside:
            return
        elif tag == "input" and name:
            self._input(given, name)
        elif tag == "textarea" and name:
            self._area = name
            self.forms[-1][name] = ""
        elif tag == "select" and name:
            self._select = name, []
        elif tag == "option" and self._select and ("selected" in given or not self._select[1]):
            self._select[1][:] = [given.get("value") or ""]
            self.forms[-1][self._select[0]] = self._select[1][0]

    def _input(self, given: Mapping[str, str | None], name: str) -> None:
        kind = given.get("type") or "text"
        if kind in {"submit", "file", "button"} or (kind in {"checkbox", "radio"} and "checked" not in given):
            return
        value = given.get("value") or ("on" if kind == "checkbox" else "")
        held = self.forms[-1]
        if kind == "checkbox" and name in held:
            held[name] = [*(held[name] if isinstance(held[name], list) else [held[name]]), value]
        else:
            held[name] = value

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            if self._area:
                self.forms[-1][self._area] = self.forms[-1][self._area].removeprefix("\n")
            self._area = ""


def form_of(page: Seen, own: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the main form of a page sends: the one with the fields that are written over, else the largest."""
    reader = _Forms()
    reader.feed(main_of(page.text))
    forms = [form for form in reader.forms if form]
    return max(forms, key=lambda form: (len(own.keys() & form.keys()), len(form)), default={})


def main_of(text: str) -> str:
    """Return what stands in a page between its frame."""
    found = re.search(r"<main\b.*</main>", text, re.DOTALL)
    return found.group() if found else ""
