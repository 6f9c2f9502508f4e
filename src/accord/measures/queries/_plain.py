"""The board as plain data, for JSON, CSV and the command line: every figure with its provenance."""

from decimal import Decimal
from typing import Any

from accord.agreements.queries import PromiseRow, Quote
from accord.measures.enums import Provenance
from accord.measures.queries._board import Board, Standing
from accord.measures.queries._foreseen import Foreseen
from accord.measures.queries._standing import Figure
from accord.measures.queries._words import sentence

Plain = dict[str, Any]


def board_as_data(board: Board, *, is_demo: bool) -> Plain:
    """Return the board with keys that stay the same over versions."""
    agreement = board.agreement
    return {
        "agreement": agreement.key,
        "title": agreement.title.as_dict(),
        "state": agreement.state,
        "signed_on": _day(agreement.signed_on),
        "as_of": board.clocks.as_of.isoformat(),
        "known_before": board.clocks.known_before.isoformat(),
        "is_demo": is_demo,
        "digest": agreement.digest,
        "promises": [standing_as_data(standing) for standing in board.standings],
    }


def standing_as_data(standing: Standing) -> Plain:
    """Return one promise: as promised, as delivered, as foreseen."""
    promise = standing.promise
    return {
        "key": promise.key,
        "title": promise.title.as_dict(),
        "kind": promise.kind.value,
        "by": [party.key for party in promise.promisors],
        "to": [party.key for party in promise.beneficiaries] or promise.beneficiary_text.as_dict(),
        "measure": promise.measure_code or None,
        "unit": standing.measure.unit.as_dict() if standing.measure else None,
        "promised": _promised(standing),
        "delivered": _delivered(promise, standing.done.figure),
        "waiting": _uncounted(standing.done.tally.waiting, standing.done.tally.waiting_records, standing),
        "contested": _uncounted(standing.done.tally.contested, standing.done.tally.contested_records, standing),
        "state": standing.state.value,
        "sentence": sentence(standing),
        "forecast": _forecast(standing.foreseen),
        "last_record_on": _day(standing.done.tally.last_on),
        "dormant_days": standing.dormant_days,
        "cited": [quote_as_data(quote) for quote in promise.quotes],
    }


def quote_as_data(quote: Quote) -> Plain:
    """Return where something is stated."""
    return {
        "source": quote.source_key,
        "title": quote.title.as_dict(),
        "published_on": _day(quote.published_on),
        "paragraph": quote.paragraph,
    }


def _promised(standing: Standing) -> Plain | None:
    """Return the target in force with the original; its provenance is always the agreement or announcement."""
    promise, line = standing.promise, standing.line
    if line.target is None and line.due_on is None:
        return None
    return {
        "target": _number(line.target),
        "due_on": _day(line.due_on),
        "about": promise.is_about,
        "provenance": Provenance.STATED.value,
        "original": {"target": _number(promise.targets[0].target), "due_on": _day(promise.targets[0].due_on)},
        "amendments": len(promise.targets) - 1,
    }


def _delivered(promise: PromiseRow, figure: Figure | None) -> Plain | None:
    """Return what was delivered, part by part; a milestone that a source states as done is such a part."""
    if figure is None and promise.done_on is not None and promise.done_quote is not None:
        part = {
            "provenance": Provenance.STATED.value,
            "done": str(promise.done_on),
            "precision": promise.done_precision,
        }
        return {
            "amount": None,
            "provenance": [Provenance.STATED.value],
            "parts": [{**part, "cited": quote_as_data(promise.done_quote)}],
        }
    if figure is None:
        return None
    return {
        "amount": _number(figure.amount),
        "provenance": [one.value for one in figure.provenances],
        "parts": [
            {
                "provenance": part.provenance.value,
                "amount": _number(part.amount),
                "records": part.records,
                "on": _day(part.on),
                "cited": quote_as_data(part.quote) if part.quote else None,
            }
            for part in figure.parts
        ],
    }


def _uncounted(amount: Decimal, records: int, standing: Standing) -> Plain | None:
    """Return what is not counted (yet), with the provenance that it would have."""
    if not records:
        return None
    simulated = any(step.is_simulated for step in standing.done.tally.steps)
    provenance = Provenance.SIMULATED if simulated else Provenance.RECORDED
    return {"amount": _number(amount), "records": records, "provenance": provenance.value}


def _forecast(foreseen: Foreseen | None) -> Plain | None:
    """Return the forecast, or why there is none yet."""
    if foreseen is None:
        return None
    if foreseen.expected is None:
        return (
            {"week_on": foreseen.week_on.isoformat(), "too_early": dict(foreseen.too_early)}
            if foreseen.too_early
            else None
        )
    return {
        "week_on": foreseen.week_on.isoformat(),
        "in_100": foreseen.shown,
        "expected": foreseen.expected,
        "range50": [foreseen.low50, foreseen.high50],
        "range80": [foreseen.low80, foreseen.high80],
        "pace_needed": foreseen.pace_needed,
        "pace_recent": foreseen.pace_recent,
        "provenance": "forecast",
        "model": foreseen.model,
    }


def _number(value: Decimal | None) -> int | float | None:
    """Return a number as JSON has it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(value: Any) -> str | None:
    """Return a day in ISO form."""
    return value.isoformat() if value else None
