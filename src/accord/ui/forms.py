"""Forms that say what is wrong and how to mend it, and never lose what was typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.ui.say import Text

DAY_FORMS = ("%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y年%m月%d日")
WRONG_FORM = 422

_REQUIRED: tuple[tuple[type[forms.Field], Text], ...] = (
    (forms.BooleanField, _("Tick “%(label)s” to go on.")),
    (forms.FileField, _("Choose a file for the %(label)s.")),
    (forms.ChoiceField, _("Choose the %(label)s.")),
    (forms.ModelChoiceField, _("Choose the %(label)s.")),
    (forms.Field, _("Enter the %(label)s.")),
)
_MESSAGES: dict[str, Text] = {
    "invalid_choice": _("Choose one of the listed answers."),
    "invalid_list": _("Choose from the listed answers."),
    "max_length": _("Shorten this to %(limit_value)d characters; it has %(show_value)d."),
    "min_length": _("Write at least %(limit_value)d characters; this has %(show_value)d."),
    "max_value": _("Enter %(limit_value)s or less."),
    "min_value": _("Enter %(limit_value)s or more."),
    "null_characters_not_allowed": _("Remove the invisible characters and type the text again."),
}
_EMAIL = _("Enter an email address such as name@example.org.")
_URL = _("Enter a web address such as https://example.org.")


class Renderer(DjangoTemplates):
    """Draws forms and fields with the ui's own templates."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: what is wrong, and the input that mends it."""

    sentence: str
    target: str


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under a legend or none."""

    legend: Text
    fields: Sequence[BoundField]


class Form(forms.Form):
    """The form that all others extend: no browser validation, messages that say what to do.

    `groups` names fieldsets by subject: `((legend, (field, …)), …)`; fields in no group come first.
    `carried` are hidden inputs that travel with the form and are no answers, such as the version it was opened at.
    `autosaved` forms are kept while they are filled in (`ui.drafts`); `offer` is what was left here earlier.
    """

    default_renderer = Renderer
    use_required_attribute = False
    groups: ClassVar[tuple[tuple[Text, tuple[str, ...]], ...]] = ()
    autosaved: ClassVar[bool] = False
    carried: Sequence[tuple[str, str]] = ()
    offer: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give every field its messages, unless the form has its own."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _teach(field, str(field.label or name.replace("_", " ").capitalize()))

    def sections(self) -> Iterator[Section]:
        """Yield the visible fields in their groups."""
        grouped = {name for _legend, names in self.groups for name in names}
        rest = [bound for bound in self.visible_fields() if bound.name not in grouped]
        if rest:
            yield Section("", rest)
        for legend, names in self.groups:
            yield Section(legend, [self[name] for name in names if name in self.fields])


class DayField(forms.DateField):
    """A day, picked or typed: 30 Sep 2019, 2019-09-30, 30/9/2019 or 2019年9月30日."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Enter a day such as 30 Sep 2019 or 2019-09-30.")}

    def __init__(self, **kwargs: Any) -> None:
        """Use the browser's own date picker."""
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", DAY_FORMS)
        super().__init__(**kwargs)


class BilingualWidget(forms.MultiWidget):
    """Two inputs, one for each language, each marked with it."""

    template_name = "ui/widgets/bilingual.html"
    use_fieldset = True

    def __init__(self, *, multiline: bool = False, attrs: dict[str, Any] | None = None) -> None:
        """Use one line or, with `multiline`, an area for each language."""
        kind = forms.Textarea if multiline else forms.TextInput
        super().__init__([kind({"lang": "en"}), kind({"lang": "zh-Hans"})], attrs)

    def decompress(self, value: Any) -> list[str]:
        """Return the two sides."""
        text = Bilingual.of(value)
        return [text.en, text.zh_hans]

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        """Return nothing: the legend names the pair, and each input has its own label."""
        return "" if index is None else f"{id_}_{index}"


class BilingualField(forms.MultiValueField):
    """A text in English and Chinese; required means at least one of them. Gives a `Bilingual`."""

    def __init__(self, *, multiline: bool = False, max_length: int | None = None, **kwargs: Any) -> None:
        """Take `max_length` for each side."""
        sides = [forms.CharField(required=False, max_length=max_length) for _side in range(2)]
        kwargs.setdefault("widget", BilingualWidget(multiline=multiline))
        super().__init__(sides, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> Bilingual:
        """Join the two sides."""
        return Bilingual(*data_list) if data_list else Bilingual()


def read_day(text: str) -> date | None:
    """Return the day that a text says, or None when it says none."""
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def summary_of(form: forms.BaseForm) -> tuple[Problem, ...]:
    """Return every problem of a bound form: those of the whole form first, then by field."""
    if not form.is_bound:
        return ()
    whole = [Problem(str(sentence), "") for sentence in form.non_field_errors()]
    each = [Problem(str(sentence), first_input(bound)) for bound in form for sentence in bound.errors]
    return (*whole, *each)


def first_input(bound: BoundField) -> str:
    """Return the id of the input that a link to the field should focus."""
    grouped = getattr(bound.field.widget, "use_fieldset", False)
    return f"{bound.auto_id}_0" if grouped else bound.auto_id


def form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Return the page with the form: 422 when it was sent and something is wrong, 200 otherwise."""
    status = WRONG_FORM if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)


def _teach(field: forms.Field, label: str) -> None:
    """Replace Django's messages by ours where the form has not set its own."""
    required = next(text for kind, text in _REQUIRED if isinstance(field, kind))
    wanted: dict[str, Any] = {
        **_MESSAGES,
        "required": str(required) % {"label": label if isinstance(field, forms.BooleanField) else _inside(label)},
    }
    if isinstance(field, forms.EmailField):
        wanted["invalid"] = _EMAIL
    if isinstance(field, forms.URLField):
        wanted["invalid"] = _URL
    defaults = _default_messages(field)
    for code, message in wanted.items():
        if field.error_messages.get(code) is defaults.get(code):
            field.error_messages[code] = message
    for part in getattr(field, "fields", ()):
        _teach(part, label)


def _default_messages(field: forms.Field) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        messages.update(getattr(kind, "default_error_messages", {}))
    return messages


def _inside(label: str) -> str:
    """Return a label as it reads inside a sentence: without its capital in English, but for abbreviations."""
    if not (get_language() or "en").startswith("en") or label[1:2].isupper():
        return label
    return label[:1].lower() + label[1:]
