"""What a file is, by its bytes; the name it came with decides nothing but between plain text and a table.

Signatures after the formats' own specifications: ISO 32000 (PDF), ISO/IEC 15948 (PNG), ISO/IEC 10918-5 (JPEG),
ECMA-376 (Office Open XML) and ISO/IEC 26300 (OpenDocument).
"""

import codecs
import zipfile
from pathlib import PurePath
from typing import IO

from accord.files.enums import FileType

START = 2048
CHUNK = 1 << 16
MOST_PARTS = 10_000
_STARTS = {b"%PDF-": FileType.PDF, b"\x89PNG\r\n\x1a\n": FileType.PNG, b"\xff\xd8\xff": FileType.JPEG}
_MAIN_PARTS = {
    "word/document.xml": FileType.DOCX,
    "xl/workbook.xml": FileType.XLSX,
    "ppt/presentation.xml": FileType.PPTX,
}
_OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.text": FileType.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileType.ODS,
    b"application/vnd.oasis.opendocument.presentation": FileType.ODP,
}


def kind_of(content: IO[bytes], name: str) -> FileType | None:
    """Return what the bytes are, or None for anything that Accord does not keep; leaves the file at its start."""
    try:
        return _kind_of(content, name)
    finally:
        content.seek(0)


def _kind_of(content: IO[bytes], name: str) -> FileType | None:
    content.seek(0)
    start = content.read(START)
    for signature, kind in _STARTS.items():
        if start.startswith(signature):
            return kind
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_package(content)
    if not _is_text(content):
        return None
    return FileType.CSV if PurePath(name).suffix.lower() == ".csv" else FileType.TEXT


def _kind_of_package(content: IO[bytes]) -> FileType | None:
    """Return which office format a ZIP container is; None for other archives and for those that carry macros."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as package:
            names = package.namelist()
            if len(names) > MOST_PARTS or any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
            return _OPEN_TYPES.get(_declared(package)) if names[:1] == ["mimetype"] else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None


def _declared(package: zipfile.ZipFile) -> bytes:
    """Return the media type that an OpenDocument package declares in its first part."""
    with package.open("mimetype") as part:
        return part.read(200).strip()


def _is_text(content: IO[bytes]) -> bool:
    """Say whether the whole file is text: UTF-8, or GB 18030 as Chinese offices save it, without control characters."""
    return any(_decodes(content, coding) for coding in ("utf-8", "gb18030"))


def _decodes(content: IO[bytes], coding: str) -> bool:
    decoder = codecs.getincrementaldecoder(coding)()
    content.seek(0)
    try:
        while chunk := content.read(CHUNK):
            if not _is_plain(decoder.decode(chunk)):
                return False
        return _is_plain(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return False


def _is_plain(text: str) -> bool:
    return all(letter >= " " or letter in "\t\r\n\f" for letter in text)
