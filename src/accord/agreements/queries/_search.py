"""Finds agreements, promises and clauses by words in either language, among those the actor may see."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Upper
from django.db.models.lookups import Contains
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.agreements.models import Clause, Commitment, words
from accord.agreements.queries._shown import agreements_visible_to
from accord.kernel.access import Actor
from accord.kernel.finding import Found


def find_agreements(actor: Actor, said: str, limit: int) -> Sequence[Found]:
    """Return the agreements whose title, summary or key holds the words; one query."""
    found = _holding(agreements_visible_to(actor), said, words(("title", "summary"), "key"), limit)
    return [
        Found(_("Agreement"), one.title, reverse("measures:board", args=[one.key]), one.key, one.likeness)
        for one in found
    ]


def find_promises(actor: Actor, said: str, limit: int) -> Sequence[Found]:
    """Return the promises whose title, text or key holds the words; one query."""
    seen = Commitment.objects.filter(agreement__in=agreements_visible_to(actor).order_by()).select_related("agreement")
    return [
        Found(
            _("Promise"),
            one.title,
            reverse("measures:promise", args=[one.agreement.key, one.key]),
            one.agreement.title,
            one.likeness,
        )
        for one in _holding(seen, said, words(("title", "text"), "key"), limit)
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
        for one in _holding(seen, said, words(("title", "text"), "key"), limit)
    ]


def _holding(seen: QuerySet[Any, Any], said: str, text: Upper, limit: int) -> list[Any]:
    """Return the rows whose text holds every word, the likest first; the trigram index answers it."""
    parts = said.upper().split()
    if not parts:
        return []
    held = seen.alias(held_words=text)
    for part in parts:
        held = held.filter(Contains(F("held_words"), Value(part)))
    likeness = Coalesce(TrigramWordSimilarity(" ".join(parts), text), Value(0.0))
    return list(held.annotate(likeness=likeness).order_by("-likeness", "pk")[:limit])
