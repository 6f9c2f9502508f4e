"""Small files of every kind that is taken, and of some that are not."""

import io
import zipfile

from accord.files.enums import FileType

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n"


def package(*names: str, mimetype: str = "") -> bytes:
    """Return a ZIP container with these parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "<x/>")
    return kept.getvalue()


OPEN = "application/vnd.oasis.opendocument"
TAKEN = {
    FileType.PDF: PDF,
    FileType.PNG: PNG,
    FileType.JPEG: b"\xff\xd8\xff\xe0" + bytes(40),
    FileType.DOCX: package("[Content_Types].xml", "word/document.xml"),
    FileType.XLSX: package("[Content_Types].xml", "xl/workbook.xml"),
    FileType.PPTX: package("[Content_Types].xml", "ppt/presentation.xml"),
    FileType.ODT: package("content.xml", mimetype=f"{OPEN}.text"),
    FileType.ODS: package("content.xml", mimetype=f"{OPEN}.spreadsheet"),
    FileType.ODP: package("content.xml", mimetype=f"{OPEN}.presentation"),
    FileType.TEXT: "会议纪要\nMinutes\n".encode(),
    FileType.CSV: "name,amount\n团队,4\n".encode("gb18030"),
}
REFUSED = {
    "minutes.pdf": b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200),
    "table.xlsx": package("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
    "everything.zip": package("a.txt"),
    "page.html.png": b"\x00\x01\x02<script>",
    "cut.docx": package("[Content_Types].xml", "word/document.xml")[:60],
    "late.txt": b"plain at first" + b" " * 5000 + b"\x00",
    "odd.odt": package("content.xml", mimetype="application/x-shockwave-flash"),
}
