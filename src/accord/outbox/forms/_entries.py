"""What people enter in the outbox context."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.kernel.topics import Topic
from accord.outbox.enums import ChatKind, Pace, Told
from accord.outbox.queries import TopicWish
from accord.ui.forms import DayField, Form


class PreferencesForm(Form):
    """How soon a person is told of each topic by mail, whether it comes into the inbox, and quiet hours."""

    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, wishes: Sequence[TopicWish], **kwargs: Any) -> None:
        """Ask for each topic; what must reach its readers is not asked."""
        super().__init__(*args, **kwargs)
        self.wishes = [one for one in wishes if not one.topic.is_required]
        for number, wish in enumerate(self.wishes):
            paces = [Pace.AT_ONCE, Pace.OFF] if wish.topic.is_urgent else list(Pace)
            self.fields[f"mail_{number}"] = forms.ChoiceField(
                label=_("%(topic)s: mail") % {"topic": wish.topic.name},
                choices=[(one.value, one.label) for one in paces],
                initial=wish.mail.value,
            )
            self.fields[f"inbox_{number}"] = forms.BooleanField(
                label=_("%(topic)s: inbox") % {"topic": wish.topic.name}, required=False, initial=wish.inbox
            )

    def lines(self) -> Iterable[tuple[TopicWish, BoundField, BoundField]]:
        """Yield each topic with its two inputs."""
        for number, wish in enumerate(self.wishes):
            yield wish, self[f"mail_{number}"], self[f"inbox_{number}"]

    def paces(self) -> dict[tuple[str, str], str]:
        """Return what was chosen, by way and topic."""
        chosen: dict[tuple[str, str], str] = {}
        for number, wish in enumerate(self.wishes):
            chosen[Told.MAIL.value, wish.topic.code] = self.cleaned_data[f"mail_{number}"]
            wanted = self.cleaned_data[f"inbox_{number}"]
            chosen[Told.INBOX.value, wish.topic.code] = (Pace.AT_ONCE if wanted else Pace.OFF).value
        return chosen


class _SystemForm(Form):
    """What every connected system has: whose it is, its name, what it is told."""

    institution_id = forms.TypedChoiceField(label=_("Institution"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("What you call this system."))
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all empty to be told everything, also what comes later."),
    )

    def __init__(
        self, *args: Any, institutions: Mapping[int, Bilingual], known: Sequence[Topic], **kwargs: Any
    ) -> None:
        """Offer the institutions and the topics."""
        super().__init__(*args, **kwargs)
        choices = [(number, str(name)) for number, name in institutions.items()]
        self.fields["institution_id"].choices = choices  # type: ignore[attr-defined]
        self.fields["topics"].choices = [(one.code, one.name) for one in known]  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["institution_id"].initial = choices[0][0]


class EndpointForm(_SystemForm):
    """An address to which events are posted."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Begins with https:// and is reached over the internet."),
    )
    mark = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("institution_id", "name", "url", "topics")


class ChatForm(_SystemForm):
    """A group chat's robot."""

    kind = forms.ChoiceField(label=_("Chat"), choices=ChatKind.choices, widget=forms.RadioSelect)
    url = forms.URLField(
        label=_("Address of the robot"),
        max_length=1000,
        assume_scheme="https",
        help_text=_("As the chat shows it in the robot's settings. Whoever knows it can write into the chat."),
    )
    secret = forms.CharField(
        label=_("Secret"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Where the robot signs: DingTalk and Feishu."),
    )
    field_order = ("institution_id", "kind", "name", "url", "secret", "topics")


class MarkForm(Form):
    """Tells one press of a button from the next, so that a repeated one changes nothing."""

    mark = forms.UUIDField(widget=forms.HiddenInput)


class SinceForm(Form):
    """From which day on something is sent again."""

    since = DayField(label=_("From this day on"))
