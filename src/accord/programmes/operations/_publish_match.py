"""Publishing a run: one act that makes every offer at once and cannot be undone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.engines import matching
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.topics import Topic
from accord.outbox.operations import hold_batch, notify
from accord.people.queries import Person
from accord.programmes.enums import OfferState, RunKind
from accord.programmes.models import Application, Call, MatchLine, MatchRun, Offer, Place
from accord.programmes.operations._hosts import ASKED, REMINDED, refuse_over
from accord.programmes.operations._market import WAITING, gather
from accord.programmes.operations._match_words import call_words
from accord.programmes.operations._steps import advance_all, locked_applications

OFFERED, UNPLACED, MOVED = "programmes.offer-made", "programmes.no-place", "programmes.offer-moved"
ANSWERED, LAPSED, ANSWER_DUE = "programmes.offer-answered", "programmes.offer-lapsed", "programmes.offer-answer-due"
BATCH = "programmes.match"
SHORTEST_ANSWER = timedelta(days=3)
"""How long people have at the least, counted from when they were told."""

MATCH_TOPICS = (
    Topic(OFFERED, _("You are offered a place"), is_urgent=True),
    Topic(MOVED, _("Your offer is now for another place"), is_urgent=True),
    Topic(UNPLACED, _("A result without a place for you")),
    Topic(ANSWERED, _("An offer of a place was answered")),
    Topic(LAPSED, _("An offer of a place lapsed")),
    Topic(ANSWER_DUE, _("An offer of a place waits for your answer"), is_urgent=True),
    Topic(ASKED, _("Your house is asked for places")),
    Topic(REMINDED, _("People wait for your house to rank them")),
)

LETTERS = {
    OFFERED: (
        _("A place is offered to you: %(call)s"),
        _("Open your result to read which place it is and why, and accept or decline it by %(answer_by)s."),
    ),
    MOVED: (
        _("Your offer is now for another place: %(call)s"),
        _("Places were given out again. Open your result to read what changed, and answer by %(answer_by)s."),
    ),
    UNPLACED: (
        _("The result of %(call)s"),
        _("No place could be given to you in this round. Open your result to read what became of each choice."),
    ),
}


class RunStale(Refused):
    """Since the run, somebody withdrew, ranked anew or changed a place: its result is not that of today."""

    code = "run-stale"
    status = 409


class RunPublished(Refused):
    """Another result of this call was published and holds; it is carried on by a re-match."""

    code = "run-published"
    status = 409


class AnswerTooSoon(Refused):
    """Whoever is offered a place needs a few days to answer."""

    code = "answer-too-soon"


@dataclass(frozen=True, slots=True)
class _Told:
    """Who is to be told what."""

    offered: Collection[int]
    moved: Collection[int]
    unplaced: Collection[int]


@transaction.atomic
def publish_match(
    *, run: MatchRun, answer_by: datetime, by: Person, at: datetime, hold: bool | None = None
) -> MatchRun:
    """Make every offer of a run at once; this cannot be undone. Published again it changes nothing.

    Letters of a first result are held until another person lets them go, and only then may anybody read it; those of
    a re-match leave at once, unless `hold` says otherwise. Raises `RunStale`, `RunPublished`, `AnswerTooSoon`.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme__owner").get(pk=run.call_id)
    held = MatchRun.objects.select_for_update().get(pk=run.pk)
    held.call = call
    if held.published_at is not None:
        return held
    _refuse(held, answer_by, at)
    _lock(call)
    if matching.digest(gather(call=call).market) != held.settings["base"]:
        raise RunStale(
            _("Since this run, wishes, rankings, places or applications changed. Run it again, and publish that run.")
        )
    MatchRun.objects.filter(pk=held.previous_id or 0).update(replaced_at=at)
    held.kind, held.published_at, held.published_by = RunKind.PUBLISHED, at, by
    held.settings = held.settings | {"answer_by": answer_by.isoformat()}
    held.save(update_fields=["kind", "published_at", "published_by", "settings"])
    told = _make_offers(held, answer_by, by, at)
    _write_letters(held, told, answer_by, by, at, hold=held.previous_id is None if hold is None else hold)
    return held


def tell_result(about: str, at: datetime) -> None:
    """Let everybody read the result of a run, as its letters leave; told again it changes nothing."""
    run = MatchRun.objects.select_for_update(of=("self",)).select_related("call").get(pk=int(about))
    if "told_at" in run.settings:
        return
    run.settings = run.settings | {"told_at": at.isoformat()}
    run.save(update_fields=["settings"])
    new = Offer.objects.filter(run=run, told_at=None, state=OfferState.OPEN)
    new.filter(answer_by_at__lt=at + SHORTEST_ANSWER).update(answer_by_at=at + SHORTEST_ANSWER)
    new.update(told_at=at)
    _advance(run, at)


