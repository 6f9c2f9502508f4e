"""Counts from how many countries how many people are read: noted at the door in one write, counted by a job.

A page that is opened in one country on people of another exports their data, though nothing leaves the server. Distinct
people are counted for each pair of countries and year, never who read them.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from accord.kernel.access import Actor
from accord.kernel.text import Bilingual
from accord.outbox import operations as outbox
from accord.people.queries import countries_of, declared_countries, stewards
from accord.privacy.enums import THRESHOLD, Level
from accord.privacy.models import CountedRead, ReadNote
from accord.privacy.queries import standings

MOST_NOTES = 5_000
PIECE = 2_000
Line = tuple[int, str, str, int, bool]


def note_reads(actor: Actor, shown: Collection[int], at: datetime, *, is_sensitive: bool = False) -> None:
    """Note that these people's data was shown to the actor; one row, whatever their number."""
    if actor.person_id is None:
        return
    ReadNote.objects.create(reader_id=actor.person_id, shown=sorted(shown), is_sensitive=is_sensitive, read_at=at)


@transaction.atomic
def count_reads(*, at: datetime) -> int:
    """Count what was noted and delete the notes; return how many notes there were.

    Reading from one's own country does not count; who belongs to several countries is read from abroad only where none
    of them is the reader's. A reader reads from the country kept of themselves, or else from those of their
    institutions. Tells the stewards once, for each threshold and year, that 80 % of it or all of it is reached.
    """
    notes = list(ReadNote.objects.select_for_update(skip_locked=True).order_by("pk")[:MOST_NOTES])
    if not notes:
        return 0
    lines: dict[Line, datetime] = {}
    for line, moment in _crossings(notes, at):
        lines[line] = min(moment, lines.get(line, moment))
    for piece in _pieces(lines.items()):
        CountedRead.objects.bulk_create(
            (
                CountedRead(
                    year=year,
                    from_country=home,
                    to_country=abroad,
                    person_id=person,
                    is_sensitive=sort,
                    first_at=moment,
                )
                for (year, home, abroad, person, sort), moment in piece
            ),
            ignore_conflicts=True,
        )
    ReadNote.objects.filter(pk__in=[note.pk for note in notes]).delete()
    if lines:
        _warn(at)
    return len(notes)


def _crossings(notes: Collection[ReadNote], at: datetime) -> Iterator[tuple[Line, datetime]]:
    """Yield each crossing of a border: year, from where to where, whose data, and whether it is sensitive."""
    readers = {note.reader_id for note in notes}
    shown = {person for note in notes for person in note.shown}
    homes = countries_of(readers | shown, on=at.date())
    declared = declared_countries(readers | shown)
    for note in notes:
        places = _read_from(note.reader_id, homes, declared)
        for person in note.shown:
            own = homes.get(person) or frozenset(filter(None, [declared.get(person, "")]))
            if own & places:
                continue
            for home in own:
                for abroad in places:
                    yield (note.read_at.year, home, abroad, person, note.is_sensitive), note.read_at


def _read_from(reader: int, homes: dict[int, frozenset[str]], declared: dict[int, str]) -> frozenset[str]:
    """Return the countries that somebody reads from."""
    own = declared.get(reader)
    return frozenset({own}) if own else homes.get(reader, frozenset())


def _pieces(items: Iterable[tuple[Line, datetime]]) -> Iterator[list[tuple[Line, datetime]]]:
    every = iter(items)
    while piece := list(islice(every, PIECE)):
        yield piece


def _warn(at: datetime) -> None:
    """Tell the stewards of thresholds that are near or reached; the same is told once a year."""
    for one in standings(at.year):
        if one.level == Level.BELOW or one.people == 0:
            continue
        mark = one.threshold
        kind = "sensitive" if mark.sensitive else "all"
        outbox.notify(
            topic=THRESHOLD,
            people=stewards(on=at.date()),
            subject=Bilingual(
                f"{one.people} people of {mark.country} were read from abroad this year",
                f"今年{mark.country}已有{one.people}人的信息被境外读取",
            ),
            body=Bilingual(
                f"From {mark.people} people on: {mark.needs.en}.", f"达到{mark.people}人时：{mark.needs.zh_hans}。"
            ),
            url="/privacy/transfers/",
            key=f"privacy:threshold:{mark.country}:{kind}:{mark.people}:{at.year}:{one.level.value}",
            at=at,
        )
