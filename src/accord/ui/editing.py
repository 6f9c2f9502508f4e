"""Changing a record in place: the form knows what it started from, and a clash loses nothing.

The form carries, signed, the values and the version it was opened with. Where somebody else saved in the meantime,
the clash page shows before, theirs and yours; what is chosen there comes back as an ordinary answer of the form.
Nothing is kept on the server. Files cannot travel this way; ask for them on a page of their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accord.kernel.versions import last_change
from accord.ui import drafts, say
from accord.ui._sent import Sent, as_query, as_sent, lists_of, part_of, shown
from accord.ui.forms import Form, form_page
from accord.ui.parts import Clash, ClashRow
from accord.ui.say import Text

CLASH_STATUS = 409
VERSION, STARTED, EDIT = "version", "started", "clash-edit"
_PICK, _THEIRS, _YOURS = "pick:", "theirs:", "yours:"


@dataclass(frozen=True, slots=True)
class Editing:
    """Where a person stands in changing a record: looking at the form, or having sent it.

    `ready` says that the form was sent and is right; `answers` are then its values and `version` is the one that
    they were made from, both for the operation.
    """

    request: HttpRequest
    form: Form
    version: int
    before: Sent
    purpose: str
    ready: bool = False

    @property
    def answers(self) -> dict[str, Any]:
        """Return what was entered, by field."""
        return dict(self.form.cleaned_data)

    def page(self, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
        """Return the page with the form; `form` is in its context."""
        return form_page(self.request, template, self.form, context)

    def going_on(self, values: Mapping[str, Any], version: int) -> dict[str, str]:
        """Return the hidden inputs, by name, of a form that stays open once these values are kept as this version."""
        token = _signed(self.request, self.purpose, version, as_sent(self.form, values))
        return {VERSION: str(version), STARTED: token}

    def clash(
        self, *, thing: Text, theirs: Mapping[str, Any], version: int, url: str = "", record: str = ""
    ) -> HttpResponse:
        """Return the clash page. `theirs` are the record's present values, keyed like `initial`, of this `version`.

        `url` is the record's own page; with `record` (`institution:7`) the page says who changed it and when.
        """
        return clash_page(
            self.request,
            self.form,
            thing=thing,
            before=self.before,
            theirs=as_sent(self.form, theirs),
            version=version,
            purpose=self.purpose,
            url=url,
            record=record,
        )


def editing(
    request: HttpRequest, make_form: Callable[..., Form], *, initial: Mapping[str, Any], version: int, purpose: str
) -> Editing:
    """Return where the person stands. `initial` and `version` are the record's as it is now.

    `make_form` is called with the data or None, and `initial`. `purpose` names form and record, such as
    `institution:7`: what one form was opened with is no start for another.
    """
    if request.method != "POST":
        form = drafts.opened(request, lambda data: make_form(data, initial=initial))
        return _opened(request, form, version, as_sent(form, initial), purpose)
    sent = _chosen(lists_of(request.POST))
    form = make_form(as_query(sent), initial=initial)
    started, before = _started(request, purpose)
    opened = _opened(request, form, _asked(request, version) if started is None else started, before, purpose)
    return replace(opened, ready=EDIT not in request.POST and form.is_valid())


def clash_page(
    request: HttpRequest,
    form: Form,
    *,
    thing: Text,
    before: Mapping[str, list[str]],
    theirs: Mapping[str, list[str]],
    version: int,
    purpose: str,
    url: str = "",
    record: str = "",
    who: Text = "",
    when: datetime | None = None,
) -> HttpResponse:
    """Return the page of a clash (409): before, theirs, yours, a choice for each line.

    `form` holds what the person sent; `before` and `theirs` are what a browser would send for the values at the
    start and now (`as_sent`). Doors use `editing(…).clash(…)`, which fills this in.
    """
    changed = last_change(record) if record and not who else None
    who, when = (changed.who, changed.at) if changed else (who, when)
    rows, kept = _compared(form, before, theirs)
    clash = Clash(
        thing=thing,
        who=who if when else "",
        when=say.moment(when) if when else "",
        rows=rows,
        version=version,
        url=url or request.path,
        kept=[*kept, (STARTED, _signed(request, purpose, version, theirs))],
        action=request.path,
    )
    return render(request, "409.html", {"clash": clash}, status=CLASH_STATUS)


def _compared(
    form: Form, before: Mapping[str, list[str]], theirs: Mapping[str, list[str]]
) -> tuple[list[ClashRow], list[tuple[str, str]]]:
    """Return a row for each field in which theirs and yours differ, and what travels unseen."""
    sent = lists_of(form.data)
    at_start, at_last = _read(form, before), _read(form, theirs)
    rows: list[ClashRow] = []
    kept: list[tuple[str, str]] = []
    for bound in form:
        name = bound.name
        yours, others = part_of(form, name, sent), part_of(form, name, theirs)
        if bound.is_hidden or _same(form, at_last, name):
            kept += _pairs(yours)
            continue
        kept += [*_pairs(others, _THEIRS), *_pairs(yours, _YOURS)]
        only_they, only_you = _same(form, at_start, name), _same(at_last, at_start, name)
        rows.append(
            ClashRow(
                label=str(bound.label),
                before=shown(at_start[name], at_start),
                theirs=shown(at_last[name], at_last),
                yours=shown(bound, form),
                field=f"{_PICK}{name}",
                pick="theirs" if only_they else "yours",
                both=not only_they and not only_you,
            )
        )
    return rows, kept


def _read(form: Form, sent: Mapping[str, list[str]]) -> Form:
    """Return the same form as it reads other answers."""
    other = type(form)(as_query(sent), prefix=form.prefix)
    other.fields = form.fields  # what the door has set up, such as choices, holds for both
    other.full_clean()
    return other


def _same(one: Form, other: Form, name: str) -> bool:
    """Say whether two forms were told the same in a field: the same value, or where it cannot be read the same text."""
    if name in one.cleaned_data and name in other.cleaned_data:
        return bool(one.cleaned_data[name] == other.cleaned_data[name])
    return part_of(one, name, lists_of(one.data)) == part_of(other, name, lists_of(other.data))


def _pairs(sent: Mapping[str, list[str]], prefix: str = "") -> list[tuple[str, str]]:
    return [(f"{prefix}{key}", value) for key, values in sent.items() for value in values]


def _chosen(sent: Sent) -> Sent:
    """Return the answers after a clash: for each line the side that was picked; other answers as they are."""
    sides = {key.removeprefix(_PICK): values[-1] for key, values in sent.items() if key.startswith(_PICK)}
    if not sides:
        return sent
    merged = {key: values for key, values in sent.items() if not key.startswith((_PICK, _THEIRS, _YOURS))}
    for prefix, side in ((_THEIRS, "theirs"), (_YOURS, "yours")):
        for key, values in sent.items():
            name = key.removeprefix(prefix)
            if key.startswith(prefix) and _side_of(name, sides) == side:
                merged[name] = values
    return merged


def _side_of(name: str, sides: Mapping[str, str]) -> str:
    """Return the side picked for an input: its own field's, or that of the field whose part it is."""
    return sides.get(name) or sides.get(name.rpartition("_")[0], "yours")


def _opened(request: HttpRequest, form: Form, version: int, before: Sent, purpose: str) -> Editing:
    """Let the form carry where it started."""
    token = _signed(request, purpose, version, before)
    form.carried = (*form.carried, (VERSION, str(version)), (STARTED, token))
    return Editing(request, form, version, before, purpose)


def _salt(request: HttpRequest, purpose: str) -> str:
    return f"accord.editing:{purpose}:{getattr(getattr(request, 'user', None), 'pk', '')}"


def _signed(request: HttpRequest, purpose: str, version: int, values: Mapping[str, list[str]]) -> str:
    return signing.dumps([version, dict(values)], salt=_salt(request, purpose), compress=True)


def _started(request: HttpRequest, purpose: str) -> tuple[int | None, Sent]:
    """Return the version and the values that the form was opened with; nothing where they cannot be trusted."""
    try:
        version, values = signing.loads(request.POST.get(STARTED, ""), salt=_salt(request, purpose))
    except signing.BadSignature:
        return None, {}
    return int(version), {str(key): [str(one) for one in given] for key, given in values.items()}


def _asked(request: HttpRequest, version: int) -> int:
    """Return the version that was sent in the open; without one, the record's own."""
    text = request.POST.get(VERSION, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(2**31)) else version
