"""Keeps the form of a call: one draft at a time, and published versions that never change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.engines import questionnaire
from accord.kernel.refused import Clash, Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Institution, Person
from accord.programmes import queries
from accord.programmes.models import Call, FormVersion, SavedForm
from accord.programmes.operations._calls import live_call


class FormFaulty(Refused):
    """The form does not hold together yet; `detail["faults"]` names everything that is wrong."""

    code = "form-faulty"


class FormSame(Refused):
    """The draft asks exactly what the published version does."""

    code = "form-same"
    status = 409


class FormPublished(Refused):
    """A published version of a form never changes."""

    code = "form-published"
    status = 409


class FormShapeless(Refused):
    """What was sent is no form at all."""

    code = "form-shapeless"


@transaction.atomic
def keep_form(
    *, call: Call, definition: Mapping[str, Any], version: int, by: Person, at: datetime, note: str = ""
) -> FormVersion:
    """Keep the draft of a call's form, also one that does not hold together yet; begins a draft where there is none.

    `version` is that of the draft it was made from, 0 where there was none. Raises `CallOver`, `Clash`,
    `FormShapeless`.
    """
    _refuse_shapeless(definition)
    held = live_call(call)
    draft = FormVersion.objects.select_for_update().filter(call=held, published_at=None).first()
    if draft is None:
        if version:
            raise Clash(_("This draft was published or discarded in the meantime. Look at the form again."), version=0)
        number = (FormVersion.objects.filter(call=held).values_list("number", flat=True).first() or 0) + 1
        return FormVersion.objects.create(
            call=held, number=number, definition=definition, note=note, made_at=at, made_by=by
        )
    if draft.definition == definition and (not note or draft.note == note):
        return draft
    expect(draft, version)
    draft.definition, draft.note, draft.version = definition, note or draft.note, draft.version + 1
    draft.save(update_fields=["definition", "note", "version"])
    return draft


@transaction.atomic
def publish_form(*, form: FormVersion, by: Person, at: datetime) -> FormVersion:
    """Publish a draft: from now on it is what applicants are asked, and it never changes.

    Drafts of applications are carried into it when they are next opened. Raises `CallOver`, `FormFaulty`, `FormSame`.
    """
    held = live_call(form.call)
    draft = FormVersion.objects.select_for_update().get(pk=form.pk)
    if draft.published_at is not None:
        return draft
    asked = _sound(draft.definition)
    _refuse_lost_rules(held, asked)
    digest = questionnaire.digest(asked)
    current = queries.current_form(held)
    if current is not None and current.digest == digest:
        raise FormSame(_("The draft asks the same as the published version. Change it, or discard it."))
    draft.definition, draft.digest = questionnaire.as_data(asked), digest
    draft.published_at, draft.published_by, draft.version = at, by, draft.version + 1
    draft.save(update_fields=["definition", "digest", "published_at", "published_by", "version"])
    return draft


@transaction.atomic
def discard_form(*, form: FormVersion, by: Person, at: datetime) -> None:
    """Throw the draft of a new version away. Raises `CallOver`, `FormPublished`, `FormSame` for the only version."""
    del by, at  # the history keeps both
    held = live_call(form.call)
    draft = FormVersion.objects.select_for_update().filter(pk=form.pk).first()
    if draft is None:
        return
    if draft.published_at is not None:
        raise FormPublished(_("This version is published and stays. Begin a new version to change it."))
    if queries.current_form(held) is None:
        raise FormSame(_("A call needs a form. Begin from another one instead of discarding the only draft."))
    draft.delete()


@transaction.atomic
def save_form(
    *, owner: Institution, name: Bilingual, definition: Mapping[str, Any], by: Person, at: datetime
) -> SavedForm:
    """Keep a form in the house, to begin new calls with. Raises `NameMissing`, `FormFaulty`."""
    kept = named(name)
    data = questionnaire.as_data(_sound(definition))
    return SavedForm.objects.create(owner=owner, name=kept, definition=data, kept_at=at, kept_by=by)


def _sound(definition: Mapping[str, Any]) -> questionnaire.Questionnaire:
    """Return the form as the engine reads it. Raises `FormFaulty` with everything that is wrong."""
    read = queries.read_form(definition)
    if read.form is None:
        raise FormFaulty(
            _("The form does not hold together yet. Mend what is listed, then publish it."), faults=read.faults
        )
    strange = {one.source for one in read.form.questions if one.source} - set(queries.SOURCES)
    if strange:
        raise FormFaulty(_("A ranking can choose from the places of the call alone."))
    return read.form


def _refuse_lost_rules(call: Call, asked: questionnaire.Questionnaire) -> None:
    """Refuse a version without the questions that the rules of who may apply look at."""
    read = queries.read_eligibility(call.eligibility, asked)
    if read.faults:
        raise FormFaulty(
            _("Rules of who may apply look at questions that this version asks otherwise, or no longer asks."),
            faults=read.faults,
        )


def _refuse_shapeless(definition: Mapping[str, Any]) -> None:
    """Refuse what the pages could not even show: it has no list of sections with lists of questions."""
    sections = definition.get("sections") if isinstance(definition, Mapping) else None
    is_one = isinstance(sections, list) and all(
        isinstance(section, dict)
        and isinstance(section.get("questions"), list)
        and all(isinstance(question, dict) for question in section["questions"])
        for section in sections
    )
    if not is_one:
        raise FormShapeless(_("A form is a list of sections, each with a list of questions. Send it in that shape."))
