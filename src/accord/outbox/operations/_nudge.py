"""Wakes the workers once a write is kept. The rows are the queue; a nudge that is lost costs a minute at most."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from accord.outbox.enums import Channel

JOBS = {
    Channel.MAIL: "accord.outbox.tasks.send_mail",
    Channel.WEBHOOK: "accord.outbox.tasks.send_webhooks",
    Channel.CHAT: "accord.outbox.tasks.send_chats",
}


def nudge(*channels: Channel) -> None:
    """Have the channels' jobs run as soon as the transaction is kept; one that already waits is enough."""
    for channel in channels:
        transaction.on_commit(lambda channel=channel: _defer(channel), robust=True)  # type: ignore[misc]


def _defer(channel: Channel) -> None:
    """Put the channel's job into the queue, once."""
    job = app.configure_task(JOBS[channel], queueing_lock=f"outbox-{channel}")
    try:
        with transaction.atomic():
            job.defer(timestamp=0)
    except AlreadyEnqueued:
        return
