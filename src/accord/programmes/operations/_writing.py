"""What applicants write: answers section by section, files, and the move to a newer version of the form."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.engines import questionnaire
from accord.engines.questionnaire import Kind, Question, Section
from accord.files import operations as files
from accord.files import queries as files_kept
from accord.files.enums import FileType
from accord.kernel.refused import Clash, NotAllowed, NotThere, Refused
from accord.kernel.store import Store
from accord.people.queries import Person
from accord.programmes.models import Application, FormVersion
from accord.programmes.operations._rankings import rank_places
from accord.programmes.operations._steps import locked_applications
from accord.programmes.queries import PLACES, may_write, open_places, review_record, section_seen

MOST_KEPT = 500_000
"""Characters that all answers of one application have together, as they are kept."""
MEGABYTE = 1024 * 1024
NUL = "\x00"


class WritingClosed(Refused):
    """Answers cannot be changed now: it was submitted, withdrawn, or the call has closed."""

    code = "writing-closed"
    status = 409


class AnswersForged(Refused):
    """An answer to what the section does not ask; `detail["questions"]` names which."""

    code = "answers-forged"


class AnswersTooLong(Refused):
    """All answers together are longer than is kept."""

    code = "answers-too-long"


class TooManyFiles(Refused):
    """The question takes no more files."""

    code = "too-many-files"


@transaction.atomic
def keep_answers(
    *,
    application: Application,
    section: str,
    raw: Mapping[str, Any],
    version: int,
    by: Person,
    at: datetime,
    seen: str = "",
) -> Application:
    """Keep the answers of one section as they were typed, half ones too; the same again change nothing.

    Files are kept by `keep_answer_file` and stay as they are. With `seen` (`queries.section_seen`) only answers of
    this section that changed meanwhile are a clash, not those of others. Raises `Clash`, `WritingClosed`,
    `AnswersForged`, `AnswersTooLong`, and what `rank_places` does.
    """
    held = open_to_write(application, by, at)
    asked = _section(held, section)
    known = {one.key: one for one in asked.questions if one.asks and one.kind is not Kind.FILE}
    strange = sorted(set(raw) - set(known))
    if strange:
        raise AnswersForged(_("This section does not ask what was sent. Open it again."), questions=strange)
    answers = dict(held.answers)
    for key, value in raw.items():
        kept = _kept(known[key], value)
        answers.pop(key, None)
        if kept is not None:
            answers[key] = kept
    if answers == held.answers:
        return held
    if held.version != version and (not seen or section_seen(held, section) != seen):
        raise Clash(_("These answers were changed in another window. Compare them with yours."), version=held.version)
    if len(json.dumps(answers, ensure_ascii=False)) > MOST_KEPT:
        raise AnswersTooLong(_("The answers are too long all together. Shorten them."))
    _keep(held, answers)
    _rank(held, [one for one in known.values() if one.key in raw], by, at)
    return held


def keep_answer_file(
    *, application: Application, question: str, content: IO[bytes], name: str, store: Store, by: Person, at: datetime
) -> Application:
    """Keep a file as an answer; where only one is wanted it takes the place of the one before.

    Raises `WritingClosed`, `TooManyFiles`, and what `files.keep_file` does: too large, empty, of another type.
    """
    asked = _file_question(application, question)
    kept = files.keep_file(
        store=store,
        content=content,
        name=name,
        record=review_record(application),
        by=by,
        at=at,
        at_most=(asked.megabytes or 1) * MEGABYTE,
        allowed={FileType(one) for one in asked.types},
    )
    with transaction.atomic():
        held = open_to_write(application, by, at)
        before = _files(held, question)
        if any(one["ref"] == kept.pk for one in before):
            return held
        most = int(asked.most or 1)
        if most > 1 and len(before) >= most:
            raise TooManyFiles(
                _("Take a file away first: at most %(most)s are taken.") % {"most": most}, field=question
            )
        entry = {"name": kept.name, "bytes": kept.blob.size, "ref": kept.pk}
        _keep(held, held.answers | {question: [*before, entry] if most > 1 else [entry]})
        if most == 1:
            _drop(before, by, at)
    return held


@transaction.atomic
def drop_answer_file(
    *, application: Application, question: str, attachment: int, by: Person, at: datetime
) -> Application:
    """Take a file of an answer away; what is not there stays away. Raises `WritingClosed`."""
    held = open_to_write(application, by, at)
    before = _files(held, question)
    gone = [one for one in before if one["ref"] == attachment]
    if gone:
        left = [one for one in before if one["ref"] != attachment]
        others = {key: value for key, value in held.answers.items() if key != question}
        _keep(held, others | ({question: left} if left else {}))
        _drop(gone, by, at)
    return held


@transaction.atomic
def take_new_form(*, application: Application, form: FormVersion, by: Person, at: datetime) -> Application:
    """Move a draft to a newer version of the form; what fits no question any more is set aside, nothing is lost.

    Moved already, it changes nothing. Raises `WritingClosed`, and `NotThere` for a form of another call.
    """
    held = open_to_write(application, by, at)
    newer = FormVersion.objects.filter(pk=form.pk, call=held.call_id, published_at__isnull=False).first()
    if newer is None or held.phase != "draft":
        raise NotThere(_("There is no such version of this form."))
    if newer.number <= held.form.number:
        return held
    old, new = (questionnaire.read(one.definition) for one in (held.form, newer))
    carried = questionnaire.carry(old, new, held.answers)
    held.set_aside = held.set_aside | {one.key: one.value for one in carried.gone}
    held.form = newer
    held.save(update_fields=["form", "set_aside"])
    _keep(held, dict(carried.answers))
    return held


def open_to_write(application: Application, by: Person, at: datetime) -> Application:
    """Return an application locked, for whose it is and while it can be written; refuse in words otherwise."""
    held = locked_applications([application.pk])[0]
    if held.applicant_id != by.pk:
        raise NotAllowed(_("Whose application it is writes it. Whoever applies along reads it."))
    if held.withdrawn_at is not None:
        raise WritingClosed(_("This application was withdrawn. Begin a new one while the call is open."))
    if not may_write(held, at):
        raise WritingClosed(_("This application can no longer be changed. What was kept stays as it is."))
    return held


def _keep(held: Application, answers: dict[str, Any]) -> None:
    held.answers, held.version = answers, held.version + 1
    held.save(update_fields=["answers", "version"])


def _section(held: Application, key: str) -> Section:
    form = questionnaire.read(held.form.definition)
    found = next((one for one in form.sections if one.key == key), None)
    if found is None:
        raise NotThere(_("This form has no such section."))
    return found


def _kept(question: Question, raw: Any) -> Any:
    """Return an answer as it is kept: clean where it can be read, else as it was typed."""
    plain = _plain(raw)
    clean = questionnaire.clean_one(question, plain)
    return plain if isinstance(clean, questionnaire.Problem) else clean


def _plain(raw: Any) -> Any:
    """Return what was typed without characters that no database keeps."""
    if isinstance(raw, str):
        return raw.replace(NUL, "")
    if isinstance(raw, Mapping):
        return {str(key): _plain(value) for key, value in raw.items()}
    return [_plain(one) for one in raw] if isinstance(raw, list | tuple) else raw


def _file_question(application: Application, key: str) -> Question:
    found = questionnaire.read(application.form.definition).question(key)
    if found is None or found.kind is not Kind.FILE:
        raise AnswersForged(_("This section does not ask what was sent. Open it again."))
    return found


def _files(held: Application, question: str) -> list[dict[str, Any]]:
    value = held.answers.get(question)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _drop(entries: list[dict[str, Any]], by: Person, at: datetime) -> None:
    for one in _attached(entries):
        files.remove_file(attachment=one, by=by, at=at)


def _attached(entries: list[dict[str, Any]]) -> Iterator[files_kept.Attachment]:
    for one in entries:
        try:
            yield files_kept.find_file(int(one["ref"]))
        except NotThere:
            continue


def _rank(held: Application, questions: list[Question], by: Person, at: datetime) -> None:
    """Keep as wishes what a ranking of the form says of places of the call."""
    for one in questions:
        if one.source != PLACES or not held.call.most_wishes:
            continue
        offered = {place.code: place for place in open_places(held.call)}
        value = held.answers.get(one.key)
        ranked = [offered[code] for code in value if code in offered] if isinstance(value, list) else []
        rank_places(application=held, places=ranked[: held.call.most_wishes], by=by, at=at)
