"""Files without what they say of their author: properties of documents, data in photographs.

What the text itself says stays; nobody can take that out. Nothing here needs a library.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from accord.files.enums import FileType

ZIPPED = (FileType.DOCX, FileType.XLSX, FileType.PPTX, FileType.ODT, FileType.ODS, FileType.ODP)
MOST_UNPACKED = 200 * 1024 * 1024
_PROPERTIES = re.compile(r"^(docProps/|meta\.xml$|customXml/|word/people\.xml$|ppt/commentAuthors\.xml$)")
_AUTHORS = re.compile(rb'((?:w:|w15:|p:)?(?:author|initials|lastModifiedBy|userId)=")[^"]*(")')
_OPEN_DOCUMENT = re.compile(rb"(<(?:dc:creator|meta:initial-creator|text:sender-[a-z-]+)[^>]*>)[^<]*(</)")
_EMPTY = {
    "docProps/core.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp='
        b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    "docProps/custom.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
    "meta.xml": (
        b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
        b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/>'
        b"</office:document-meta>"
    ),
}
_PDF_KEYS = rb"/(?:Author|Creator|Producer|Title|Subject|Keywords|Company|Manager|SourceModified|LastModifiedBy)"
_PDF_TEXT = re.compile(_PDF_KEYS + rb"\s*(\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
_PDF_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_PDF_STREAM = re.compile(rb"/FlateDecode(?:(?!endobj).){0,400}?stream\r?\n", re.DOTALL)
_JPEG_START, _JPEG_SCAN = b"\xff\xd8", 0xDA
_JPEG_DROPPED = {*range(0xE1, 0xEE), 0xEF, 0xFE}
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_DROPPED = {b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"}


class NotCleaned(Exception):  # noqa: N818 (said as it is: nothing went wrong, the file stays shut)
    """A file says who wrote it in a way that cannot be taken out."""


def nameless(content: bytes, kind: str) -> bytes:
    """Return the bytes of a file without its properties; raises `NotCleaned` where that cannot be done for sure."""
    if kind in ZIPPED:
        return _unsigned_package(content)
    if kind == FileType.PDF:
        return _unsigned_pdf(content)
    if kind == FileType.JPEG:
        return b"".join(_jpeg_parts(content))
    if kind == FileType.PNG:
        return b"".join(_png_parts(content))
    return content


def _unsigned_package(content: bytes) -> bytes:
    """Return an Office document with empty properties and with authors of comments and changes gone."""
    made = BytesIO()
    try:
        with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
            if sum(one.file_size for one in old.infolist()) > MOST_UNPACKED:
                raise NotCleaned
            for one in old.infolist():
                new.writestr(one.filename, _unsigned_part(one.filename, old.read(one)), one.compress_type)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise NotCleaned from error
    return made.getvalue()


def _unsigned_part(name: str, part: bytes) -> bytes:
    if name in _EMPTY:
        return _EMPTY[name]
    if _PROPERTIES.match(name) and name.endswith(".xml"):
        return _AUTHORS.sub(rb"\1\2", part)
    if not name.endswith((".xml", ".rels")):
        return part
    return _OPEN_DOCUMENT.sub(rb"\1\2", _AUTHORS.sub(rb"\1\2", part))


def _unsigned_pdf(content: bytes) -> bytes:
    """Return a PDF of the same length in which properties are blank, so that every offset in it still holds."""
    if b"/Encrypt" in content:
        raise NotCleaned
    cleaned = bytearray(_blanked(content))
    for found in _PDF_STREAM.finditer(content):
        start = found.end()
        unpacker = zlib.decompressobj()
        try:
            plain = unpacker.decompress(content[start:], MOST_UNPACKED)
        except zlib.error:
            continue
        blank = _blanked(plain)
        if blank != plain:
            used = len(content) - start - len(unpacker.unused_data) - len(unpacker.unconsumed_tail)
            packed = zlib.compress(blank, 9)
            if len(packed) > used:
                raise NotCleaned
            cleaned[start : start + used] = packed.ljust(used, b"\0")
    return bytes(cleaned)


def _blanked(content: bytes) -> bytes:
    """Return bytes with the texts of properties blank, each as long as it was."""

    def blank(found: re.Match[bytes]) -> bytes:
        whole, text = found.group(0), found.group(1)
        hollow = text[:1] + (b"0" if text[:1] == b"<" else b" ") * (len(text) - 2) + text[-1:]
        return whole[: len(whole) - len(text)] + hollow

    return _PDF_XMP.sub(lambda found: b" " * len(found.group(0)), _PDF_TEXT.sub(blank, content))


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    """Yield the parts of a JPEG but comments and what cameras and programs wrote beside the picture."""
    if content[:2] != _JPEG_START:
        raise NotCleaned
    yield _JPEG_START
    at = 2
    while at + 4 <= len(content):
        marker, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at] != 0xFF or size < 2:  # noqa: PLR2004 (a marker, and the two bytes of its size)
            raise NotCleaned
        if marker == _JPEG_SCAN:
            yield content[at:]
            return
        if marker not in _JPEG_DROPPED:
            yield content[at : at + 2 + size]
        at += 2 + size
    raise NotCleaned


def _png_parts(content: bytes) -> Iterator[bytes]:
    """Yield the chunks of a PNG but its texts, its camera's data and its time."""
    if content[:8] != _PNG_START:
        raise NotCleaned
    yield _PNG_START
    at = 8
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] not in _PNG_DROPPED:
            yield content[at : at + 12 + size]
        at += 12 + size
