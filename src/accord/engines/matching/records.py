"""The rows from which a market is built, as a spreadsheet or a database would give them."""

from dataclasses import dataclass

from accord.engines.matching.types import Bar


@dataclass(frozen=True, slots=True)
class Choice:
    """One applicant's wish for one programme.

    ``rank`` 1 is the first choice; equal ranks are equally liked. ``score`` is what the programme gives the
    applicant, higher is better; it may be left out (None) everywhere at once, and on barred choices.
    """

    applicant: str
    programme: str
    rank: int = 1
    score: float | None = None
    bar: Bar = Bar.NONE
    reason: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Programme:
    """Where people can be placed: ``places`` at most (None: no limit), run only with ``minimum``, under a limit."""

    id: str
    places: int | None
    minimum: int = 0
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap over programmes or over other limits: a supervisor, an institution, a side, the total."""

    id: str
    at_most: int | None
    minimum: int = 0
    under: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of an applicant beside the choices: people behind the id (a team), and a group for reserves."""

    id: str
    size: int = 1
    group: str = ""


@dataclass(frozen=True, slots=True)
class ReservedSeats:
    """Seats of a programme for one group; others may have what it leaves, unless ``opens_up`` is False."""

    programme: str
    group: str
    seats: int
    opens_up: bool = True


@dataclass(frozen=True, slots=True)
class JointChoice:
    """Two applicants and the pairs of programmes they wish for, best first; None stands for no place."""

    first: str
    second: str
    choices: tuple[tuple[str | None, str | None], ...]
