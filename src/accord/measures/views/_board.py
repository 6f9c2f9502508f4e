"""Doors to the list of agreements, to boards, and to the public page with its badge."""

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.agreements import queries as agreements_queries
from accord.agreements.queries import Agreement, may_bring_in
from accord.kernel import clock
from accord.kernel.access import Request, open_to_all, signed_in
from accord.measures import queries
from accord.measures.enums import PromiseState, Provenance
from accord.measures.forms import AGREEMENTS
from accord.measures.views._clocks import Asked, asked_clocks
from accord.measures.views._rows import board_rows, row_of, with_clock
from accord.measures.views._side import side_panels
from accord.ui.parts import Link, Rows
from accord.ui.tables import Column, Table

BAD = {PromiseState.UNLIKELY, PromiseState.VERY_UNLIKELY, PromiseState.MISSED}


def _to(standing: queries.Standing) -> str:
    """Return who is promised it."""
    names = [str(one.name) for one in standing.promise.beneficiaries]
    return ", ".join(names) or str(standing.promise.beneficiary_text)


def _provenances(standing: queries.Standing) -> str:
    """Return every provenance of the figure."""
    if standing.done.figure is None:
        return str(_("stated")) if standing.promise.done_on else ""
    return str(_(", ")).join(str(one.label) for one in standing.done.figure.provenances)


PROMISES = Table(
    name="promises",
    columns=(
        Column("section", _("Section"), value="promise.section"),
        Column("title", _("Promise"), value="promise.title"),
        Column("by", _("Promised by"), value=lambda row: str(_(", ")).join(str(p.name) for p in row.promise.promisors)),
        Column("to", _("Promised to"), value=_to),
        Column("promised", _("Promised amount"), kind="number", value="line.target"),
        Column("due_on", _("Deadline"), kind="day", value="line.due_on"),
        Column("delivered", _("Delivered"), kind="number", value="done.figure.amount"),
        Column("unit", _("Unit"), value=queries.unit_of),
        Column("provenance", _("Provenance"), value=_provenances),
        Column("state", _("State"), value=lambda row: str(row.state.label)),
        Column("sentence", _("In words"), value=queries.sentence),
        Column("in_100", _("Chance in 100"), kind="number", value="foreseen.shown"),
        Column("expected", _("Expected"), kind="number", value="foreseen.expected"),
        Column("low80", _("Low of 80 %"), kind="number", value="foreseen.low80"),
        Column("high80", _("High of 80 %"), kind="number", value="foreseen.high80"),
    ),
)


@require_GET
@signed_in
def agreements(request: Request) -> HttpResponseBase:
    """List the agreements that the person may know of, and how their promises stand."""
    day = clock.today(request.world)
    visible = agreements_queries.agreements_visible_to(request.actor)
    page = AGREEMENTS.page(request.GET, queries.agreement_lines(visible, day))
    if page.format:
        return AGREEMENTS.export(page, notes=demo_notes(request))
    context = {"table": page, "may_bring_in": may_bring_in(request.actor)}
    return render(request, "measures/agreements.html", context)


@require_GET
@signed_in
def board(request: Request, key: str) -> HttpResponseBase:
    """Show promised against delivered, as of any day; as a page or as data."""
    agreement = agreements_queries.find_agreement(request.actor, key)
    asked = asked_clocks(request)
    shown = queries.board(agreement, asked.bounds)
    if request.GET.get("format") == "json":
        return JsonResponse(queries.board_as_data(shown, is_demo=request.world.is_demo))
    page = PROMISES.page(request.GET, list(shown.standings))
    if page.format:
        return PROMISES.export(page, filename=f"{key}-promises", notes=demo_notes(request))
    context = board_context(shown, asked, party=request.GET.get("party", ""), query=with_clock(request.GET.dict()))
    waiting = queries.waiting_for(request.actor, agreement_id=agreement.pk, limit=5)
    context["side"] = side_panels(shown, waiting)
    context["exports"] = _exports(request)
    context["party_pills"] = _party_pills(request, agreement)
    return render(request, "measures/board.html", context)


