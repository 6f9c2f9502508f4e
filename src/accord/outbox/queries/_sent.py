"""What leaves or left Accord, for those who look after it; and what waits until somebody lets it go."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.records import Shown, reference
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.outbox.enums import Channel, DeliveryState
from accord.outbox.models import Attempt, Batch, Delivery
from accord.outbox.rules import may_read_letters
from accord.people.enums import Role
from accord.people.queries import recipients


def letters_visible_to(actor: Actor, *, is_demo: bool) -> QuerySet[Delivery]:
    """Return the mails that the actor may know of: stewards all; in a demo world everybody those to themselves."""
    mails = Delivery.objects.filter(channel=Channel.MAIL).select_related("message", "person").order_by("-pk")
    if may_read_letters(actor):
        return mails
    if not is_demo or actor.is_nobody:
        return mails.none()
    own = [one.address for one in recipients([actor.person_id or 0]) if one.address]
    return mails.filter(Q(person=actor.person_id) | Q(address__in=own))


def find_letter(actor: Actor, pk: int, *, is_demo: bool) -> Delivery:
    """Return one mail. Raises `NotThere` for those the actor may not know of."""
    mail = letters_visible_to(actor, is_demo=is_demo).filter(pk=pk).first()
    if mail is None:
        raise NotThere(_("There is no such letter that you may read."))
    return mail


def attempts_of(delivery: Delivery) -> list[Attempt]:
    """Return every try of a delivery, latest first."""
    return list(delivery.attempts.order_by("-pk"))


def show_letter(actor: Actor, pk: int) -> Shown:
    """Return a message as stewards see it. Raises `NotThere` for everybody else."""
    mail = letters_visible_to(actor, is_demo=False).filter(message=pk).first()
    if mail is None:
        raise NotThere(f"nothing here: {reference('message', pk)}")
    return Shown(mail.message.subject or Bilingual(f"Message {pk}", f"消息{pk}"), f"/letters/{mail.pk}/")


def batches_visible_to(actor: Actor) -> QuerySet[Batch]:
    """Return the held batches of the actor's institutions, with how many letters and readers each has."""
    counted = Batch.objects.select_related("institution", "held_by", "released_by", "cancelled_by").annotate(
        letters=Count("messages__deliveries", distinct=True), notes=Count("messages__notes", distinct=True)
    )
    if actor.holds(Role.STEWARD):
        return counted.order_by("-held_at", "-pk")
    return counted.filter(institution__in=actor.institutions(Role.OFFICER)).order_by("-held_at", "-pk")


def find_batch(actor: Actor, pk: int) -> Batch:
    """Return one batch. Raises `NotThere` for those of other institutions."""
    batch = batches_visible_to(actor).filter(pk=pk).first()
    if batch is None:
        raise NotThere(_("There are no such held letters."))
    return batch


def letters_of(batch: Batch) -> QuerySet[Delivery]:
    """Return every letter of a batch, in the order of its readers."""
    return (
        Delivery.objects.filter(message__batch=batch)
        .select_related("message", "person")
        .order_by("person__sort_key", "pk")
    )


def is_open(batch: Batch) -> bool:
    """Say whether a batch still waits for a decision."""
    return batch.released_at is None and batch.cancelled_at is None


def waiting_letters() -> int:
    """Return how many mails wait to be sent."""
    return Delivery.objects.filter(channel=Channel.MAIL, state__in=[DeliveryState.QUEUED, DeliveryState.FAILED]).count()
