"""Opens programmes, changes what is known of them, and ends them."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import Agreement, Commitment
from accord.kernel.constraints import refused_as
from accord.kernel.facts import put
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, trimmed
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Institution, Person
from accord.programmes.enums import ProgrammeKind
from accord.programmes.models import Call, CountedLine, Programme
from accord.programmes.operations._count_placements import count_programme
from accord.programmes.operations._keys import key_taken, refuse_odd_key

RESERVED = frozenset({"all", "applications", "links", "mine", "new", "offers", "placements", "places"})
"""Words that stand in addresses where the short name of a programme stands."""


class KindUnknown(Refused):
    """There is no such kind of programme."""

    code = "kind-unknown"


class PromiseElsewhere(Refused):
    """The promise is none of the agreement that the programme delivers to."""

    code = "promise-elsewhere"


class ProgrammeCounts(Refused):
    """What was counted for an agreement stays with it."""

    code = "programme-counts"
    status = 409


class ProgrammeEnded(Refused):
    """The programme has ended and takes no further calls."""

    code = "programme-ended"
    status = 409


class CallsRunning(Refused):
    """A call of the programme is still under way."""

    code = "calls-running"
    status = 409


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What is known of a programme and may be changed."""

    name: Bilingual
    summary: Bilingual = field(default_factory=Bilingual)
    agreement: Agreement | None = None
    commitment: Commitment | None = None

    def checked(self) -> "ProgrammeFacts":
        """Return the same as it is kept. Raises `NameMissing`, `PromiseElsewhere`."""
        if self.commitment is not None and (
            self.agreement is None or self.commitment.agreement_id != self.agreement.pk
        ):
            raise PromiseElsewhere(_("Choose a promise of the agreement that stands above it."), field="commitment")
        return replace(self, name=named(self.name), summary=trimmed(self.summary))


@transaction.atomic
def open_programme(
    *,
    key: str,
    name: Bilingual,
    kind: str,
    owner: Institution,
    by: Person,
    at: datetime,
    agreement: Agreement | None = None,
    commitment: Commitment | None = None,
    summary: Bilingual | None = None,
    is_simulated: bool = False,
) -> Programme:
    """Open a programme of an institution. Raises `KeyOdd`, `KeyTaken`, `KindUnknown` and what the facts do."""
    facts = ProgrammeFacts(name, summary or Bilingual(), agreement, commitment).checked()
    refuse_odd_key(key, RESERVED)
    if kind not in ProgrammeKind:
        raise KindUnknown(_("Choose one of the listed kinds of programme."), field="kind")
    made = Programme(key=key, kind=kind, owner=owner, is_simulated=is_simulated, opened_at=at, opened_by=by)
    put(made, facts)
    taken = {"programmes_programme_key_key": lambda: key_taken(key)}
    if Programme.objects.filter(key=key).exists():
        raise key_taken(key)
    with refused_as(taken):
        made.save()
    return made


@transaction.atomic
def change_programme(
    *, programme: Programme, version: int, facts: ProgrammeFacts, by: Person, at: datetime
) -> Programme:
    """Change what is known of a programme. What stands there already is no change, and no clash.

    Raises `Clash` for an older version, `ProgrammeCounts` for another agreement once anything was counted, and what
    `ProgrammeFacts.checked` does.
    """
    del by  # the history keeps it
    checked = facts.checked()
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    changed = put(held, checked)
    if not changed:
        return held
    expect(held, version)
    if "agreement" in changed and CountedLine.objects.filter(programme=held).exists():
        raise ProgrammeCounts(
            _("Places or placements of this programme count for its agreement already. It stays with it."),
            field="agreement",
        )
    held.version += 1
    held.save(update_fields=[*changed, "version"])
    if "commitment" in changed:
        count_programme(programme=held, at=at)
    return held


@transaction.atomic
def end_programme(*, programme: Programme, by: Person, at: datetime) -> Programme:
    """End a programme: it takes no further calls. Raises `CallsRunning` while one is neither finished nor cancelled."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    if held.ended_at is not None:
        return held
    running = Call.objects.filter(programme=held, finished_at=None, cancelled_at=None)
    one = running.order_by("-opens_at", "pk").first()
    if one is not None:
        raise CallsRunning(_("“%(call)s” is still under way. Finish or cancel it first.") % {"call": one.name})
    held.ended_at, held.ended_by, held.version = at, by, held.version + 1
    held.save(update_fields=["ended_at", "ended_by", "version"])
    return held
