"""A webhook of ours, before the reference libraries of Standard Webhooks and the example of our own documentation."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from standardwebhooks import Webhook, WebhookVerificationError
from tests.cast import Cast
from tests.outbox.sinks import Post, web_sink

from accord.kernel.topics import Topic, topics
from accord.outbox import operations
from accord.outbox.models import Endpoint

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "webhooks.md"
REFUSED = "refused"
Verifier = Callable[[str, Post], str]


@pytest.fixture
def posted(cast: Cast) -> Iterator[tuple[Endpoint, Post]]:
    """Post one event, with Chinese in it, to a server of this machine."""
    topics.announce("test.news", Topic("test.news", "News"))
    now = datetime.now(UTC)
    here = operations.Caution(loopback=True)
    with web_sink() as sink:
        endpoint = operations.add_endpoint(
            institution_id=cast.ours.institution_id,
            name="Register",
            url=sink.url,
            topics=(),
            mark=uuid4(),
            caution=here,
            by=cast.owner.person,
            at=now,
        )
        endpoint = operations.rotate_secret(endpoint=endpoint, mark=uuid4(), at=now)
        operations.announce_event(
            topic="test.news", data={"label": "四家团队"}, institutions=[cast.ours.institution_id], key="e1", at=now
        )
        operations.send_webhooks(caution=here, days_failing=5, clock=lambda: now, new_attempt=uuid4)
        yield endpoint, sink.posts[0]
    topics._offers.pop("test.news")


def by_python(secret: str, post: Post) -> str:
    try:
        return str(Webhook(secret).verify(post.body, post.headers)["type"])
    except WebhookVerificationError:
        return REFUSED


def by_our_page(secret: str, post: Post) -> str:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    found: dict[str, Callable[..., bool]] = {}
    exec(compile(example, str(PAGE), "exec"), found)
    return str(json.loads(post.body)["type"]) if found["is_from_accord"](secret, post.headers, post.body) else REFUSED


@pytest.fixture
def by_node(node_home: Path) -> Verifier:
    """Return the verifier of the npm package."""

    def verify(secret: str, post: Post) -> str:
        said = subprocess.run(
            ["node", HERE / "webhook.mjs", secret],
            cwd=node_home,
            input=json.dumps({"headers": post.headers, "body": post.body.decode()}),
            capture_output=True,
            text=True,
            check=True,
        )
        return said.stdout.strip().partition(":")[0]

    return verify


@pytest.mark.parametrize("who", ["python", "page", "node"])
def test_receivers_take_ours_and_nothing_changed(
    posted: tuple[Endpoint, Post], request: pytest.FixtureRequest, who: str
) -> None:
    endpoint, post = posted
    verify: Verifier = {"python": by_python, "page": by_our_page}.get(who) or request.getfixturevalue("by_node")
    secret = operations.show_secret(endpoint)
    late = {**post.headers, "webhook-timestamp": str(int(post.headers["webhook-timestamp"]) - 3600)}

    assert verify(secret, post) == "test.news"
    assert verify(secret, Post(post.path, post.headers, post.body.replace("四".encode(), "五".encode()))) == REFUSED
    assert verify(secret, Post(post.path, late, post.body)) == REFUSED
    assert verify("whsec_" + "A" * 43 + "=", post) == REFUSED
