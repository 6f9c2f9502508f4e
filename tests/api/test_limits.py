"""How often one may ask: an allowance for each caller, shared by all processes, told in every answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.api.conftest import Caller

from accord.kernel.api._throttle import WINDOW, take
from accord.kernel.api.jobs import forget
from accord.kernel.models import RateBucket

NOW = datetime(2019, 9, 1, 12, tzinfo=UTC)


def test_answers_say_what_is_left_until_none_is(owner: Caller, settings: Any) -> None:
    settings.API_LIMIT = 3

    answers = [owner.get("/me") for _time in range(4)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit-Policy"] == '"default";q=3;w=60'
    assert [one.headers["RateLimit"].split(";")[1] for one in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert 0 < int(answers[3].headers["Retry-After"]) <= 20
    assert answers[3].json()["code"] == "too-many"


def test_one_callers_haste_is_not_anothers(owner: Caller, partner: Caller, settings: Any) -> None:
    settings.API_LIMIT = 1
    owner.get("/me")

    assert (owner.get("/me").status_code, partner.get("/me").status_code) == (429, 200)


def test_who_shows_nothing_valid_has_a_tenth(nobody: Caller, settings: Any) -> None:
    settings.API_LIMIT = 20

    answers = [
        nobody.get("/me").status_code,
        Caller("accord_wrong").get("/me").status_code,
        nobody.get("/me").status_code,
    ]

    assert answers == [401, 401, 429]


@pytest.mark.django_db
def test_allowance_refills_steadily() -> None:
    spent = [take(caller="a", limit=6, at=NOW) for _time in range(7)]

    assert [one.left for one in spent] == [5, 4, 3, 2, 1, 0, 0]
    assert [one.is_spent for one in spent] == [False] * 6 + [True]
    assert spent[-1].wait == 10
    assert not take(caller="a", limit=6, at=NOW + timedelta(seconds=10)).is_spent
    assert take(caller="a", limit=6, at=NOW + timedelta(seconds=11)).is_spent
    assert take(caller="a", limit=6, at=NOW + 2 * WINDOW).left == 5


@pytest.mark.django_db
def test_quiet_callers_are_forgotten() -> None:
    take(caller="a", limit=6, at=NOW)

    forget(at=NOW + timedelta(minutes=30))
    assert RateBucket.objects.count() == 1
    forget(at=NOW + timedelta(hours=2))
    assert RateBucket.objects.count() == 0
