"""Input about sections and questions of a form that is being built, and about rules of who may apply."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.text import Bilingual
from accord.programmes.queries import Line, Lines
from accord.ui.forms import BilingualField, DayField, Form

LABEL_ROOM, HELP_ROOM, TEXT_ROOM = 500, 2000, 5000
ALWAYS, EVERY, SOME, AS_IT_IS = "always", "all", "any", "keep"
FILE_TYPES = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "txt", "csv")
KINDS = (
    ("short", pgettext_lazy("a question", "One line")),
    ("long", pgettext_lazy("a question", "Several lines, with a limit of words")),
    ("choice", pgettext_lazy("a question", "Choice")),
    ("number", pgettext_lazy("a question", "Number")),
    ("date", pgettext_lazy("a question", "Day")),
    ("file", pgettext_lazy("a question", "File")),
    ("link", pgettext_lazy("a question", "Link")),
    ("ranking", pgettext_lazy("a question", "Places in order of preference")),
    ("members", pgettext_lazy("a question", "People, such as a team")),
    ("agree", pgettext_lazy("a question", "A box to tick")),
    ("text", pgettext_lazy("a question", "A paragraph without an answer")),
)
"""What sorts of question there are, by the name that the engine knows them by."""

KEPT_FROM_HOSTS = ("text", "ranking", "members")
"""What hosts never read: other wishes, addresses of other people; and a paragraph has no answer."""

Offer = Sequence[tuple[Any, Sequence[tuple[str, Any]]]]


class WordsField(BilingualField):
    """A text that is needed in both languages, as everything that applicants read."""

    def clean(self, value: Any) -> Any:
        """Refuse half a text."""
        text: Bilingual = super().clean(value)
        if text and not (text.en and text.zh_hans):
            raise forms.ValidationError(_("Write it in both languages; applicants read either."))
        return text


def _line_fields(offer: Offer, started: Lines | None, rows: int, *, may_be_empty: bool) -> dict[str, forms.Field]:
    """Return the inputs of a condition, filled in with what holds; None is a condition that no line can say."""
    modes = [(EVERY, _("All of these hold")), (SOME, _("One of these holds"))]
    if may_be_empty:
        modes.insert(0, (ALWAYS, pgettext_lazy("a condition", "Always")))
    if started is None:
        modes.append((AS_IT_IS, _("As it is: it says more than lines can")))
    fields: dict[str, forms.Field] = {
        "mode": forms.ChoiceField(
            label=_("Of the conditions below"), choices=modes, initial=_mode(started, may_be_empty=may_be_empty)
        )
    }
    lines = started.lines if started else ()
    known = {code for _label, codes in offer for code, _words in codes}
    for at in range(1, max(rows, len(lines)) + 1):
        line = lines[at - 1] if at <= len(lines) else Line("")
        gone = [(line.code, line.code)] if line.code and line.code not in known else []
        fields[f"test_{at}"] = forms.ChoiceField(
            label=_("Condition %(number)s") % {"number": at},
            required=False,
            choices=[("", "–"), *gone, *offer],
            initial=line.code,
        )
        fields[f"value_{at}"] = forms.CharField(
            label=_("Value beside"),
            required=False,
            max_length=200,
            initial=line.typed,
            help_text=_("Only where the condition compares with a value."),
        )
    return fields


def _mode(started: Lines | None, *, may_be_empty: bool) -> str:
    if started is None:
        return AS_IT_IS
    if not started.lines and may_be_empty:
        return ALWAYS
    return SOME if started.is_any else EVERY


class _LinesForm(Form):
    """A form that also asks when something holds, in lines; `more` are inputs beside those of its class."""

    def __init__(
        self,
        *args: Any,
        more: Mapping[str, forms.Field],
        more_groups: Sequence[tuple[Any, tuple[str, ...]]],
        **kwargs: Any,
    ) -> None:
        """Put the inputs beside those that the class names, before they are told their messages."""
        self.base_fields = {**type(self).base_fields, **more}  # type: ignore[misc]  # made for each form
        self.groups = tuple(more_groups)  # type: ignore[misc]  # the same
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse half a condition."""
        cleaned = super().clean() or self.cleaned_data
        self.refuse_half_lines(cleaned)
        return cleaned

    def refuse_half_lines(self, cleaned: Mapping[str, Any]) -> None:
        """Refuse a line that wants a value and has none, and no line where some are wanted."""
        mode = cleaned.get("mode")
        if mode in {ALWAYS, AS_IT_IS, None}:
            return
        tests = [name for name in self.fields if name.startswith("test_")]
        chosen = [name for name in tests if cleaned.get(name)]
        if not chosen:
            self.add_error("test_1", _("Choose at least one condition."))
        for name in chosen:
            value = name.replace("test_", "value_")
            if cleaned[name].endswith("|?") and not cleaned.get(value):
                self.add_error(value, _("Enter the value that it is compared with."))

    def lines(self) -> Lines | None:
        """Return what was chosen; None to leave the condition as it is."""
        said = self.cleaned_data
        if said.get("mode") == AS_IT_IS:
            return None
        if said.get("mode", ALWAYS) == ALWAYS:
            return Lines(())
        chosen = [
            Line(said[name], said.get(name.replace("test_", "value_"), ""))
            for name in self.fields
            if name.startswith("test_") and said.get(name)
        ]
        return Lines(tuple(chosen), is_any=said["mode"] == SOME)


