"""The agreement file: reads, checks, writes and compares one agreement as YAML text.

read(text) -> Reading              every problem with line, column and advice; never an exception
write(agreement) -> str            the one canonical text
compare(old, new) -> differences   what changed, and what a signed agreement refuses
compare_clauses(old, new)          every clause of two versions side by side, piece by piece
clause_difference(old, new)        the pieces of two texts
"""

from accord.engines.agreementfile._compare import compare, render_refusal
from accord.engines.agreementfile._messages import render
from accord.engines.agreementfile._pieces import ClauseDifference, Piece, PieceKind, clause_difference, compare_clauses
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
    Clause,
    ClauseAmendment,
    ClauseType,
    Commitment,
    Difference,
    Done,
    Fact,
    IpMode,
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
    Terminated,
)

__all__ = [
    "AgreementFile",
    "Amendment",
    "Baseline",
    "Bilingual",
    "Change",
    "Citation",
    "Clause",
    "ClauseAmendment",
    "ClauseDifference",
    "ClauseType",
    "Commitment",
    "Difference",
    "Done",
    "Fact",
    "IpMode",
    "Party",
    "PartyKind",
    "Piece",
    "PieceKind",
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
    "Terminated",
    "clause_difference",
    "compare",
    "compare_clauses",
    "digest",
    "json_schema",
    "read",
    "read_bytes",
    "render",
    "render_refusal",
    "write",
]
