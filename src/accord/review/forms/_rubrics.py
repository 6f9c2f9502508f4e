"""Input about rubrics and criteria."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.text import EN, ZH
from accord.people.queries import Institution
from accord.ui.forms import BilingualField, Form

NAME_ROOM, HELP_ROOM, ANCHOR_ROOM = 200, 1000, 4000
SCALE_MOST = 1000


def _decimal(label: Any, hint: Any = "", *, least: int = 0) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", "class": "short"})
    return forms.DecimalField(
        label=label, help_text=hint, min_value=least, max_value=SCALE_MOST, decimal_places=2, widget=widget
    )


class CriterionForm(Form):
    """One criterion: its name, weight and scale, and what scores mean."""

    name = BilingualField(label=pgettext_lazy("of a rubric", "Criterion"), max_length=NAME_ROOM)
    help = BilingualField(label=_("What it asks"), required=False, max_length=HELP_ROOM)
    weight = _decimal(_("Weight"), _("Beside the other criteria: one of weight 2 counts twice."))
    lowest = _decimal(_("Lowest score"))
    highest = _decimal(_("Highest score"))
    step = _decimal(_("Step"), _("Such as 1, or 0.5 for half points."))
    anchors = forms.CharField(
        label=_("What scores mean"),
        required=False,
        max_length=ANCHOR_ROOM,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "A line for a score: 5: Outstanding | 优秀. English, then a bar, then Chinese; one of them is enough."
        ),
    )

    def clean_anchors(self) -> dict[str, dict[str, str]]:
        """Read the lines."""
        found: dict[str, dict[str, str]] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["anchors"].splitlines())):
            score, colon, words = line.replace("：", ":", 1).partition(":")
            english, _bar, chinese = words.replace("｜", "|", 1).partition("|")
            sides = {EN: english.strip(), ZH: chinese.strip()}
            if not colon or not _is_number(score) or not any(sides.values()):
                raise forms.ValidationError(
                    _("“%(line)s”: begin with the score and a colon, such as 5: Outstanding | 优秀.") % {"line": line}
                )
            found[_plain(Decimal(score.strip()))] = {code: said for code, said in sides.items() if said}
        return found


def _is_number(words: str) -> bool:
    try:
        return Decimal(words.strip()).is_finite()
    except ArithmeticError:
        return False


def _plain(value: Decimal) -> str:
    """Return a score as an anchor is keyed by: 5, 3.5."""
    return f"{value.normalize():f}"


def anchors_as_typed(anchors: Mapping[str, Mapping[str, str]]) -> str:
    """Return anchors as the form takes them, a line each, the highest score first."""
    ordered = sorted(anchors.items(), key=lambda one: Decimal(one[0]), reverse=True)
    return "\n".join(f"{score}: {' | '.join(_sides(words))}" for score, words in ordered)


def _sides(words: Mapping[str, str]) -> list[str]:
    english, chinese = words.get(EN, ""), words.get(ZH, "")
    return [english, chinese] if chinese else [english]


class RubricForm(Form):
    """What a rubric is called and what reviewers should know of it."""

    name = BilingualField(label=pgettext_lazy("of a rubric", "Name"), max_length=NAME_ROOM)
    help = BilingualField(label=_("For reviewers"), required=False, max_length=HELP_ROOM)


class NewRubricForm(CriterionForm):
    """A new rubric with its first criterion."""

    owner = forms.TypedChoiceField(label=_("Institution"), coerce=int, choices=())
    rubric_name = BilingualField(label=_("Name of the rubric"), max_length=NAME_ROOM)
    key = forms.SlugField(
        label=_("Short name"), max_length=60, help_text=_("In small letters, such as talent. Editions share it.")
    )
    groups: ClassVar[Any] = (
        (_("Rubric"), ("owner", "rubric_name", "key")),
        (_("Its first criterion"), ("name", "help", "weight", "lowest", "highest", "step", "anchors")),
    )

    def __init__(self, *args: Any, owners: Iterable[Institution], **kwargs: Any) -> None:
        """Offer the houses for which one may write rubrics."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [(one.pk, str(one.name)) for one in owners]
