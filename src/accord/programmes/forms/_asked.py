"""The questions of a form as inputs: how applicants are asked, in the check before the form, the form and its preview.

What is typed is handed over raw (`raw()`), as `engines.questionnaire` cleans it; nothing is refused here, so that half
an answer can be kept. Problems that the engine finds are put beside their inputs with `show`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.programmes.queries import Question, both
from accord.ui.forms import Form

OTHER = "other"
PREFIX = "q-"
EMPTY_MEMBERS = 2
MOST_RANKS = 10
HOSTS_READ = _("Hosts that you rank will read this answer.")
Source = Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it stands on the page: its input, or for a paragraph none; `when` says when it is asked."""

    question: Question
    bound: BoundField | None
    text: Bilingual
    when: Bilingual | None = None


class OtherWidget(forms.Widget):
    """Options to choose from, with one line for an answer of one's own."""

    template_name = "programmes/widgets/other.html"
    use_fieldset = True

    def __init__(self, options: Sequence[tuple[str, Any]], *, several: bool) -> None:
        """Take the options; with `several` more than one is chosen."""
        super().__init__()
        self.options, self.several = options, several

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the options with what is chosen of them."""
        context = super().get_context(name, value, attrs)
        chosen, words = _chosen(value)
        context["widget"] |= {
            "options": [(key, label, key in chosen) for key, label in (*self.options, (OTHER, _("Other")))],
            "kind": "checkbox" if self.several else "radio",
            "words": words,
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what was chosen, and one's own words."""
        del files
        chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return {"chosen": chosen, OTHER: data.get(f"{name}-other", "")}

    def id_for_label(self, id_: str) -> str:
        """Return nothing: the legend names the group."""
        del id_
        return ""


class MembersWidget(forms.Widget):
    """Rows of people: name, email address, institution."""

    template_name = "programmes/widgets/members.html"
    use_fieldset = True
    parts: ClassVar[tuple[tuple[str, Any], ...]] = (
        ("name", _("Name of the person")),
        ("email", _("Email address")),
        ("institution", _("Institution")),
    )

    def __init__(self, rows: int) -> None:
        """Show at least so many rows."""
        super().__init__()
        self.rows = rows

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the rows that are filled in, and empty ones."""
        context = super().get_context(name, value, attrs)
        known = [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
        known += [{}] * max(EMPTY_MEMBERS if known else 0, self.rows - len(known))
        context["widget"]["rows"] = [
            (at, [(part, label, one.get(part, "")) for part, label in self.parts]) for at, one in enumerate(known, 1)
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return one mapping for each row that came."""
        del files
        columns = [_many(data, f"{name}-{part}") for part, _label in self.parts]
        names = [part for part, _label in self.parts]
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=False)]

    def id_for_label(self, id_: str) -> str:
        """Return nothing: the legend names the group."""
        del id_
        return ""


class RankingWidget(forms.Widget):
    """One choice for each rank, the first wish first."""

    template_name = "programmes/widgets/ranking.html"
    use_fieldset = True

    def __init__(self, source: Source, ranks: int) -> None:
        """Take what can be ranked, and how many ranks there are."""
        super().__init__()
        self.source, self.ranks = source, ranks

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the choices for each rank."""
        context = super().get_context(name, value, attrs)
        ranked = [*value, *[""] * self.ranks][: max(self.ranks, len(value))] if isinstance(value, list) else []
        ranked = ranked or [""] * self.ranks
        context["widget"] |= {"ranks": list(enumerate(ranked, 1)), "source": list(self.source)}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what was ranked, empty ranks left out."""
        del files
        return [one for one in _many(data, name) if one]

    def id_for_label(self, id_: str) -> str:
        """Return nothing: the legend names the group."""
        del id_
        return ""


