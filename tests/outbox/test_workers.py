"""Several workers at once: nothing is sent twice and nobody waits for another."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.mail import get_connection
from django.db import connection
from tests.cast import make_cast
from tests.outbox.conftest import tell
from tests.outbox.sinks import MailSink, mail_sink
from tests.outbox.test_mail import SMTP

from accord.outbox import operations
from accord.outbox.enums import DeliveryState
from accord.outbox.models import Delivery

WORKERS, LETTERS = 4, 12


def work(sink: MailSink) -> int:
    try:
        return operations.send_mail(
            server=get_connection(SMTP, host="127.0.0.1", port=sink.port, use_tls=False, use_ssl=False),
            sender="a@example.org",
            site="https://accord.example.org",
            clock=lambda: datetime.now(UTC),
            new_attempt=uuid4,
        )
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_letter_once() -> None:
    cast = make_cast()
    for number in range(LETTERS):
        tell(cast.owner.person, key=f"k{number}", at=datetime.now(UTC))

    with mail_sink() as sink, ThreadPoolExecutor(WORKERS) as pool:
        sent = sum(pool.map(work, [sink] * WORKERS))

    assert sent == LETTERS
    assert Counter(Counter(mail["Message-ID"] for mail in sink.mails).values()) == {1: LETTERS}
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
