"""Doors of the measures context."""

from accord.measures.views._board import agreements, badge, board, public_board, reciprocity
from accord.measures.views._catalogue import calibration, catalogue, measure
from accord.measures.views._counted import counted, to_record
from accord.measures.views._evidence import confirm, contest, evidence, record_evidence, records, withdraw
from accord.measures.views._promise import lift_override, override, promise, promise_chart

__all__ = [
    "agreements",
    "badge",
    "board",
    "calibration",
    "catalogue",
    "confirm",
    "contest",
    "counted",
    "evidence",
    "lift_override",
    "measure",
    "override",
    "promise",
    "promise_chart",
    "public_board",
    "reciprocity",
    "record_evidence",
    "records",
    "to_record",
    "withdraw",
]
