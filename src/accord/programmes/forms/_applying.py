"""What applicants type in beside the answers themselves, and the list of their applications."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.forms._application_lists import application_chip
from accord.programmes.forms._asked import Asked, AskedForm
from accord.programmes.queries import PHASE_NAMES, applicant_url
from accord.ui.forms import Form
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table

AWAY = "-away"
MOST_REASON = 500
MOST_ANSWER = 10_000


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A question on its page, with the files that answer it and how many words it has."""

    asked: Asked
    files: Sequence[Mapping[str, Any]] = ()
    away: str = ""
    words: int | None = None


class AnswersForm(AskedForm):
    """The questions of one section, kept by the browser while they are filled in.

    `files` are the files that answer a question, `words` how many words an answer has, each by key.
    """

    autosaved: ClassVar[bool] = True

    def __init__(
        self,
        *args: Any,
        files: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        words: Mapping[str, int] | None = None,
        **kwargs: Any,
    ) -> None:
        """Take what stands beside the inputs."""
        super().__init__(*args, **kwargs)
        self.kept_files, self.words = files or {}, words or {}

    def rows(self) -> Iterator[AnsweredRow]:
        """Yield the questions with what stands beside their inputs."""
        for one in self.asked():
            key = one.question.key
            name = one.bound.html_name + AWAY if one.bound else ""
            yield AnsweredRow(one, self.kept_files.get(key, ()), name, self.words.get(key))

    @property
    def file_keys(self) -> list[str]:
        """Return the keys of the questions that files answer."""
        return [one.key for one in self.questions if str(one.kind) == "file"]

    def written(self) -> dict[str, Any]:
        """Return what was typed, without files."""
        return {key: value for key, value in self.raw().items() if key not in self.file_keys}

    def sent_files(self) -> dict[str, Any]:
        """Return the files that were sent, by key."""
        return {key: value for key, value in self.raw().items() if key in self.file_keys and value}

    def taken_away(self) -> list[tuple[str, int]]:
        """Return which files of which question are to be taken away."""
        found = []
        for key in self.file_keys:
            sent = self.data.getlist(f"q-{key}{AWAY}") if hasattr(self.data, "getlist") else ()
            found += [(key, int(one)) for one in sent if one.isdecimal() and len(one) < len(str(2**63))]
        return found


class BeginForm(AskedForm):
    """What is asked before the form; after the deadline the late code with it."""

    def __init__(self, *args: Any, is_late: bool = False, **kwargs: Any) -> None:
        """Ask for the code where the call has closed."""
        super().__init__(*args, **kwargs)
        if is_late:
            self.fields["code"] = late_code_field()

    @property
    def code(self) -> str:
        """Return the late code that was typed."""
        return str(self.data.get("code", "")) if self.is_bound else ""


class SubmitForm(Form):
    """The version that was checked; after the deadline the late code."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_late: bool = False, **kwargs: Any) -> None:
        """Ask for the code where the call has closed."""
        super().__init__(*args, **kwargs)
        if is_late:
            self.fields["code"] = late_code_field()


def late_code_field() -> forms.CharField:
    """Return the input of the late code."""
    return forms.CharField(
        label=_("Late code"),
        help_text=_("The call has closed. The office gave you a code by which you may still apply."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )


class WithdrawForm(Form):
    """Why somebody withdraws."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The office reads it."),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a few words why you withdraw.")},
    )


class EnquiryAnswerForm(Form):
    """The answer to a question of the office."""

    autosaved: ClassVar[bool] = True
    text = forms.CharField(
        label=_("Your answer"),
        max_length=MOST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write your answer first.")},
    )


class CompanionForm(Form):
    """Somebody who applies along."""

    name = forms.CharField(label=_("Name of the person"), max_length=200)
    email = forms.EmailField(label=_("Email address"), help_text=_("A link goes there by which they say yes or no."))
    institution_name = forms.CharField(label=_("Institution"), max_length=200, required=False)
    role = forms.CharField(
        label=_("Part in the application"),
        help_text=_("For example: co-author, team member."),
        max_length=200,
        required=False,
    )


class TogetherForm(Form):
    """The reference of the application with which to be placed together."""

    reference = forms.CharField(
        label=_("Reference of the other application"),
        help_text=_("Ask the other person for it. They have to enter yours as well. Empty it to take the wish back."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )


MY_APPLICATIONS = Table(
    name="my-applications",
    columns=(
        Column("reference", _("Reference"), sort="reference", url=applicant_url),
        Column("call", pgettext_lazy("a round", "Call"), value=lambda row: row.call.name),
        Column(
            "stage", pgettext_lazy("of an application", "Stands at"), value=application_chip, kind="state", sort="phase"
        ),
        Column("entered_at", _("Since"), kind="day", sort="entered_at"),
        Column("started_at", pgettext_lazy("of an application", "Begun"), kind="day", sort="started_at", hidden=True),
        Column("closes_at", _("Deadline"), kind="moment", value="call.closes_at", sort="call__closes_at"),
        Column("submitted_at", _("Submitted"), kind="moment", sort="submitted_at"),
    ),
    filters=(Filter("phase", _("Phase"), choices=tuple(PHASE_NAMES.items())),),
    search=("reference",),
    default_sort="-started_at",
    empty=Empty(
        _("No applications yet"), _("Open a call and apply. What you begin stands here, also before it is sent.")
    ),
)
