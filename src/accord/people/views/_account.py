"""One's own account: ways to sign in, language and time zone."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import activate, get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.people import operations, queries
from accord.people.forms import SettingsForm
from accord.ui.display import zone_of
from accord.ui.forms import form_page


@never_cache
@require_http_methods(["GET", "HEAD"])
@signed_in
def account(request: Request) -> HttpResponse:
    """Show how one signs in, and lead to where each part is changed."""
    mine = account_of(request)
    context = {
        "account": mine,
        "ways": queries.ways_in(mine),
        "sessions": len(queries.sessions_of(mine, key=request.session.session_key, at=clock.now())),
        "providers": queries.provider_names(),
        "language": dict(settings.LANGUAGES).get(mine.language, ""),
    }
    return render(request, "people/account.html", context)


@require_http_methods(["GET", "HEAD"])
@signed_in
def second_factor(request: Request) -> HttpResponse:
    """Lead to the part of the account page that shows the second factor."""
    del request
    return redirect(reverse("people:account") + "#second")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def account_settings(request: Request) -> HttpResponse:
    """Show and keep the language and time zone in which one reads."""
    mine = account_of(request)
    zone = zone_of(request)
    now = {
        "language": mine.language or get_language() or settings.LANGUAGE_CODE,
        "time_zone": mine.time_zone or (zone.key if zone else settings.TIME_ZONE),
    }
    form = SettingsForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        operations.change_settings(account=mine, **form.cleaned_data, at=clock.now(request.world))
        activate(form.cleaned_data["language"])
        messages.success(request, _("Language and time zone were kept."))
        return redirect("people:account")
    return form_page(request, "people/account_settings.html", form)


def account_of(request: Request) -> queries.Account:
    """Return the account that is signed in."""
    return cast("queries.Account", request.user)
