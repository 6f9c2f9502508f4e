"""Everything that can be wrong with a market, each with the ids it is about and words in both languages::

MarketError
├── EmptyMarket            no applicant, or no programme
├── UnreadableFile         a line that is not in the format
├── DuplicateId            an applicant, programme or limit named twice
├── DuplicateChoice        one programme chosen twice by one applicant
├── UnknownProgramme       a choice, reserve or fixed place names a programme nobody opened
├── UnknownApplicant       a couple or ranking names an applicant nobody listed
├── BadScore               a score that is no finite number, or is missing
├── BadNumber              a count that is no whole number, or is negative
├── BadCapTree             a limit under an unknown one, or in a circle
├── FloorAboveCap          a minimum above the maximum over it
├── FixedOverCapacity      more people fixed than a limit takes
├── ClashingFixed          somebody fixed twice, or fixed where a bar stands
├── BadReserve             more seats reserved than there are, or a group nobody is in
├── BadCouple              a couple of one, or one person in two couples
├── BadOutcome             a result that belongs to other data, or was altered
├── MinimumUnreachable     minimums that must all be kept and cannot be
└── NotSupported           this mechanism cannot honour what the market asks
"""

from typing import ClassVar

from accord.engines.matching._messages import words_of

SHOWN = 5


class MarketError(ValueError):
    """Something in a market is wrong. ``code`` is stable, ``ids`` name the records, ``words`` say how to mend it."""

    code: ClassVar[str] = "market"

    def __init__(self, *ids: str, detail: str = "", reason: str = "") -> None:
        """Keep the ids, a detail such as a number, and which message of the code it is."""
        self.ids = ids
        self.detail = detail
        self.reason = reason or self.code
        super().__init__(self.words("en"))

    def words(self, language: str) -> str:
        """Return what is wrong and how to mend it, in ``en`` or ``zh-hans``."""
        return words_of(self.reason, language).format(**self._parts(language))

    def _parts(self, language: str) -> dict[str, str]:
        """Return what fills the placeholders of the message."""
        listed = ", " if language == "en" else "、"
        more = "" if len(self.ids) <= SHOWN else (", …" if language == "en" else "等")
        names = listed.join(self.ids[:SHOWN]) + more
        first, last = (self.ids[0], self.ids[-1]) if self.ids else ("", "")
        return {"ids": names, "first": first, "last": last, "detail": self.detail}


class EmptyMarket(MarketError):
    """There is nobody to place, or nowhere to place anybody."""

    code = "empty-market"


class UnreadableFile(MarketError):
    """A line of a file is not in its format; ``ids`` holds the line number."""

    code = "unreadable-file"


class DuplicateId(MarketError):
    """One id stands for two applicants, programmes or limits."""

    code = "duplicate-id"


class DuplicateChoice(MarketError):
    """One applicant chose the same programme twice."""

    code = "duplicate-choice"


class UnknownProgramme(MarketError):
    """A programme is named that is not in the list of programmes."""

    code = "unknown-programme"


class UnknownApplicant(MarketError):
    """An applicant is named that is not in the list of applicants."""

    code = "unknown-applicant"


class BadScore(MarketError):
    """A score is missing, or is no finite number."""

    code = "bad-score"


class BadNumber(MarketError):
    """A number of seats or people, a rank or a minimum is no whole number of the right kind."""

    code = "bad-number"


class BadCapTree(MarketError):
    """Limits do not form a tree."""

    code = "bad-cap-tree"


class FloorAboveCap(MarketError):
    """A minimum cannot be reached under the maximum over it."""

    code = "floor-above-cap"


class FixedOverCapacity(MarketError):
    """More people are fixed under a limit than it takes."""

    code = "fixed-over-capacity"


class ClashingFixed(MarketError):
    """A fixed place contradicts another one, or a bar."""

    code = "clashing-fixed"


class BadReserve(MarketError):
    """Seats are reserved that are not there, twice, or for nobody."""

    code = "bad-reserve"


class BadCouple(MarketError):
    """A joint application does not name two different people once each."""

    code = "bad-couple"


class MinimumUnreachable(MarketError):
    """Too few people can be placed where minimums must be kept; ``ids`` are those that cannot be kept together."""

    code = "minimum-unreachable"

    def __init__(self, *ids: str, needed: int, possible: int) -> None:
        """Keep what these minimums need together, and how many people can be placed there at most."""
        self.needed = needed
        self.possible = possible
        super().__init__(*ids, detail=str(needed))

    def _parts(self, language: str) -> dict[str, str]:
        return super()._parts(language) | {"possible": str(self.possible)}


class BadOutcome(MarketError):
    """A result does not belong to this market, or says what the market does not."""

    code = "bad-outcome"


class NotSupported(MarketError):
    """The mechanism cannot honour what the market asks; the words say which one can."""

    code = "not-supported"
