"""Tokens for programs: made and shown once, revoked, and when they were last used."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.kernel import secret as secrets
from accord.kernel.refused import Refused
from accord.people.enums import TokenScope
from accord.people.models import AccessToken, Person

LONGEST = timedelta(days=365)
MOST_TOKENS = 50
USE_NOTED_EVERY = timedelta(hours=1)


class TokenTooLong(Refused):
    """A token would live longer than a year, or has ended before it begins."""

    code = "token-too-long"


class TooManyTokens(Refused):
    """The person holds as many tokens as one may."""

    code = "too-many-tokens"


@transaction.atomic
def make_token(
    *, by: Person, name: str, scopes: Collection[str], expires_at: datetime, secret: str, at: datetime
) -> AccessToken:
    """Make a personal access token of this secret, which is not kept. Only its person makes one.

    Raises `TokenTooLong` for a life of more than a year or none, and `TooManyTokens`.
    """
    if not at < expires_at <= at + LONGEST:
        raise TokenTooLong(_("Choose a last day from tomorrow on, within a year from today."), field="until")
    Person.objects.select_for_update().get(pk=by.pk)
    if AccessToken.objects.filter(person=by, revoked_at=None, expires_at__gt=at).count() >= MOST_TOKENS:
        raise TooManyTokens(_("You hold 50 tokens, the most one may. Revoke one that is no longer used."))
    wanted = set(scopes) | {TokenScope.READ}
    return AccessToken.objects.create(
        person=by,
        name=name,
        prefix=secrets.prefix_of(secret),
        digest=secrets.digest_of(secret),
        scopes=[scope for scope in TokenScope.values if scope in wanted],
        made_at=at,
        expires_at=expires_at,
    )


def revoke_token(*, token: AccessToken, at: datetime) -> AccessToken:
    """End a token at once. Doing it twice changes nothing."""
    AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
    token.refresh_from_db()
    return token


def note_token_use(*, token_id: int, at: datetime) -> bool:
    """Keep that a token was used; written once an hour at most. Say whether it was written."""
    stale = Q(last_used_at=None) | Q(last_used_at__lte=at - USE_NOTED_EVERY)
    return bool(AccessToken.objects.filter(stale, pk=token_id).update(last_used_at=at))
