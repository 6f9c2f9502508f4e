"""Consents: giving one, withdrawing it by one press as well, and what was given and withdrawn before."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Refused
from accord.kernel.text import EN
from accord.privacy import operations, queries
from accord.privacy.enums import Channel
from accord.privacy.views._tabs import oneself, tabs_of
from accord.ui.parts import Empty, State
from accord.ui.tables import Column, Table


def _purpose(row: queries.Consent) -> object:
    known = queries.purposes().get(row.purpose)
    return known.name if known else row.purpose


def _state(row: queries.Consent) -> State:
    return State("mute", _("Withdrawn")) if row.withdrawn_at else State("good", _("Holds"))


CONSENTS = Table(
    name="consents",
    columns=(
        Column("purpose", _("What for"), sort="purpose", value=_purpose),
        Column("text_version", _("Version of the text"), kind="number", sort="text_version"),
        Column("channel", _("How"), value="get_channel_display"),
        Column("given_at", _("Given"), kind="moment", sort="given_at"),
        Column("withdrawn_at", _("Withdrawn"), kind="moment", sort="withdrawn_at"),
        Column("state", _("State"), kind="state", value=_state),
    ),
    default_sort="-given_at",
    empty=Empty(_("You agreed to nothing yet"), _("What you agree to, and when you withdraw it, stands here.")),
)


@require_GET
@signed_in
def consents(request: Request) -> HttpResponseBase:
    """List every consent of the reader, also what they withdrew."""
    page = CONSENTS.page(request.GET, queries.consents_of(oneself(request).pk))
    if page.format:
        return CONSENTS.export(page, filename="consents")
    return render(request, "privacy/consents.html", {"table": page, "tabs": tabs_of(request)})


@require_POST
@signed_in
def give_consent(request: Request, purpose: str) -> HttpResponse:
    """Agree to one purpose, in the words that stood on the page."""
    person = oneself(request)
    version = request.POST.get("version", "")
    try:
        operations.give_consent(
            person=person,
            purpose=purpose,
            text_version=int(version) if version.isascii() and version.isdigit() else 0,
            language=get_language() or EN,
            channel=Channel.PAGE,
            by=person,
            at=clock.now(request.world),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You agree. You can withdraw it here at any time."))
    return redirect("privacy:mine")


@require_POST
@signed_in
def withdraw_consent(request: Request, purpose: str) -> HttpResponse:
    """Withdraw one consent."""
    person = oneself(request)
    operations.withdraw_consent(person=person, purpose=purpose, by=person, at=clock.now(request.world))
    messages.success(request, _("Withdrawn. It no longer holds from now on."))
    return redirect("privacy:mine")
