"""The agreement file: reads, checks, writes and compares one agreement as YAML text.

read(text) -> Reading              every problem with line, column and advice; never an exception
write(agreement) -> str            the one canonical text
compare(old, new) -> differences   what changed, and what a signed agreement refuses
"""

from accord.engines.agreementfile._compare import compare, render_refusal
from accord.engines.agreementfile._messages import render
from accord.engines.agreementfile._read import read, read_bytes
from accord.engines.agreementfile._schema import json_schema
from accord.engines.agreementfile._write import digest, write
from accord.engines.agreementfile.types import (
    AgreementFile,
    Amendment,
    Baseline,
    Bilingual,
    Change,
    Citation,
    Commitment,
    Difference,
    Done,
    Fact,
    Party,
    PartyKind,
    PlanPoint,
    Problem,
    PromiseKind,
    Reading,
    Rendered,
    Section,
    Severity,
    Signing,
    Source,
    StatedDate,
    Term,
)

__all__ = [
    "AgreementFile",
    "Amendment",
    "Baseline",
    "Bilingual",
    "Change",
    "Citation",
    "Commitment",
    "Difference",
    "Done",
    "Fact",
    "Party",
    "PartyKind",
    "PlanPoint",
    "Problem",
    "PromiseKind",
    "Reading",
    "Rendered",
    "Section",
    "Severity",
    "Signing",
    "Source",
    "StatedDate",
    "Term",
    "compare",
    "digest",
    "json_schema",
    "read",
    "read_bytes",
    "render",
    "render_refusal",
    "write",
]