class AskedForm(Form):
    """Questions as inputs, each named `q-` and its key; `raw()` hands over what was typed, by key.

    `answers` are what is kept so far. `sources` are what rankings choose from, by name, as pairs of key and words.
    `notes` say of a question when it is asked (for a preview). Where applicants rank hosts, `is_ranked`, each question
    whose answer these read says so.
    """

    def __init__(
        self,
        questions: Iterable[Question],
        *args: Any,
        answers: Mapping[str, Any] | None = None,
        sources: Mapping[str, Source] | None = None,
        notes: Mapping[str, Bilingual] | None = None,
        is_ranked: bool = False,
        **kwargs: Any,
    ) -> None:
        """Make an input for every question that wants an answer."""
        self.questions = tuple(questions)
        self.notes = notes or {}
        kept = {f"{PREFIX}{key}": value for key, value in (answers or {}).items()}
        kwargs["initial"] = kept | dict(kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for one in self.questions:
            if one.asks:
                self.fields[f"{PREFIX}{one.key}"] = _field(one, sources or {})
                if is_ranked and one.to_hosts:
                    _tell_of_hosts(self.fields[f"{PREFIX}{one.key}"])

    def asked(self) -> Iterator[Asked]:
        """Yield the questions in order with their inputs."""
        for one in self.questions:
            bound = self[f"{PREFIX}{one.key}"] if one.asks else None
            yield Asked(one, bound, both(one.label), self.notes.get(one.key))

    def raw(self) -> dict[str, Any]:
        """Return what was typed, by the key of the question; files as they were uploaded."""
        return {
            one.key: self.fields[name].widget.value_from_datadict(self.data, self.files, name)
            for one in self.questions
            if one.asks and (name := f"{PREFIX}{one.key}")
        }

    def full_clean(self) -> None:
        """Refuse nothing: what is missing or wrong is told by the engine."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def show(self, problems: Iterable[tuple[str, Any]]) -> None:
        """Put problems, by key of the question, beside their inputs."""
        self.full_clean()
        for key, words in problems:
            name = f"{PREFIX}{key}"
            self.add_error(name if name in self.fields else None, str(words))


def _chosen(value: Any) -> tuple[set[str], str]:
    """Return the keys that are chosen, and one's own words, of a kept or a raw answer."""
    if isinstance(value, Mapping) and "chosen" in value:
        return set(value["chosen"]), str(value.get(OTHER, ""))
    keys, words = set(), ""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            keys.add(OTHER)
            words = str(one.get(OTHER, ""))
        elif one:
            keys.add(str(one))
    return keys, words


def _many(data: Any, name: str) -> list[str]:
    return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, []))


def _field(question: Question, sources: Mapping[str, Source]) -> forms.Field:
    """Return the input of a question, with its limits as a hint."""
    label = str(both(question.label))
    hints = [str(both(question.help))] if question.help else []
    hints += [str(hint) for hint in _limits(question)]
    field = _BUILT[question.kind](question, sources)
    field.label, field.help_text, field.required = label, " ".join(hints), question.required
    return field


def _tell_of_hosts(field: forms.Field) -> None:
    field.help_text = " ".join(filter(None, (str(field.help_text), str(HOSTS_READ))))


def _limits(question: Question) -> Iterator[Any]:
    """Yield what is said of the limits of an answer."""
    kind, most = str(question.kind), question.most
    if kind == "long" and most:
        yield _("At most %(most)s words.") % {"most": most}
    if kind == "number" and question.unit:
        yield _("In %(unit)s.") % {"unit": both(question.unit)}
    if kind == "file":
        types = ", ".join(question.types)
        yield _("%(types)s, at most %(most)s MB.") % {"types": types, "most": question.megabytes}
    if kind == "choice" and question.several and most:
        yield _("At most %(most)s.") % {"most": most}


def _options(question: Question) -> list[tuple[str, Any]]:
    return [(one.key, str(both(one.label))) for one in question.options]


def _short(question: Question, sources: Any) -> forms.Field:
    del question, sources
    return forms.CharField()


def _long(question: Question, sources: Any) -> forms.Field:
    del sources
    rows = 4 if (question.most or 0) <= 200 else 8  # noqa: PLR2004 (words that fill about four lines)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}))


def _choice(question: Question, sources: Any) -> forms.Field:
    del sources
    options = _options(question)
    if question.other:
        return forms.Field(widget=OtherWidget(options, several=question.several))
    if question.several:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)
    if len(options) > MOST_RANKS:
        return forms.ChoiceField(choices=[("", "–"), *options])
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect)


def _number(question: Question, sources: Any) -> forms.Field:
    del sources
    mode = "numeric" if question.whole else "decimal"
    return forms.CharField(widget=forms.TextInput(attrs={"inputmode": mode, "class": "short"}))


def _date(question: Question, sources: Any) -> forms.Field:
    del question, sources
    return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}))


def _file(question: Question, sources: Any) -> forms.Field:
    del sources
    accept = ",".join(f".{one}" for one in question.types)
    return forms.FileField(widget=forms.FileInput(attrs={"accept": accept}))


def _link(question: Question, sources: Any) -> forms.Field:
    del question, sources
    return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}))


def _ranking(question: Question, sources: Mapping[str, Source]) -> forms.Field:
    offered = sources.get(question.source, ())
    ranks = min(int(question.most or MOST_RANKS), len(offered) or MOST_RANKS)
    return forms.Field(widget=RankingWidget(offered, ranks))


def _members(question: Question, sources: Any) -> forms.Field:
    del sources
    return forms.Field(widget=MembersWidget(max(int(question.least or 1), EMPTY_MEMBERS)))


def _agree(question: Question, sources: Any) -> forms.Field:
    del question, sources
    return forms.BooleanField()


_BUILT = {
    "short": _short,
    "long": _long,
    "choice": _choice,
    "number": _number,
    "date": _date,
    "file": _file,
    "link": _link,
    "ranking": _ranking,
    "members": _members,
    "agree": _agree,
}
