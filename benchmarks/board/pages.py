"""The pages as an officer opens them: whole HTML through every middleware, and the query behind the board."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accord.agreements.queries import find_agreement
from accord.measures import queries
from accord.people.models import Account
from accord.people.queries import actor_for
from benchmarks.board.world import TODAY

client = Client(headers={"host": "localhost"})


def sign_in(account: Account) -> None:
    """Will let the client act as this account."""
    client.force_login(account)


def board(key: str, day: date | None = None) -> bytes:
    """Will return the whole board page."""
    return _page(f"/agreements/{key}/", day)


def promise(key: str, promise_key: str) -> bytes:
    """Will return the whole page of one promise."""
    return _page(f"/agreements/{key}/promises/{promise_key}/", None)


def board_query(key: str, day: date) -> queries.Board:
    """Will return the board as the page receives it, without the page."""
    actor = actor_for(Account.objects.get(), on=TODAY)
    return queries.board(find_agreement(actor, key), queries.clocks(day))


def query_counts(narrow: str, wide: str) -> Iterator[tuple[str, int, int]]:
    """Will yield for each page how many queries it takes for ten promises and for a hundred."""
    yield "board-queries-100-promises-against-10", _count(lambda: board(narrow)), _count(lambda: board(wide))
    few, many = _count(lambda: promise(narrow, "promise-003")), _count(lambda: promise(wide, "promise-003"))
    yield "promise-queries-100-promises-against-10", few, many


def _count(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def _page(path: str, day: date | None) -> bytes:
    response = client.get(path, {"as_of": day.isoformat()} if day else {})
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    return response.content