def call_off_result(about: str, at: datetime) -> None:
    """Take a published result back whose letters were called off: nobody was told, so no offer stands."""
    run = MatchRun.objects.select_for_update().get(pk=int(about))
    if run.replaced_at is not None or "told_at" in run.settings:
        return
    run.replaced_at = at
    run.save(update_fields=["replaced_at"])
    Offer.objects.filter(run=run, told_at=None, state=OfferState.OPEN).update(
        state=OfferState.WITHDRAWN, answered_at=at, answer_reason="The letters were called off."
    )


def _refuse(run: MatchRun, answer_by: datetime, at: datetime) -> None:
    refuse_over(run.call)
    if run.kind == RunKind.WHAT_IF:
        raise RunStale(_("A what-if run shows what would be. Run the match as things are, and publish that run."))
    if run.call.seed and run.seed != run.call.seed:
        raise RunStale(_("This run was drawn by another seed than the one that was sealed. Run it again without one."))
    if answer_by < at + SHORTEST_ANSWER:
        raise AnswerTooSoon(_("Give people at least three days to answer. Choose a later moment."), field="answer_by")
    others = MatchRun.objects.filter(call=run.call, published_at__isnull=False, replaced_at=None)
    if others.exclude(pk=run.previous_id or 0).exists() or (
        run.previous_id and not others.filter(pk=run.previous_id).exists()
    ):
        raise RunPublished(_("Another result of this call is published. Carry it on by a re-match."))


def _lock(call: Call) -> None:
    """Lock whoever waits, then the places: the order in which whoever answers an offer locks them too."""
    locked_applications(list(Application.objects.filter(call=call, phase__in=WAITING).values_list("pk", flat=True)))
    list(Place.objects.select_for_update(no_key=True).filter(call=call).order_by("pk").values_list("pk", flat=True))


def _make_offers(run: MatchRun, answer_by: datetime, by: Person, at: datetime) -> _Told:
    """Make, move and take back offers, so that they are those of the run; a constant number of queries."""
    lines = list(MatchLine.objects.filter(run=run).select_related("application").defer("reasons").order_by("pk"))
    standing = _standing(lines)
    gone = [
        standing[one.application_id]
        for one in lines
        if one.application_id in standing and standing[one.application_id].place_id != one.place_id
    ]
    Offer.objects.filter(pk__in=[one.pk for one in gone], state=OfferState.OPEN).update(
        state=OfferState.WITHDRAWN, answered_at=at, answer_reason="Places were given out again."
    )
    new = [
        (one, one.place_id)
        for one in lines
        if one.place_id is not None
        and (one.application_id not in standing or standing[one.application_id].place_id != one.place_id)
    ]
    Offer.objects.bulk_create(
        [
            Offer(
                application_id=one.application_id,
                place_id=place,
                run=run,
                answer_by_at=answer_by,
                made_at=at,
                made_by=by,
            )
            for one, place in new
        ],
        batch_size=2000,
    )
    moved = {one.application_id for one in gone}
    return _Told(
        offered=[one.application.applicant_id for one, _place in new if one.application_id not in moved],
        moved=[one.application.applicant_id for one, _place in new if one.application_id in moved],
        unplaced=_newly_unplaced(run, lines, moved),
    )


def _standing(lines: Sequence[MatchLine]) -> Mapping[int, Offer]:
    """Return the offer that each application of a run holds."""
    rows = Offer.objects.filter(application__in=[one.application_id for one in lines])
    return {one.application_id: one for one in rows.filter(state__in=(OfferState.OPEN, OfferState.ACCEPTED))}


def _newly_unplaced(run: MatchRun, lines: Sequence[MatchLine], moved: Collection[int]) -> list[int]:
    """Return who is told that there is no place for them: all in a first result, then whoever lost theirs."""
    empty = [one for one in lines if one.place_id is None]
    if run.previous_id is not None:
        empty = [one for one in empty if one.application_id in moved]
    return [one.application.applicant_id for one in empty]


def _write_letters(run: MatchRun, told: _Told, answer_by: datetime, by: Person, at: datetime, *, hold: bool) -> None:
    """Write one letter for all of a kind: it says that there is a result and leads to it, and names nobody."""
    call = run.call
    batch = None
    if hold:
        title = Bilingual(
            f"{call.name.en or call.name.zh_hans}: offers", f"{call.name.zh_hans or call.name.en}：录取通知"
        )
        owner = call.programme.owner_id
        batch = hold_batch(key=f"{BATCH}:{run.pk}", title=title, institution_id=owner, by=by, at=at)
    for topic, people in ((OFFERED, told.offered), (MOVED, told.moved), (UNPLACED, told.unplaced)):
        subject, body = (call_words(text, call, answer_by=answer_by) for text in LETTERS[topic])
        notify(
            topic=topic,
            people=people,
            subject=subject,
            body=body,
            url=reverse("programmes:results"),
            key=f"{topic}:run:{run.pk}",
            at=at,
            hold=batch,
        )
    if not hold:
        tell_result(str(run.pk), at)


def _advance(run: MatchRun, at: datetime) -> None:
    """Move on everybody for whom the run changed something."""
    advance_all(applications=Application.objects.filter(match_lines__run=run), at=at)
