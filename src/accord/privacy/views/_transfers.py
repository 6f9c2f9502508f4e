"""What is read and sent abroad: the counters, the thresholds, and the register of transfers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import acting_person, institution_names
from accord.privacy import operations, queries, rules
from accord.privacy.enums import Level, TransferBasis
from accord.privacy.forms import TransferForm
from accord.privacy.operations import TransferFacts
from accord.privacy.views._tabs import tabs_of
from accord.ui.forms import form_page
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

TONES = {Level.BELOW: Tone.GOOD, Level.NEAR: Tone.WARY, Level.OVER: Tone.BAD}
FIRST_YEAR, LAST_YEAR = 2000, 9999

TRANSFERS = Table(
    name="transfers",
    columns=(
        Column(
            "exporter",
            _("Exporter"),
            sort="exporter__key",
            value="exporter.name",
            url=lambda row: reverse("privacy:transfer", args=[row.pk]),
        ),
        Column("recipient", _("Recipient"), sort="recipient__key", value="recipient.name"),
        Column("country", _("Country"), sort="country"),
        Column("categories", _("Categories of data")),
        Column("sensitive", _("Sensitive"), value=lambda row: _("Yes") if row.is_sensitive else _("No")),
        Column("basis", _("What allows it"), sort="basis", value="get_basis_display"),
        Column("contract_number", _("Contract"), sort="contract_number"),
        Column("filed_on", _("Filed on"), kind="day", sort="filed_on"),
        Column("starts_on", _("From"), kind="day", sort="starts_on"),
        Column("ends_on", _("Until"), kind="day", sort="ends_on"),
        Column("entered_by", _("Who entered it"), value="entered_by.name", hidden=True),
    ),
    filters=(
        Filter("basis", _("What allows it"), choices=tuple(TransferBasis.choices)),
        Filter("country", _("Country"), lookup="country__iexact"),
    ),
    search=("contract_number", "exporter__name__en", "recipient__name__en"),
    default_sort="-starts_on",
    empty=Empty(_("No transfer is entered"), _("Whoever sends data of people abroad enters on which basis.")),
)


def _refuse_others(request: Request) -> None:
    if not rules.may_keep_transfers(request.actor):
        raise NotAllowed(_("Only stewards keep the register of transfers. Ask one of them."))


@require_GET
@signed_in
def transfers(request: Request) -> HttpResponseBase:
    """Show how many people were read from where in a year, how near thresholds are, and the register."""
    _refuse_others(request)
    page = TRANSFERS.page(request.GET, queries.transfers())
    if page.format:
        return TRANSFERS.export(page, filename="transfers-abroad")
    this = clock.today(request.world).year
    year = _year(request.GET.get("year", ""), this)
    context = {
        "table": page,
        "tabs": tabs_of(request),
        "year": year,
        "years": sorted({this, year, *queries.years_counted()}, reverse=True),
        "standings": [(one, _chip(one)) for one in queries.standings(year)],
        "crossings": queries.crossings(year),
    }
    return render(request, "privacy/transfers.html", context)


def _year(asked: str, usual: int) -> int:
    """Return the year that an address asks for, or the usual one where it asks for none."""
    known = asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked[:9]) <= LAST_YEAR
    return int(asked) if known else usual


def _chip(one: queries.Standing) -> State:
    return State(TONES[one.level], one.level.label)


@require_http_methods(["GET", "POST"])
@signed_in
def new_transfer(request: Request) -> HttpResponse:
    """Enter a transfer abroad."""
    _refuse_others(request)
    return _kept(request, None)


@require_http_methods(["GET", "POST"])
@signed_in
def transfer(request: Request, pk: int) -> HttpResponse:
    """Show one transfer and change its record."""
    _refuse_others(request)
    return _kept(request, queries.find_transfer(pk))


def _kept(request: Request, record: queries.TransferRecord | None) -> HttpResponse:
    """Answer the form of one record, new or known."""
    initial: dict[str, Any] = {"starts_on": clock.today(request.world)}
    if record is not None:
        initial = {name: getattr(record, name) for name in TransferForm.base_fields}
    form = TransferForm(request.POST or None, initial=initial, institutions=institution_names())
    if request.method == "POST" and form.is_valid():
        try:
            kept = operations.keep_transfer(
                record=record,
                version=_version(request, record),
                facts=TransferFacts(**form.cleaned_data),
                by=acting_person(request.actor),
                at=clock.now(request.world),
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The transfer is in the register."))
            return redirect("privacy:transfer", pk=kept.pk)
    context = {"record": record, "tabs": tabs_of(request), "version": _version(request, record)}
    return form_page(request, "privacy/transfer_form.html", form, context)


def _version(request: Request, record: queries.TransferRecord | None) -> int:
    """Return the version that the form was opened with."""
    sent = request.POST.get("version", "")
    if sent.isascii() and sent.isdigit():
        return int(sent[:9])
    return record.version if record is not None else 0
