"""Reads preferences in PrefLib's formats: soc, soi, toc, toi and cat, and supervisors beside them.

Alternatives are programmes and voters are applicants; a line that counts for several voters becomes as many
applicants. The form is that of 2022 and later, with a head of lines that begin with #. See Mattei and Walsh, PrefLib: a
library for preferences, 2013, and preflib.org/format.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from accord.engines.matching._dicts import Wishes, market_from_dicts
from accord.engines.matching._lines import Line, Lines
from accord.engines.matching.errors import UnreadableFile
from accord.engines.matching.types import Market

HEAD: Final = re.compile(r"#\s*([^:]*?)\s*:(.*)")
NAME: Final = re.compile(r"ALTERNATIVE NAME ([0-9]{1,15})")
ITEM: Final = r"\s*(?:[0-9]+|\{[0-9,\s]*\})\s*"
ORDER: Final = re.compile(rf"([^:]*):((?:{ITEM}(?:,{ITEM})*)?)")
PLACE: Final = re.compile(r"\{([^}]*)\}|([0-9]+)")
SUPERVISORS: Final = ("supervisor", "capacity", "projects")
# More would fill the memory before anything could be done with them.
MOST_CHOICES: Final = 5_000_000


@dataclass(slots=True)
class _File:
    """What was read so far: names by number, and one list of wishes for each voter."""

    names: dict[int, str] = field(default_factory=dict)
    orders: list[Wishes] = field(default_factory=list)
    categories: int = 0
    voters: tuple[Line, int] | None = None
    choices: int = 0


def read_preflib(text: str, *, places: int | None = 1, supervisors: str = "", wished: int | None = None) -> Market:
    """Return the market of a PrefLib file, every programme with so many ``places`` (None: no limit).

    ``supervisors`` is the text of a ``.dat`` file as data set 00038 has them: name, capacity, and projects counted
    from 0. Of a ``.cat`` file the first ``wished`` categories are choices, by default all but the last. Applicants
    are numbered in the order of the lines. Raises ``UnreadableFile`` or another ``MarketError``.
    """
    file = _File()
    for line in Lines(text).rows:
        if line.text.startswith("#"):
            _read_head(file, line)
        else:
            _read_order(file, line, wished)
    if not file.names:
        raise UnreadableFile(reason="unknown-format")
    if file.voters and file.voters[1] != len(file.orders):
        raise file.voters[0].refuse(str(file.voters[1]), "line-other-count")
    limits, under = _read_supervisors(supervisors, file.names)
    width = len(str(len(file.orders)))
    return market_from_dicts(
        {f"{voter:0{width}}": order for voter, order in enumerate(file.orders, 1)},
        dict.fromkeys(file.names.values(), places),
        limits=limits,
        under=under,
    )


def _read_head(file: _File, line: Line) -> None:
    found = HEAD.fullmatch(line.text.strip())
    if not found:
        return
    key, value = found[1].upper(), found[2].strip()
    if key == "NUMBER VOTERS":
        file.voters = (line, line.whole(value))
    elif key == "NUMBER CATEGORIES":
        file.categories = line.whole(value)
    elif numbered := NAME.fullmatch(key):
        number, name = int(numbered[1]), value or numbered[1]
        if number in file.names or name in file.names.values():
            raise line.refuse(name, "line-repeats")
        file.names[number] = name


def _read_order(file: _File, line: Line, wished: int | None) -> None:
    found = ORDER.fullmatch(line.text)
    if not found:
        raise line.refuse(line.text.strip())
    count = line.whole(found[1])
    order = [tuple(_named(file, line, part) for part in _numbers(place)) for place in PLACE.finditer(found[2])]
    if file.categories:
        order = order[: max(1, file.categories - 1) if wished is None else wished]
    file.choices += count * (1 + sum(map(len, order)))
    if file.choices > MOST_CHOICES:
        raise line.refuse(str(file.choices), "too-many-choices")
    file.orders += [order] * count


def _numbers(place: re.Match[str]) -> list[str]:
    return [place[2]] if place[2] else [part for part in place[1].replace(",", " ").split() if part]


def _named(file: _File, line: Line, part: str) -> str:
    number = line.whole(part)
    if number not in file.names:
        raise line.refuse(part, "line-unlisted")
    return file.names[number]


def _read_supervisors(text: str, names: dict[int, str]) -> tuple[dict[str, int | None], dict[str, str]]:
    """Return the limit of every supervisor, and the supervisor of every project."""
    limits: dict[str, int | None] = {}
    under: dict[str, str] = {}
    for line in Lines(text).rows:
        cells = [cell.strip() for cell in line.text.rsplit(",", 2)]
        if tuple(cell.lower() for cell in cells) == SUPERVISORS:
            continue
        if len(cells) != len(SUPERVISORS):
            raise line.refuse(line.text.strip())
        if cells[0] in limits:
            raise line.refuse(cells[0], "line-repeats")
        limits[cells[0]] = line.whole(cells[1])
        for part in cells[2].split():
            # The file counts projects from 0, the preferences count them from 1.
            project = names.get(line.whole(part) + 1)
            if project is None or project in under:
                raise line.refuse(part, "line-unlisted" if project is None else "line-repeats")
            under[project] = cells[0]
    return limits, under
