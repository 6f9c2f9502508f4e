"""What is typed into long forms before it is sent."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.people.models import FormDraft

MOST_LETTERS = 200_000
LONGEST_PATH = 300
KEPT_FOR = timedelta(days=30)
SECRET_WORDS = ("password", "secret", "token", "csrf")


class DraftTooLong(Refused):
    """More was typed than a draft keeps."""

    code = "draft-too-long"


class NoAddressOfAForm(Refused):
    """A draft belongs to the address of a form of this installation."""

    code = "no-address-of-a-form"


def keep_draft(*, person_id: int, path: str, sent: Mapping[str, Sequence[str]], at: datetime) -> None:
    """Keep what was typed at an address, in place of what was kept before; inputs for secrets are left out.

    Raises `DraftTooLong` and `NoAddressOfAForm`.
    """
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST_PATH:
        raise NoAddressOfAForm(_("A draft is kept for a form of this installation only."))
    kept = {name: list(values) for name, values in sent.items() if not _is_secret(name)}
    if len(json.dumps(kept)) > MOST_LETTERS:
        raise DraftTooLong(_("This is too long to be kept as a draft. Send the form, or shorten the text."))
    FormDraft.objects.update_or_create(person_id=person_id, path=path, defaults={"sent": kept, "saved_at": at})


def drop_draft(*, person_id: int, path: str) -> None:
    """Drop the draft of an address; without one nothing changes."""
    FormDraft.objects.filter(person=person_id, path=path).delete()


def forget_drafts(*, at: datetime) -> int:
    """Drop the drafts that nobody touched for a month; return how many there were."""
    forgotten, _by_table = FormDraft.objects.filter(saved_at__lt=at - KEPT_FOR).delete()
    return forgotten


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET_WORDS)
