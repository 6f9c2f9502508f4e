"""What stands in the logs: a line for each request, job and fault; and what never does, whoever plants it."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from logging.config import dictConfig
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from tests.cast import Cast

from accord.config import env, logs
from accord.config.urls import urlpatterns as house

TOKEN = "p7Yk3vQeR0uT5wXz1aBc2dEf4gHi6jKl8mNo9pQr0sT"
ACCESS = f"accord_k3jd82hf_{TOKEN}"
SIGNED = "MTpvdXRib3g:1tEsTs:Zx8kQm3nRp5vTw7yBd1fGh2jKl4mNp6q"
ADDRESS, NAME, WORDS = "lin.yue@planted.example", "Planted Person", "planted question"
SECRETS = (TOKEN, ACCESS, SIGNED, ADDRESS, NAME, WORDS, "planted", "lin.yue")
Written = Callable[[], list[dict[str, Any]]]


def breaks(request: HttpRequest, token: str) -> HttpResponse:
    """Fail as badly as a view can: secrets in the locals, in the message and in the cause."""
    secret = f"{NAME} {token}"
    try:
        int(secret)
    except ValueError as error:
        raise RuntimeError(f"{ADDRESS} {secret}") from error
    return HttpResponse()


def breaks_a_rule(request: HttpRequest) -> HttpResponse:
    """Fail in the database, which quotes the row."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_person (name, sort_key) VALUES (%s, %s)", [f'{{"en": "{NAME}"}}', ADDRESS])
    return HttpResponse()


urlpatterns = [path("breaks/<str:token>/", breaks), path("breaks-a-rule/", breaks_a_rule), *house]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    """Have everything logged in JSON from debug on, as an installation would; return what was written so far."""
    stream = io.StringIO()
    monkeypatch.setenv("ACCORD_LOG_FORM", "json")
    monkeypatch.setenv("ACCORD_DEBUG", "false")
    logs._settings.cache_clear()
    before = list(logging.getLogger().handlers)
    wanted = logs.configuration(env.LogSettings("debug", "json"))
    wanted["handlers"]["stderr"]["stream"] = stream
    dictConfig(wanted)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logs._settings.cache_clear()
    dictConfig(settings.LOGGING)
    logging.getLogger().handlers[:] = before


def told(lines: list[dict[str, Any]], logger: str) -> list[dict[str, Any]]:
    return [line for line in lines if line["logger"] == logger]


@pytest.mark.django_db
def test_request_leaves_one_line_with_its_id_and_route(cast: Cast, written: Written) -> None:
    answer = cast.owner.client.get("/agreements/chengdu-cass/?as_of=2019-09-30")

    (line,) = told(written(), "accord.request")
    assert line.pop("time").endswith("Z")
    assert line.pop("ms") >= 0
    assert line == {
        "level": "info",
        "logger": "accord.request",
        "message": "Request answered",
        "request": answer.headers["X-Request-ID"],
        "method": "GET",
        "route": "agreements/<slug:key>/",
        "status": 200,
    }


