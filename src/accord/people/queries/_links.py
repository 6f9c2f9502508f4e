"""Links for people without an account: found by their token, listed by the record they open."""

from datetime import datetime

from django.db.models import Case, CharField, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.kernel import secret as secrets
from accord.kernel.access import Actor, LinkUse
from accord.kernel.links import FoundLink
from accord.kernel.refused import NotThere, Refused
from accord.people.enums import LinkState, PersonState
from accord.people.models import Person, SignedLink


class LinkEnded(Refused):
    """The link has expired, was used up or was taken back."""

    code = "link-ended"
    status = 410


def find_link(token: str, purpose: str, at: datetime) -> FoundLink:
    """Return the link of a token, if it is for this purpose and may still be used; one query.

    Raises `NotThere` for what is no such link, and `LinkEnded`, which says how it ended and whom to ask.
    """
    digest = secrets.digest_of(token)
    link = SignedLink.objects.filter(digest=digest, purpose=purpose).select_related("person", "made_by").first()
    if link is None or not secrets.is_same(link.digest, token) or link.person.state == PersonState.ERASED:
        raise NotThere(gettext_lazy("Nothing is here."))
    require_open(link, at)
    actor = Actor(person_id=link.person_id, name=str(link.person.name), link=LinkUse(link.purpose, link.record))
    return FoundLink(
        pk=link.pk,
        purpose=link.purpose,
        record=link.record,
        person=link.person_id,
        person_name=link.person.name,
        uses_left=link.uses_left,
        expires_at=link.expires_at,
        actor=actor,
    )


def require_open(link: SignedLink, at: datetime) -> None:
    """Raise `LinkEnded` for a link that was taken back, has expired or was used up."""
    maker = {"name": link.made_by.name}
    if link.revoked_at is not None:
        raise LinkEnded(_("This link was taken back. Ask %(name)s for a new one.") % maker)
    if link.expires_at <= at:
        raise LinkEnded(_("This link has expired. Ask %(name)s for a new one.") % maker)
    if link.uses_left == 0:
        raise LinkEnded(_("This link was used; what it was for is done. Ask %(name)s if more is to do.") % maker)


def person_of(link: FoundLink) -> Person:
    """Return the person that a link leads to. Raises `NotThere` when they were merged or erased since."""
    _kind, _colon, pk = link.record.partition(":")
    person = Person.objects.filter(pk=int(pk), merged_into=None).exclude(state=PersonState.ERASED).first()
    if person is None:
        raise NotThere(gettext_lazy("Nothing is here."))
    return person


def links_of(record: str, *, at: datetime) -> QuerySet[SignedLink]:
    """Return every link to a record, with its `state`; the caller has asked whether the reader may see them."""
    state = Case(
        When(revoked_at__isnull=False, then=Value(LinkState.REVOKED.value)),
        When(uses_left=0, then=Value(LinkState.USED.value)),
        When(expires_at__lte=at, then=Value(LinkState.EXPIRED.value)),
        default=Value(LinkState.OPEN.value),
        output_field=CharField(),
    )
    found = SignedLink.objects.filter(record=record).annotate(state=state)
    return found.select_related("person", "made_by").order_by("-made_at", "-pk")


def find_link_of(record: str, pk: int) -> SignedLink:
    """Return one link to a record. Raises `NotThere`."""
    link = SignedLink.objects.filter(record=record, pk=pk).first()
    if link is None:
        raise NotThere(gettext_lazy("This record has no such link."))
    return link
