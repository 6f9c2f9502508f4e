"""What a program sends, held against the form of the page: the same limits, the same sentences, a pointer each.

    answers = filled(HeadForm, {"title": sent.title.text, "ends_on": sent.ends_on})

The form is made as a page makes it and filled in as a browser would fill it; what it finds wrong becomes the problem's
`errors`. `names` says which member of the body an input comes from where the two differ.
"""

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.datastructures import MultiValueDict

from accord.kernel.api.refusals import WrongInput
from accord.kernel.text import Bilingual
from accord.ui.forms import Form

Filled = TypeVar("Filled", bound=Form)


def filled(
    make_form: Callable[[MultiValueDict[str, str]], Form],
    answers: Mapping[str, Any],
    *,
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the answers as the form cleans them; raises `WrongInput` that points to each member that must change."""
    return filled_form(make_form, answers, names=names).cleaned_data


def filled_form(
    make_form: Callable[[MultiValueDict[str, str]], Filled],
    answers: Mapping[str, Any],
    *,
    names: Mapping[str, str] | None = None,
) -> Filled:
    """Return the form with the answers in it; raises as `filled`."""
    form = make_form(_as_typed(answers))
    if form.is_valid():
        return form
    members = names or {}
    raise WrongInput(
        errors=[
            {"pointer": f"#/{members.get(name, name)}" if name != "__all__" else "#", "detail": str(sentence)}
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
    )


def _as_typed(answers: Mapping[str, Any]) -> MultiValueDict[str, str]:
    """Return values as a browser sends them."""
    typed: MultiValueDict[str, str] = MultiValueDict()
    for name, value in answers.items():
        if isinstance(value, Bilingual):
            typed.setlist(f"{name}_0", [value.en])
            typed.setlist(f"{name}_1", [value.zh_hans])
        elif isinstance(value, list | tuple):
            typed.setlist(name, [str(one) for one in value])
        elif value is not None and value is not False:
            typed.setlist(name, [_text(value)])
    return typed


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "on"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date | time) else str(value)
