"""Topics that only tests know, a clock to turn, and addresses for the cast."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accord.kernel.text import Bilingual
from accord.kernel.topics import Topic, topics
from accord.outbox import operations

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)  # a Wednesday
TOPICS = (
    Topic("test.news", "News"),
    Topic("test.urgent", "Something to act on", is_urgent=True),
    Topic("test.link", "A link you asked for", is_urgent=True, is_required=True),
    Topic("test.quiet", "For people only", for_webhooks=False),
)


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        """Start at noon or so."""
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the present moment."""
        return self.now

    def turn(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@pytest.fixture(autouse=True)
def test_topics() -> Iterator[None]:
    """Announce the tests' own topics, and forget them afterwards."""
    for topic in TOPICS:
        topics.announce(topic.code, topic)
    yield
    for topic in TOPICS:
        topics._offers.pop(topic.code, None)


@pytest.fixture
def clock() -> Clock:
    """Return a clock to turn."""
    return Clock()


def tell(*people: Any, topic: str = "test.urgent", key: str = "k1", at: datetime = NOW, **more: Any) -> None:
    """Tell people of something."""
    fields: dict[str, Any] = {
        "subject": Bilingual("Four teams moved in", "四家团队入驻"),
        "body": Bilingual("The register says so.\n\nRead it.", "登记册如此记载。"),
        "url": "/agreements/",
        **more,
    }
    operations.notify(topic=topic, people=[one.pk for one in people], key=key, at=at, **fields)
