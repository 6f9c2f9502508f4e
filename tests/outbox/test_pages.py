"""Every page of the context: who may see it, what it shows, what its buttons do."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from tests.cast import Cast, Member
from tests.outbox.conftest import NOW, tell

from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.outbox import operations
from accord.outbox.enums import PING, ChatKind, EndpointState, Pace
from accord.outbox.models import Batch, ChatChannel, Delivery, Endpoint, InboxNote, Preference, QuietHours, Suppression

pytestmark = pytest.mark.django_db
HERE = operations.Caution(loopback=True)


@pytest.fixture
def endpoint(cast: Cast) -> Endpoint:
    """Connect a system of the owner's institution, with one post."""
    found = operations.add_endpoint(
        institution_id=cast.ours.institution_id,
        name="Planted register",
        url="https://register.example.org/hook",
        topics=["test.news"],
        mark=uuid4(),
        caution=HERE,
        by=cast.owner.person,
        at=NOW,
    )
    operations.announce_event(
        topic="test.news", data={"planted": "四"}, institutions=[cast.ours.institution_id], key="e1", at=NOW
    )
    return found


@pytest.fixture
def chat(cast: Cast) -> ChatChannel:
    """Connect a chat of the owner's institution."""
    return operations.add_chat(
        institution_id=cast.ours.institution_id,
        name="Planted chat",
        kind=ChatKind.FEISHU,
        url="https://open.feishu.cn/open-apis/bot/v2/hook/planted-token",
        secret="planted-secret",
        topics=(),
        caution=operations.Caution(),
        by=cast.owner.person,
        at=NOW,
    )


@pytest.fixture
def batch(cast: Cast) -> Batch:
    """Hold two letters of the owner's institution."""
    held = operations.hold_batch(
        key="b1",
        title=Bilingual("Planted decisions", "录取"),
        institution_id=cast.ours.institution_id,
        by=cast.owner.person,
        at=NOW,
    )
    tell(cast.partner.person, cast.executive.person, hold=held, key="held")
    return held


@pytest.fixture
def demo() -> Iterator[World]:
    """Make the world a demo."""
    return World.objects.create(is_demo=True, demo_day=NOW.date(), seed=1, scale=1.0, built_at=NOW)


def text(who: Member | Client, path: str, status: int = 200) -> str:
    client = who.client if isinstance(who, Member) else who
    answer = client.get(path)
    assert answer.status_code == status
    return b"".join(answer).decode()


def test_inbox_shows_ones_own_notices_and_nobody_elses(cast: Cast) -> None:
    tell(cast.owner.person, subject=Bilingual("For the owner"))
    tell(cast.partner.person, subject=Bilingual("For the partner"), key="k2")

    page = text(cast.owner, "/notices/")
    assert "For the owner" in page
    assert "For the partner" not in page
    note = InboxNote.objects.get(person=cast.partner.person)
    text(cast.owner, f"/notices/{note.pk}/", 404)
    assert cast.owner.client.post(f"/notices/{note.pk}/open/").status_code == 404


def test_reading_the_page_marks_nothing_and_the_button_leads_on(cast: Cast) -> None:
    tell(cast.owner.person)
    note = InboxNote.objects.get()

    assert "The register says so." in text(cast.owner, f"/notices/{note.pk}/")
    note.refresh_from_db()
    assert note.read_at is None
    answer = cast.owner.client.post(f"/notices/{note.pk}/open/")
    note.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/agreements/")
    assert note.read_at is not None


def test_notice_that_leads_elsewhere_is_not_followed(cast: Cast) -> None:
    tell(cast.owner.person, url="https://evil.example.org/")

    answer = cast.owner.client.post(f"/notices/{InboxNote.objects.get().pk}/open/")
    assert answer["Location"] == "/notices/"


def test_filter_unread_and_mark_all(cast: Cast) -> None:
    tell(cast.owner.person, subject=Bilingual("First"))
    tell(cast.owner.person, subject=Bilingual("Second"), key="k2", at=NOW + timedelta(minutes=1))
    operations.mark_read(note=InboxNote.objects.get(message__key="k1"), at=NOW)

    unread = text(cast.owner, "/notices/?state=unread")
    assert "Second" in unread
    assert ">First<" not in unread
    cast.owner.client.post("/notices/read/")
    assert InboxNote.objects.filter(read_at=None).count() == 0


def settings_form(cast: Cast) -> dict[str, str]:
    form = cast.owner.client.get("/notices/settings/").context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in values.items() if value not in {None, False}}


