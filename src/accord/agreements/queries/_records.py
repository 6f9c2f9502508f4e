"""What references such as `agreement:7` lead to, for the history and others who keep them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.agreements.models import Agreement, Commitment, Engagement
from accord.agreements.queries._shown import agreements_visible_to, agreements_with_all, institutions_of
from accord.agreements.rules import may_apply, may_record_engagement
from accord.kernel.access import Actor
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual


def show_agreement(actor: Actor, pk: int) -> Shown:
    """Return an agreement as the actor may see it. Raises `NotThere`."""
    one = _seen(actor, Agreement.objects.filter(pk=pk).values("pk"))
    return Shown(_words(one.title), reverse("measures:board", args=[one.key]), may_apply(actor, institutions_of(one)))


def show_promise(actor: Actor, pk: int) -> Shown:
    """Return a promise as the actor may see it; nobody changes what was signed. Raises `NotThere`."""
    agreement = _seen(actor, Commitment.objects.filter(pk=pk).values("agreement"))
    promise = Commitment.objects.get(pk=pk)
    return Shown(_words(promise.title), reverse("measures:promise", args=[agreement.key, promise.key]))


def show_engagement(actor: Actor, pk: int) -> Shown:
    """Return a meeting as the actor may see it. Raises `NotThere`."""
    agreement = _seen(actor, Engagement.objects.filter(pk=pk).values("agreement"))
    meeting = Engagement.objects.get(pk=pk)
    may_change = may_record_engagement(actor, institutions_of(agreement))
    return Shown(_words(meeting.title), reverse("agreements:engagement", args=[agreement.key, pk]), may_change)


def _seen(actor: Actor, agreements: QuerySet[Any, Any]) -> Agreement:
    """Return the agreement with its parties, if the actor may know of it."""
    found = agreements_with_all(agreements_visible_to(actor)).filter(pk__in=agreements).first()
    if found is None:
        raise NotThere(_("There is nothing of this number among the agreements that you may see."))
    return found


def _words(title: Bilingual) -> Bilingual:
    return Bilingual.of(title)
