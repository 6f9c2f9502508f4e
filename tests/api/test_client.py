"""The Python client against a live server: pages, versions, keys and problems are taken care of."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.wsgi import get_wsgi_application
from tests.api.conftest import caller_for
from tests.cast import Cast, make_cast

from accord.agreements.models import Engagement

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "clients" / "python"))
from accord_client import (  # noqa: E402 (found by the line above)
    Accord,
    Conflict,
    NotThere,
    Refused,
    Stale,
    TooMany,
    Unchanged,
    Upload,
)

__all__ = ["Accord", "Conflict", "NotThere", "Refused", "Stale", "Upload", "in_process"]

MEETING: Any = {"kind": "visit", "title": {"en": "A visit"}, "held_on": "2019-09-20", "attendees": 12}
KEY = "chengdu-cass"


@pytest.fixture
def accord(cast: Cast, one_connection: None) -> Iterator[Accord]:
    """Ask this process as the owner."""
    with Accord("http://testserver", token=caller_for(cast.owner).token, transport=in_process()) as client:
        yield client


def in_process() -> httpx.BaseTransport:
    """Return the way to this process's own server."""
    return httpx.WSGITransport(get_wsgi_application())


@pytest.mark.django_db(transaction=True)
def test_client_speaks_with_a_real_server(live_server: Any, django_db_serialized_rollback: None) -> None:
    with Accord(live_server.url, token=caller_for(make_cast().owner).token) as client:
        made = client.record_engagement(KEY, MEETING)
        read = client.read_engagement(KEY, made.data["id"])

    assert read.data == made.data
    assert [one.etag.removeprefix("W/") for one in (made, read)] == ['"1"', '"1"']  # weak where it was compressed
    assert made.location.startswith(live_server.url)


def test_client_walks_lists_reads_and_changes(accord: Accord) -> None:
    made = [accord.record_engagement(KEY, {**MEETING, "attendees": number}) for number in range(1, 6)]

    listed = [row["attendees"] for row in accord.list_engagements(KEY, limit=2, sort="attendees")]
    one = accord.read_engagement(KEY, made[0].data["id"])
    with pytest.raises(Unchanged):
        accord.read_engagement(KEY, one.data["id"], if_none_match=one.etag)
    with pytest.raises(Stale) as stale:
        accord.strike_engagement(KEY, one.data["id"], if_match='"99"')
    accord.strike_engagement(KEY, one.data["id"], if_match=one.etag)
    with pytest.raises(NotThere):
        accord.read_engagement(KEY, one.data["id"])

    assert listed == [1, 2, 3, 4, 5]
    assert stale.value.version == 1
    assert accord.read_me().data["roles"] == [{"role": "officer", "institution": "dreamworks"}]
    assert "agreement: chengdu-cass" in accord.read_agreement_file(KEY).data


def test_problem_names_each_place(accord: Accord) -> None:
    with pytest.raises(Refused) as refused:
        accord.record_engagement(KEY, {**MEETING, "attendees": 0})

    assert [one["pointer"] for one in refused.value.errors] == ["#/attendees"]
    assert refused.value.request_id != ""


class Flaky(httpx.BaseTransport):
    """Loses the answers to the first requests after the server has done its work."""

    def __init__(self, lost: int) -> None:
        self.lost, self.sent = lost, 0
        self.real = in_process()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on; drop the answer at first."""
        answer = self.real.handle_request(request)
        self.sent += 1
        if self.sent <= self.lost:
            answer.read()
            raise httpx.ReadError("the line went dead", request=request)
        return answer


def test_creating_call_whose_answer_is_lost_makes_one_record(accord: Accord, cast: Cast) -> None:
    flaky = Flaky(lost=2)
    waits: list[float] = []
    client = Accord("http://testserver", token=caller_for(cast.owner).token, transport=flaky, sleep=waits.append)

    made = client.record_engagement(KEY, MEETING)

    assert (made.was_replayed, flaky.sent, waits) == (True, 3, [0.5, 1.0])
    assert Engagement.objects.count() == 1


def test_change_whose_answer_is_lost_is_not_sent_again(accord: Accord, cast: Cast) -> None:
    flaky = Flaky(lost=1)
    client = Accord("http://testserver", token=caller_for(cast.owner).token, transport=flaky)

    with pytest.raises(httpx.ReadError):
        client.change_agreement(KEY, {"is_public": True}, if_match="*")

    assert flaky.sent == 1


def test_client_waits_as_told() -> None:
    told = [(429, {"Retry-After": "7"}), (503, {}), (200, {})]
    waits: list[float] = []

    def answer(_request: httpx.Request) -> httpx.Response:
        status, headers = told.pop(0)
        kind = "application/json" if status == 200 else "application/problem+json"
        return httpx.Response(status, headers={**headers, "Content-Type": kind}, content=json.dumps({"key": "x"}))

    client = Accord("http://x", token="t", transport=httpx.MockTransport(answer), sleep=waits.append)

    assert client.read_agreement("x").data == {"key": "x"}
    assert waits == [7.0, 1.0]


def test_client_gives_up_with_the_last_problem() -> None:
    refusal = httpx.Response(429, headers={"Content-Type": "application/problem+json"}, content='{"code": "too-many"}')
    client = Accord("http://x", token="t", transport=httpx.MockTransport(lambda _r: refusal), sleep=lambda _s: None)

    with pytest.raises(TooMany):
        client.read_me()


def test_operations_of_the_client_are_those_of_the_api() -> None:
    from tools.api_client import TARGET, formatted, written  # noqa: PLC0415 (the same)

    from accord.config.api import api  # noqa: PLC0415 (models exist only once Django is set up)

    assert TARGET.read_text(encoding="utf-8") == formatted(written(api.describe()))
