"""How the lists of places, hosts, runs, results and offers are filtered, searched and sorted."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.enums import MatchChange, Mechanism, OfferState, RunKind
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

OFFER_TONES = {
    OfferState.OPEN: Tone.WARY,
    OfferState.ACCEPTED: Tone.DONE,
    OfferState.DECLINED: Tone.MISSED,
    OfferState.LAPSED: Tone.MISSED,
    OfferState.WITHDRAWN: Tone.MUTE,
}
RUN_TONES = {RunKind.DRY: Tone.MUTE, RunKind.WHAT_IF: Tone.STANDING, RunKind.PUBLISHED: Tone.DONE}

HOLDING = (OfferState.OPEN, OfferState.ACCEPTED)
"""How an offer stands that can be taken back."""


def offer_chip(state: str) -> State:
    """Return how an offer stands, as a chip."""
    return State(OFFER_TONES[OfferState(state)], OfferState(state).label)


def run_chip(run: Any) -> State:
    """Return what a run was made for, as a chip; a published one that was replaced says so."""
    if run.replaced_at is not None:
        return State(Tone.MUTE, pgettext_lazy("a match run", "Replaced"))
    return State(RUN_TONES[RunKind(run.kind)], RunKind(run.kind).label)


def _of(call: Any, name: str, *more: Any) -> str:
    return reverse(f"programmes:{name}", args=[call.programme.key, call.key, *more])


def _place_state(row: Any) -> State:
    if row.closed_at is not None:
        return State(Tone.MUTE, pgettext_lazy("a place", "Closed"))
    if row.held >= row.count:
        return State(Tone.DONE, pgettext_lazy("a place", "Filled"))
    return State(Tone.GOOD, pgettext_lazy("a place", "Open"))


PLACES_LIST = Table(
    name="places",
    columns=(
        Column(
            "code", pgettext_lazy("of a place", "Code"), sort="code", url=lambda row: _of(row.call, "place", row.code)
        ),
        Column("name", _("Name"), sort="name"),
        Column("host", pgettext_lazy("of a place", "Host"), value=lambda row: row.host.institution.name),
        Column("city", _("City"), hidden=True),
        Column("count", pgettext_lazy("how many", "Places"), kind="number", sort="count"),
        Column("minimum", _("Fewest people"), kind="number", sort="minimum", hidden=True),
        Column("limit", pgettext_lazy("of places", "Limit"), value=lambda row: row.limit.name if row.limit else ""),
        Column("wanted", pgettext_lazy("by people", "Wanted by"), kind="number", sort="wanted"),
        Column("first", _("First choice of"), kind="number", sort="first"),
        Column("ranked", _("Ranked"), kind="number", sort="ranked", hidden=True),
        Column("offered", _("Offers open"), kind="number", sort="offered"),
        Column("held", _("Seats held"), kind="number", sort="held"),
        Column("state", pgettext_lazy("of a place", "State"), value=_place_state),
    ),
    search=("code", "name__en", "name__zh-hans"),
    default_sort="code",
    empty=Empty(
        _("No places yet"), _("Hosts open places by account or by link; you may also open them or bring in a table.")
    ),
)

HOSTS_LIST = Table(
    name="hosts",
    columns=(
        Column("institution", _("Institution"), value=lambda row: row.institution.name, sort="institution__key"),
        Column("contact", _("Contact"), value=lambda row: row.contact.name),
        Column("email", _("Email address"), hidden=True),
        Column("places", _("Places open"), kind="number", value="places_open", sort="places_open"),
        Column("wanted", _("Wishes"), kind="number", sort="wanted"),
        Column("ranked", _("Ranking done"), kind="moment", value="ranked_at", sort="ranked_at"),
        Column("reminded", _("Reminded"), kind="moment", value="reminded_at", sort="reminded_at", hidden=True),
        Column("invited", _("Invited"), kind="moment", value="invited_at", sort="invited_at", hidden=True),
    ),
    search=("institution__key", "email"),
    default_sort="institution",
    empty=Empty(_("No hosts yet"), _("Invite companies and universities; each opens its places itself.")),
)

RUNS_LIST = Table(
    name="runs",
    columns=(
        Column("number", _("Run"), kind="number", sort="number", url=lambda row: _of(row.call, "run", row.number)),
        Column("kind", _("Kind"), value=run_chip, sort="kind"),
        Column("mechanism", _("Way of placing"), value=lambda row: Mechanism(row.mechanism).label, sort="mechanism"),
        Column("placed", _("Placed"), kind="number", sort="placed"),
        Column("unplaced", pgettext_lazy("in a match", "Without a place"), kind="number", sort="unplaced"),
        Column("note", pgettext_lazy("on a run", "Note")),
        Column("made_at", pgettext_lazy("a run", "Made"), kind="moment", sort="made_at"),
        Column("made_by", _("By"), value=lambda row: row.made_by.name, hidden=True),
    ),
    filters=(Filter("kind", _("Kind"), choices=tuple(RunKind.choices)),),
    default_sort="-number",
    empty=Empty(_("No runs yet"), _("A dry run shows who would get which place and why. It binds nobody.")),
)


def _change(row: Any) -> Any:
    return MatchChange(row.change).label if row.change else ""


def _rank(row: Any) -> Any:
    return row.rank


LINES_LIST = Table(
    name="match-lines",
    columns=(
        Column(
            "application",
            _("Application"),
            value=lambda row: row.application.reference,
            sort="application__reference",
            url=lambda row: _of(row.run.call, "run-line", row.run.number, row.application.reference),
        ),
        Column("applicant", pgettext_lazy("of a call", "Applicant"), value=lambda row: row.application.applicant.name),
        Column("place", pgettext_lazy("of a call", "Place"), value=lambda row: row.place.name if row.place else ""),
        Column(
            "code",
            pgettext_lazy("of a place", "Code"),
            value=lambda row: row.place.code if row.place else "",
            hidden=True,
        ),
        Column(
            "host",
            pgettext_lazy("of a place", "Host"),
            value=lambda row: row.place.host.institution.name if row.place else "",
        ),
        Column("rank", pgettext_lazy("of a wish", "Choice"), kind="number", value=_rank, sort="rank"),
        Column("change", _("Against the run before"), value=_change, sort="change"),
    ),
    filters=(
        Filter("change", _("Against the run before"), choices=tuple(MatchChange.choices)),
        Filter("choice", pgettext_lazy("of a wish", "Choice"), lookup="choice"),
        Filter(
            "placed",
            _("Placed"),
            choices=(("no", pgettext_lazy("in a match", "Without a place")), ("yes", _("Placed"))),
            lookup="is_placed",
        ),
    ),
    search=("application__reference",),
    default_sort="application",
    empty=Empty(_("Nobody in this run"), _("Nobody waited for a place when it was made.")),
)

OFFERS_LIST = Table(
    name="offers",
    columns=(
        Column(
            "application",
            _("Application"),
            value=lambda row: row.application.reference,
            sort="application__reference",
            url=lambda row: _of(row.place.call, "application", row.application.reference),
        ),
        Column("applicant", pgettext_lazy("of a call", "Applicant"), value=lambda row: row.application.applicant.name),
        Column(
            "place",
            pgettext_lazy("of a call", "Place"),
            value=lambda row: row.place.name,
            sort="place__code",
            url=lambda row: _of(row.place.call, "place", row.place.code),
        ),
        Column("state", pgettext_lazy("an offer", "State"), value=lambda row: offer_chip(row.state), sort="state"),
        Column("answer_by_at", _("Answer by"), kind="moment", sort="answer_by_at"),
        Column("told_at", _("Told"), kind="moment", sort="told_at", hidden=True),
        Column("answered_at", _("Answered"), kind="moment", sort="answered_at"),
        Column("reason", _("Reason"), value="answer_reason", hidden=True),
        Column(
            "act",
            _("What can be done"),
            value=lambda row: _("Take back") if row.state in HOLDING else "",
            url=lambda row: _of(row.place.call, "offer-back", row.pk) if row.state in HOLDING else "",
        ),
    ),
    filters=(Filter("state", pgettext_lazy("an offer", "State"), choices=tuple(OfferState.choices)),),
    search=("application__reference", "place__code"),
    default_sort="-answer_by_at",
    empty=Empty(_("No offers yet"), _("Publishing a run makes them all at once; single ones can be made by hand.")),
)
