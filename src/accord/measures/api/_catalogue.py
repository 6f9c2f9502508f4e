"""The catalogue of measures."""

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel.api import ApiRequest, Page, Router, Shown, Words
from accord.kernel.measure import Kind, Measure
from accord.kernel.refused import NotThere
from accord.measures import queries
from accord.measures.forms import CATALOGUE
from accord.ui.listing import ListAsked, listed

measures = Router(tags=["Measures"])


class MeasureShown(Shown):
    """What a promise can be counted in."""

    code: str = Field(examples=["workspace.resident_teams"])
    name: Words
    definition: Words
    unit: Words
    kind: Kind
    rule: Words = Field(description="When it counts, and how often.")
    scheme: Words = Field(description="After whose definition.")
    is_counted_here: bool = Field(description="Whether Accord keeps the records; otherwise evidence is entered.")


class MeasuresAsked(ListAsked, table=CATALOGUE):
    """How measures may be asked for."""


@measures.reads("/measures", answer=Page[MeasureShown])
def list_measures(request: ApiRequest, asked: Query[MeasuresAsked]) -> Page[MeasureShown]:
    """List every measure that a promise can be counted in."""
    return listed(request, asked, list(queries.catalogue().values()), _measure, key="code")


@measures.reads("/measures/{code}", answer=MeasureShown)
def read_measure(request: ApiRequest, code: str) -> MeasureShown:
    """Read one measure."""
    del request
    found = queries.measure(code)
    if found is None:
        raise NotThere(_("The catalogue has no measure of this code."))
    return _measure(found)


def _measure(one: Measure) -> MeasureShown:
    """Return a measure as the API shows it."""
    return MeasureShown(
        code=one.code,
        name=Words.of(one.name),
        definition=Words.of(one.definition),
        unit=Words.of(one.unit),
        kind=one.kind,
        rule=Words.of(one.rule),
        scheme=Words.of(one.scheme),
        is_counted_here=one.is_counted_here,
    )
