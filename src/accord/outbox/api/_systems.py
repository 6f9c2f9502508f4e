"""Connected systems of one's institutions: what they are told, their secrets, and the log of what was posted."""

from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Day,
    Detail,
    Key,
    Number,
    Page,
    Router,
    Sent,
    Shown,
    Text,
    expected,
    mark_of,
    wrong_field,
)
from accord.kernel.refused import NotAllowed
from accord.outbox import operations, queries, rules
from accord.outbox.enums import DeliveryState, EndpointState, Permission
from accord.outbox.forms import ENDPOINTS, POSTS, EndpointForm, fault_words
from accord.outbox.operations import Caution
from accord.outbox.queries import Attempt, Delivery, Endpoint
from accord.people import queries as people
from accord.people.queries import acting_person
from accord.ui.filling import filled
from accord.ui.listing import ListAsked, listed

ONE = "/webhooks/{number}"
POST = f"{ONE}/posts/{{post}}"
systems = Router(tags=["Webhooks"])


class WebhookShown(Shown):
    """An address of an institution's system to which events are posted, as Standard Webhooks says."""

    id: int = Field(examples=[7])
    institution: str = Field(description="Key of the institution.", examples=["cass"])
    name: str
    url: str
    topics: list[str] = Field(description="Empty: everything, also what comes later.")
    state: EndpointState
    state_reason: str | None
    failing_since_at: datetime | None
    old_secret_until_at: datetime | None = Field(description="Until then the replaced secret signs as well.")
    made_at: datetime
    version: int = Field(description="Follows from what it is told and how; as in ETag.")


class WebhookMade(WebhookShown):
    """The same with its secret, which is shown this once."""

    secret: str = Field(description="To verify signatures with; begins with whsec_. Nothing here keeps it.")


class PostShown(Shown):
    """One event on its way to a system."""

    id: int
    topic: str
    happened_at: datetime
    state: DeliveryState
    tries: int
    next_at: datetime | None = Field(description="When it is tried next; null once it was taken.")
    sent_at: datetime | None
    fault: str | None = Field(description="What went wrong at the last try.")


class AttemptShown(Shown):
    """One try and its answer, in heads without secrets."""

    number: int
    started_at: datetime
    took_ms: int
    succeeded: bool
    status: int | None
    fault: str | None
    request: str
    response: str


class PostWhole(PostShown):
    """One event with what is posted and every try."""

    webhook_id: str = Field(description="By which receivers drop what comes twice; a replay keeps it.")
    body: str = Field(description="What is posted, laid out to be read.")
    attempts: list[AttemptShown]


class ReplayedShown(Shown):
    """How many posts go out again."""

    posts: int


class WebhookSent(Sent):
    """What a system is told, and where."""

    name: Text = Field(min_length=1, max_length=100, description="What you call this system.", examples=["Register"])
    url: Text = Field(min_length=1, max_length=500, examples=["https://example.org/hooks"])
    topics: list[Text] = Field([], max_length=200, description="Empty: everything, also what comes later.")


class NewWebhookSent(WebhookSent):
    """A system to be connected."""

    institution: Key = Field(description="Key of one of your institutions.", examples=["cass"])


class SinceSent(Sent):
    """From which day on something is posted again."""

    since: Day = Field(examples=["2019-09-30"])


class WebhooksAsked(ListAsked, table=ENDPOINTS):
    """How connected systems may be asked for."""


class PostsAsked(ListAsked, table=POSTS):
    """How posts may be asked for."""


@systems.reads("/webhooks", answer=Page[WebhookShown], may=Permission.MANAGE_SYSTEMS)
def list_webhooks(request: ApiRequest, asked: Query[WebhooksAsked]) -> Page[WebhookShown]:
    """List the connected systems of your institutions."""
    return listed(request, asked, queries.endpoints_visible_to(request.actor), _row)


