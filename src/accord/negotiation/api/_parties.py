"""Who takes part in a draft, and whom to turn to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Detail,
    Key,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    WordsSent,
    expected,
    wrong_field,
)
from accord.kernel.refused import NotThere
from accord.negotiation import operations, queries
from accord.negotiation.enums import Permission
from accord.negotiation.forms import PartyForm
from accord.negotiation.queries import NegotiationParty, Room
from accord.people import queries as people
from accord.people.queries import Person
from accord.ui.filling import filled

ALL = "/negotiations/{key}/draft/parties"
ONE = f"{ALL}/{{institution}}"
parties = Router(tags=["Drafts"])


class DraftPartyShown(Shown):
    """An institution's part in the draft, with the people to turn to."""

    institution: str = Field(description="Key of the institution.", examples=["cass"])
    name: Words = Field(description="Name in the agreement.")
    short: str | None
    signs: bool
    is_coordinator: bool
    contact: str | None = Field(description="The contact's email address.")
    backup: str | None = Field(description="The backup's email address.")
    version: int


class NewPartySent(Sent):
    """A further institution."""

    institution: Key = Field(description="Key of the institution.", examples=["cass"])
    signs: bool = Field(default=True, description="False for one that is named and does not sign.")


class PartySent(Sent):
    """Under which name a party stands, and whom to turn to; what is left out is empty."""

    name: WordsSent
    short: Text = Field("", max_length=30)
    signs: bool = True
    contact: Text = Field("", max_length=320, description="Email address of a person known here.")
    backup: Text = Field("", max_length=320, description="The same of who steps in.")


@parties.creates(ALL, answer=DraftPartyShown, may=Permission.DRAFT)
def add_party(request: ApiRequest, key: Key, sent: NewPartySent) -> Created[DraftPartyShown]:
    """Add an institution to the draft. The others see it with the next version."""
    room = queries.enter_draft(request.actor, key)
    chosen = people.institutions_visible_to(request.actor).filter(key=sent.institution).first()
    if chosen is None:
        raise wrong_field("institution", _("There is no institution %(keys)s.") % {"keys": sent.institution})
    made = operations.add_party(
        negotiation=room.negotiation,
        institution=chosen,
        signs=sent.signs,
        by=people.acting_person(request.actor),
        at=clock.now(request.world),
    )
    address = reverse("api:read_party", args=[key, sent.institution])
    return Created(_shown(made), version=made.version, at=address)


@parties.reads(ONE, answer=DraftPartyShown, may=Permission.DRAFT)
def read_party(request: ApiRequest, key: Key, institution: Key) -> Detail[DraftPartyShown]:
    """Read an institution's part in the draft."""
    found = _found(queries.enter_draft(request.actor, key), institution)
    return Detail(_shown(found), version=found.version)


@parties.changes(ONE, method="PUT", answer=DraftPartyShown, may=Permission.DRAFT)
def change_party(request: ApiRequest, key: Key, institution: Key, sent: PartySent) -> Detail[DraftPartyShown]:
    """Change under which name a party stands, whether it signs, and whom to turn to."""
    found = _found(queries.enter_draft(request.actor, key), institution)
    version = expected(request, found.version)
    answers = filled(PartyForm, {**sent.model_dump(exclude={"name"}), "name": sent.name.text})
    named = {field: _named(field, answers[field]) for field in ("contact", "backup")}
    changed = operations.change_party(
        party=found,
        version=version,
        by=people.acting_person(request.actor),
        at=clock.now(request.world),
        **{**answers, **named},
    )
    return Detail(_shown(changed), version=changed.version)


@parties.drops(ONE, may=Permission.DRAFT)
def take_out_party(request: ApiRequest, key: Key, institution: Key) -> None:
    """Take an institution out of the draft. What it said of earlier versions stays."""
    found = _found(queries.enter_draft(request.actor, key), institution)
    operations.remove_party(
        party=found,
        version=expected(request, found.version),
        by=people.acting_person(request.actor),
        at=clock.now(request.world),
    )


def _found(room: Room, institution: str) -> NegotiationParty:
    """Return one party by the key of its institution; raises `NotThere`."""
    found = next((one for one in room.parties if one.institution.key == institution), None)
    if found is None:
        raise NotThere(_("This institution takes no part in this negotiation."))
    return found


def _named(field: str, words: str) -> Person | None:
    """Return the person with this address; none where it is empty."""
    person = people.person_among(people.living_persons(), words) if words else None
    if words and person is None:
        raise wrong_field(field, _("Nobody here has this address. Add the person to their institution first."))
    return person


def _shown(party: NegotiationParty) -> DraftPartyShown:
    """Return a party as the API shows it to those who write the draft."""
    return DraftPartyShown(
        institution=party.institution.key,
        name=Words.of(party.name),
        short=party.short or None,
        signs=party.signs,
        is_coordinator=party.is_coordinator,
        contact=queries.address_of(party.contact) or None,
        backup=queries.address_of(party.backup) or None,
        version=party.version,
    )
