"""Turns how a promise stands into the parts that pages are made of."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.agreements.enums import PromiseKind
from accord.agreements.queries import PartyRow
from accord.measures import queries
from accord.measures.enums import PromiseState, Provenance
from accord.measures.queries import Standing
from accord.ui import say
from accord.ui.charts import Bar, Fan, Promised, Quantiles
from accord.ui.parts import Figure, Row, Rows, State, Tone

TONES = {
    PromiseState.DELIVERED: Tone.DONE,
    PromiseState.VERY_LIKELY: Tone.GOOD,
    PromiseState.LIKELY: Tone.GOOD,
    PromiseState.EVEN: Tone.WARY,
    PromiseState.UNLIKELY: Tone.BAD,
    PromiseState.VERY_UNLIKELY: Tone.BAD,
    PromiseState.MISSED: Tone.MISSED,
    PromiseState.TOO_EARLY: Tone.MUTE,
    PromiseState.STANDING: Tone.STANDING,
    PromiseState.OPEN: Tone.MUTE,
    PromiseState.NOT_MEASURED: Tone.MUTE,
}
FORECAST = {
    PromiseState.VERY_LIKELY,
    PromiseState.LIKELY,
    PromiseState.EVEN,
    PromiseState.UNLIKELY,
    PromiseState.VERY_UNLIKELY,
}


def chip(state: PromiseState) -> State:
    """Return the chip of a promise's state: shape, word and tone."""
    return State(TONES[state], state.label)


def board_rows(board: queries.Board, *, query: str = "", is_public: bool = False) -> list[Rows]:
    """Return the board's promises under their headings."""
    return [
        Rows(say.said(heading), [row_of(one, board, query=query, is_public=is_public) for one in standings])
        for heading, standings in board.by_section()
    ]


def row_of(standing: Standing, board: queries.Board, *, query: str, is_public: bool) -> Row:
    """Return one promise as a row: name and who, figure, chart, state and sentence, date."""
    promise, line = standing.promise, standing.line
    url = reverse("measures:promise", args=[promise.agreement_key, promise.key])
    return Row(
        title=promise.title,
        url="" if is_public else url + query,
        who=who_to_whom(standing),
        figure=figure_of(standing),
        bar=bar_of(standing),
        chart=fan_of(standing, board.clocks) if has_chart(standing) else None,
        state=chip(standing.state),
        sentence=queries.sentence(standing),
        when=say.day(line.due_on) if line.due_on else when_of(standing),
        key=promise.key,
    )


def has_chart(standing: Standing) -> bool:
    """Say whether there is a course to draw: a milestone is done or not."""
    return bool(standing.levels) and standing.promise.kind != PromiseKind.MILESTONE


def when_of(standing: Standing) -> str:
    """Return the date of a promise that has no deadline: when it was done, or that none was promised."""
    promise = standing.promise
    if promise.done_on is not None:
        return say.stated(promise.done_on, promise.done_precision)
    if promise.kind == PromiseKind.MILESTONE and standing.done.tally.last_on is not None:
        return say.day(standing.done.tally.last_on)
    return _("no date")


def who_to_whom(standing: Standing) -> SafeString:
    """Return who promised whom."""
    promise = standing.promise
    by = _names(promise.promisors)
    to = _names(promise.beneficiaries) or say.said(promise.beneficiary_text)
    if {one.pk for one in promise.promisors} == {one.pk for one in promise.beneficiaries}:
        return format_html(_('{by} <span class="quiet">to each other</span>'), by=by)
    return format_html(pgettext("promise", '{by} <span class="quiet">to</span> {to}'), by=by, to=to)


def _names(parties: Iterable[PartyRow]) -> SafeString:
    return format_html_join(_(", "), "{}", ((say.said(one.name),) for one in parties))


