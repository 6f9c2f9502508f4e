"""Doors to the criteria of a zone: the checklist, and each criterion with the records behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotThere
from accord.ui import say
from accord.ui.charts import Fan, Promised, csv_response, json_response, vega_response
from accord.ui.parts import Description, Figure, Item, Row, Rows
from accord.workspace import queries, rules
from accord.workspace.enums import CriterionState
from accord.workspace.forms import BEHIND, CRITERIA, criterion_chip
from accord.workspace.queries import Answer, Behind, Checklist, Criterion, Site, Standing
from accord.workspace.views._care_ground import Ground, ground_of
from accord.workspace.views._team_ground import notes_of

FILES = {"csv": csv_response, "json": json_response}


@require_GET
@signed_in
def criteria(request: Request, site: str) -> HttpResponseBase:
    """Show how a site stands against the criteria of its zone, as of a day."""
    ground = ground_of(request, site)
    sets = queries.rule_sets()
    asked = request.GET.get("rules", sets[0].key)
    chosen = next((one for one in sets if one.key == asked), sets[0])
    on, by = _day_asked(request, ground), _period_asked(request)
    found = queries.checklist(ground.site, chosen, on, by=by)
    page = CRITERIA.page(request.GET, found.standings)
    if page.format:
        return CRITERIA.export(page, filename=f"{site}-criteria-{chosen.key}-{on}", notes=_notes(request, found))
    context = ground.context(request, "criteria") | {
        "rules": chosen,
        "sets": [{"key": one.key, "name": one.name, "current": one is chosen} for one in sets],
        "list": found,
        "as_of": on,
        "by": by,
        "met": found.count(CriterionState.MET),
        "unmet": found.count(CriterionState.UNMET),
        "unmeasured": found.count(CriterionState.UNMEASURED),
        "unbound": found.count(CriterionState.UNBOUND),
        "rows": Rows("", [_row(ground.site, found, one) for one in found.standings]),
        "history": _history(found),
        "exports": page.exports,
        "query": f"rules={chosen.key}&as_of={on}&",
    }
    return render(request, "workspace/criteria.html", context)


def _day_asked(request: Request, ground: Ground) -> date:
    """Return the day that the reader asked for; today where they asked for none, for an odd one, or for a later one."""
    try:
        return min(date.fromisoformat(request.GET.get("as_of", "")), ground.today)
    except ValueError:
        return ground.today


def _period_asked(request: Request) -> str:
    """Return whether the history goes by quarter or by month."""
    return "month" if request.GET.get("by") == "month" else "quarter"


def _notes(request: Request, found: Checklist) -> list[Any]:
    """Return what the file for the yearly return says of itself."""
    source = found.rules.source
    lines = [
        f"{found.rules.name} · {source.number} · {source.title} · {source.issuer} · {source.year}",
        _("As of %(day)s") % {"day": say.day(found.day)},
        str(source.reading),
        str(found.rules.note),
    ]
    return [*notes_of(request), *(line for line in lines if line)]


def _row(site: Site, found: Checklist, standing: Standing) -> Row:
    """Return a criterion as a row: the number, how it went, how it stands, and what is missing."""
    criterion, first = standing.criterion, standing.first
    url = reverse("workspace:criterion", args=[site.key, found.rules.key, criterion.code])
    amount = first.amount
    return Row(
        title=criterion.name,
        url=f"{url}?as_of={found.day}",
        who=_asked(standing),
        figure=Figure(None if amount is None else round(amount, 2), unit=first.unit) if amount is not None else None,
        chart=_chart(criterion, found.history[criterion.code], standing.answers.index(first)),
        state=criterion_chip(standing.state),
        sentence=_sentence(standing.gap),
        key=criterion.code,
    )


def _asked(standing: Standing) -> str:
    """Return everything that a criterion asks for, in words."""
    between = _(", or ") if standing.criterion.is_any else _("; and ")
    return between.join(one.asked for one in standing.answers)


def _sentence(words: str) -> str:
    """Return words as a sentence begins."""
    return words[:1].upper() + words[1:]


def _chart(criterion: Criterion, history: Sequence[Standing], number: int) -> Fan | None:
    """Return how one number of a criterion went, with what is asked for as a dotted line; None before two are known."""
    answers = [(one.day, one.answers[number]) for one in history]
    done = tuple((day, float(answer.amount)) for day, answer in answers if answer.amount is not None)
    if len(done) < 2:  # noqa: PLR2004 (a line has two ends)
        return None
    demand, unit = answers[-1][1].demand, answers[-1][1].unit
    least = demand.at_least
    asked = () if least is None else (Promised(done[0][0], answers[-1][0], float(least), label=answers[-1][1].asked),)
    return Fan(str(criterion.name), str(criterion.rule), unit, done=done, as_of=answers[-1][0], promised=asked)


def _history(found: Checklist) -> dict[str, Any]:
    """Return how each criterion stood at the end of each period, as a table of marks."""
    first = next(iter(found.history.values()))
    return {
        "days": [one.day for one in first],
        "lines": [
            {
                "name": one.criterion.name,
                "chips": [criterion_chip(each.state) for each in found.history[one.criterion.code]],
            }
            for one in found.standings
        ],
    }


@dataclass(frozen=True, slots=True)
class Linked:
    """A record behind a number with its address, as a list filters and searches it."""

    record: Behind
    name: Any
    url: str
    words: str

    @property
    def counts(self) -> bool:
        """Say whether it counts."""
        return self.record.counts

    @property
    def said(self) -> str:
        """Return the same as the filter asks it."""
        return "yes" if self.record.counts else "no"


@require_GET
@signed_in
def criterion(request: Request, site: str, level: str, code: str) -> HttpResponseBase:
    """Show one criterion as of a day: how it is counted, how it went, and the records behind it."""
    ground = ground_of(request, site)
    chosen = queries.find_rules(level)
    found = chosen.find(code)
    if found is None:
        raise NotThere(_("There is no criterion of this name."))
    on, by = _day_asked(request, ground), _period_asked(request)
    history = queries.checklist(ground.site, chosen, on, by=by).history[code]
    charts = [chart for number in range(len(found.demands)) if (chart := _chart(found, history, number))]
    if (answer := _file(request, charts, f"{site}-{code}")) is not None:
        return answer
    names_staff = rules.may_keep_teams(request.actor, ground.site.operator_id)
    behind = queries.records_behind(ground.site, found, on, names_staff=names_staff)
    page = BEHIND.page(request.GET, [_linked(ground.site, one) for one in behind])
    people_shown(request.actor, [one.record.person for one in page.records if one.record.person], ground.now)
    if page.format:
        return BEHIND.export(page, filename=f"{site}-{code}-{on}", notes=notes_of(request))
    standing = history[-1]
    context = ground.context(request, "criteria") | {
        "rules": chosen,
        "criterion": found,
        "standing": standing,
        "chip": criterion_chip(standing.state),
        "gap": _sentence(standing.gap),
        "facts": _facts(standing),
        "charts": [{"chart": chart, "at": number} for number, chart in enumerate(charts)],
        "as_of": on,
        "by": by,
        "table": page,
        "hides_staff": not names_staff and any("staff" in one.value for one in found.demands),
    }
    return render(request, "workspace/criterion.html", context)


def _facts(standing: Standing) -> Description:
    """Return what a criterion asks for and what it comes to."""
    items = [item for one in standing.answers for item in _pair(one)]
    return Description(tuple(items))


def _pair(answer: Answer) -> tuple[Item, Item]:
    return Item(_("Asked for"), answer.asked), Item(_("Worked out"), answer.said)


def _file(request: Request, charts: Sequence[Fan], name: str) -> HttpResponseBase | None:
    """Return a chart's numbers as the file that the address asks for."""
    kind, number = request.GET.get("chart", ""), request.GET.get("at", "0")
    if not number.isdecimal() or int(number) >= len(charts):
        return None
    if kind == "vega":
        return vega_response(charts[int(number)], name)
    return FILES[kind](charts[int(number)], name) if kind in FILES else None


def _linked(site: Site, record: Behind) -> Linked:
    return Linked(record, record.name, _address(site, record), f"{record.name} {record.what}")


ROUTES: Mapping[str, str] = {"team": "team", "floor": "floor", "space": "space", "mentor": "mentor"}
"""The pages of records, by kind."""


def _address(site: Site, record: Behind) -> str:
    """Return the page of a record; that of all staff and funds for those that have none of their own."""
    if record.kind in {"staff", "fund"}:
        return reverse("workspace:staff", args=[site.key])
    return reverse(f"workspace:{ROUTES[record.kind]}", args=[site.key, record.key])