@pytest.mark.django_db
def test_address_that_leads_nowhere_is_not_told(client: Client, written: Written) -> None:
    client.get(f"/nowhere/{TOKEN}/", {"q": WORDS})

    (line,) = told(written(), "accord.request")
    assert (line["route"], line["status"]) == ("(no such address)", 404)


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.config.test_logs")
def test_no_secret_of_any_request_is_written(cast: Cast, written: Written, client: Client) -> None:
    client.raise_request_exception = cast.owner.client.raise_request_exception = False
    knocks = [
        client.get(f"/invitations/{TOKEN}/"),
        client.get(f"/shared/{TOKEN}/badge.svg"),
        client.get(f"/notices/unsubscribe/{SIGNED}/"),
        client.get(f"/sign-in/reset/{SIGNED}/"),
        client.get("/api/v1/agreements", HTTP_AUTHORIZATION=f"Bearer {ACCESS}"),
        client.post("/sign-in/", {"username": ADDRESS, "password": WORDS}),
        cast.owner.client.get("/people/", {"q": NAME}),
        client.get(f"/{SIGNED}/{ADDRESS}", {"next": f"/{TOKEN}"}, HTTP_REFERER=f"https://a.example/{TOKEN}"),
        client.get("/", HTTP_HOST="unheard-of.example"),
        cast.owner.client.get(f"/breaks/{TOKEN}/", {"q": WORDS}),
        cast.owner.client.get("/breaks-a-rule/"),
    ]

    lines = written()
    assert len(told(lines, "accord.request")) == len(knocks)
    assert [one.status_code for one in knocks[-2:]] == [500, 500]
    kept = json.dumps(lines, ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in kept] == []


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.config.test_logs")
def test_failed_request_says_where_it_arose_and_under_which_id(client: Client, written: Written) -> None:
    client.raise_request_exception = False
    answer = client.get(f"/breaks/{TOKEN}/")

    (line,) = told(written(), "django.request")
    assert (line["level"], line["message"], line["request"]) == (
        "error",
        "Internal Server Error",
        answer.headers["X-Request-ID"],
    )
    fault = line["fault"]
    assert (fault["kind"], fault["cause"]["kind"]) == ("RuntimeError", "ValueError")
    assert fault["frames"][-1].endswith(" in breaks")
    assert "says" not in fault


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.config.test_logs")
def test_fault_of_the_database_names_the_rule_and_not_the_row(client: Client, written: Written) -> None:
    client.raise_request_exception = False
    client.get("/breaks-a-rule/")

    fault = told(written(), "django.request")[0]["fault"]
    assert fault["cause"]["kind"] == "psycopg.errors.NotNullViolation"
    assert (fault["cause"]["sqlstate"], fault["cause"]["table_name"]) == ("23502", "people_person")


def test_job_leaves_its_task_and_number_and_never_its_arguments(written: Written) -> None:
    call = f"accord.people.tasks.tell[7](address={ADDRESS!r}, token={TOKEN!r})"
    job = {"id": 7, "task_name": "accord.people.tasks.tell", "attempts": 1, "call_string": call}
    extra = {"action": "job_error", "job": job, "job_result": {"duration": 1.5, "result": NAME}}

    logging.getLogger("procrastinate.worker").error("Job %s ended", call, extra=extra, exc_info=LookupError(ADDRESS))

    (line,) = written()
    assert (line["message"], line["job"], line["task"], line["tries"], line["ms"]) == (
        "Job failed",
        7,
        "accord.people.tasks.tell",
        2,
        1500,
    )
    assert line["fault"]["kind"] == "LookupError"
    assert [secret for secret in SECRETS if secret in json.dumps(line)] == []


def test_begin_of_a_job_is_left_out(written: Written) -> None:
    job = {"id": 7, "task_name": "accord.history.tasks.seal_events", "attempts": 0}

    logging.getLogger("procrastinate.worker").info("Starting", extra={"action": "start_job", "job": job})

    assert written() == []


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (f"mail to {ADDRESS}.", "mail to (mail address)."),
        (f"token {ACCESS}", "token (secret)"),
        (f"link {SIGNED} of", "link (secret) of"),
        ("file " + "ab" * 32, "file (secret)"),
        ("GET /people/?q=Lin&page=2 failed", "GET /people/?… failed"),
        ("request 01a202c7-3fed-7963-ad22-12a3e79e1d0b", "request 01a202c7-3fed-7963-ad22-12a3e79e1d0b"),
    ],
)
def test_words_of_others_are_kept_without_what_they_quote(words: str, left: str) -> None:
    assert logs.without_secrets(words) == left


def test_in_a_terminal_a_line_is_words_and_a_fault_stands_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORD_LOG_FORM", "words")
    logs._settings.cache_clear()
    with pytest.raises(ValueError, match=WORDS) as raised:
        int(WORDS)
    record = logging.LogRecord("a", logging.ERROR, "", 1, "It broke", (), raised._excinfo)
    record.told = {"status": 500}

    first, second, third = logs.Lines().format(record).splitlines()

    logs._settings.cache_clear()
    assert first[8:] == " error   It broke status=500"
    assert second == "  ValueError"
    assert third.endswith(" in test_in_a_terminal_a_line_is_words_and_a_fault_stands_below")


@pytest.mark.parametrize(("level", "form", "wrong"), [("loud", "json", "LEVEL"), ("info", "xml", "FORM")])
def test_setting_that_cannot_be_read_says_how_to_mend_it(
    level: str, form: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCORD_LOG_LEVEL", level)
    monkeypatch.setenv("ACCORD_LOG_FORM", form)

    with pytest.raises(env.UnreadableSettingError, match=f"ACCORD_LOG_{wrong} is .* Set it to "):
        env.logs()
