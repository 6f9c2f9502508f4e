"""Finds agreements, promises and clauses by words in either language, among those the actor may see."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.agreements.models import Agreement, Clause
from accord.agreements.queries._shown import agreements_visible_to, promises_visible_to
from accord.kernel.access import Actor
from accord.kernel.finding import Found
from accord.kernel.words import likest


def find_agreements(actor: Actor, said: str, limit: int) -> Sequence[Found]:
    """Return the agreements whose title, summary or key holds the words; to visitors, public ones; one query."""
    if actor.is_nobody:
        return _find_public(said, limit)
    found = likest(agreements_visible_to(actor), said, ("title", "summary"), "key", title=("title",))[:limit]
    return [
        Found(_("Agreement"), one.title, reverse("measures:board", args=[one.key]), one.key, one.likeness)
        for one in found
    ]


def _find_public(said: str, limit: int) -> Sequence[Found]:
    """Return the agreements whose parties opened a public page, by their titles alone; one query."""
    found = likest(Agreement.objects.filter(is_public=True), said, ("title",))[:limit]
    return [
        Found(_("Agreement"), one.title, reverse("measures:public-board", args=[one.public_token]), rank=one.likeness)
        for one in found
    ]


def find_promises(actor: Actor, said: str, limit: int) -> Sequence[Found]:
    """Return the promises whose title, text or key holds the words; one query."""
    seen = promises_visible_to(actor).select_related("agreement")
    return [
        Found(
            _("Promise"),
            one.title,
            reverse("measures:promise", args=[one.agreement.key, one.key]),
            one.agreement.title,
            one.likeness,
        )
        for one in likest(seen, said, ("title", "text"), "key", title=("title",))[:limit]
    ]


def find_clauses(actor: Actor, said: str, limit: int) -> Sequence[Found]:
    """Return the clauses whose title, text or key holds the words; one query."""
    seen = Clause.objects.filter(agreement__in=agreements_visible_to(actor).order_by()).select_related("agreement")
    return [
        Found(
            _("Clause"),
            one.title,
            f"{reverse('agreements:text', args=[one.agreement.key])}#clause-{one.key}",
            one.agreement.title,
            one.likeness,
        )
        for one in likest(seen, said, ("title", "text"), "key", title=("title",))[:limit]
    ]