@systems.creates("/webhooks", answer=WebhookMade, may=Permission.MANAGE_SYSTEMS, is_secret=True)
def connect_webhook(request: ApiRequest, sent: NewWebhookSent) -> Created[WebhookMade]:
    """Connect a system. The answer has its secret, once; what happens from now on is posted."""
    open_to = queries.institutions_to_connect(request.actor)
    if not open_to:
        raise NotAllowed(rules.OFFICERS_ONLY)
    number = next((pk for pk, key in people.institution_keys(open_to).items() if key == sent.institution), 0)
    if not rules.may_manage_systems(request.actor, number):
        raise wrong_field("institution", _("Choose an institution whose partnership officer you are."))
    mark = mark_of(request, owner=request.entry.caller)
    answers = _checked(sent, {number: open_to[number]} if number in open_to else {}, number, mark)
    made = operations.add_endpoint(
        **answers, caution=_caution(), by=acting_person(request.actor), at=clock.now(request.world)
    )
    return _with_secret(queries.find_endpoint(request.actor, made.pk))


@systems.reads(ONE, answer=WebhookShown, may=Permission.MANAGE_SYSTEMS)
def read_webhook(request: ApiRequest, number: Number) -> Detail[WebhookShown]:
    """Read one connected system."""
    return _detail(queries.find_endpoint(request.actor, number))


@systems.changes(ONE, method="PUT", answer=WebhookShown, may=Permission.MANAGE_SYSTEMS)
def change_webhook(request: ApiRequest, number: Number, sent: WebhookSent) -> Detail[WebhookShown]:
    """Change a system's name, address or topics."""
    found = _managed(request, number)
    version = expected(request, queries.version_of(found))
    answers = _checked(sent, {found.institution_id: found.institution.name}, found.institution_id, uuid4())
    values = {name: answers[name] for name in ("name", "url", "topics")}
    operations.change_endpoint(endpoint=found, **values, caution=_caution(), version=version)
    return read_webhook(request, number)


@systems.creates(f"{ONE}/secrets", answer=WebhookMade, may=Permission.MANAGE_SYSTEMS, body="", is_secret=True)
def replace_webhook_secret(request: ApiRequest, number: Number) -> Created[WebhookMade]:
    """Give a system a new secret. The answer has it, once; for 24 hours the old one signs as well."""
    mark = mark_of(request, owner=request.entry.caller)
    operations.rotate_secret(endpoint=_managed(request, number), mark=mark, at=clock.now(request.world))
    return _with_secret(queries.find_endpoint(request.actor, number))


@systems.acts(f"{ONE}/pause", answer=WebhookShown, may=Permission.MANAGE_SYSTEMS, matches=False, body="")
def pause_webhook(request: ApiRequest, number: Number) -> Detail[WebhookShown]:
    """Post nothing to a system until it goes on. What happens meanwhile is kept."""
    operations.pause_endpoint(endpoint=_managed(request, number))
    return read_webhook(request, number)


@systems.acts(f"{ONE}/resume", answer=WebhookShown, may=Permission.MANAGE_SYSTEMS, matches=False, body="")
def resume_webhook(request: ApiRequest, number: Number) -> Detail[WebhookShown]:
    """Post to a system again. First what was kept."""
    operations.resume_endpoint(endpoint=_managed(request, number))
    return read_webhook(request, number)


@systems.acts(f"{ONE}/try", answer=WebhookShown, may=Permission.MANAGE_SYSTEMS, matches=False, body="")
def try_webhook(request: ApiRequest, number: Number) -> Detail[WebhookShown]:
    """Post a trial to a system. How it went stands among its posts in a moment."""
    found = _managed(request, number)
    operations.ping_endpoint(endpoint=found, key=f"trial:{uuid4()}", at=clock.now(request.world))
    return read_webhook(request, number)


@systems.acts(f"{ONE}/replay", answer=ReplayedShown, may=Permission.MANAGE_SYSTEMS, matches=False)
def replay_posts(request: ApiRequest, number: Number, sent: SinceSent) -> ReplayedShown:
    """Post again what a system did not take since a day."""
    since = datetime.combine(sent.since, time.min, tzinfo=UTC)
    found = _managed(request, number)
    return ReplayedShown(posts=operations.replay_since(endpoint=found, since=since, at=clock.now(request.world)))


@systems.reads(f"{ONE}/posts", answer=Page[PostShown], may=Permission.MANAGE_SYSTEMS)
def list_posts(request: ApiRequest, number: Number, asked: Query[PostsAsked]) -> Page[PostShown]:
    """List what a system was told, the latest first."""
    return listed(request, asked, queries.log_of(queries.find_endpoint(request.actor, number)), _post)


