"""How a promise stands, in one plain sentence of the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accord.agreements.queries import Quote
from accord.measures.enums import PromiseState
from accord.measures.queries._board import Standing
from accord.measures.queries._foreseen import Foreseen
from accord.measures.queries._standing import states_count
from accord.ui import say

PACE = Decimal("0.1")
_COUNTED: Mapping[PromiseState, Promise] = {
    PromiseState.DELIVERED: gettext_lazy("%(count)s delivered"),
    PromiseState.VERY_LIKELY: gettext_lazy("%(count)s very likely"),
    PromiseState.LIKELY: gettext_lazy("%(count)s likely"),
    PromiseState.EVEN: gettext_lazy("%(count)s as likely as not"),
    PromiseState.UNLIKELY: gettext_lazy("%(count)s unlikely"),
    PromiseState.VERY_UNLIKELY: gettext_lazy("%(count)s very unlikely"),
    PromiseState.MISSED: gettext_lazy("%(count)s missed"),
    PromiseState.TOO_EARLY: gettext_lazy("%(count)s too early to tell"),
    PromiseState.STANDING: gettext_lazy("%(count)s standing"),
    PromiseState.OPEN: gettext_lazy("%(count)s not done yet"),
    PromiseState.NOT_MEASURED: gettext_lazy("%(count)s not measured yet"),
}


def sentence(standing: Standing) -> str:
    """Return the sentence beside the state: what is expected, or why nothing is."""
    said = _SENTENCES.get(standing.state, _foreseen)(standing)
    dormant = standing.dormant_days
    if dormant is None:
        return said
    return _("%(sentence)s No record for %(days)s days.") % {"sentence": said, "days": dormant}


def long_sentence(standing: Standing) -> str:
    """Return the opening sentence of the promise page: chance, range, and the pace it takes."""
    foreseen = standing.foreseen
    if foreseen is None or foreseen.expected is None or standing.state in _SENTENCES:
        return sentence(standing)
    words = {
        "shown": foreseen.shown,
        "target": say.count(standing.line.target or 0),
        "due": say.day(standing.line.due_on) if standing.line.due_on else "",
        "expected": _rounded(foreseen.expected),
        "low": _rounded(foreseen.low80),
        "high": _rounded(foreseen.high80),
        "needed": _pace(foreseen.pace_needed),
        "recent": _pace(foreseen.pace_recent),
    }
    return (
        _(
            "%(shown)s in 100 to reach %(target)s by %(due)s. We expect %(expected)s, and %(low)s to %(high)s in "
            "8 cases of 10. To get there: %(needed)s a week from now; the last eight weeks ran at %(recent)s."
        )
        % words
    )


def counted_in_words(states: Sequence[PromiseState]) -> str:
    """Return how many promises stand where: “8 promises. 1 delivered, 1 likely, …”."""
    total = ngettext("%(count)s promise.", "%(count)s promises.", len(states)) % {"count": len(states)}
    parts = [_of_state(state, count) for state, count in states_count(states).items()]
    return _("%(total)s %(parts)s.") % {"total": total, "parts": _(", ").join(parts)} if parts else total


def states_in_words(states: Mapping[PromiseState, int]) -> str:
    """Return how many promises stand where, from counts; empty where nothing was counted yet."""
    return _(", ").join(_of_state(state, states[state]) for state in PromiseState if state in states)


def state_counts(states: Sequence[PromiseState]) -> list[tuple[PromiseState, str]]:
    """Return each state with its count in words, for pages that set bad news in bold."""
    return [(state, _of_state(state, count)) for state, count in states_count(states).items()]


def quote_in_words(quote: Quote) -> str:
    """Return where something stands: document, its date, paragraph."""
    words = {
        "title": str(quote.title),
        "day": say.day(quote.published_on) if quote.published_on else "",
        "paragraph": quote.paragraph,
    }
    if quote.published_on and quote.paragraph:
        return _("%(title)s, %(day)s, paragraph %(paragraph)s") % words
    if quote.paragraph:
        return _("%(title)s, paragraph %(paragraph)s") % words
    return str(quote.title)


def unit_of(standing: Standing) -> str:
    """Return the unit in which the promise is counted; empty for a milestone."""
    return str(standing.measure.unit) if standing.measure else ""


def _of_state(state: PromiseState, count: int) -> str:
    """Return “1 delivered” in the reader's language."""
    return str(_COUNTED[state]) % {"count": count}


def _rounded(value: float | None) -> str:
    """Return a level as people say it: whole."""
    return say.count(round(value or 0))