@require_GET
@signed_in
def reciprocity(request: Request, key: str) -> HttpResponse:
    """Show who promised whom, and how it stands."""
    agreement = agreements_queries.find_agreement(request.actor, key)
    asked = asked_clocks(request)
    shown = queries.board(agreement, asked.bounds)
    groups = [
        Rows(
            gettext("%(by)s to %(to)s")
            % {"by": one.promisor.name, "to": one.beneficiary.name if one.beneficiary else one.others},
            [row_of(row, shown, query=with_clock(request.GET.dict()), is_public=False) for row in one.standings],
            note=queries.counted_in_words([row.state for row in one.standings]),
        )
        for one in queries.reciprocity(shown.standings)
    ]
    return render(request, "measures/reciprocity.html", {"agreement": agreement, "groups": groups, "asked": asked})


@require_GET
@open_to_all
def public_board(request: Request, token: str) -> HttpResponse:
    """Show the board of an agreement whose parties opened its public page; without records and names of people."""
    agreement = agreements_queries.find_public(token)
    asked = asked_clocks(request)
    context = board_context(queries.board(agreement, asked.bounds), asked, is_public=True)
    return render(request, "measures/public_board.html", context)


@require_GET
@open_to_all
def badge(request: Request, token: str) -> HttpResponse:
    """Answer a small picture that says how the promises stand, for other sites."""
    agreement = agreements_queries.find_public(token)
    lines = queries.agreement_lines(agreements_queries.only(agreement), clock.today(request.world))
    states = lines[0].states
    words = gettext("%(kept)s of %(all)s delivered") % {
        "kept": states.get(PromiseState.DELIVERED, 0),
        "all": lines[0].promises,
    }
    tone = "bad" if BAD & states.keys() else "good"
    answer = render(
        request,
        "measures/badge.svg",
        {"words": words, "tone": tone, "is_demo": request.world.is_demo, "simulated": Provenance.SIMULATED.label},
        content_type="image/svg+xml",
    )
    answer["Cache-Control"] = "public, max-age=300"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to stand on other sites
    return answer


def board_context(
    shown: queries.Board, asked: Asked, *, party: str = "", query: str = "", is_public: bool = False
) -> dict[str, object]:
    """Return what the board's templates need."""
    agreement: Agreement = shown.agreement
    seen = [one for one in shown.standings if not party or _concerns(one, party)]
    kept = queries.Board(agreement, shown.clocks, tuple(seen), shown.recent, shown.moved)
    return {
        "agreement": agreement,
        "life": agreements_queries.life_of(agreement, asked.as_of),
        "silent_since": queries.board_silent_since(shown),
        "parties": agreements_queries.parties_of(agreement),
        "asked": asked,
        "party": party,
        "counts": [(words, state in BAD) for state, words in queries.state_counts(kept.states)],
        "total": len(seen),
        "dormant": [one for one in seen if one.dormant_days is not None],
        "groups": board_rows(kept, query=query, is_public=is_public),
    }


def demo_notes(request: Request) -> tuple[str, ...]:
    """Return the line that every export of a demo world begins with."""
    return (
        (gettext("Demonstration world. Deliveries are simulated; stated figures are quoted."),)
        if request.world.is_demo
        else ()
    )


def _concerns(standing: queries.Standing, party: str) -> bool:
    """Say whether a party gives or receives the promise."""
    sides = (*standing.promise.promisors, *standing.promise.beneficiaries)
    return any(one.key == party for one in sides)


def _party_pills(request: Request, agreement: Agreement) -> list[Link]:
    """Return the choice of a party whose promises are shown; it keeps the page's clocks."""
    kept = with_clock(request.GET.dict())
    chosen = request.GET.get("party", "")
    everyone = Link(gettext("All parties"), kept or "?", current=not chosen)
    parties = agreements_queries.parties_of(agreement)
    keys = [(party.institution.key, party.name) for party in parties]
    return [
        everyone,
        *(Link(name, f"?party={key}{kept.replace('?', '&')}", current=key == chosen) for key, name in keys),
    ]


def _exports(request: Request) -> list[Link]:
    """Return the links to the same board as data."""
    kept = request.GET.copy()
    links = []
    for label, kind in (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json")):
        kept["format"] = kind
        links.append(Link(label, f"?{kept.urlencode()}", hidden=gettext("of this board")))
    return links
