"""Makes copies of everything that is kept of one person: asked for, made by a job, fetched, deleted."""

import json
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from accord.files.queries import Attachment
from accord.kernel.refused import Refused
from accord.kernel.store import Store, StoreError
from accord.kernel.text import Bilingual
from accord.outbox import operations as outbox
from accord.people.enums import PersonState
from accord.people.queries import Person
from accord.privacy.enums import COPY_READY, CopyState
from accord.privacy.models import PersonalCopy
from accord.privacy.queries import Sheet, classes, digest_of_file, files_of, sheet_count, sheets_of, who_is

KEPT = timedelta(hours=72)
JOB = "accord.privacy.tasks.make_copy"
UNDER_WAY = (CopyState.WAITING, CopyState.RUNNING)
STEP = 10
IN_MEMORY = 8 * 1024 * 1024


class NothingToCopy(Refused):
    """The person is erased: nothing is kept that could be copied."""

    code = "nothing-to-copy"
    status = 409


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a copy's index."""

    label: str
    reason: Bilingual
    kind: Bilingual
    rows: int
    history: int

    @property
    def path(self) -> str:
        """Return where the sheet lies in the archive."""
        return f"data/{self.label}.json"


@transaction.atomic
def ask_for_copy(*, person: Person, language: str, by: Person, at: datetime) -> PersonalCopy:
    """Ask for a copy of all that is kept of a person, in the language of its index. One under way is not asked twice.

    A job makes it. Raises `NothingToCopy` for somebody erased.
    """
    if person.state == PersonState.ERASED:
        raise NothingToCopy(_("This person is erased. Nothing is left that could be copied."))
    under_way = PersonalCopy.objects.filter(person=person, state__in=UNDER_WAY)
    try:
        with transaction.atomic():
            made = under_way.first() or PersonalCopy.objects.create(
                person=person, language=language, asked_at=at, asked_by=by, total=sheet_count()
            )
    except IntegrityError:
        made = under_way.get()  # somebody asked at the same moment
    transaction.on_commit(lambda: _defer(made.pk), robust=True)
    return made


def _defer(pk: int) -> None:
    app.configure_task(JOB, lock=f"privacy-copy-{pk}").defer(copy=pk)


def make_copy(*, copy_id: int, store: Store, clock: Callable[[], datetime]) -> PersonalCopy | None:
    """Make a copy that was asked for, and tell the person. Started again after a crash it starts anew.

    One that is made, or whose person was erased in the meantime, is left alone; None where there is none.
    """
    copy = PersonalCopy.objects.select_related("person").filter(pk=copy_id, state__in=UNDER_WAY).first()
    if copy is None:
        return None
    if copy.person.state == PersonState.ERASED:
        return _settle(copy, state=CopyState.FAILED)
    _settle(copy, state=CopyState.RUNNING, done=0)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as content, override(copy.language):
        _write(copy, content, store, at=clock())
        size = content.tell()
        digest = digest_of_file(content)
        store.keep(digest, content)
    now = clock()
    with transaction.atomic():
        _settle(
            copy, state=CopyState.READY, done=copy.total, digest=digest, size=size, ready_at=now, expires_at=now + KEPT
        )
        _tell(copy, at=now)
    return copy


def give_up_copy(*, copy_id: int) -> None:
    """Say that a copy could not be made, so that another one can be asked for."""
    PersonalCopy.objects.filter(pk=copy_id, state__in=UNDER_WAY).update(state=CopyState.FAILED)


def drop_old_copies(*, store: Store, at: datetime) -> int:
    """Delete the bytes of copies that have expired; return how many went."""
    gone = 0
    for copy in PersonalCopy.objects.filter(state=CopyState.READY, expires_at__lte=at):
        if not PersonalCopy.objects.filter(digest=copy.digest, expires_at__gt=at).exists():
            store.drop(copy.digest)
        _settle(copy, state=CopyState.GONE)
        gone += 1
    return gone


def _settle(copy: PersonalCopy, **values: Any) -> PersonalCopy:
    """Write some columns of a copy."""
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save(update_fields=list(values))
    return copy


def _write(copy: PersonalCopy, content: IO[bytes], store: Store, *, at: datetime) -> None:
    """Write the whole archive: a JSON file for each table that holds something, the files, the index."""
    who = who_is(copy.person)
    lines: list[_Line] = []
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sheet in enumerate(sheets_of(who), 1):
            if sheet.rows or sheet.history:
                lines.append(_line(sheet))
                archive.writestr(lines[-1].path, _json(sheet))
            if number % STEP == 0:
                _settle(copy, done=number)
        attached = list(files_of(who))
        missing = {one.pk for one in attached if not _write_file(archive, one, store)}
        files = [(one, f"files/{one.pk}-{one.name}", one.pk in missing) for one in attached]
        index = {"person": copy.person, "at": at, "lines": lines, "files": files, "language": copy.language}
        archive.writestr("index.html", render_to_string("privacy/copy_index.html", index))


def _json(sheet: Sheet) -> str:
    """Return a sheet as a JSON text that says what it is."""
    told = {
        "table": sheet.table.label,
        "reason": sheet.table.declared.reason.as_dict(),
        "class": sheet.table.declared.kind.value,
        "rows": sheet.rows,
        "history": sheet.history,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _line(sheet: Sheet) -> _Line:
    declared = sheet.table.declared
    return _Line(declared.model, declared.reason, classes()[declared.kind].name, len(sheet.rows), len(sheet.history))


def _write_file(archive: zipfile.ZipFile, attachment: Attachment, store: Store) -> bool:
    """Write one attached file; say whether its bytes were there."""
    try:
        with archive.open(f"files/{attachment.pk}-{attachment.name}", "w") as place:
            for chunk in store.chunks(attachment.blob.digest):
                place.write(chunk)
    except StoreError:
        return False
    return True


def _tell(copy: PersonalCopy, *, at: datetime) -> None:
    """Tell whoever asked that the copy is ready."""
    outbox.notify(
        topic=COPY_READY,
        people=[copy.asked_by_id],
        subject=Bilingual("The copy of the data is ready", "个人信息副本已生成"),
        body=Bilingual("It can be fetched for three days, then it is deleted.", "副本可在三天内下载，之后即被删除。"),
        url=f"/privacy/copies/{copy.pk}/",
        key=f"privacy:copy:{copy.pk}",
        at=at,
    )
