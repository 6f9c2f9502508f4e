"""A list of the API that is the list of a page: one `Table` says for both how it is filtered, searched and sorted.

class RecordsAsked(ListAsked, table=RECORDS):
    \"\"\"How records may be asked for.\"\"\"

@router.reads("/…/records", answer=Page[RecordShown], may=Permission.VIEW)
def list_records(request: ApiRequest, asked: Query[RecordsAsked]) -> Page[RecordShown]:
    return listed(request, asked, queries.evidence_of(commitment), shape)
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any, ClassVar, Literal, TypeVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict, Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Day, Page, Text
from accord.kernel.reading import people_shown
from accord.kernel.text import Bilingual
from accord.ui.tables import Cut, Filter, Table, cut

Row = TypeVar("Row", bound=BaseModel)
USUAL, MOST = 50, 200
LONGEST = 200


class ListAsked(BaseModel):
    """How a list may be asked for; the filters, `q` and `sort` come from its table."""

    model_config = ConfigDict(extra="forbid")
    table: ClassVar[Table]
    limit: int = Field(USUAL, ge=1, le=MOST, description="How many rows at once.")
    cursor: Text | None = Field(
        None, min_length=1, max_length=2000, description="Where to go on: taken from `next` or `previous`, never made."
    )

    def __init_subclass__(cls, *, table: Table | None = None, **options: Any) -> None:
        """Add the parameters that the table declares."""
        super().__init_subclass__(**options)
        if table is None:
            return
        cls.table = table
        cls.__annotations__ = {**inspect.get_annotations(cls), "table": ClassVar[Table]}
        for name, (kind, field) in _parameters(table).items():
            cls.__annotations__[name] = kind
            setattr(cls, name, field)

    def address(self) -> dict[str, str]:
        """Return the question as the page's address would put it."""
        return {name: str(value) for name, value in self.model_dump(mode="json").items() if value is not None}


def listed(
    request: ApiRequest,
    asked: ListAsked,
    rows: "QuerySet[Any, Any] | Sequence[Any]",
    shape: Callable[[Any], Row],
    *,
    key: str = "pk",
    whose: Callable[[Any], int] | None = None,
) -> Page[Row]:
    """Return the rows that were asked for, with the addresses of what follows and what comes before.

    The addresses also go into the Link header (RFC 8288), by way of the request's entry. `whose` tells of a row whose
    data it shows; that is said to whoever counts it.
    """
    address = asked.address()
    found = cut(asked.table, address, rows, limit=asked.limit, key=key)
    following, previous = _addresses(request, address, found)
    links = [f'<{url}>; rel="{name}"' for name, url in (("next", following), ("prev", previous)) if url]
    if links:
        request.entry.headers["Link"] = ", ".join(links)
    if whose is not None:
        people_shown(request.actor, [whose(row) for row in found.rows], clock.now(request.world))
    return Page(items=[shape(row) for row in found.rows], next=following, previous=previous)


def _addresses(request: HttpRequest, address: dict[str, str], found: Cut) -> tuple[str | None, str | None]:
    """Return the whole addresses of what follows and what comes before."""
    base = request.build_absolute_uri(request.path)
    both = (found.following, found.previous)
    following, previous = (f"{base}?{urlencode({**address, 'cursor': cursor})}" if cursor else None for cursor in both)
    return following, previous


def _parameters(table: Table) -> dict[str, tuple[Any, Any]]:
    """Return each parameter's type and field."""
    found = {one.key: _filter(one) for one in table.filters}
    if table.search:
        found["q"] = (Text | None, Field(None, max_length=LONGEST, description="Words that the row contains."))
    sorts = tuple(way + column.key for column in table.columns if column.sort for way in ("", "-"))
    if sorts:
        usual = f" As a rule `{table.default_sort}`." if table.default_sort else ""
        words = f"Which column decides the order; a minus turns it round.{usual}"
        found["sort"] = (Literal[sorts] | None, Field(None, description=words))
    return found


def _filter(one: Filter) -> tuple[Any, Any]:
    """Return the type and field of one filter."""
    words = _english(one.label)
    if one.choices:
        choices = tuple(key for key, _label in one.choices)
        return Literal[choices] | None, Field(None, description=f"{words}: one of the choices.")
    if one.kind == "day":
        return Day | None, Field(None, description=f"{words}, as a day.", examples=["2019-09-30"])
    return Annotated[str, Text] | None, Field(None, max_length=LONGEST, description=f"{words}: words it contains.")


def _english(label: str | Promise | Bilingual) -> str:
    """Return a label for the description, which is in English."""
    with translation.override("en"):
        return str(label)
