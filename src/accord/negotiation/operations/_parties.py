"""Who takes part, and whom to turn to."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.negotiation.enums import Act, NegotiationKind
from accord.negotiation.models import DraftPromise, Negotiation, NegotiationParty
from accord.negotiation.operations._hold import hold, require, tidy, touch
from accord.people.queries import Institution, Person


@transaction.atomic
def add_party(
    *, negotiation: Negotiation, institution: Institution, signs: bool, by: Person, at: datetime
) -> NegotiationParty:
    """Add an institution to the draft; one that was removed comes back. Twice changes nothing."""
    held = hold(negotiation)
    require(held, Act.EDIT, None)
    _refuse_amendment(held)
    known = NegotiationParty.objects.filter(negotiation=held, institution=institution).first()
    if known is not None and known.removed_at is None:
        return known
    last = NegotiationParty.objects.filter(negotiation=held).aggregate(last=Max("position"))["last"] or 0
    party = known or NegotiationParty(negotiation=held, institution=institution, version=0)
    party.name, party.signs, party.position = institution.name, signs, last + 1
    party.removed_at, party.removed_by = None, None
    party.version += 1
    party.save()
    touch(held, at=at)
    del by
    return party


@transaction.atomic
def change_party(
    *,
    party: NegotiationParty,
    version: int,
    name: Bilingual,
    short: str,
    signs: bool,
    contact: Person | None,
    backup: Person | None,
    by: Person,
    at: datetime,
) -> NegotiationParty:
    """Change under which name a party stands, whether it signs, and whom to turn to. Raises `Clash`."""
    held = hold(party.negotiation)
    require(held, Act.EDIT, None)
    row = NegotiationParty.objects.select_for_update().get(pk=party.pk)
    expect(row, version)
    if held.kind == NegotiationKind.AMENDMENT and (name, signs) != (row.name, row.signs):
        _refuse_amendment(held)
    if contact is not None and contact == backup:
        raise Refused(_("Name somebody else as backup."), code="backup-is-contact", field="backup")
    row.name, row.short, row.signs = tidy(name), short.strip(), signs
    row.contact, row.backup = contact, backup
    row.version += 1
    row.save()
    touch(held, at=at)
    del by
    return row


@transaction.atomic
def remove_party(*, party: NegotiationParty, by: Person, at: datetime, version: int | None = None) -> NegotiationParty:
    """Take an institution out of the draft; what it said of earlier texts stays. Twice changes nothing.

    Raises `Clash` where a `version` is given and the party changed since.
    """
    held = hold(party.negotiation)
    row = NegotiationParty.objects.select_for_update().select_related("institution").get(pk=party.pk)
    if row.removed_at is not None:
        return row
    require(held, Act.EDIT, None)
    if version is not None:
        expect(row, version)
    _refuse_amendment(held)
    key = row.institution.key
    promises = DraftPromise.objects.filter(negotiation=held, removed_at=None)
    if row.is_coordinator:
        raise Refused(_("The coordinator stays, since it writes the draft."), code="coordinator-stays")
    if promises.filter(promisors__contains=[key]).exists() or promises.filter(beneficiaries__contains=[key]).exists():
        raise Refused(
            _("This party stands in a promise of the draft. Change or take out those promises first."),
            code="party-in-promise",
        )
    row.removed_at, row.removed_by = at, by
    row.version += 1
    row.save()
    touch(held, at=at)
    return row


def _refuse_amendment(held: Negotiation) -> None:
    """Refuse another set of parties in an amendment."""
    if held.kind == NegotiationKind.AMENDMENT:
        raise Refused(
            _("The parties of a signed agreement stay. Negotiate a new agreement with the others."),
            code="parties-stay",
        )
