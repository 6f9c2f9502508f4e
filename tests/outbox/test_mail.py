"""Mail as it arrives at a real mail server: words, heads, digests, tries, and what is not sent any more."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.db import transaction
from tests.cast import Cast
from tests.outbox.conftest import NOW, Clock, tell
from tests.outbox.sinks import MailSink, mail_sink

from accord.config.mail import KeptMail
from accord.kernel.text import Bilingual
from accord.outbox import operations
from accord.outbox.enums import DeliveryState, Pace
from accord.outbox.models import Attempt, Delivery, Message, Suppression
from accord.people.models import Account

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def sink() -> Iterator[MailSink]:
    """Run a mail server."""
    with mail_sink() as running:
        yield running


def send(sink: MailSink, clock: Clock, port: int | None = None) -> int:
    server = get_connection(SMTP, host="127.0.0.1", port=port or sink.port, use_tls=False, use_ssl=False, timeout=5)
    return operations.send_mail(
        server=server,
        sender="Accord <accord@example.org>",
        site="https://accord.example.org",
        clock=clock,
        new_attempt=uuid4,
    )


def speak(cast: Cast, language: str) -> None:
    Account.objects.filter(person=cast.owner.person).update(language=language)


def test_notice_arrives_in_text_and_html_in_the_readers_language(cast: Cast, sink: MailSink, clock: Clock) -> None:
    speak(cast, "zh-hans")
    tell(cast.owner.person)

    assert send(sink, clock) == 1
    (mail,) = sink.mails
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert sink.receivers == ["owner@example.org"]
    assert mail["Subject"] == "四家团队入驻"
    assert "登记册如此记载。" in text
    assert "The register" not in text
    assert "https://accord.example.org/agreements/" in text
    assert '<a href="https://accord.example.org/agreements/"' in html
    assert 'lang="zh-Hans"' in html


def test_reader_without_a_language_gets_both(cast: Cast, sink: MailSink, clock: Clock) -> None:
    speak(cast, "")
    tell(cast.owner.person)
    send(sink, clock)

    text = sink.mails[0].get_body(("plain",)).get_content()
    assert sink.mails[0]["Subject"] == "Four teams moved in / 四家团队入驻"
    assert text.index("The register says so.") < text.index("登记册如此记载。")


def test_words_of_people_cannot_become_markup(cast: Cast, sink: MailSink, clock: Clock) -> None:
    speak(cast, "en")
    tell(cast.owner.person, body=Bilingual("<script>alert(1)</script> & more"))
    send(sink, clock)

    assert "&lt;script&gt;" in sink.mails[0].get_body(("html",)).get_content()
    assert "<script>alert(1)</script> & more" in sink.mails[0].get_body(("plain",)).get_content()


def test_mail_says_how_to_get_no_more_but_not_where_that_cannot_be(cast: Cast, sink: MailSink, clock: Clock) -> None:
    tell(cast.owner.person)
    tell(cast.owner.person, topic="test.link", key="k2")
    send(sink, clock)

    first, second = sink.mails
    address = first["List-Unsubscribe"].strip(" <>")
    token = address.rstrip("/").rpartition("/")[2]
    assert address.startswith("https://accord.example.org/notices/unsubscribe/")
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert operations.read_unsubscribe(token) == (cast.owner.person.pk, "test.urgent")
    assert second["List-Unsubscribe"] is None


def test_daily_mail_holds_all_of_the_day_in_one(cast: Cast, sink: MailSink, clock: Clock) -> None:
    speak(cast, "en")
    for number in range(3):
        tell(cast.owner.person, topic="test.news", key=f"k{number}", subject=Bilingual(f"News {number}"))
    tell(cast.partner.person, topic="test.news", key="k9")

    assert send(sink, clock) == 0
    clock.turn(days=1)
    assert send(sink, clock) == 2
    text = sink.mails[0].get_body(("plain",)).get_content()
    assert sink.mails[0]["Subject"] == "3 notices from Accord"
    assert [text.count(f"News {number}") for number in range(3)] == [1, 1, 1]
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}


def test_nothing_is_sent_twice(cast: Cast, sink: MailSink, clock: Clock) -> None:
    tell(cast.owner.person)
    send(sink, clock)
    clock.turn(days=30)

    assert send(sink, clock) == 0
    assert len(sink.mails) == 1


def test_what_the_reader_switched_off_meanwhile_is_given_up(cast: Cast, sink: MailSink, clock: Clock) -> None:
    tell(cast.owner.person, topic="test.news")
    operations.unsubscribe(person_id=cast.owner.person.pk, topic="test.news")
    clock.turn(days=1)

    assert send(sink, clock) == 0
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP
    assert sink.mails == []


def test_unreachable_server_costs_one_try_and_the_next_goes_through(cast: Cast, sink: MailSink, clock: Clock) -> None:
    tell(cast.owner.person)
    tell(cast.partner.person, key="k2")

    assert send(sink, clock, port=1) == 0
    assert list(Delivery.objects.order_by("pk").values_list("state", "tries")) == [
        (DeliveryState.FAILED, 1),
        (DeliveryState.QUEUED, 0),
    ]
    clock.turn(seconds=10)
    assert send(sink, clock) == 2


def test_refused_receiver_is_given_up_and_gets_no_more_notices(cast: Cast, sink: MailSink, clock: Clock) -> None:
    sink.refuse = {"owner@example.org": 550}
    tell(cast.owner.person)
    send(sink, clock)
    tell(cast.owner.person, key="k2")

    assert list(Delivery.objects.values_list("state", "tries")) == [(DeliveryState.GIVEN_UP, 1)]
    assert Suppression.objects.get().address == "owner@example.org"


def test_full_mailbox_is_tried_again(cast: Cast, sink: MailSink, clock: Clock) -> None:
    sink.refuse = {"owner@example.org": 452}
    tell(cast.owner.person)
    send(sink, clock)
    sink.refuse = {}
    clock.turn(seconds=10)

    assert send(sink, clock) == 1
    assert list(Attempt.objects.order_by("pk").values_list("number", "succeeded", "status")) == [
        (1, False, 452),
        (2, True, 250),
    ]
    assert Suppression.objects.count() == 0


def test_left_by_a_dead_worker_it_is_sent_by_another_under_the_same_id(
    cast: Cast, sink: MailSink, clock: Clock
) -> None:
    tell(cast.owner.person)

    class Power(BaseException):
        """The plug is pulled."""

    def cut() -> None:
        raise Power

    class Dying:
        """A server whose client dies before it learns what became of the mail."""

        def open(self) -> None:
            """Connect."""

        def close(self) -> None:
            """Disconnect."""

        def send_messages(self, mails: list[EmailMultiAlternatives]) -> None:
            """Hand over and die."""
            ids.append(mails[0].extra_headers["Message-ID"])
            cut()

    ids: list[str] = []
    with pytest.raises(Power):
        operations.send_mail(
            server=Dying(),
            sender="a@example.org",
            site="https://accord.example.org",
            clock=clock,
            new_attempt=uuid4,
        )
    assert send(sink, clock) == 0
    clock.turn(minutes=4)
    assert send(sink, clock) == 1
    assert [sink.mails[0]["Message-ID"]] == ids


def letter(**changes: str) -> EmailMultiAlternatives:
    fields = {"subject": "You are invited", "body": "Open https://accord.example.org/i/secret/", **changes}
    mail = EmailMultiAlternatives(fields["subject"], fields["body"], "a@example.org", ["new@example.org"])
    mail.attach_alternative("<p>Open</p>", "text/html")
    mail.attach("list.csv", b"a,b\n", "text/csv")
    return mail


def test_letter_is_kept_sent_whole_and_its_words_are_dropped(sink: MailSink, clock: Clock) -> None:
    operations.keep_letter(letter=letter(), key="letter:1", at=NOW)
    operations.keep_letter(letter=letter(), key="letter:1", at=NOW)

    assert send(sink, clock) == 1
    (mail,) = sink.mails
    assert "https://accord.example.org/i/secret/" in mail.get_body(("plain",)).get_content()
    assert mail.get_body(("html",)).get_content().strip() == "<p>Open</p>"
    assert [one.get_filename() for one in mail.iter_attachments()] == ["list.csv"]
    assert Message.objects.get().letter is None


def test_letter_leaves_no_trace_where_its_transaction_fails() -> None:
    def write_and_fail() -> None:
        with transaction.atomic():
            KeptMail().send_messages([letter()])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert Message.objects.count() == 0


@pytest.mark.parametrize("field", ["subject", "to", "from"])
def test_line_break_in_a_head_is_refused(field: str) -> None:
    mail = letter()
    evil = "x@example.org\nBcc: all@example.org"
    if field == "subject":
        mail.subject = evil
    elif field == "to":
        mail.to = [evil]
    else:
        mail.from_email = evil

    with pytest.raises(BadHeaderError):
        KeptMail().send_messages([mail])
    assert Message.objects.count() == 0


def test_letter_to_a_stopped_address_is_still_sent(sink: MailSink, clock: Clock) -> None:
    Suppression.objects.create(address="new@example.org", reason="bounced", suppressed_at=NOW)
    operations.keep_letter(letter=letter(), key="letter:1", at=NOW)

    assert send(sink, clock) == 1


def test_digest_keeps_its_id_over_tries(cast: Cast, sink: MailSink, clock: Clock) -> None:
    operations.set_preferences(person_id=cast.owner.person.pk, paces={("mail", "test.news"): Pace.DAILY})
    tell(cast.owner.person, topic="test.news")
    clock.turn(days=1)
    sink.refuse = {"owner@example.org": 451}
    send(sink, clock)
    sink.refuse = {}
    clock.turn(hours=1)
    send(sink, clock)
    requests = set(Attempt.objects.values_list("request", flat=True))

    assert Attempt.objects.count() == 2
    assert len(requests) == 1
    assert Delivery.objects.get().sent_at == NOW + timedelta(days=1, hours=1)
