"""Reads the instance formats of the Glasgow group: SMTI, HRT, HRT with couples, and student-project allocation.

Residents and students are applicants; hospitals and projects are programmes; lecturers are limits over projects.
Which of the formats a file is in shows in its first lines; ``read_glasgow`` lists them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from accord.engines.matching._checks import couples_of
from accord.engines.matching._dicts import market_from_dicts
from accord.engines.matching._lines import Line, Lines, tied
from accord.engines.matching.errors import UnreadableFile
from accord.engines.matching.records import JointChoice
from accord.engines.matching.types import Market

Tied = list[tuple[str, ...]]
Value = TypeVar("Value")

# In the files with job lists this line says how residents are spread, as true or false.
SPREAD_LINE: Final = 6
HEADER_LINES: Final = 9
PAIR: Final = 2
TRIPLE: Final = 3


@dataclass(slots=True)
class _Instance:
    """What was read so far, by id."""

    wishes: dict[str, Tied] = field(default_factory=dict)
    places: dict[str, int | None] = field(default_factory=dict)
    rankings: dict[str, Tied] = field(default_factory=dict)
    minimums: dict[str, int] = field(default_factory=dict)
    limits: dict[str, int | None] = field(default_factory=dict)
    under: dict[str, str] = field(default_factory=dict)
    couples: list[JointChoice] = field(default_factory=list)

    def market(self) -> Market:
        """Return the market; where no programme ranks anybody, all applicants are equal to all of them."""
        market = market_from_dicts(
            self.wishes,
            self.places,
            rankings=self.rankings if any(self.rankings.values()) else None,
            limits=self.limits,
            under=self.under,
            minimums=self.minimums,
        )
        return replace(market, couples=couples_of(self.couples, market))


def read_glasgow(text: str) -> Market:
    """Return the market of a file in one of these formats, with or without colons, ties in round brackets.

    - SMTI and HRT: ``0``, residents, hospitals, each on a line; then the residents' lists; then the hospitals'
      places and lists. Or residents and hospitals alone, and colons.
    - HRT with couples: single residents, couples, hospitals; a couple's line has two ids and a list of pairs.
    - HRT with couples, by single lists: nine lines of figures (the seventh true or false), then two lines for each
      couple, of equal length and read in parallel, and so on.
    - HA, SM, HR and student-project: two or three figures on one line; students; then projects with lower and
      upper quota, and a list or the number of a lecturer; then lecturers with lower quota, target (not used),
      upper quota and list. Lecturer 3 becomes the limit "lecturer 3".

    Couples' pairs count in the order written, ties or not. Raises ``UnreadableFile`` or another ``MarketError``.
    """
    lines = Lines(text)
    head = lines.peek().parts()
    if len(head) in (PAIR, TRIPLE):
        return _read_projects(lines)
    if lines.peek(SPREAD_LINE).text.strip() in ("true", "false"):
        return _read_single_lists(lines)
    if lines.peek().is_whole() and lines.peek(1).is_whole():
        return _read_residents(lines)
    raise UnreadableFile(reason="unknown-format")


def _read_residents(lines: Lines) -> Market:
    singles, couples = (line.whole(line.text) for line in lines.take(2))
    if not lines.peek().is_whole():
        couples, hospitals = 0, couples
    else:
        hospitals = int(lines.next().text)
        singles, couples = (couples, 0) if singles == 0 else (singles, couples)
    found = _Instance()
    for line in lines.take(singles):
        _add_resident(found, line)
    for line in lines.take(couples):
        _add_couple(found, line)
    for line in lines.take(hospitals):
        _add_hospital(found, line)
    return found.market()


def _read_single_lists(lines: Lines) -> Market:
    residents, hospitals, couples = (line.whole(line.text) for line in lines.take(3))
    for _ in lines.take(HEADER_LINES - 3):
        pass
    found = _Instance()
    for _ in range(couples):
        _add_parallel_couple(found, lines.next(), lines.next())
    for line in lines.take(max(0, residents - 2 * couples)):
        _add_resident(found, line)
    for line in lines.take(hospitals):
        _add_hospital(found, line)
    return found.market()


def _read_projects(lines: Lines) -> Market:
    head = lines.next()
    students, projects, *lecturers = (head.whole(part) for part in head.parts())
    found = _Instance()
    for line in lines.take(students):
        _add_resident(found, line)
    for line in lines.take(projects):
        name, lower, upper, rest = _quotas(line, 2)
        _add(found.places, line, name, upper)
        found.minimums[name] = lower
        if lecturers:
            found.under[name] = f"lecturer {_only(line, rest)}"
        else:
            found.rankings[name] = tied(line, rest)
    for line in lines.take(sum(lecturers)):
        number, lower, upper, rest = _quotas(line, TRIPLE)
        name = f"lecturer {number}"
        _add(found.limits, line, name, upper)
        found.minimums[name] = lower
        found.rankings[name] = tied(line, rest)
    return found.market()


def _quotas(line: Line, figures: int) -> tuple[str, int, int, list[str]]:
    """Return the id, the first and the last of so many figures, and what follows them."""
    parts = line.parts()
    if len(parts) <= figures:
        raise line.refuse(line.text.strip())
    name, *numbers = (line.whole(part) for part in parts[: figures + 1])
    return str(name), numbers[0], numbers[-1], parts[figures + 1 :]


def _only(line: Line, parts: Sequence[str]) -> int:
    if len(parts) != 1:
        raise line.refuse(" ".join(parts))
    return line.whole(parts[0])


def _add_resident(found: _Instance, line: Line) -> None:
    name, *rest = line.parts() or [""]
    _add(found.wishes, line, str(line.whole(name)), tied(line, rest))


def _add_hospital(found: _Instance, line: Line) -> None:
    name, places, _, rest = _quotas(line, 1)
    _add(found.places, line, name, places)
    found.rankings[name] = tied(line, rest)


def _add_couple(found: _Instance, line: Line) -> None:
    names = [part for part in line.parts() if part not in "()"]
    numbers = [str(line.whole(part)) for part in names]
    if len(numbers) < PAIR or len(numbers) % 2:
        raise line.refuse(line.text.strip())
    _add_pairs(found, line, (numbers[0], numbers[1]), list(zip(numbers[2::2], numbers[3::2], strict=True)))


def _add_parallel_couple(found: _Instance, line: Line, beside: Line) -> None:
    first, second = ([str(row.whole(part)) for part in row.parts()] for row in (line, beside))
    if not first or len(first) != len(second):
        raise beside.refuse(beside.text.strip())
    _add_pairs(found, line, (first[0], second[0]), list(zip(first[1:], second[1:], strict=True)))


def _add_pairs(found: _Instance, line: Line, names: tuple[str, str], pairs: list[tuple[str, str]]) -> None:
    """Add both of a couple, each with the programmes of their pairs, the one named first preferred."""
    for name, chosen in zip(names, zip(*pairs, strict=True) if pairs else ((), ()), strict=True):
        wishes: Tied = [(one,) for one in dict.fromkeys(chosen)]
        _add(found.wishes, line, name, wishes)
    found.couples.append(JointChoice(*names, choices=tuple(dict.fromkeys(pairs))))


def _add(rows: dict[str, Value], line: Line, name: str, value: Value) -> None:
    if name in rows:
        raise line.refuse(name, "line-repeats")
    rows[name] = value