class SectionForm(_LinesForm):
    """A section: its title, what helps to answer it, and when it is asked."""

    title = WordsField(label=_("Title"), max_length=LABEL_ROOM)
    help = WordsField(label=_("Help"), required=False, max_length=HELP_ROOM, multiline=True)

    def __init__(self, *args: Any, offer: Offer, started: Lines | None, **kwargs: Any) -> None:
        """Offer the questions that come before."""
        lines, groups = _lines_if_any(offer, started)
        super().__init__(*args, more=lines, more_groups=groups, **kwargs)


def _lines_if_any(offer: Offer, started: Lines | None) -> tuple[dict[str, forms.Field], list[Any]]:
    """Return the inputs of a condition and their group, where there is anything to look at."""
    if not offer and started is not None and not started.lines:
        return {}, []
    legend = _("When it is asked")
    lines = _line_fields(offer, started, 3, may_be_empty=True)
    return lines, [(legend, tuple(lines))]


def _count(label: Any, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, help_text=hint)


def _own_fields(kind: str) -> dict[str, forms.Field]:
    """Return the inputs that only this kind of question has."""
    built: dict[str, dict[str, forms.Field]] = {
        "short": {"most": _count(_("Most characters"), 2000, _("200 where it is empty."))},
        "long": {
            "least": _count(_("Fewest words"), 20_000, _("A Chinese character counts as a word.")),
            "most": _count(_("Most words"), 20_000, _("500 where it is empty.")),
        },
        "choice": {
            "options": forms.CharField(
                label=_("Answers to choose from"),
                max_length=50_000,
                help_text=_("One a line, in both languages with a bar between: Bachelor’s degree | 学士"),
                widget=forms.Textarea(attrs={"rows": 6}),
            ),
            "several": forms.BooleanField(label=_("More than one may be chosen"), required=False),
            "other": forms.BooleanField(label=_("With a line for an answer of one’s own"), required=False),
            "least": _count(_("Fewest to choose"), 500),
            "most": _count(_("Most to choose"), 500),
        },
        "number": {
            "least": forms.DecimalField(label=_("Smallest"), required=False, max_digits=15),
            "most": forms.DecimalField(label=_("Largest"), required=False, max_digits=15),
            "whole": forms.BooleanField(label=_("Whole numbers only"), required=False),
            "unit": WordsField(label=_("Unit"), required=False, max_length=60),
        },
        "date": {
            "earliest": DayField(label=_("Earliest day"), required=False),
            "latest": DayField(label=_("Latest day"), required=False),
        },
        "file": {
            "types": forms.MultipleChoiceField(
                label=_("Types of file"),
                choices=[(one, one.upper()) for one in FILE_TYPES],
                widget=forms.CheckboxSelectMultiple,
            ),
            "megabytes": _count(_("Largest size in MB"), 1000, _("10 where it is empty.")),
            "most": _count(_("Most files"), 20, _("1 where it is empty.")),
        },
        "link": {
            "hosts": forms.CharField(
                label=_("Only at these sites"),
                required=False,
                max_length=1000,
                help_text=_("With commas between: example.org, example.com. Empty: anywhere."),
            )
        },
        "ranking": {
            "least": _count(_("Fewest to rank"), 1000),
            "most": _count(_("Most to rank"), 1000),
        },
        "members": {"least": _count(_("Fewest people"), 100), "most": _count(_("Most people"), 100)},
    }
    return built.get(kind, {})


