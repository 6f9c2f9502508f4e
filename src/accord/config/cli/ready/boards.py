"""What `accord board` and `accord forecast` do once Django is set up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import click
from django.utils.translation import override

from accord.agreements.enums import PromiseKind
from accord.agreements.queries import agreements_visible_to, agreements_with_all, find_agreement
from accord.config.cli._exits import Exit, StopError
from accord.config.cli._tables import table
from accord.config.cli._talk import Talk
from accord.kernel import clock
from accord.kernel.access import Actor, Grant
from accord.kernel.models import World
from accord.measures import queries as measures
from accord.measures.enums import Provenance
from accord.measures.queries import Board, Clocks, Figure, Standing
from accord.people.enums import Role
from accord.ui import say

Plain = dict[str, Any]
OPERATOR = Actor(name="command line", grants=frozenset({Grant(Role.STEWARD)}))
"""Whoever may read the database may see every agreement."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The boards that were asked for, in one language."""

    boards: tuple[Board, ...]
    world: World
    language: str

    def as_data(self) -> list[Plain]:
        """Return the boards for programs, every figure with its provenance."""
        with override(self.language):
            return [measures.board_as_data(one, is_demo=self.world.is_demo) for one in self.boards]


def bounds(as_of: datetime | None, known_on: datetime | None) -> Clocks:
    """Return the two clocks that the options name; today where they name none, as on the pages."""
    today = clock.today(World.current())
    day = as_of.date() if as_of else today
    return measures.clocks(day, known_on.date() if known_on else max(day, today))


def boards(key: str | None, clocks: Clocks, language: str) -> Shown:
    """Return the board of one agreement, or of all.

    Raises:
        StopError: there is no such agreement.

    """
    if key is None:
        found = list(agreements_with_all(agreements_visible_to(OPERATOR)))
    else:
        _refuse_unknown(key)
        found = [find_agreement(OPERATOR, key)]
    return Shown(tuple(measures.board(one, clocks) for one in found), World.current(), language)


def _refuse_unknown(key: str) -> None:
    """Refuse a key that no agreement has, and name those there are."""
    keys = list(agreements_visible_to(OPERATOR).values_list("key", flat=True))
    if key not in keys:
        there = (
            f"There are: {', '.join(keys)}."
            if keys
            else "There is none yet: bring one in with `accord agreement apply`."
        )
        raise StopError(f"There is no agreement {key}. {there}", Exit.NOT_FOUND)


def tell_boards(shown: Shown, talk: Talk) -> None:
    """Print a table for each agreement."""
    with override(shown.language):
        for number, board in enumerate(shown.boards):
            if number:
                click.echo()
            _tell_board(board, shown.world)
    if not shown.boards:
        talk.say("There is no agreement yet. Bring one in: accord agreement apply FILE")
    else:
        talk.say("\nNext: accord forecast, or accord board --json for every record behind a figure.")


def _tell_board(board: Board, world: World) -> None:
    """Print one agreement's head and promises."""
    agreement = board.agreement
    marks = [f"as of {say.day(board.clocks.as_of)}", *(["demo world"] if world.is_demo else [])]
    click.echo(f"{agreement.title} ({agreement.key}) · {' · '.join(marks)}")
    rows = [
        (str(one.promise.title), _promised(one), _delivered(one), _provenance(one), str(one.state.label), _chance(one))
        for one in board.standings
    ]
    table(("Promise", "Promised", "Delivered", "Provenance", "Stands", "In 100"), rows, indent="  ")


def _promised(standing: Standing) -> str:
    """Return the target in force with its day, or the kind of promise."""
    line = standing.line
    due = f"by {say.day(line.due_on)}" if line.due_on else ""
    if line.target is None:
        return due or str(PromiseKind(standing.promise.kind).label)
    about = "about " if standing.promise.is_about else ""
    return f"{about}{_number(line.target)} {measures.unit_of(standing)} {due}".strip()


