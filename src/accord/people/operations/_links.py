"""Links by which a person without an account does one thing to one record."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel import secret as secrets
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.people.models import Person, SignedLink
from accord.people.operations._facts import PersonFacts, facts_of
from accord.people.operations._persons import change_person
from accord.people.queries import require_open

LONGEST_LINK = timedelta(days=180)


class LinkTooLong(Refused):
    """A link would live longer than half a year, or has ended before it begins."""

    code = "link-too-long"


def make_link(
    *,
    person: Person,
    purpose: str,
    record: str,
    expires_at: datetime,
    token: str,
    by: Person,
    at: datetime,
    uses: int = 1,
) -> SignedLink:
    """Make a link of this token, which is not kept: it opens one thing, to one record, for one person.

    The door makes the token (`kernel.secret.new_token`) and shows or sends the address once. Raises `LinkTooLong`.
    """
    if not at < expires_at <= at + LONGEST_LINK:
        raise LinkTooLong(_("Choose a last day from tomorrow on, within 180 days from today."), field="until")
    return SignedLink.objects.create(
        person=person,
        purpose=purpose,
        record=record,
        digest=secrets.digest_of(token),
        uses_left=uses,
        made_at=at,
        made_by=by,
        expires_at=expires_at,
    )


@transaction.atomic
def use_link(*, link_id: int, at: datetime) -> SignedLink:
    """Use a link once. Call it inside the transaction of what the link is for: both happen or neither does.

    Whoever comes second to the last use waits for the first and gets `LinkEnded`, which says how the link ended.
    """
    link = SignedLink.objects.select_for_update(of=("self",)).select_related("made_by").get(pk=link_id)
    require_open(link, at)
    link.uses_left -= 1
    link.save(update_fields=["uses_left"])
    return link


def revoke_link(*, link: SignedLink, by: Person, at: datetime) -> SignedLink:
    """Take a link back at once. Doing it twice changes nothing."""
    SignedLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at, revoked_by=by)
    link.refresh_from_db()
    return link


@transaction.atomic
def correct_details(*, link_id: int, version: int, name: Bilingual, orcid: str, at: datetime) -> Person:
    """Correct what is known of the person that a link leads to, in the name of whoever the link is for.

    Raises `LinkEnded`, and what `change_person` does; the link is then not used.
    """
    link = use_link(link_id=link_id, at=at)
    person = Person.objects.get(pk=int(link.record.partition(":")[2]))
    facts = replace(facts_of(PersonFacts, person), name=name, orcid=orcid)
    return change_person(person=person, version=version, facts=facts, by=link.person, at=at)
