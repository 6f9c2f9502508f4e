"""Jobs of the outbox context: what is due is sent once a minute, and at once where a write woke them.

In a demo world nothing leaves: mails can be read in the outbox, and no other system is told anything.
"""

from uuid import uuid4

from django.conf import settings
from django.core.mail import get_connection
from procrastinate.contrib.django import app

from accord.kernel import clock
from accord.kernel.models import World
from accord.outbox import operations

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@app.periodic(cron="* * * * *", periodic_id="sweep")
@app.task(queueing_lock="outbox-mail", pass_context=False)
def send_mail(timestamp: int) -> int:
    """Send the mail that is due, where a mail server is set; without one it stays in the outbox to be read."""
    del timestamp
    if not settings.EMAIL_HOST or World.current().is_demo:
        return 0
    return operations.send_mail(
        server=get_connection(SMTP),
        sender=settings.DEFAULT_FROM_EMAIL,
        site=settings.SITE_ADDRESS,
        clock=clock.now,
        new_attempt=uuid4,
    )


@app.periodic(cron="* * * * *", periodic_id="sweep")
@app.task(queueing_lock="outbox-webhook", pass_context=False)
def send_webhooks(timestamp: int) -> int:
    """Post to other systems what is due."""
    del timestamp
    if World.current().is_demo:
        return 0
    return operations.send_webhooks(
        caution=operations.Caution(loopback=settings.WEBHOOK_LOOPBACK),
        days_failing=settings.WEBHOOK_DAYS_FAILING,
        clock=clock.now,
        new_attempt=uuid4,
    )


@app.periodic(cron="* * * * *", periodic_id="sweep")
@app.task(queueing_lock="outbox-chat", pass_context=False)
def send_chats(timestamp: int) -> int:
    """Tell group chats what is due."""
    del timestamp
    if World.current().is_demo:
        return 0
    return operations.send_chats(
        caution=operations.Caution(loopback=settings.WEBHOOK_LOOPBACK),
        site=settings.SITE_ADDRESS,
        clock=clock.now,
        new_attempt=uuid4,
    )
