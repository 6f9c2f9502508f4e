"""Personal access tokens: whose they are, and what a program that shows one may do."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel import secret as secrets
from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.people.models import AccessToken
from accord.people.queries._actors import actor_for


@dataclass(frozen=True, slots=True)
class TokenActor:
    """Who a program acts for, and the scopes that its token opens."""

    actor: Actor
    scopes: frozenset[str]
    token_id: int


def token_actor(secret: str, *, at: datetime) -> TokenActor | None:
    """Return whose token this is, with their present roles; None for one that is unknown or ended. Two queries."""
    prefix = secrets.prefix_of(secret)
    if not prefix:
        return None
    token = (
        AccessToken.objects.filter(prefix=prefix, revoked_at=None, expires_at__gt=at)
        .select_related("person__account")
        .first()
    )
    if token is None or not secrets.is_same(token.digest, secret):
        return None
    account = getattr(token.person, "account", None)
    actor = Actor() if account is None else actor_for(account, on=at.date())
    return None if actor.is_nobody else TokenActor(actor, frozenset(token.scopes), token.pk)


def tokens_of(actor: Actor) -> QuerySet[AccessToken]:
    """Return every token that the person made, ended ones too."""
    return AccessToken.objects.filter(person_id=actor.person_id or 0)


def find_token(actor: Actor, pk: int) -> AccessToken:
    """Return one of the person's own tokens. Raises `NotThere`."""
    token = tokens_of(actor).filter(pk=pk).first()
    if token is None:
        raise NotThere(_("You have no such token."))
    return token
