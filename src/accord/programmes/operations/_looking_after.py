"""How a placement goes: diary, check-ins, and evaluations of both sides."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.programmes.enums import Going, Side, Term
from accord.programmes.models import CheckIn, DiaryEntry, Evaluation, Placement
from accord.programmes.operations._placements import hold, refuse_called_off
from accord.programmes.operations._placements_tell import tell_check_in
from accord.programmes.operations._stays import DayOdd, complete_where_whole, refuse_not_arrived, use
from accord.programmes.queries import ENDS_SOON, placement_day, placement_sides, questions_for
from accord.ui import say

SCORES = range(1, 6)
DAY_HOURS = Decimal(168)


class WordsWanted(Refused):
    """An entry or a check-in that needs care says something."""

    code = "words-wanted"


class TooEarly(Refused):
    """An end evaluation is given when the stay comes to its end."""

    code = "too-early"
    status = 409


class ScoreOdd(Refused):
    """Scores run from 1 to 5, for the questions that are asked."""

    code = "score-odd"


class HoursOdd(Refused):
    """Hours of an entry are some, and no more than a week has."""

    code = "hours-odd"


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """What a side thinks of a placement: 1 to 5 for the whole and for each question, and words."""

    score: int | None = None
    answers: Mapping[str, int] = field(default_factory=dict)
    text: str = ""
    advice: str = ""

    def checked(self, placement: Placement, side: str, term: str) -> "EvaluationFacts":
        """Return the same as it is kept. Raises `ScoreOdd` for a score off the scale or an unknown question."""
        asked = {one.key for one in questions_for(placement, side, term)}
        if self.score is not None and self.score not in SCORES:
            raise ScoreOdd(_("Choose a score from 1 to 5."), field="score")
        if not set(self.answers) <= asked or any(value not in SCORES for value in self.answers.values()):
            raise ScoreOdd(_("Choose from 1 to 5 for each of the questions that stand here."), field="answers")
        return replace(self, answers=dict(self.answers), text=self.text.strip(), advice=self.advice.strip())


@transaction.atomic
def write_diary(
    *, placement: Placement, done_on: date, text: str, by: Person, at: datetime, hours: Decimal | None = None
) -> DiaryEntry:
    """Write what one did on a day of one's placement. The same words for the same day again change nothing.

    Raises `NotArrived`, `DayOdd`, `WordsWanted`, `HoursOdd`, `NotAllowed` for anybody else's diary.
    """
    held = hold(placement)
    if by.pk != held.person_id:
        raise NotAllowed(_("A diary is written by whose placement it is."))
    _refuse_day(held, done_on, at, "done_on")
    words = _words(text, hours)
    same = held.diary.filter(done_on=done_on, text=words, hours=hours).first()
    return same or DiaryEntry.objects.create(
        placement=held, done_on=done_on, text=words, hours=hours, written_at=at, written_by=by
    )


@transaction.atomic
def change_diary(
    *, entry: DiaryEntry, version: int, text: str, by: Person, at: datetime, hours: Decimal | None = None
) -> DiaryEntry:
    """Change one's own entry; who saw it sees it anew. Raises `Clash`, `WordsWanted`, `HoursOdd`, `NotAllowed`."""
    del at
    held = DiaryEntry.objects.select_for_update().get(pk=entry.pk)
    if by.pk != held.written_by_id:
        raise NotAllowed(_("A diary is written by whose placement it is."))
    words = _words(text, hours)
    if (held.text, held.hours) == (words, hours):
        return held
    expect(held, version)
    held.text, held.hours, held.seen_at, held.seen_by = words, hours, None, None
    held.version += 1
    held.save(update_fields=["text", "hours", "seen_at", "seen_by", "version"])
    return held


def see_diary(*, placement: Placement, by: Person, at: datetime) -> int:
    """Mark all entries as seen that nobody of host or home has seen yet; return how many."""
    return DiaryEntry.objects.filter(placement=placement, seen_at=None).update(seen_at=at, seen_by=by)