class QuestionForm(_LinesForm):
    """A question of one kind: what is asked, what helps, its limits, and when it is asked."""

    label = WordsField(label=_("Question"), max_length=LABEL_ROOM)
    help = WordsField(label=_("Help"), required=False, max_length=HELP_ROOM, multiline=True)
    required = forms.BooleanField(label=_("An answer is needed"), required=False)
    identity = forms.BooleanField(
        label=_("The answer tells who applies"),
        required=False,
        help_text=_("Reviewers of a blind call do not see it."),
    )
    to_hosts = forms.BooleanField(
        label=_("Hosts that the applicant ranks may read this"),
        required=False,
        help_text=_("The applicant is told so beside the question. Hosts read nothing else of the form."),
    )

    def __init__(self, *args: Any, kind: str, offer: Offer, started: Lines | None, **kwargs: Any) -> None:
        """Ask for what this kind of question has."""
        self.kind = kind
        own = _own_fields(kind)
        lines, groups = _lines_if_any(offer, started)
        groups = [*([(pgettext_lazy("of a question", "Answer"), tuple(own))] if own else []), *groups]
        super().__init__(*args, more={**own, **lines}, more_groups=groups, **kwargs)
        if kind == "text":
            for name in ("help", "required", "identity"):
                del self.fields[name]
            self.fields["label"].label = pgettext_lazy("a question", "Paragraph")
        if kind == "members":
            del self.fields["identity"]
        if kind in KEPT_FROM_HOSTS:
            del self.fields["to_hosts"]

    def clean(self) -> dict[str, Any]:
        """Refuse half a condition, and options that cannot be read."""
        cleaned = super().clean()
        for at, line in enumerate(str(cleaned.get("options") or "").splitlines(), 1):
            sides = [side.strip() for side in line.replace("｜", "|").split("|")]
            if line.strip() and (len(sides) != 2 or not all(sides)):  # noqa: PLR2004 (two languages)
                self.add_error("options", _("Line %(line)s: write both languages with a bar between.") % {"line": at})
        return cleaned

    def facts(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return the question as a definition keeps it, without key and condition; `before` is how it stood."""
        said = self.cleaned_data
        facts: dict[str, Any] = {"kind": self.kind, "label": said["label"].as_dict()}
        if self.kind == "text":
            return facts
        facts["help"] = said["help"].as_dict()
        facts |= {} if said["required"] else {"required": False}
        facts |= {"identity": True} if said.get("identity") or self.kind == "members" else {}
        facts |= {"to_hosts": True} if said.get("to_hosts") else {}
        if self.kind == "ranking":
            facts["from"] = before.get("from", "places")
        return facts | {name: _kept(name, said[name], before) for name in _own_fields(self.kind)}


def _kept(name: str, value: Any, before: Mapping[str, Any]) -> Any:
    """Return an answer as a definition keeps it; None for what says nothing."""
    if name == "options":
        return _options(value, before.get("options", []))
    if name == "hosts":
        return [one.strip().lower() for one in value.replace("，", ",").split(",") if one.strip()]
    if isinstance(value, Bilingual):
        return value.as_dict()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "as_integer_ratio") and not isinstance(value, bool | int):
        return int(value) if value == int(value) else float(value)
    return value or (0 if value == 0 and value is not False else None)


def _options(text: str, before: Any) -> list[dict[str, Any]]:
    """Return the options of lines; one whose words stood there before, in either language, keeps its key."""
    known = [one for one in before if isinstance(one, Mapping)]
    options: list[dict[str, Any]] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        en, zh = (side.strip() for side in line.replace("｜", "|").split("|"))
        taken = {one["key"] for one in options}
        same = next(
            (
                one["key"]
                for one in known
                if one["key"] not in taken
                and (one.get("label", {}).get("en") == en or one.get("label", {}).get("zh-hans") == zh)
            ),
            "",
        )
        key = same or _new_key(en, taken | {one["key"] for one in known})
        options.append({"key": key, "label": {"en": en, "zh-hans": zh}})
    return options


def _new_key(words: str, taken: set[str]) -> str:
    plain = "-".join("".join(one if one.isascii() and one.isalnum() else " " for one in words.lower()).split())[:40]
    base = plain.strip("-") if plain[:1].isalpha() and plain != "other" else f"o-{plain}".strip("-")
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def values_of_question(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of a question in a definition."""
    kind = question.get("kind")
    values: dict[str, Any] = {
        name: question.get(name) for name in ("least", "most", "several", "other", "whole", "types", "megabytes")
    }
    values |= {name: question.get(name) for name in ("earliest", "latest")}
    values |= {name: Bilingual.of(question.get(name)) for name in ("label", "help", "unit")}
    values["required"] = question.get("required", True)
    values["identity"] = question.get("identity", kind == "members")
    values["to_hosts"] = question.get("to_hosts", False)
    values["types"] = question.get("types", ["pdf"])
    values["hosts"] = ", ".join(question.get("hosts", []))
    values["options"] = "\n".join(
        f"{one.get('label', {}).get('en', '')} | {one.get('label', {}).get('zh-hans', '')}"
        for one in question.get("options", [])
    )
    return values


class RuleForm(_LinesForm):
    """A rule of who may apply: what has to hold, why, and what is told to whom it does not hold for."""

    words = WordsField(
        label=_("Why it is asked"), max_length=HELP_ROOM, multiline=True, help_text=_("Stands on the call’s page.")
    )
    refusal = WordsField(label=_("What is told to whom it does not hold for"), max_length=HELP_ROOM, multiline=True)

    def __init__(self, *args: Any, offer: Offer, started: Lines | None, **kwargs: Any) -> None:
        """Offer the questions of the form."""
        legend = _("What has to hold")
        lines = _line_fields(offer, started, 4, may_be_empty=False)
        super().__init__(*args, more=lines, more_groups=[(legend, tuple(lines))], **kwargs)


class BeginFormForm(Form):
    """With which form a call begins anew."""

    form = forms.ChoiceField(label=_("Begin with"))

    def __init__(self, *args: Any, offered: Sequence[tuple[Any, Any]], **kwargs: Any) -> None:
        """Offer standard forms, and those of the house."""
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = list(offered)  # type: ignore[attr-defined]


class SaveFormForm(Form):
    """Under which name a form is kept."""

    name = BilingualField(label=_("Name"), max_length=200)
