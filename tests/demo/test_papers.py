"""The demo's papers: real files that other programs open, the same bytes each time."""

import io
import re

from openpyxl import load_workbook

from accord.demo import papers
from accord.files.enums import FileType
from accord.files.operations._content import kind_of


def test_a_page_is_a_pdf_whose_table_points_at_its_objects() -> None:
    page = papers.pdf("Minutes (draft)", ["1. Opening"])

    table = int(re.search(rb"startxref\n(\d+)", page).group(1))  # type: ignore[union-attr]
    starts = [int(one) for one in re.findall(rb"(\d{10}) 00000 n", page[table:])]

    assert kind_of(io.BytesIO(page), "minutes.pdf") is FileType.PDF
    assert [page[start:].split(b"\n")[0] for start in starts] == [b"%d 0 obj" % n for n in range(1, 7)]
    assert rb"(Minutes \(draft\)) Tj" in page
    assert papers.MARK.encode() in page


def test_a_workbook_opens_with_its_rows_and_its_mark() -> None:
    book = papers.sheet("Budget", [("What", "Yuan"), ("Teaching & rooms", 900)])

    rows = list(load_workbook(io.BytesIO(book))["Budget"].values)

    assert kind_of(io.BytesIO(book), "budget.xlsx") is FileType.XLSX
    assert rows == [("What", "Yuan"), ("Teaching & rooms", 900), (papers.MARK, None)]


def test_the_same_paper_has_the_same_bytes() -> None:
    assert papers.pdf("A", ["b"]) == papers.pdf("A", ["b"])
    assert papers.sheet("A", [("b",)]) == papers.sheet("A", [("b",)])
