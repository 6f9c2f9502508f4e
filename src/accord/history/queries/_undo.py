"""What of a change can honestly be undone, and why the rest cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accord.history.enums import Happened
from accord.history.queries._events import Kept, Subject, kept_of
from accord.history.queries._labels import column_words
from accord.kernel.chronicle import Undo
from accord.kernel.refused import NotThere


@dataclass(frozen=True, slots=True)
class Undoing:
    """What an undo would give back, and to which version of the record; or why there is none."""

    values: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    reason: str = ""


def undoing(subject: Subject, part: str, event: int) -> Undoing:
    """Return what undoing this event would give back, or the reason why it cannot be. Raises `NotThere`."""
    kept = kept_of(subject)
    one = next((each for each in kept if (each.part, each.event) == (part, event)), None)
    if one is None:
        raise NotThere(_("There is no such change in this history."))
    latest = next(each for each in kept if (each.model, each.pk) == (one.model, one.pk))
    reason = _reason(subject, one, latest)
    if reason:
        return Undoing(reason=reason)
    fields = {each.column: each for each in one.model._meta.concrete_fields}  # noqa: SLF001 (Django's public name for it)
    before = one.before or {}
    follows = subject.chronicle.undo.follows if subject.chronicle.undo else frozenset()
    wanted = [fields[column] for column in _changed(one) if fields[column].name not in follows]
    values = {each.name: each.to_python(before[str(each.column)]) for each in wanted}
    return Undoing(values, int(latest.now.get("version", 0)))


def _reason(subject: Subject, one: Kept, latest: Kept) -> str:
    """Return why the event cannot be undone; nothing where it can."""
    undo = subject.chronicle.undo
    if undo is None:
        return str(subject.chronicle.final or _("What is written here stays; a correction is a new entry."))
    if one.model is not subject.model or one.label != Happened.UPDATE or one.before is None:
        return _("Only a change of the record's own fields can be undone, not an addition or a removal.")
    if latest.label == Happened.DELETE:
        return _("The record is no longer there.")
    return _held_back(undo, one, latest)


def _held_back(undo: Undo, one: Kept, latest: Kept) -> str:
    """Return which of the changed fields stand in the way: those never undone, and those changed again since."""
    changed = _changed(one)
    words = {str(each.column): column_words(each) for each in one.model._meta.concrete_fields}  # noqa: SLF001 (Django's public name for it)
    names = {str(each.column): each.name for each in one.model._meta.concrete_fields}  # noqa: SLF001 (Django's public name for it)
    if not changed:
        return _("It changed nothing that is shown here.")
    fixed = [words[column] for column in changed if names[column] not in undo.fields | undo.follows]
    if fixed:
        return _("It changed what is not undone by a click: %(fields)s.") % {"fields": _(", ").join(fixed)}
    own = [column for column in changed if names[column] in undo.fields]
    since = [words[column] for column in own if latest.now.get(column) != one.now.get(column)]
    if since:
        return _("These were changed again since: %(fields)s. Undo the later change first.") % {
            "fields": _(", ").join(since)
        }
    return ""


def _changed(one: Kept) -> list[str]:
    """Return the columns that the event changed, without the version."""
    before = one.before or {}
    own = [str(each.column) for each in one.model._meta.concrete_fields]  # noqa: SLF001 (Django's public name for it)
    return [
        column for column in own if column in one.now and column != "version" and before.get(column) != one.now[column]
    ]