@transaction.atomic
def check_in(
    *,
    placement: Placement,
    side: str,
    going: str,
    by: Person,
    at: datetime,
    text: str = "",
    stands_on: date | None = None,
    link_id: int | None = None,
) -> CheckIn:
    """Say how a placement goes; where it does not go well, the office is told. The same again changes nothing.

    Raises `NotArrived`, `DayOdd`, `WordsWanted` where it does not go well and nothing is said, and `NotAllowed`.
    """
    held = hold(placement)
    refuse_other_side(held, side)
    day = stands_on or placement_day(held, at)
    _refuse_day(held, day, at, "stands_on")
    words = text.strip()
    if going != Going.WELL and not words:
        raise WordsWanted(_("Say in a few words what needs care."), field="text")
    facts = {"side": side, "stands_on": day, "going": Going(going), "text": words}
    same = held.check_ins.filter(**facts).first()
    if same is not None:
        return same
    use(link_id, held, at)
    said = CheckIn.objects.create(placement=held, said_at=at, said_by=by, **facts)
    if going != Going.WELL:
        tell_check_in(said, by=by, at=at)
    return said


@transaction.atomic
def look_at_check_in(*, said: CheckIn, by: Person, at: datetime, note: str = "") -> CheckIn:
    """Record that the office looked at a check-in, and what it did. Twice changes nothing."""
    held = CheckIn.objects.select_for_update().get(pk=said.pk)
    if held.looked_at is None:
        held.looked_at, held.looked_by, held.looked_note = at, by, note.strip()
        held.save(update_fields=["looked_at", "looked_by", "looked_note"])
    return held


@transaction.atomic
def evaluate(
    *,
    placement: Placement,
    side: str,
    term: str,
    facts: EvaluationFacts,
    by: Person,
    at: datetime,
    link_id: int | None = None,
) -> Evaluation:
    """Hand in an evaluation; handed in anew, the earlier one is struck and stands beside. The same changes nothing.

    With both end evaluations and the last day recorded, the placement is completed. Raises `NotArrived`, `TooEarly`,
    `ScoreOdd`, `NotAllowed`.
    """
    held = hold(placement)
    refuse_other_side(held, side)
    refuse_not_arrived(held)
    checked = facts.checked(held, side, term)
    _refuse_early(held, term, at)
    known = held.evaluations.filter(side=side, term=term, struck_at=None).first()
    if known is not None and EvaluationFacts(known.score, known.answers, known.text, known.advice) == checked:
        return known
    use(link_id, held, at)
    if known is not None:
        known.struck_at, known.struck_by = at, by
        known.save(update_fields=["struck_at", "struck_by"])
    made = Evaluation.objects.create(
        placement=held,
        side=Side(side),
        term=Term(term),
        score=checked.score,
        answers=dict(checked.answers),
        text=checked.text,
        advice=checked.advice,
        given_at=at,
        given_by=by,
    )
    complete_where_whole(held, at)
    return made


def refuse_other_side(placement: Placement, side: str) -> None:
    """Refuse a side that a placement of this kind does not have."""
    if Side(side) not in placement_sides(placement):
        raise NotAllowed(_("This placement has no such side."))


def _refuse_day(placement: Placement, day: date, at: datetime, field: str) -> None:
    refuse_called_off(placement)
    refuse_not_arrived(placement)
    last = min(one for one in (placement_day(placement, at), placement.left_on) if one is not None)
    first = placement.arrived_on or placement.starts_on
    if not first <= day <= last:
        raise DayOdd(
            _("Enter a day of the stay: from %(first)s to %(last)s.")
            % {"first": say.day(first), "last": say.day(last)},
            field=field,
        )


def _refuse_early(placement: Placement, term: str, at: datetime) -> None:
    opens_on = placement.ends_on - ENDS_SOON
    if term == Term.END and placement.left_on is None and placement_day(placement, at) < opens_on:
        raise TooEarly(
            _("The end evaluation opens on %(day)s, 30 days before the last day.") % {"day": say.day(opens_on)}
        )


def _words(text: str, hours: Decimal | None) -> str:
    words = text.strip()
    if not words:
        raise WordsWanted(_("Enter what you did."), field="text")
    if hours is not None and not 0 <= hours <= DAY_HOURS:
        raise HoursOdd(_("Enter the hours as a number from 0 to 168."), field="hours")
    return words