def test_preferences_are_kept_and_required_topics_are_not_asked(cast: Cast) -> None:
    form = settings_form(cast)
    number = next(
        number
        for number, wish in enumerate(cast.owner.client.get("/notices/settings/").context["form"].wishes)
        if wish.topic.code == "test.news"
    )
    form[f"mail_{number}"] = Pace.WEEKLY
    form.pop(f"inbox_{number}")
    answer = cast.owner.client.post("/notices/settings/", {**form, "quiet_from": "22:00", "quiet_until": "07:00"})

    assert answer.status_code == 302
    assert set(Preference.objects.filter(topic="test.news").values_list("told", "pace")) == {
        ("mail", "weekly"),
        ("inbox", "off"),
    }
    assert QuietHours.objects.get().ends.hour == 7
    assert "A link you asked for" not in text(cast.owner, "/notices/settings/")


def test_quiet_hours_without_an_end_are_refused_and_nothing_is_kept(cast: Cast) -> None:
    answer = cast.owner.client.post("/notices/settings/", {**settings_form(cast), "quiet_from": "22:00"})

    assert answer.status_code == 422
    assert "when they end" in answer.content.decode()
    assert Preference.objects.count() == 0


def test_mail_program_unsubscribes_by_one_post_without_signing_in(cast: Cast) -> None:
    token = operations.unsubscribe_token(cast.owner.person.pk, "test.news")
    stranger = Client(enforce_csrf_checks=True)

    assert "News" in text(stranger, f"/notices/unsubscribe/{token}/")
    assert Preference.objects.count() == 0
    assert stranger.post(f"/notices/unsubscribe/{token}/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preference.objects.get(topic="test.news").pace == Pace.OFF


def test_changed_unsubscribe_address_is_nothing(cast: Cast) -> None:
    token = operations.unsubscribe_token(cast.owner.person.pk, "test.news")

    assert Client().post(f"/notices/unsubscribe/{token[:-1]}x/").status_code == 404
    assert Preference.objects.count() == 0


def invite(to: str = "new@example.org") -> None:
    mail = EmailMultiAlternatives("You are invited", "Open https://here/i/planted-token/", "a@example.org", [to])
    operations.keep_letter(letter=mail, key=f"letter:{to}", at=NOW)


def test_stewards_alone_see_letters_and_read_their_words_only_where_nothing_is_mailed(
    cast: Cast, settings: object
) -> None:
    invite()
    letter = f"/letters/{Delivery.objects.get().pk}/"

    assert "new@example.org" in text(cast.steward, "/letters/")
    text(cast.owner, "/letters/", 403)
    text(cast.owner, letter, 404)
    assert "planted-token" in text(cast.steward, letter)
    settings.EMAIL_HOST = "mail.example.org"
    assert "planted-token" not in text(cast.steward, letter)
    assert "planted-token" not in text(cast.steward, "/letters/?format=csv")


def test_in_a_demo_everybody_reads_their_own_letters(cast: Cast, demo: World) -> None:
    invite()
    invite("owner@example.org")
    tell(cast.partner.person, subject=Bilingual("For the partner"))

    page = text(cast.owner, "/letters/")
    assert "owner@example.org" in page
    assert "new@example.org" not in page
    assert "For the partner" not in page
    assert "planted-token" in text(cast.owner, f"/letters/{Delivery.objects.get(address='owner@example.org').pk}/")


def test_steward_mails_to_a_stopped_address_again(cast: Cast) -> None:
    stopped = Suppression.objects.create(address="a@example.org", reason="bounced", suppressed_at=NOW)

    text(cast.owner, "/letters/stopped/", 403)
    assert cast.owner.client.post(f"/letters/stopped/{stopped.pk}/lift/").status_code == 403
    assert "a@example.org" in text(cast.steward, "/letters/stopped/")
    cast.steward.client.post(f"/letters/stopped/{stopped.pk}/lift/")
    assert Suppression.objects.count() == 0


def test_held_letters_are_seen_and_released_by_their_institution_alone(cast: Cast, batch: Batch) -> None:
    path = f"/letters/held/{batch.pk}/"
    assert "Planted decisions" in text(cast.owner, "/letters/held/")
    assert "partner@example.org" in text(cast.owner, path)
    assert "The register says so." in text(cast.owner, path)
    assert "Planted decisions" not in text(cast.partner, "/letters/held/")
    for other in (cast.partner, cast.outsider, cast.executive):
        assert other.client.post(f"{path}release/").status_code == 404

    assert cast.owner.client.post(f"{path}release/").status_code == 302
    assert Batch.objects.get().released_by == cast.owner.person
    assert cast.owner.client.post(f"{path}cancel/").status_code == 409


def test_secret_is_shown_once_and_stands_nowhere_else(cast: Cast) -> None:
    form = {
        "institution_id": cast.ours.institution_id,
        "name": "Register",
        "url": "https://register.example.org/hook",
        "topics": ["test.news"],
        "mark": str(uuid4()),
    }
    answer = cast.owner.client.post("/webhooks/new/", form)
    found = Endpoint.objects.get()
    secret = operations.show_secret(found)

    assert secret in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    for path in (f"/webhooks/{found.pk}/", "/webhooks/", "/webhooks/?format=json", f"/webhooks/{found.pk}/change/"):
        assert secret not in text(cast.owner, path)
    assert cast.owner.client.post("/webhooks/new/", form).status_code == 200
    assert Endpoint.objects.count() == 1


def test_address_inside_is_refused_in_the_form(cast: Cast) -> None:
    form = {"institution_id": cast.ours.institution_id, "name": "X", "url": "http://10.0.0.1/", "mark": str(uuid4())}

    answer = cast.owner.client.post("/webhooks/new/", form)
    assert answer.status_code == 422
    assert "https://" in answer.content.decode()


def test_systems_are_their_institutions_alone(cast: Cast, endpoint: Endpoint, chat: ChatChannel) -> None:
    post = Delivery.objects.get(endpoint=endpoint).pk
    assert "Planted register" in text(cast.owner, "/webhooks/")
    assert "Planted register" in text(cast.steward, "/webhooks/")
    assert "Planted register" not in text(cast.partner, "/webhooks/")
    assert "Planted chat" not in text(cast.partner, "/chats/")
    for path in (f"/webhooks/{endpoint.pk}/", f"/webhooks/{endpoint.pk}/posts/{post}/", f"/chats/{chat.pk}/"):
        for other in (cast.partner, cast.outsider, cast.executive):
            text(other, path, 404)
    for verb in ("pause", "resume", "secret", "try", "replay", f"posts/{post}/replay"):
        assert cast.partner.client.post(f"/webhooks/{endpoint.pk}/{verb}/").status_code == 404
    for verb in ("pause", "resume", "try"):
        assert cast.partner.client.post(f"/chats/{chat.pk}/{verb}/").status_code == 404
    text(cast.executive, "/webhooks/new/", 403)
    text(cast.executive, "/chats/new/", 403)


def test_officer_cannot_connect_a_system_of_another_institution(cast: Cast) -> None:
    form = {"institution_id": cast.theirs.institution_id, "name": "X", "url": "https://x.org/", "mark": str(uuid4())}

    assert cast.owner.client.post("/webhooks/new/", form).status_code == 422
    assert Endpoint.objects.count() == 0


def test_endpoint_is_paused_tried_replayed_and_changed(cast: Cast, endpoint: Endpoint) -> None:
    path = f"/webhooks/{endpoint.pk}/"
    post = Delivery.objects.get(endpoint=endpoint)
    assert "&quot;planted&quot;: &quot;四&quot;" in text(cast.owner, f"{path}posts/{post.pk}/")
    cast.owner.client.post(f"{path}pause/")
    assert Endpoint.objects.get().state == EndpointState.PAUSED
    cast.owner.client.post(f"{path}resume/")
    assert Endpoint.objects.get().state == EndpointState.ACTIVE
    mark = str(uuid4())
    for _press in range(2):
        cast.owner.client.post(f"{path}try/", {"mark": mark})
    assert Delivery.objects.filter(message__topic=PING).count() == 1
    Delivery.objects.filter(pk=post.pk).update(state="given_up", tries=10)
    cast.owner.client.post(f"{path}replay/", {"since": "2020-01-01"})
    post.refresh_from_db()
    assert (post.state, post.tries) == ("queued", 0)
    form = {"institution_id": cast.ours.institution_id, "name": "New", "url": endpoint.url, "mark": mark}
    assert cast.owner.client.post(f"{path}change/", form).status_code == 302
    assert Endpoint.objects.get().name == "New"


def test_chat_keeps_its_address_and_secret_to_itself(cast: Cast, chat: ChatChannel) -> None:
    form = {
        "institution_id": cast.ours.institution_id,
        "kind": "slack",
        "name": "Second",
        "url": "https://hooks.slack.com/services/T/B/planted-token",
    }
    answer = cast.owner.client.post("/chats/new/", form, follow=True)

    pages = answer.content.decode() + "".join(
        text(cast.owner, path) for path in ("/chats/", f"/chats/{chat.pk}/", "/chats/?format=csv")
    )
    assert ChatChannel.objects.count() == 2
    assert "planted-token" not in pages
    assert "planted-secret" not in pages


@pytest.mark.parametrize("path", ["/notices/", "/webhooks/", "/chats/", "/letters/held/"])
def test_lists_export(cast: Cast, path: str) -> None:
    for kind in ("csv", "xlsx", "json"):
        assert cast.owner.client.get(f"{path}?format={kind}").status_code == 200
