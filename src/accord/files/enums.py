"""Choices and permissions of the files context."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileType(models.TextChoices):
    """What a file is by its content; anything else is refused."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("Word document")
    XLSX = "xlsx", _("Excel workbook")
    PPTX = "pptx", _("PowerPoint slides")
    ODT = "odt", _("OpenDocument text")
    ODS = "ods", _("OpenDocument spreadsheet")
    ODP = "odp", _("OpenDocument slides")
    PNG = "png", _("PNG image")
    JPEG = "jpg", _("JPEG image")
    TEXT = "txt", _("Plain text")
    CSV = "csv", _("CSV table")


MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
    FileType.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileType.ODP: "application/vnd.oasis.opendocument.presentation",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
    FileType.TEXT: "text/plain; charset=utf-8",
    FileType.CSV: "text/csv; charset=utf-8",
}
"""The media type under which each type is handed out (RFC 6838)."""

EVERY_TYPE = frozenset(FileType)
"""What a record takes where nobody said otherwise."""


class Permission(StrEnum):
    """What the files context guards; `rules.py` decides each."""

    READ = "files.read"
    ATTACH = "files.attach"
