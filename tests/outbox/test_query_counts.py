"""Lists ask the database the same few questions, however much there is to show; so does telling."""

from uuid import uuid4

import pytest
from tests.cast import Cast
from tests.outbox.conftest import NOW, tell

from accord.kernel.text import Bilingual
from accord.outbox import operations
from accord.outbox.enums import ChatKind
from accord.outbox.models import Endpoint, Suppression

pytestmark = pytest.mark.django_db
HERE = operations.Caution()


def fill(cast: Cast, start: int, stop: int) -> None:
    """Make some of everything."""
    own = cast.ours.institution_id
    for number in range(start, stop):
        for person in (cast.owner.person, cast.partner.person):
            tell(person, key=f"k{number}-{person.pk}")
        endpoint = operations.add_endpoint(
            institution_id=own,
            name=f"System {number}",
            url=f"https://example.org/{number}",
            topics=(),
            mark=uuid4(),
            caution=HERE,
            by=cast.owner.person,
            at=NOW,
        )
        operations.add_chat(
            institution_id=own,
            name=f"Chat {number}",
            kind=ChatKind.SLACK,
            url=f"https://hooks.slack.com/{number}",
            secret="",
            topics=(),
            caution=HERE,
            by=cast.owner.person,
            at=NOW,
        )
        operations.announce_event(topic="test.news", data={}, institutions=[own], key=f"e{number}", at=NOW)
        operations.hold_batch(
            key=f"b{number}", title=Bilingual("Held"), institution_id=own, by=cast.owner.person, at=NOW
        )
        Suppression.objects.create(address=f"{number}@example.org", reason="bounced", suppressed_at=NOW)
        assert endpoint.pk


PAGES = [
    ("owner", "/notices/", 9),
    ("owner", "/notices/settings/", 8),
    ("owner", "/webhooks/", 9),
    ("owner", "/webhooks/{first}/", 9),
    ("owner", "/chats/", 9),
    ("owner", "/letters/held/", 8),
    ("steward", "/letters/", 8),
    ("steward", "/letters/stopped/", 9),
]


@pytest.mark.parametrize(("who", "path", "queries"), PAGES)
def test_list_takes_as_many_queries_for_much_as_for_little(
    cast: Cast, django_assert_num_queries, who: str, path: str, queries: int
) -> None:
    fill(cast, 0, 1)
    client = getattr(cast, who).client
    path = path.format(first=Endpoint.objects.get().pk)
    client.get(path)

    with django_assert_num_queries(queries):
        client.get(path)
    fill(cast, 1, 9)
    with django_assert_num_queries(queries):
        client.get(path)


def test_telling_many_takes_as_many_queries_as_telling_one(cast: Cast, django_assert_num_queries) -> None:
    everybody = [one.person for one in (cast.owner, cast.partner, cast.executive, cast.steward)]

    with django_assert_num_queries(12):
        tell(everybody[0])
    with django_assert_num_queries(12):
        tell(*everybody, key="k2")
