"""The reasons of a plan in words, and what would have to change, for the team that asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from accord.engines.spaceplan import Change, Code
from accord.workspace.enums import SpaceKind
from accord.workspace.queries._money import in_major

PlanTone = tuple[str, str | Promise]

_SHORT: Mapping[str, str | Promise] = {
    Code.FIRST_CHOICE: gettext_lazy("First choice"),
    Code.OTHER_BUILDING: gettext_lazy("Other building"),
    Code.OTHER_FLOOR: gettext_lazy("Other floor"),
    Code.NEXT_BEST: gettext_lazy("Next best"),
    Code.FIXED: gettext_lazy("Fixed by decision"),
    Code.MAY_NOT_MOVE: gettext_lazy("Stays"),
    Code.KEPT: gettext_lazy("Stays"),
    Code.MOVED: pgettext_lazy("in a plan", "Moves"),
    Code.MOVED_FOR_OTHERS: pgettext_lazy("in a plan", "Moves"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the keys in a plan are called, and the figures of its spaces."""

    currency: str
    codes: Mapping[str, str]
    teams: Mapping[str, str]
    buildings: Mapping[str, str]
    floors: Mapping[str, str]
    where: Mapping[str, str]
    areas: Mapping[str, Decimal]
    prices: Mapping[str, int]
    sits: Mapping[str, Sequence[str]]

    def spaces(self, keys: Sequence[str]) -> str:
        """Return the codes of spaces in a row."""
        return listed([self.codes.get(key, key) for key in keys])

    def people(self, keys: Sequence[str]) -> str:
        """Return the names of teams in a row."""
        return listed([self.teams.get(key, key) for key in keys])

    def money(self, minor: Decimal) -> str:
        """Return an amount with its currency."""
        return f"{self.currency} {in_major(int(minor), self.currency):,.2f}"


def listed(words: Sequence[str]) -> str:
    """Return words in a row, as the reader's language joins them."""
    return "、".join(words) if (get_language() or "").startswith("zh") else ", ".join(words)


def short_reason(code: str) -> str:
    """Return the reason in two words; all teams without a place share theirs."""
    return str(_SHORT.get(code) or _("No place"))


def tone_of(code: str, *, placed: bool) -> PlanTone:
    """Return the chip of a line: how it ends for the team."""
    if not placed:
        return "bad", short_reason(code)
    moves = code in {Code.MOVED, Code.MOVED_FOR_OTHERS}
    return ("wary" if moves else "standing" if code in {Code.KEPT, Code.MAY_NOT_MOVE} else "good"), short_reason(code)


def reason_in_words(code: str, facts: Mapping[str, Any], names: Names) -> str:
    """Return the whole reason in a sentence, with the figures and names that belong to it."""
    said = _placed(code, facts, names) or _no_place(code, facts, names)
    unmet = facts.get("unmet") or ()
    if unmet:
        said = f"{said} {_('Wished and not there: %(features)s.') % {'features': listed(list(unmet))}}"
    return said


def _figure(value: Any) -> str:
    """Return a figure that was kept as text."""
    number = Decimal(value["decimal"] if isinstance(value, dict) else value)
    return f"{number.normalize():,f}"


def _number(value: Any) -> Decimal:
    return Decimal(value["decimal"] if isinstance(value, dict) else value)


def _placed(code: str, facts: Mapping[str, Any], names: Names) -> str:
    """Return why a team is where it is; nothing for a team without a place."""
    others = names.people(facts.get("held_by", ()))
    if code in {Code.OTHER_BUILDING, Code.OTHER_FLOOR}:
        book = names.buildings if code == Code.OTHER_BUILDING else names.floors
        text = (
            _("Not in %(wished)s as wished: what would fit there goes to %(teams)s.")
            if others
            else _("Not in %(wished)s as wished: nothing there fits better.")
        )
        return text % {"wished": book.get(facts["wished"], facts["wished"]), "teams": others}
    if code == Code.NEXT_BEST:
        text = (
            _("Choice %(rank)s of %(of)s. %(spaces)s would suit better and goes to %(teams)s.")
            if others
            else _("Choice %(rank)s of %(of)s. %(spaces)s would suit better alone, but not beside others.")
        )
        return text % {**facts, "teams": others, "spaces": names.spaces(facts["better"])}
    if code == Code.MOVED:
        return _("Moves to a better place; that saves %(points)s points.") % {"points": _figure(facts["saves"])}
    if code == Code.MOVED_FOR_OTHERS:
        values = {"teams": others, "points": _figure(facts["costs"])}
        return _("Moves to make room for %(teams)s, at %(points)s points.") % values
    return {
        Code.FIRST_CHOICE: _("No place on offer suits it better."),
        Code.FIXED: _("Somebody decided on this place beforehand."),
        Code.MAY_NOT_MOVE: _("Stays where it is: this plan does not move it."),
        Code.KEPT: _("Stays where it is: no place on offer is worth a move."),
    }.get(Code(code), "")


