"""How the lists of applications, tenancies, graduates and benefits are filtered, searched and sorted."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table
from accord.workspace.enums import ApplicationState, Fate, GraduationRule, SpaceKind, TenancyState
from accord.workspace.queries import BenefitLine, Benefits, fate_said, in_major

APPLICATION_TONES = {
    ApplicationState.WAITING: Tone.WARY,
    ApplicationState.OFFERED: Tone.STANDING,
    ApplicationState.PLACED: Tone.DONE,
    ApplicationState.WITHDRAWN: Tone.MUTE,
    ApplicationState.REFUSED: Tone.MUTE,
}
TENANCY_TONES = {
    TenancyState.OFFERED: Tone.WARY,
    TenancyState.SIGNED: Tone.GOOD,
    TenancyState.DECLINED: Tone.MUTE,
    TenancyState.LAPSED: Tone.MUTE,
    TenancyState.ENDED: Tone.MUTE,
}
FATE_TONES = {Fate.TRADING: Tone.GOOD, Fate.MERGED: Tone.DONE, Fate.CEASED: Tone.BAD}


def application_chip(state: str) -> State:
    """Return how an application stands, as a chip."""
    return State(APPLICATION_TONES[ApplicationState(state)], ApplicationState(state).label)


def tenancy_chip(state: str) -> State:
    """Return how a tenancy stands, as a chip."""
    return State(TENANCY_TONES[TenancyState(state)], TenancyState(state).label)


def fate_chip(fate: str | None) -> State:
    """Return what was last heard of a graduate, as a chip."""
    return State(FATE_TONES[Fate(fate)] if fate else Tone.STANDING, fate_said(fate))


def _tenancy(row: Any) -> str:
    return reverse("workspace:tenancy", args=[row.team.site.key, row.pk])


def _decision(row: Any) -> State:
    """Return what was decided on the end of a term, as a chip."""
    if row.is_renewed:
        return State(Tone.DONE, _("Renewed"))
    if row.is_offered:
        return State(Tone.STANDING, _("Renewal offered"))
    if row.notice_on:
        return State(Tone.MUTE, _("Notice given"))
    return State(Tone.WARY, _("Not decided"))


def _rent(row: Any) -> Any:
    return None if row.monthly is None else in_major(round(row.monthly), row.currency)


WAITING = Table(
    name="waiting",
    columns=(
        Column("place", _("Place on the list"), kind="number", sort="place"),
        Column(
            "team",
            _("Team"),
            value="application.team.name",
            url=lambda row: reverse("workspace:application", args=[row.site, row.application.pk]),
        ),
        Column("kind", _("Kind"), value="application.get_kind_display", sort="kind"),
        Column("area", _("Area, m²"), kind="number", value="application.area_m2", sort="area"),
        Column("people", pgettext_lazy("how many", "People"), kind="number", value="application.people"),
        Column("from_on", _("From"), kind="day", value="application.from_on", sort="from_on"),
        Column("stage", _("Stage"), value="application.team.get_stage_display"),
        Column("priority", _("Named by the agreement"), value=lambda row: _("Yes") if row.has_priority else ""),
        Column("applied", _("Applied on"), kind="day", value="application.applied_at", sort="applied_at"),
        Column("state", _("State"), value=lambda row: application_chip(row.state), sort="state"),
        Column("reason", _("Reason"), value="application.reason", hidden=True),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple(ApplicationState.choices)),
        Filter("kind", _("Kind"), choices=tuple(SpaceKind.choices)),
    ),
    search=("name",),
    default_sort="place",
    empty=Empty(_("Nobody waits for space"), _("Teams that apply for space stand here, in the stated order.")),
)

_TENANCY_COLUMNS = (
    Column("number", _("Contract"), sort="number", url=_tenancy),
    Column(
        "team",
        _("Team"),
        value="team.name",
        sort="team__key",
        url=lambda row: reverse("workspace:team", args=[row.team.site.key, row.team.key]),
    ),
    Column("spaces", _("Spaces"), value="codes"),
    Column("area", _("Area, m²"), kind="number", value="area", sort="area"),
    Column("starts_on", _("From"), kind="day", sort="starts_on"),
    Column("until_on", _("Until before"), kind="day", sort="until_on"),
    Column("state", _("State"), value=lambda row: tenancy_chip(row.state), sort="state"),
)
_RENT = (
    Column("rent", _("Rent a month after relief"), kind="number", value=_rent),
    Column("currency", _("Currency"), hidden=True),
)
_TENANCY_FILTERS = (
    Filter("state", _("State"), choices=tuple(TenancyState.choices)),
    Filter("since", _("Begins since"), kind="day", lookup="starts_on__gte"),
    Filter("until", _("Ends before"), kind="day", lookup="until_on__lt"),
)
_NO_TENANCIES = Empty(_("No tenancies yet"), _("Offers of space, signed contracts and those that ended stand here."))
TENANCIES = Table(
    name="tenancies",
    columns=(*_TENANCY_COLUMNS, *_RENT),
    filters=_TENANCY_FILTERS,
    search=("number", "team__key", "team__name__en", "team__name__zh-hans"),
    default_sort="-starts_on",
    empty=_NO_TENANCIES,
)
TENANCIES_WITHOUT_RENT = Table(
    name="tenancies",
    columns=_TENANCY_COLUMNS,
    filters=_TENANCY_FILTERS,
    search=("number", "team__key", "team__name__en", "team__name__zh-hans"),
    default_sort="-starts_on",
    empty=_NO_TENANCIES,
)

ENDS = Table(
    name="ends",
    columns=(
        Column("until_on", _("Ends on"), kind="day", value="ends_on", sort="ends_on"),
        Column("decide_on", _("Last day to give notice"), kind="day", sort="decide_on"),
        *_TENANCY_COLUMNS[:4],
        Column("decision", _("Decision"), value=_decision),
    ),
    filters=(Filter("until", _("Ends before"), kind="day", lookup="ends_on__lt"),),
    search=("number", "team__key", "team__name__en", "team__name__zh-hans"),
    default_sort="until_on",
    empty=Empty(_("No term ends"), _("Signed tenancies with an end stand here, the first to end first.")),
)

GRADUATES = Table(
    name="graduates",
    columns=(
        Column(
            "team",
            _("Team"),
            value="team.name",
            sort="team__key",
            url=lambda row: reverse("workspace:graduate-fate", args=[row.team.site.key, row.team.key]),
        ),
        Column("graduated_on", pgettext_lazy("a list", "Graduated on"), kind="day", sort="graduated_on"),
        Column("rule", _("By which rule"), value="get_rule_display", sort="rule"),
        Column("fate", _("Last heard"), value=lambda row: fate_chip(row.fate), sort="fate"),
        Column("heard_on", _("Heard on"), kind="day", sort="heard_on"),
        Column("evidence", _("Evidence"), hidden=True),
    ),
    filters=(
        Filter("rule", _("By which rule"), choices=tuple(GraduationRule.choices)),
        Filter("fate", _("Last heard"), choices=tuple(Fate.choices)),
        Filter("silent", _("Not heard of since"), kind="day", lookup="heard_on__lt"),
    ),
    search=("team__key", "team__name__en", "team__name__zh-hans"),
    default_sort="-graduated_on",
    empty=Empty(_("No graduates yet"), _("Teams that left by a rule stand here, and how they fared since.")),
)


def _minor(name: str) -> Any:
    def value(row: Benefits) -> Any:
        return in_major(getattr(row, name), row.team.site.currency)

    return value


BENEFITS = Table(
    name="benefits",
    columns=(
        Column(
            "team",
            _("Team"),
            value="team.name",
            sort="team.key",
            url=lambda row: reverse("workspace:team-benefits", args=[row.team.site.key, row.team.key]),
        ),
        Column("relief", _("Rent relief"), kind="number", value=_minor("relief_minor"), sort="relief_minor"),
        Column("hours", _("Mentor hours"), kind="number", value="mentor_hours", sort="mentor_hours"),
        Column("mentors", _("Their value"), kind="number", value=_minor("mentor_minor"), sort="mentor_minor"),
        Column("services", _("Services"), kind="number", value=_minor("services_minor"), sort="services_minor"),
        Column("total", _("Together"), kind="number", value=_minor("total_minor"), sort="total_minor"),
        Column("currency", _("Currency"), value="team.site.currency", hidden=True),
    ),
    default_sort="-total",
    empty=Empty(_("Nothing was given in this period"), _("Rent relief, mentor hours and services stand here.")),
)

KIND_WORDS = {"relief": _("Rent relief"), "mentor": _("Mentor hours"), "service": _("Services")}


def benefit_lines(currency: str) -> Table:
    """Return the list of what one team was given, in the money of its site."""

    def money(value: int | None) -> Any:
        return None if value is None else in_major(value, currency)

    return Table(
        name="benefit-lines",
        columns=(
            Column("kind", _("Kind"), value=lambda row: KIND_WORDS[row.kind], sort="kind"),
            Column("what", _("What")),
            Column("from_on", _("From"), kind="day", value="days.starts_on", sort="from_on"),
            Column("until_on", _("Until before"), kind="day", value="days.ends_on"),
            Column("quantity", _("Quantity"), kind="number"),
            Column("unit", pgettext_lazy("a quantity", "Counted in")),
            Column("value", _("Value"), kind="number", value=lambda row: money(row.value_minor), sort="value_minor"),
            Column("rent", _("Rent before relief"), kind="number", value=_rent_of(money), hidden=True),
            Column("currency", _("Currency"), value=lambda _row: currency),
        ),
        filters=(Filter("kind", _("Kind"), choices=tuple(KIND_WORDS.items())),),
        default_sort="from_on",
        empty=Empty(_("Nothing was given in this period"), _("Rent relief, mentor hours and services stand here.")),
    )


def _rent_of(money: Any) -> Any:
    def value(row: BenefitLine) -> Any:
        return money(row.rent_minor)

    return value
