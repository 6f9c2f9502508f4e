"""What a measure says of itself."""

import pytest

from accord.kernel.measure import Kind, Measure, _KnownCodes
from accord.kernel.text import Bilingual


def measure(code: str = "workspace.resident_teams", kind: Kind = Kind.STOCK, **more: object) -> Measure:
    """Make a measure."""
    words = Bilingual("Words", "字")
    return Measure(code, words, words, words, kind, words, words, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "falls"), [(Kind.STOCK, True), (Kind.RATIO, True), (Kind.FLOW, False), (Kind.CUMULATIVE, False)]
)
def test_only_levels_and_ratios_can_fall(kind: Kind, falls: bool) -> None:
    assert measure(kind=kind).can_fall is falls


def test_context_is_the_first_part_of_the_code() -> None:
    assert measure("research.patents_filed").context == "research"


def test_measure_is_counted_here_when_it_has_a_query() -> None:
    assert [measure().is_counted_here, measure(changes=list).is_counted_here] == [False, True]


def test_known_codes_are_asked_of_the_catalogue_each_time() -> None:
    codes = _KnownCodes()
    kept = {"a.b"}
    assert codes() == frozenset()

    codes.announce(lambda: frozenset(kept))
    first = codes()
    kept.add("c.d")

    assert (first, codes()) == ({"a.b"}, {"a.b", "c.d"})