def _delivered(standing: Standing) -> str:
    """Return what was delivered; a dash where nothing is known, which is not zero."""
    figure = standing.done.figure
    if figure is None:
        return _day_done(standing) or "–"
    return _number(figure.amount)


def _day_done(standing: Standing) -> str:
    """Return the day that a source states for a milestone."""
    promise = standing.promise
    if promise.done_on is None or promise.done_quote is None:
        return ""
    return say.stated(promise.done_on, promise.done_precision)


def _provenance(standing: Standing) -> str:
    """Return where the figure comes from, part by part."""
    figure: Figure | None = standing.done.figure
    if figure is None:
        return str(Provenance.STATED.label) if _day_done(standing) else ""
    if len(figure.parts) == 1:
        return str(figure.parts[0].provenance.label)
    return " + ".join(f"{_number(part.amount)} {part.provenance.label}" for part in figure.parts)


def _chance(standing: Standing) -> str:
    """Return the chance in 100, or nothing where none is forecast."""
    foreseen = standing.foreseen
    return str(foreseen.shown) if foreseen and foreseen.shown is not None else ""


def _number(value: Decimal | float) -> str:
    """Return a number with thousands set apart, without needless decimals."""
    exact = Decimal(str(value))
    return f"{exact:,.0f}" if exact == exact.to_integral_value() or abs(exact) >= 100 else f"{exact:,.1f}"  # noqa: PLR2004 - from here on decimals only distract


def _forecast_of(shown: Shown, promise: str | None) -> Iterator[tuple[Board, Standing]]:
    """Yield the promises that can be forecast; one alone where its key is given."""
    for board in shown.boards:
        for standing in board.standings:
            if standing.promise.key == promise or (promise is None and standing.line.target is not None):
                yield board, standing


def _found(shown: Shown, promise: str | None) -> list[tuple[Board, Standing]]:
    """Return the promises to show.

    Raises:
        StopError: no promise has this key.

    """
    found = list(_forecast_of(shown, promise))
    if promise is not None and not found:
        raise StopError(f"There is no promise {promise}. `accord board --json` lists their keys.", Exit.NOT_FOUND)
    return found


def forecast_data(shown: Shown, promise: str | None) -> list[Plain]:
    """Return the forecasts for programs."""
    rows = []
    with override(shown.language):
        for board, standing in _found(shown, promise):
            data = measures.standing_as_data(standing)
            kept = {
                name: data[name] for name in ("key", "title", "promised", "delivered", "state", "sentence", "forecast")
            }
            rows.append({"agreement": board.agreement.key, "as_of": board.clocks.as_of.isoformat(), **kept})
    return rows


def tell_forecasts(shown: Shown, promise: str | None, talk: Talk) -> None:
    """Print the forecasts, each with its sentence where one promise is asked for."""
    with override(shown.language):
        found = _found(shown, promise)
        rows = [(board.agreement.key, standing.promise.key, *_outlook(standing)) for board, standing in found]
        if rows:
            head = (
                "Agreement",
                "Promise",
                "Stands",
                "In 100",
                "Expected",
                "80 in 100 between",
                "Needed/week",
                "Lately",
            )
            table(head, rows)
        if promise is not None:
            for _, standing in found:
                click.echo(f"\n{measures.long_sentence(standing)}")
    if not rows:
        talk.say("There is no promise with a number and a deadline, so nothing to forecast.")


def _outlook(standing: Standing) -> tuple[str, ...]:
    """Return the cells of one forecast."""
    foreseen = standing.foreseen
    state = str(standing.state.label)
    if foreseen is None or foreseen.expected is None:
        return (state, "", "", "", "", "")
    return (
        state,
        _chance(standing),
        _number(round(foreseen.expected)),
        f"{_number(round(foreseen.low80 or 0))} – {_number(round(foreseen.high80 or 0))}",
        _number(round(foreseen.pace_needed, 1)) if foreseen.pace_needed is not None else "",
        _number(round(foreseen.pace_recent, 1)) if foreseen.pace_recent is not None else "",
    )