def _no_place(code: str, facts: Mapping[str, Any], names: Names) -> str:
    """Return why a team has no place."""
    taken = {"spaces": names.spaces(facts.get("units", ())), "teams": names.people(facts.get("held_by", ()))}
    sizes = {name: _figure(facts[name]) for name in ("largest", "needed", "smallest", "allowed") if name in facts}
    prices = {name: names.money(_number(facts[name])) for name in ("cheapest", "limit") if name in facts}
    kinds = {"kinds": listed([str(SpaceKind(kind).label) for kind in facts.get("kinds", ())])}
    lacking = {"features": listed(list(facts.get("features", ())))}
    said = {
        Code.NOTHING_ON_OFFER: (_("There is no space that could be let from that day on."), {}),
        Code.NO_SUCH_KIND: (_("No space of this kind could be let: %(kinds)s."), kinds),
        Code.NOT_LARGE_ENOUGH: (
            _("Nothing is large enough: the largest has %(largest)s m², it needs %(needed)s."),
            sizes,
        ),
        Code.ONLY_LARGER: (
            _("Only larger places are there: from %(smallest)s m² on; the policy allows it %(allowed)s."),
            sizes,
        ),
        Code.MISSING_FEATURE: (_("No place of the right size has all that it needs. Missing: %(features)s."), lacking),
        Code.OVER_PRICE: (
            _("The cheapest place that fits is %(cheapest)s a month, over its limit of %(limit)s."),
            prices,
        ),
        Code.HELD_BY_SITTING: (_("What would fit, %(spaces)s, stays let to %(teams)s."), taken),
        Code.TAKEN: (_("All that fits goes to teams that come first: its best, %(spaces)s, to %(teams)s."), taken),
        Code.MORE_TEAMS: (_("Its best place, %(spaces)s, goes to %(teams)s: more teams are placed that way."), taken),
    }
    text, values = said[Code(code)]
    return text % values


def change_in_words(change: str, units: Sequence[str], params: Mapping[str, Any], names: Names) -> str:
    """Return what would have to change, and which place that would open."""
    place = {"spaces": names.spaces(units)}
    if change == Change.MOVE_OTHERS:
        return _("%(spaces)s would suit best. %(teams)s would have to go elsewhere.") % {
            **place,
            "teams": names.people(params["teams"]),
        }
    if change == Change.RAISE_PRICE:
        figures = {"by": names.money(params["by"]), "to": names.money(params["to"])}
        return _("With a limit higher by %(by)s, at %(to)s a month, it could have %(spaces)s.") % {**place, **figures}
    if change in {Change.LOWER_AREA, Change.ALLOW_WASTE}:
        text = (
            _("If %(to)s m² were enough, it could have %(spaces)s.")
            if change == Change.LOWER_AREA
            else _("If the policy let it have %(to)s m², it could have %(spaces)s.")
        )
        return text % {**place, "to": _figure(params["to"])}
    if change == Change.DROP_FEATURE:
        return _("Without %(features)s it could have %(spaces)s.") % {
            **place,
            "features": listed(list(params["features"])),
        }
    if change == Change.OTHER_KIND:
        kinds = listed([str(SpaceKind(kind).label) for kind in params["kinds"]])
        return _("If it took another kind of space (%(kinds)s), it could have %(spaces)s.") % {**place, "kinds": kinds}
    return _("%(spaces)s is free and nearest, but more than one thing would have to change.") % place
