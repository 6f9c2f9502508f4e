"""Check answers before sending: form, check page, act; at one address, with nothing kept on the server.

The answers travel in a signed hidden field. "Change" posts them back to the form, filled in, so that no answer
ever stands in an address. Files cannot travel this way; ask for them on a page of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.ui._sent import shown
from accord.ui.forms import Form, form_page
from accord.ui.parts import Answer, Answers, Banner

_STAGE, _CARRIED, _FIELD = "answers-stage", "answers-carried", "answers-field"
_OURS = (_STAGE, _CARRIED, _FIELD, "csrfmiddlewaretoken")
_DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Step:
    """Where the reader stands: filling in, checking, or having confirmed."""

    request: HttpRequest
    form: Form
    carried: str = ""
    confirmed: bool = False
    notice: Banner | None = None

    def page(
        self,
        *,
        form_template: str,
        check_template: str = "ui/check_answers.html",
        context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Return the form or the check page. The check page shows `action` of the context on its button."""
        more = context or {}
        if not self.carried:
            return form_page(self.request, form_template, self.form, {"notice": self.notice, **more})
        checked = {"answers": answers_of(self.form), "carried": self.carried, "form": None}
        return render(self.request, check_template, {**checked, **more})


def ask(request: HttpRequest, make_form: Callable[..., Form], *, purpose: str) -> Step:
    """Return the step a request stands at; `purpose` binds the signed answers to this form and person."""
    salt = f"accord.answers:{purpose}:{getattr(getattr(request, 'user', None), 'pk', '')}"
    stage = request.POST.get(_STAGE, "")
    if request.method != "POST":
        return Step(request, make_form())
    if stage in {"send", "change"}:
        return _resume(request, make_form, salt, stage)
    form = make_form(request.POST)
    if not form.is_valid():
        return Step(request, form)
    kept = [(key, values) for key, values in request.POST.lists() if key not in _OURS]
    return Step(request, form, carried=signing.dumps(kept, salt=salt, compress=True))


def answers_of(form: Form) -> Answers:
    """Return what a valid form was told, in words."""
    return Answers([Answer(str(bound.label), shown(bound, form), bound.name) for bound in form.visible_fields()])


def _resume(request: HttpRequest, make_form: Callable[..., Form], salt: str, stage: str) -> Step:
    carried = request.POST.get(_CARRIED, "")
    try:
        kept = signing.loads(carried, salt=salt, max_age=_DAY_SECONDS)
    except signing.BadSignature:
        notice = Banner(_("The answers are older than a day or were changed on the way. Enter them again."), "wary")
        return Step(request, make_form(), notice=notice)
    data = QueryDict(mutable=True)
    for key, values in kept:
        data.setlist(key, values)
    form = make_form(data)
    wanted = request.POST.get(_FIELD, "")
    if stage == "change" and wanted in form.fields:
        form.fields[wanted].widget.attrs["autofocus"] = True
    return Step(request, form, confirmed=stage == "send" and form.is_valid())
