"""Places that hosts opened, and those that were taken."""

from typing import Any

from django.db.models import QuerySet

from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual
from accord.programmes.enums import Counted
from accord.programmes.queries import counted_as_changes


def places_offered_changes() -> QuerySet[Any, Any]:
    """Return each place on the day its host opened it."""
    return counted_as_changes(Counted.PLACES_OFFERED)


def places_filled_changes() -> QuerySet[Any, Any]:
    """Return each place on the day its offer was accepted."""
    return counted_as_changes(Counted.PLACES_FILLED)


PLACES = (
    Measure(
        code="programmes.places_offered",
        name=Bilingual("Places offered", "提供岗位"),
        definition=Bilingual(
            "Places that hosts opened for internships, exchanges and fellowships.",
            "接收单位为实习、交流和访学开放的岗位。",
        ),
        unit=Bilingual("places", "个"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("place", "岗位"),
        period="calendar",
        rule=Bilingual(
            (
                "Each place counts once, on the day the host opened it. A place closed before anybody was "
                "offered it no longer counts; the same place in a new round counts again."
            ),
            "每个岗位计一次，计入接收单位开放之日；未发出录取即关闭的不再计入，新一轮重新开放的另计。",
        ),
        scheme=Bilingual("own", "自定"),
        dimensions=(
            "agreement",
            "programme",
            "host",
            "kind",
        ),
        changes=places_offered_changes,
    ),
    Measure(
        code="programmes.places_filled",
        name=Bilingual("Places filled", "已落实岗位"),
        definition=Bilingual("Places for which an offer was accepted.", "录取通知已被接受的岗位。"),
        unit=Bilingual("places", "个"),
        kind=Kind.FLOW,
        distinct_by=Bilingual("place", "岗位"),
        period="calendar",
        rule=Bilingual(
            (
                "A place counts once, on the day its offer was accepted. If the person withdraws before the "
                "start it no longer counts, until somebody else accepts it."
            ),
            "每个岗位计一次，计入接受录取之日；本人开始前退出的不再计入，直至他人接受。",
        ),
        scheme=Bilingual("own", "自定"),
        dimensions=(
            "agreement",
            "programme",
            "host",
            "kind",
        ),
        changes=places_filled_changes,
    ),
)
"""Counted from places and seats."""
