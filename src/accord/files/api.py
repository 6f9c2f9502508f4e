"""Doors of the API to the files of a record."""

from datetime import datetime, timedelta
from typing import IO, Annotated, Any, cast

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from ninja.files import UploadedFile
from ninja.params.functions import File, Form
from pydantic import Field

from accord.files import operations, queries, rules
from accord.files.enums import MEDIA_TYPES, FileType, Permission
from accord.files.forms import FILES
from accord.files.queries import Attachment
from accord.kernel import clock
from accord.kernel.api import (
    MULTIPART,
    ApiRequest,
    Created,
    Detail,
    Number,
    Page,
    Router,
    Shown,
    Text,
    expected,
    wrong_field,
)
from accord.kernel.refused import NotAllowed
from accord.people.queries import acting_person
from accord.ui.listing import ListAsked, listed

Record = Annotated[str, Field(pattern=r"^[a-z-]+:[0-9]+$", max_length=100, examples=["engagement:1"])]
"""A record by its kind and number, as references have it."""
OF_RECORD = "/records/{record}/files"
PARTS = frozenset({"file", "note"})
_FILE: Any = File(..., description="At most as large as this installation keeps.")
_NOTE: Any = Form("", max_length=300, description="What it is.")
VERSION = 1
"""A file never changes; another one takes its place."""
files = Router(tags=["Files"])


class FileShown(Shown):
    """A file under a name at a record."""

    id: int = Field(examples=[7])
    record: str = Field(description="What it belongs to.", examples=["engagement:1"])
    name: str = Field(examples=["minutes.pdf"])
    note: str | None = Field(description="What it is.")
    kind: FileType = Field(description="What it is by its content.")
    media_type: str = Field(examples=["application/pdf"])
    size: int = Field(description="In bytes.")
    sha256: str = Field(description="SHA-256 of the bytes.")
    attached_by: str
    attached_at: datetime
    is_simulated: bool


class LinkShown(Shown):
    """An address that hands a file out to whoever has it, for some minutes."""

    url: str
    good_until: datetime
    sha256: str = Field(description="SHA-256 of the bytes that it hands out.")


class FilesAsked(ListAsked, table=FILES):
    """How files may be asked for."""


@files.reads(OF_RECORD, answer=Page[FileShown], may=Permission.READ)
def list_files(request: ApiRequest, record: Record, asked: Query[FilesAsked]) -> Page[FileShown]:
    """List the files of a record."""
    rules.may_read(request.actor, record)
    return listed(request, asked, queries.files_at(record), _file)


@files.creates(OF_RECORD, answer=FileShown, may=Permission.ATTACH, body=MULTIPART)
def attach_file(
    request: ApiRequest,
    record: Record,
    file: UploadedFile = _FILE,
    note: Text = _NOTE,
) -> Created[FileShown]:
    """Attach a file to a record. Its type is judged by its content; the same file under the same name is one file."""
    if not rules.may_attach(rules.may_read(request.actor, record)):
        raise NotAllowed(_("You may read these files and not add to them. Ask somebody who may change the record."))
    if unknown := sorted({*request.POST, *request.FILES} - PARTS):
        raise wrong_field(unknown[0], _("There is no such field. Leave it out."))
    made = operations.keep_file(
        store=settings.FILE_STORE,
        content=cast("IO[bytes]", file.file),
        name=file.name or "",
        record=record,
        by=acting_person(request.actor),
        at=clock.now(request.world),
        at_most=settings.FILE_BYTES,
        note=note.strip(),
        is_simulated=request.world.is_demo,
    )
    return Created(_file(made), version=VERSION, at=reverse("api:read_file", args=[made.pk]))


@files.reads("/files/{number}", answer=FileShown, may=Permission.READ)
def read_file(request: ApiRequest, number: Number) -> Detail[FileShown]:
    """Read what a file is. What it holds is handed out by its link."""
    held, _shown = queries.readable_file(request.actor, number)
    return Detail(_file(held), version=VERSION)


@files.reads("/files/{number}/link", answer=LinkShown, may=Permission.READ)
def read_file_link(request: ApiRequest, number: Number) -> LinkShown:
    """Read an address that hands a file out for five minutes. To whoever has it, without a token."""
    held, _shown = queries.readable_file(request.actor, number)
    address = queries.download_address(held, store=settings.FILE_STORE)
    return LinkShown(
        url=request.build_absolute_uri(address),
        good_until=clock.now() + timedelta(seconds=queries.SECONDS),
        sha256=held.blob.digest,
    )


@files.drops("/files/{number}", may=Permission.ATTACH)
def take_file_away(request: ApiRequest, number: Number) -> None:
    """Take a file away from its record. The history keeps that it was here."""
    held, shown = queries.readable_file(request.actor, number)
    if not rules.may_attach(shown):
        raise NotAllowed(_("You may read this file and not take it away. Ask somebody who may change the record."))
    expected(request, VERSION)
    operations.remove_file(attachment=held, by=acting_person(request.actor), at=clock.now(request.world))


def _file(row: Any) -> FileShown:
    """Return a file as the API shows it."""
    held: Attachment = row
    kind = FileType(held.blob.kind)
    return FileShown(
        id=held.pk,
        record=held.record,
        name=held.name,
        note=held.note or None,
        kind=kind,
        media_type=MEDIA_TYPES[kind],
        size=held.blob.size,
        sha256=held.blob.digest,
        attached_by=str(held.attached_by.name),
        attached_at=held.attached_at,
        is_simulated=held.is_simulated,
    )
