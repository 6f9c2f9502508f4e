"""Tells reviewers, chairs and the office what happened, without a name of those who are judged."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.text import LANGUAGES, Bilingual
from accord.kernel.topics import Topic
from accord.outbox.operations import notify
from accord.people.queries import holders_of
from accord.review.models import Panel, Panelist
from accord.review.rules import OFFICE
from accord.ui import say


@dataclass(frozen=True, slots=True)
class News:
    """What is told: a subject and what there is to say beside it; values stand in both as %(name)s."""

    subject: str | Promise
    body: str | Promise


NEWS = {
    "invited": News(_("You are invited to review: %(panel)s"), _("Reviews are due by %(due)s. Say whether you can.")),
    "answered": News(_("%(who)s answered the invitation to %(panel)s"), "%(answer)s"),
    "assigned": News(
        _("Items to review for %(panel)s: %(number)s"),
        _("They are due by %(due)s. State your conflicts of interest first; then the files open."),
    ),
    "released": News(_("You no longer review %(code)s for %(panel)s"), "%(reason)s"),
    "reopened": News(_("Your review of %(code)s for %(panel)s is open again"), "%(reason)s"),
    "due": News(_("Reviews for %(panel)s are due by %(due)s: %(number)s"), _("They are not submitted yet.")),
    "late": News(
        _("Reviews for %(panel)s are late: %(who)s"),
        _("Not submitted since %(due)s: %(number)s. Write to them, or assign somebody else."),
    ),
    "closed": News(_("The panel %(panel)s is closed"), _("Reviews can no longer be changed.")),
}
"""By the last part of the topic's code."""

TOPICS = (
    Topic("review.invited", _("You are invited to a panel"), for_webhooks=False),
    Topic("review.answered", _("A reviewer answered an invitation"), for_webhooks=False),
    Topic("review.assigned", _("Items were assigned to you for review"), for_webhooks=False),
    Topic("review.released", _("You no longer review an item"), for_webhooks=False),
    Topic("review.reopened", _("A review of yours is open again"), for_webhooks=False),
    Topic("review.due", _("Reviews of yours are due soon"), for_webhooks=False),
    Topic("review.late", _("Reviews of a panel are late"), for_webhooks=False),
    Topic("review.closed", _("A panel that you sat on is closed"), for_webhooks=False),
)


def tell_panelists(
    what: str, panel: Panel, panelists: Collection[Panelist], *, key: str, at: datetime, **values: object
) -> None:
    """Tell these people of a panel; they are led to their queue, or who is invited to the invitation."""
    for one in panelists:
        url = reverse("review:invitation", args=[one.pk]) if what == "invited" else reverse("review:queue")
        _notice(what, panel, [one.person_id], url, f"{key}:{one.pk}", at, values)


def tell_office(what: str, panel: Panel, *, key: str, at: datetime, but: int | None = None, **values: object) -> None:
    """Tell the office of the panel's owner and the panel's chair; not whoever did it."""
    chairs = Panelist.objects.filter(panel=panel, is_chair=True, removed_at=None, accepted_at__isnull=False)
    people = holders_of(OFFICE, [panel.owner_id], on=at.date()) | set(chairs.values_list("person_id", flat=True))
    url = reverse("review:panel-people", args=[panel.pk])
    _notice(what, panel, people - {but}, url, key, at, values)


def _notice(
    what: str, panel: Panel, people: Collection[int], url: str, key: str, at: datetime, values: dict[str, object]
) -> None:
    """Write the notice in both languages."""
    notify(
        topic=f"review.{what}",
        people=people,
        subject=_both(NEWS[what].subject, panel, values),
        body=_both(NEWS[what].body, panel, values),
        url=url,
        key=f"review.{what}:{key}",
        at=at,
    )


def _both(text: str | Promise, panel: Panel, values: dict[str, object]) -> Bilingual:
    """Return a text in both languages, with its values."""
    sides = []
    for language in LANGUAGES:
        with override(language), timezone.override(ZoneInfo(panel.owner.time_zone or "UTC")):
            told = {name: str(value) for name, value in values.items()}
            spoken = {"panel": str(panel.name), "due": say.moment(panel.due_at), **told}
            sides.append((str(text) % spoken).strip())
    return Bilingual(*sides)
