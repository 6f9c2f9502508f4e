"""Accounts that people open of their own accord: where a page of Accord that needs one led them to it, and only there.

Nobody learns here whether there is an account with an address: the answer is the same, and the mail says it.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere
from accord.kernel.secret import digest_of
from accord.kernel.text import Bilingual
from accord.people.models import Account, Invitation
from accord.people.operations._ensure import register_person
from accord.people.operations._invitations import HOLDS_FOR
from accord.people.operations._letters import letter

SALT = "accord.newcomer"
PASS_HOLDS = timedelta(days=1)
KEY_LETTERS = 20


def pass_for_newcomer(*, to: str) -> str:
    """Return a pass by which a visitor may ask for an account, and is led to an address of ours afterwards."""
    return signing.dumps(to, salt=SALT)


def goal_of_pass(*, shown: str) -> str:
    """Return where a pass leads. Raises `NotThere` for what is none of ours, or older than a day."""
    try:
        return str(signing.loads(shown, salt=SALT, max_age=PASS_HOLDS))
    except signing.BadSignature as odd:
        raise NotThere(_("This page opens from the page of a call. Open that, and go on from there.")) from odd


@transaction.atomic
def ask_for_account(
    *, email: str, name: Bilingual, language: str, token: str, url: str, sign_in_url: str, at: datetime
) -> None:
    """Write to somebody who wants an account: a link that opens one, or where there is one, to sign in with it.

    Asked again, only the link of the last mail works. The person has no role, and their name is theirs to write.
    """
    address = email.strip().lower()
    if Account.objects.filter(email__iexact=address).exists():
        letter("newcomer-known", to=address, language=language, values={"url": sign_in_url}).send()
        return
    person = register_person(key=f"newcomer-{digest_of(address)[:KEY_LETTERS]}", name=name)
    Invitation.objects.update_or_create(
        email=address,
        role="",
        institution=None,
        accepted_at=None,
        revoked_at=None,
        defaults={
            "person": person,
            "language": language,
            "digest": digest_of(token),
            "invited_at": at,
            "invited_by": person,
            "expires_at": at + HOLDS_FOR,
        },
    )
    letter("newcomer", to=address, language=language, values={"url": url}).send()
