"""An application as reviewers read it: blind without anything that tells who applied."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.files.enums import MEDIA_TYPES, FileType
from accord.files.queries import Attachment, files_at
from accord.kernel.access import Actor
from accord.kernel.refused import NotThere, Refused
from accord.kernel.text import Bilingual
from accord.programmes.models import Application, CoApplicant
from accord.programmes.queries._answers import AnsweredFile, AnswerLine, AnswerSection, answer_sections
from accord.programmes.queries._facts import review_record
from accord.programmes.queries._nameless import NotCleaned, nameless
from accord.review.queries import FileLink, Reading

NEUTRAL = pgettext_lazy("to a call", "Application")


class FileStaysShut(Refused):
    """A file tells who wrote it in a way that cannot be taken out, and the review is blind."""

    code = "file-stays-shut"


def read_for_review(record: str, actor: Actor, blind: bool) -> Reading:  # noqa: FBT001 (the shape that the review context asks for)
    """Return what a reviewer may read of an application; who is to review it was asked before."""
    del actor
    application = _of_record(record)
    sections = [
        (section.title, tuple(line for each in section.lines for line in _lines(each)))
        for section in answer_sections(application, blind=blind)
    ]
    if blind:
        return Reading(NEUTRAL, tuple(sections))
    title = application.title or Bilingual(application.reference, application.reference)
    return Reading(title, (_who(application), *sections))


def open_for_review(record: str, key: str, actor: Actor, blind: bool, at: datetime) -> HttpResponseBase:  # noqa: FBT001 (the same)
    """Hand out a file of an application; blind under a number and without its properties.

    Raises `NotThere` for a file that the application does not show to reviewers, and `FileStaysShut`.
    """
    del actor, at
    application = _of_record(record)
    held, file = file_of_answers(application, answer_sections(application, blind=blind), key)
    content = b"".join(settings.FILE_STORE.chunks(held.blob.digest))
    if blind:
        try:
            content = nameless(content, held.blob.kind)
        except NotCleaned as error:
            raise FileStaysShut(
                _("This file tells who wrote it in a way that cannot be taken out. Ask the office for another one.")
            ) from error
    return handed_out(content, file.name, FileType(held.blob.kind))


def file_of_answers(
    application: Application, sections: Sequence[AnswerSection], key: str
) -> tuple[Attachment, AnsweredFile]:
    """Return a file that these answers show, as it is held and as it is named there; one query.

    Raises `NotThere` for any other, such as a file that a question hidden from the reader holds.
    """
    shown = {one.ref: one for section in sections for line in section.lines for one in line.files}
    held = (
        files_at(review_record(application)).filter(pk=int(key)).first() if key in shown and key.isdecimal() else None
    )
    if held is None:
        raise NotThere(_("This file is not here, or no longer."))
    return held, shown[key]


def handed_out(content: bytes, name: str, kind: FileType) -> HttpResponse:
    """Return a file to be kept under this name, never shown or run inside a page."""
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[kind],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _of_record(record: str) -> Application:
    kind, _colon, number = record.partition(":")
    found = None
    if kind == "application" and number.isdecimal():
        found = (
            Application.objects.filter(pk=int(number), submitted_at__isnull=False)
            .select_related("form", "call__programme", "applicant", "home")
            .first()
        )
    if found is None:
        raise NotThere(_("There is no application of this reference among those you may see."))
    return found


def _lines(line: AnswerLine) -> list[tuple[Bilingual, Bilingual | str | FileLink]]:
    if line.files:
        return [(line.label, FileLink(one.name, one.ref, one.size)) for one in line.files]
    return [(line.label, line.words)]  # type: ignore[list-item]  # lazy words are words as well


def _who(application: Application) -> tuple[str, tuple[tuple[str, Bilingual | str], ...]]:
    """Return who applies, for panels that may know."""
    company = CoApplicant.objects.filter(application=application, removed_at=None, declined_at=None)
    lines: list[tuple[str, Bilingual | str]] = [(str(_("Applicant")), application.applicant.name)]
    if application.home is not None:
        lines.append((str(_("Home institution")), application.home.name))
    lines.extend((str(_("Co-applicant")), one.name) for one in company)
    return str(_("Who applies")), tuple(lines)
