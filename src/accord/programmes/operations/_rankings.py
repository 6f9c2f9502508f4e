"""Which places applicants want, and whom hosts want: both as ranks, the best first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.people.queries import Person
from accord.programmes.models import Application, HostRank, MatchRun, Place, Wish
from accord.programmes.operations._hosts import refuse_over, used
from accord.programmes.operations._places import locked_place

MOST_REASON = 500
OVER = ("done", "declined", "withdrawn", "placement")
"""Phases in which nobody waits for a place any more."""


class RankingForged(Refused):
    """A ranking names what does not stand there, or one thing twice."""

    code = "ranking-forged"


class RankingClosed(Refused):
    """The result is out, or the application waits for no place any more."""

    code = "ranking-closed"
    status = 409


@transaction.atomic
def rank_places(*, application: Application, places: Sequence[Place], by: Person, at: datetime) -> Application:
    """Keep which places an application wants, the first choice first; the same list again changes nothing.

    Open until the call closes, and after that while its stage is the applicant's turn. Raises `RankingForged` for a
    place of another call, a closed one or one twice, and `RankingClosed`.
    """
    del by
    held = (
        Application.objects.select_for_update(of=("self",), no_key=True)
        .select_related("call__programme")
        .get(pk=application.pk)
    )
    _refuse_wishes(held, places, at)
    before = list(held.wishes.order_by("rank").values_list("place", flat=True))
    if before == [one.pk for one in places]:
        return held
    held.wishes.all().delete()
    Wish.objects.bulk_create(Wish(application=held, place=one, rank=rank) for rank, one in enumerate(places, 1))
    return held


@transaction.atomic
def rank_applicants(
    *,
    place: Place,
    order: Sequence[Sequence[Application]],
    unwanted: Mapping[Application, str],
    by: Person,
    at: datetime,
    link_id: int | None = None,
) -> Place:
    """Keep how a host ranks who wants its place: the best first, those who are equally liked together.

    `unwanted` are those it will not take, each with a reason for the office. Who is in neither is not ranked yet.
    Raises `RankingForged` for somebody who did not ask for the place, or who stands twice.
    """
    del by
    used(link_id, place.host, at)
    held = locked_place(place.pk)
    refuse_over(held.call)
    refuse_published(held.call_id)
    named = [one for tied in order for one in tied] + list(unwanted)
    _refuse_ranking(held, named, unwanted)
    rows = [HostRank(place=held, application=one, rank=rank) for rank, tied in enumerate(order, 1) for one in tied] + [
        HostRank(place=held, application=one, is_unwanted=True, reason=reason.strip()[:MOST_REASON])
        for one, reason in unwanted.items()
    ]
    if _plain(rows) == _plain(held.ranks.all()):
        return held
    held.ranks.all().delete()
    HostRank.objects.bulk_create(rows)
    held.ranked_at = at
    held.save(update_fields=["ranked_at"])
    return held


def refuse_published(call: int) -> None:
    """Refuse to change what a published result was worked out from."""
    if MatchRun.objects.filter(call=call, published_at__isnull=False, replaced_at=None).exists():
        raise RankingClosed(_("The result of this call is out. Its rankings stay as they were."))


def _plain(rows: Iterable[HostRank]) -> set[tuple[int, int | None, bool, str]]:
    return {(one.application_id, one.rank, one.is_unwanted, one.reason) for one in rows}


def _refuse_wishes(held: Application, places: Sequence[Place], at: datetime) -> None:
    call = held.call
    refuse_over(call)
    if held.phase in OVER or held.withdrawn_at is not None:
        raise RankingClosed(_("This application waits for no place any more."))
    last = call.late_until_at if held.phase == "draft" and call.late_until_at else call.closes_at
    if at > last and held.phase != "question":
        raise RankingClosed(_("The call has closed. The places that you ranked stand as they were sent."))
    if len(places) > call.most_wishes:
        raise RankingForged(_("Rank at most %(most)s places.") % {"most": call.most_wishes})
    if len({one.pk for one in places}) != len(places):
        raise RankingForged(_("A place stands twice in this ranking. Keep one of the two."))
    if any(one.call_id != call.pk or one.closed_at is not None for one in places):
        raise RankingForged(_("A place in this ranking is not open in this call any more. Choose again."))


def _refuse_ranking(place: Place, named: Sequence[Application], unwanted: Mapping[Application, str]) -> None:
    keys = [one.pk for one in named]
    if len(set(keys)) != len(keys):
        raise RankingForged(_("Somebody stands twice in this ranking. Keep one of the two."))
    asked = set(Wish.objects.filter(place=place, application__in=keys).values_list("application", flat=True))
    if asked != set(keys):
        raise RankingForged(_("This ranking names somebody who did not ask for this place. Open the page again."))
    if any(not reason.strip() for reason in unwanted.values()):
        raise RankingForged(_("Say why you will not take somebody. The office reads it."), field="unwanted")