def figure_of(standing: Standing) -> Figure | None:
    """Return the number of the target with its unit and every provenance it is made of."""
    promise, done = standing.promise, standing.done
    target = standing.line.target
    unit = queries.unit_of(standing)
    if done.figure is not None and promise.kind != PromiseKind.MILESTONE:
        parts = [(part.amount, part.provenance.value) for part in done.figure.parts]
        return Figure(
            value=done.figure.amount,
            target=target,
            unit=unit,
            provenance=parts[0][1],
            parts=parts if len(parts) > 1 else (),
        )
    if promise.done_on is not None:
        plain = say.stated(promise.done_on, promise.done_precision)
        return Figure(None, plain=plain, provenance=Provenance.STATED.value)
    if promise.kind == PromiseKind.MILESTONE and done.figure is not None and done.tally.last_on is not None:
        return Figure(None, plain=say.day(done.tally.last_on), provenance=done.figure.provenances[-1].value)
    return Figure(None, target=target, unit=unit) if target is not None else None


def bar_of(standing: Standing) -> Bar | None:
    """Return the progress bar with the forecast's band; none without a target or a number."""
    done, foreseen, target = standing.done, standing.foreseen, standing.line.target
    if done.figure is None or target is None:
        return None
    band = None
    if foreseen is not None and standing.state in FORECAST and foreseen.low80 is not None:
        band = (foreseen.low80, foreseen.expected or 0.0, foreseen.high80 or 0.0)
    title = str(standing.promise.title)
    return Bar(title, float(done.figure.amount), float(target), TONES[standing.state], band, queries.unit_of(standing))


def fan_of(standing: Standing, bounds: queries.Clocks) -> Fan:
    """Return the chart of a promise: what was done, what is expected, what was promised."""
    promise, foreseen = standing.promise, standing.foreseen
    unit = queries.unit_of(standing)
    shown = standing.state in FORECAST and foreseen is not None
    done = [(day, float(level)) for day, level in standing.levels]
    if done and done[-1][0] < bounds.as_of:
        done.append((bounds.as_of, done[-1][1]))
    baseline = None
    if promise.baseline is not None and promise.baseline_on is not None:
        baseline = (promise.baseline_on, float(promise.baseline))
    return Fan(
        title=str(promise.title),
        description=queries.sentence(standing),
        unit=unit,
        done=tuple(done),
        as_of=bounds.as_of,
        baseline=baseline,
        forecast=_quantiles(standing, bounds) if shown else (),
        promised=_promised(standing, bounds),
        plan=tuple((day, float(level)) for day, level in promise.plan),
        provenance=_most_simulated(standing),
    )


def _quantiles(standing: Standing, bounds: queries.Clocks) -> tuple[Quantiles, ...]:
    """Return the fan after the day shown; it opens from the level of that day."""
    points = standing.foreseen.fan if standing.foreseen else ()
    level = float(standing.levels[-1][1]) if standing.levels else 0.0
    later = [point for point in points if point.on > bounds.as_of]
    opening = Quantiles(bounds.as_of, level, level, level, level, level)
    return (opening, *(Quantiles(p.on, p.q10, p.q25, p.q50, p.q75, p.q90) for p in later)) if later else ()


def _promised(standing: Standing, bounds: queries.Clocks) -> tuple[Promised, ...]:
    """Return every target agreed by the day; all but the last are drawn as amended."""
    promise = standing.promise
    if standing.line.target is None or standing.line.due_on is None:
        return ()
    start = promise.baseline_on or promise.starts_on or (standing.levels[0][0] if standing.levels else bounds.as_of)
    known = [one for one in promise.targets if one.number == 0 or (one.agreed_on and one.agreed_on <= bounds.as_of)]
    lines = [promise.target_on(one.agreed_on) if one.number and one.agreed_on else one for one in known]
    return tuple(
        Promised(start, one.due_on, float(one.target), amended=number < len(lines) - 1)
        for number, one in enumerate(lines)
        if one.target is not None and one.due_on is not None
    )


def _most_simulated(standing: Standing) -> str:
    """Return the provenance of what was counted: simulated as soon as any part of it is."""
    figure = standing.done.figure
    return figure.provenances[-1].value if figure else ""


def with_clock(request_query: dict[str, str]) -> str:
    """Return the address parameters that keep a page's clocks."""
    kept = {key: value for key, value in request_query.items() if key in {"as_of", "known_on"} and value}
    return f"?{urlencode(kept)}" if kept else ""
