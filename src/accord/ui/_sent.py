"""What a browser sends for a form, made from values; and the words for what was sent."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from accord.kernel.text import Bilingual
from accord.ui import say

Sent = dict[str, list[str]]
"""Names of inputs with what was entered in each, as a browser sends it."""


def names_of(field: forms.Field, name: str) -> list[str]:
    """Return the names of a field's inputs: one, or one for each part."""
    widget = field.widget
    if isinstance(widget, forms.MultiWidget):
        return [f"{name}{end}" for end in _ends(widget)]
    return [name]


def _ends(widget: forms.MultiWidget) -> list[str]:
    """Return what a widget of several inputs adds to the name of each."""
    ends: list[str] = widget.widgets_names  # type: ignore[attr-defined]  # unknown to the stubs
    return ends


def as_sent(form: forms.BaseForm, values: Mapping[str, Any]) -> Sent:
    """Return what a browser would send for these values, keyed like the form's `initial`."""
    sent: Sent = {}
    for name, field in form.fields.items():
        shown = field.prepare_value(values.get(name))
        sent |= _sent(field.widget, form.add_prefix(name), shown)
    return sent


def _sent(widget: forms.Widget, name: str, value: Any) -> Sent:
    if isinstance(widget, forms.MultiWidget):
        parts: list[Any] = value if isinstance(value, list) else widget.decompress(value) or []
        pairs = zip(widget.widgets, _ends(widget), parts, strict=True)
        return {key: given for one, end, part in pairs for key, given in _sent(one, f"{name}{end}", part).items()}
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"]} if value else {}
    if isinstance(value, list | tuple | set):
        return {name: [str(each) for each in value]}
    said = widget.format_value(value)
    if isinstance(said, list):  # a select's value is a list of what is chosen
        return {name: [str(each) for each in said if each != ""]}
    return {name: ["" if said is None else str(said)]}


def part_of(form: forms.BaseForm, name: str, sent: Mapping[str, Sequence[str]]) -> Sent:
    """Return what was sent for one field of the form."""
    return {key: list(sent[key]) for key in names_of(form.fields[name], form.add_prefix(name)) if key in sent}


def as_query(sent: Mapping[str, Sequence[str]]) -> QueryDict:
    """Return what was sent in the form that forms read."""
    query = QueryDict(mutable=True)
    for key, values in sent.items():
        query.setlist(key, list(values))
    return query


def lists_of(query: Mapping[str, Any]) -> Sent:
    """Return what a request sent, each name with all its values."""
    lists = getattr(query, "lists", None)
    pairs = lists() if lists else ((key, [value]) for key, value in query.items())
    return {str(key): [str(value) for value in values] for key, values in pairs}


def shown(bound: BoundField, form: forms.BaseForm) -> str:
    """Return in words what a checked form was told in one field; what it could not read stands as it was sent."""
    if bound.name not in form.cleaned_data:
        given = part_of(form, bound.name, lists_of(form.data))
        return " / ".join(value for values in given.values() for value in values)
    return _in_words(bound, form.cleaned_data[bound.name])


def _in_words(bound: BoundField, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, "", [], Bilingual()):
        return _("Not given")
    if isinstance(value, Bilingual):
        return " / ".join(value.as_dict().values())
    if isinstance(value, date):
        return say.day(value)
    if isinstance(bound.field, forms.ChoiceField):
        return _choice_words(bound.field, value)
    return str(value)


def _choice_words(field: forms.ChoiceField, value: Any) -> str:
    wanted = {str(each) for each in value} if isinstance(value, list | tuple) else {str(getattr(value, "pk", value))}
    words: Any = flatten_choices(cast("Any", field.choices))  # the stubs know flat choices only as a callable
    return ", ".join(str(word) for key, word in words if str(key) in wanted)
