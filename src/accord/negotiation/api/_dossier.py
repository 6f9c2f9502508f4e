"""The dossier that a renewal rests on."""

from datetime import date

from pydantic import Field

from accord.agreements import queries as agreements
from accord.agreements.enums import Permission as AgreementPermission
from accord.kernel import clock
from accord.kernel.api import ApiRequest, Key, Router, Shown, Words
from accord.measures.enums import PromiseState
from accord.negotiation import queries
from accord.negotiation.queries import DossierLine

dossier = Router(tags=["Negotiations"])


class DossierLineShown(Shown):
    """One promise looked back on."""

    promise: str = Field(description="Key of the promise.", examples=["resident-teams"])
    title: Words
    promised_by: str
    target: float | None
    delivered: float | None
    unit: str
    due_on: date | None
    state: PromiseState
    on_time: str | None = Field(description="Whether the target was reached by its deadline, in words.")
    forecast: str | None = Field(description="What was forecast at first and last, in words.")
    amended: str | None = Field(description="Every earlier target with the day on which another took its place.")
    quiet: str | None = Field(description="For how long nothing was recorded, where that is long.")


class GivenShown(Shown):
    """What one side promised another."""

    promisor: Words
    beneficiary: Words
    promises: int
    words: str = Field(description="How many of them stand where.")


class DossierShown(Shown):
    """What a decision on a renewal is taken from, generated from delivery; words in the reader's language."""

    day: date
    opening: str
    promises: list[DossierLineShown]
    given: list[GivenShown]
    meetings: int
    amended: int
    quiet: int


@dossier.reads("/agreements/{key}/dossier", answer=DossierShown, may=AgreementPermission.VIEW)
def read_dossier(request: ApiRequest, key: Key) -> DossierShown:
    """Read what became of every promise of an agreement. As of today; what a renewal is decided by."""
    day = clock.today(request.world)
    found = queries.dossier_of(agreements.find_agreement(request.actor, key), day)
    return DossierShown(
        day=day,
        opening=found.opening,
        promises=[_line(one) for one in found.lines],
        given=[
            GivenShown(
                promisor=Words.of(one.promisor),
                beneficiary=Words.of(one.beneficiary),
                promises=one.promises,
                words=one.words,
            )
            for one in found.given
        ],
        meetings=len(found.meetings),
        amended=found.amended,
        quiet=found.quiet,
    )


def _line(line: DossierLine) -> DossierLineShown:
    """Return one promise of the dossier."""
    return DossierLineShown(
        promise=line.key,
        title=Words.of(line.title),
        promised_by=line.promisors,
        target=None if line.target is None else float(line.target),
        delivered=None if line.delivered is None else float(line.delivered),
        unit=line.unit,
        due_on=line.due_on,
        state=line.state,
        on_time=line.on_time or None,
        forecast=line.forecast or None,
        amended=line.amended or None,
        quiet=line.quiet or None,
    )