def _pace(value: float | None) -> str:
    """Return a pace with one decimal, whole from a hundred on."""
    pace = value or 0.0
    return say.count(round(pace) if abs(pace) >= 100 else Decimal(str(pace)).quantize(PACE))  # noqa: PLR2004 (where a decimal stops to matter)


def _foreseen(standing: Standing) -> str:
    """Return the forecast in one line."""
    foreseen = standing.foreseen
    if foreseen is None or foreseen.expected is None:
        return _too_early(standing)
    words = {
        "shown": foreseen.shown,
        "expected": _rounded(foreseen.expected),
        "low": _rounded(foreseen.low80),
        "high": _rounded(foreseen.high80),
    }
    return _("%(shown)s in 100. We expect %(expected)s, and %(low)s to %(high)s in 8 cases of 10.") % words


def _too_early(standing: Standing) -> str:
    """Return what the first forecast waits for."""
    return _WAITS.get(_reason(standing.foreseen), _waits_for_weeks)(standing.foreseen)


def _reason(foreseen: Foreseen | None) -> str:
    """Return which of the gate's three conditions is short."""
    return str(foreseen.too_early.get("reason", "")) if foreseen else ""


def _waits_for_weeks(foreseen: Foreseen | None) -> str:
    """Return the sentence for too few weeks, with the day of the first forecast where it is known."""
    earliest = foreseen.too_early.get("earliest_on") if foreseen else None
    if earliest:
        return _("First forecast on %(day)s, after four full weeks.") % {"day": say.day(date.fromisoformat(earliest))}
    return _("First forecast after four full weeks of records.")


def _waits_for_term(foreseen: Foreseen | None) -> str:
    """Return the sentence for too short a part of the term."""
    earliest = foreseen.too_early.get("earliest_on") if foreseen else None
    day = say.day(date.fromisoformat(earliest)) if earliest else ""
    return _("First forecast on %(day)s, after 15 %% of the term.") % {"day": day}


def _waits_for_events(foreseen: Foreseen | None) -> str:
    """Return the sentence for too few records."""
    del foreseen
    return _("First forecast after three records.")


_WAITS: Mapping[str, Callable[[Foreseen | None], str]] = {
    "weeks": _waits_for_weeks,
    "term": _waits_for_term,
    "events": _waits_for_events,
}


def _delivered(standing: Standing) -> str:
    """Return how a promise was kept."""
    promise = standing.promise
    if promise.done_on is not None:
        return _("Stated as done: %(day)s.") % {"day": say.stated(promise.done_on, promise.done_precision)}
    if standing.line.target is None:
        last = standing.done.tally.last_on
        return _("Done on %(day)s, confirmed by the other side.") % {"day": say.day(last)} if last else ""
    figure = standing.done.figure
    words = {
        "level": say.count(figure.amount if figure else 0),
        "target": say.count(standing.line.target),
    }
    if standing.measure is not None and standing.measure.can_fall and standing.line.due_on:
        return _("%(level)s of %(target)s; it may fall again before %(day)s.") % {
            **words,
            "day": say.day(standing.line.due_on),
        }
    return _("%(level)s of %(target)s.") % words


def _missed(standing: Standing) -> str:
    """Return by how much a promise was missed."""
    if standing.line.target is None:
        return _("Not done by its day.")
    short = standing.line.target - (standing.done.in_time or Decimal(0))
    return _("Missed by %(short)s.") % {"short": say.count(short)}


def _standing(standing: Standing) -> str:
    """Return the trend of a promise without number and end."""
    done = standing.done
    if done.figure is None:
        return _("No record yet.")
    words = {"recent": say.count(done.recent), "before": say.count(done.before)}
    if standing.measure is not None and standing.measure.can_fall:
        return _("Change in the last 13 weeks: %(recent)s; in the 13 before: %(before)s.") % words
    return _("%(recent)s in the last 13 weeks, %(before)s in the 13 before.") % words


def _open(standing: Standing) -> str:
    """Return when a milestone is due."""
    due = standing.line.due_on
    return _("Due %(day)s.") % {"day": say.day(due)} if due else _("No date was promised.")


def _not_measured(standing: Standing) -> str:
    """Return why nothing is counted."""
    if not standing.promise.measure_code:
        return _("The promise names no measure.")
    return _("Nothing counts this here yet.")


_SENTENCES: Mapping[PromiseState, Callable[[Standing], str]] = {
    PromiseState.DELIVERED: _delivered,
    PromiseState.MISSED: _missed,
    PromiseState.TOO_EARLY: _too_early,
    PromiseState.STANDING: _standing,
    PromiseState.OPEN: _open,
    PromiseState.NOT_MEASURED: _not_measured,
}
