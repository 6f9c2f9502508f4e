"""Sessions: ended by whoever's they are."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from accord.kernel.refused import NotThere
from accord.people.models import Account


@transaction.atomic
def end_session(*, account: Account, session: int, at: datetime) -> None:
    """End one session of an account at once. Doing it twice changes nothing.

    Raises `NotThere` for a session of somebody else.
    """
    del at
    found = UserSession.objects.select_for_update().filter(pk=session).first()
    if found is not None and found.user_id != account.pk:
        raise NotThere("not a session of this account")
    if found is not None:
        found.end()


@transaction.atomic
def end_other_sessions(*, account: Account, key: str, at: datetime) -> int:
    """End every session of an account but the one with this key; return how many ended."""
    del at
    others = list(UserSession.objects.select_for_update().filter(user=account).exclude(session_key=key))
    for session in others:
        session.end()
    return len(others)
