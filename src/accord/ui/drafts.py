"""What was typed into a long form and not sent: kept beside the form's address, offered back on return.

Whoever keeps drafts puts a `Drafts` on the request. A form that says `autosaved = True` is then saved by the browser
every few seconds; without JavaScript, or for visitors, it is an ordinary form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict

from accord.ui._sent import as_query
from accord.ui.forms import Form

ASKED, CONTINUE, AUTOSAVE = "draft", "continue", "autosave"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed at one address, and when it was last kept."""

    sent: Mapping[str, list[str]]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Drafts:
    """Where drafts are kept: addresses that take and drop one, and a look-up by the form's own address."""

    keep_url: str
    drop_url: str
    find: Callable[[str], Draft | None]


@dataclass(frozen=True, slots=True)
class Offer:
    """A draft that waits to be continued or dropped."""

    saved_at: datetime
    continue_url: str
    drop_url: str
    path: str


def opened(request: HttpRequest, make_form: Callable[[QueryDict | None], Form]) -> Form:
    """Return the form for a page that is opened: empty, or as it was left where the reader wants to go on.

    `make_form` is called with what was typed, or None. A form that goes on is not yet complained about.
    """
    form = make_form(None)
    kept = getattr(request, "drafts", None)
    if not form.autosaved or not isinstance(kept, Drafts):
        return form
    draft = kept.find(request.path)
    if draft is not None and request.GET.get(ASKED) == CONTINUE:
        form = make_form(as_query(draft.sent))
        vars(form)["_errors"] = ErrorDict()  # Django's place for them: half a form is no wrong form
    elif draft is not None:
        form.offer = Offer(draft.saved_at, f"?{urlencode({ASKED: CONTINUE})}", kept.drop_url, request.path)
    form.carried = (*form.carried, (AUTOSAVE, kept.keep_url))
    return form