@systems.reads(POST, answer=PostWhole, may=Permission.MANAGE_SYSTEMS)
def read_post(request: ApiRequest, number: Number, post: Number) -> PostWhole:
    """Read one post. What is said, every try and its answer."""
    return _whole(queries.find_post(queries.find_endpoint(request.actor, number), post))


@systems.acts(f"{POST}/replay", answer=PostWhole, may=Permission.MANAGE_SYSTEMS, matches=False, body="")
def replay_post(request: ApiRequest, number: Number, post: Number) -> PostWhole:
    """Post one thing again. Under the same webhook-id; one that is still under way is left alone."""
    found = queries.find_post(_managed(request, number), post)
    operations.replay(delivery=found, at=clock.now(request.world))
    return read_post(request, number, post)


def _managed(request: ApiRequest, number: int) -> Endpoint:
    """Return a system that the caller may manage."""
    found = queries.find_endpoint(request.actor, number)
    if not rules.may_manage_systems(request.actor, found.institution_id):
        raise NotAllowed(rules.OFFICERS_ONLY)
    return found


def _caution() -> Caution:
    return Caution(loopback=settings.WEBHOOK_LOOPBACK)


def _checked(sent: WebhookSent, institutions: Any, number: int, mark: Any) -> dict[str, Any]:
    """Return what was sent as its page would take it."""
    typed = {"institution_id": number, "name": sent.name, "url": sent.url, "topics": sent.topics, "mark": mark}
    known = queries.topics_for_systems()
    return filled(
        lambda data: EndpointForm(data, institutions=institutions, known=known),
        typed,
        names={"institution_id": "institution"},
    )


def _with_secret(endpoint: Endpoint) -> Created[WebhookMade]:
    """Return a system with its secret."""
    made = WebhookMade(**_fields(endpoint), secret=operations.show_secret(endpoint))
    return Created(made, version=made.version, at=reverse("api:read_webhook", args=[endpoint.pk]))


def _detail(endpoint: Endpoint) -> Detail[WebhookShown]:
    return Detail(_row(endpoint), version=queries.version_of(endpoint))


def _row(endpoint: Any) -> WebhookShown:
    """Return a system as the API shows it."""
    return WebhookShown(**_fields(endpoint))


def _fields(endpoint: Endpoint) -> dict[str, Any]:
    """Return what a system has with its secret and without."""
    return {
        "id": endpoint.pk,
        "institution": endpoint.institution.key,
        "name": endpoint.name,
        "url": endpoint.url,
        "topics": endpoint.topics,
        "state": EndpointState(endpoint.state),
        "state_reason": fault_words(endpoint.state_reason) or None,
        "failing_since_at": endpoint.failing_since_at,
        "old_secret_until_at": endpoint.old_secret_until_at,
        "made_at": endpoint.made_at,
        "version": queries.version_of(endpoint),
    }


def _post(row: Any) -> PostShown:
    """Return a post as the list shows it."""
    return PostShown(**_post_fields(row))


def _post_fields(row: Delivery) -> dict[str, Any]:
    """Return what list and detail have in common."""
    return {
        "id": row.pk,
        "topic": row.message.topic,
        "happened_at": row.message.created_at,
        "state": DeliveryState(row.state),
        "tries": row.tries,
        "next_at": row.next_at if row.sent_at is None else None,
        "sent_at": row.sent_at,
        "fault": fault_words(row.last_error) or None,
    }


def _whole(row: Delivery) -> PostWhole:
    """Return one post with what is said and every try."""
    return PostWhole(
        **_post_fields(row),
        webhook_id=operations.webhook_id(row),
        body=operations.posted_text(row),
        attempts=[_attempt(one) for one in queries.attempts_of(row)],
    )


def _attempt(row: Attempt) -> AttemptShown:
    """Return one try."""
    names = ("number", "started_at", "took_ms", "succeeded", "status", "request", "response")
    return AttemptShown(**{name: getattr(row, name) for name in names}, fault=fault_words(row.error) or None)
