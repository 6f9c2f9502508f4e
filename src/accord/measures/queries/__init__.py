"""Reads of the measures context: the catalogue, what was delivered, the board, forecasts and their scores."""

from accord.measures.models import Evidence
from accord.measures.queries._board import Board, Moved, Standing, board, clocks, counted_for, promise_standing
from accord.measures.queries._calibration import Calibration, calibration
from accord.measures.queries._catalogue import catalogue, measure
from accord.measures.queries._changes import Asked, Clocks, RecentChange, Step, Tally, tally_by_day, tally_by_week
from accord.measures.queries._evidence import (
    Waiting,
    evidence_of,
    evidence_visible_to,
    find_evidence,
    in_state,
    override_of,
    provenance_counts,
    state_of_evidence,
    waiting_for,
)
from accord.measures.queries._foreseen import (
    FanPoint,
    Foreseen,
    SnapshotDraft,
    forecast_history,
    snapshots_due,
    week_start,
)
from accord.measures.queries._lists import (
    AgreementLine,
    Direction,
    agreement_lines,
    board_silent_since,
    promises_on,
    reciprocity,
)
from accord.measures.queries._plain import board_as_data, quote_as_data, standing_as_data
from accord.measures.queries._records import show_evidence
from accord.measures.queries._standing import Delivered, Figure, Part, delivered, states_count
from accord.measures.queries._supposed import ForecastRecord, forecast_records, standings_if, waiting_records
from accord.measures.queries._waits import deliveries_counted, deliveries_waiting
from accord.measures.queries._words import (
    counted_in_words,
    long_sentence,
    quote_in_words,
    sentence,
    state_counts,
    states_in_words,
    unit_of,
)

__all__ = [
    "AgreementLine",
    "Asked",
    "Board",
    "Calibration",
    "Clocks",
    "Delivered",
    "Direction",
    "Evidence",
    "FanPoint",
    "Figure",
    "ForecastRecord",
    "Foreseen",
    "Moved",
    "Part",
    "RecentChange",
    "SnapshotDraft",
    "Standing",
    "Step",
    "Tally",
    "Waiting",
    "agreement_lines",
    "board",
    "board_as_data",
    "board_silent_since",
    "calibration",
    "catalogue",
    "clocks",
    "counted_for",
    "counted_in_words",
    "delivered",
    "deliveries_counted",
    "deliveries_waiting",
    "evidence_of",
    "evidence_visible_to",
    "find_evidence",
    "forecast_history",
    "forecast_records",
    "in_state",
    "long_sentence",
    "measure",
    "override_of",
    "promise_standing",
    "promises_on",
    "provenance_counts",
    "quote_as_data",
    "quote_in_words",
    "reciprocity",
    "sentence",
    "show_evidence",
    "snapshots_due",
    "standing_as_data",
    "standings_if",
    "state_counts",
    "state_of_evidence",
    "states_count",
    "states_in_words",
    "tally_by_day",
    "tally_by_week",
    "unit_of",
    "waiting_for",
    "waiting_records",
    "week_start",
]
