"""What a person left unfinished in a form."""

from accord.people.models import FormDraft
from accord.ui.drafts import Draft


def find_draft(person_id: int | None, path: str) -> Draft | None:
    """Return what the person typed at an address and did not send; None for nobody."""
    if person_id is None:
        return None
    found = FormDraft.objects.filter(person=person_id, path=path).first()
    return None if found is None else Draft(found.sent, found.saved_at)
