"""Where one is signed in: the list, and ending one session or all others."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.people import operations, queries
from accord.people.queries import SignedInAt
from accord.people.views._account import account_of
from accord.ui.parts import State
from accord.ui.tables import Column, Table


def _which(one: SignedInAt) -> State:
    """Say whether a session is the one that looks."""
    return State("good", _("This one")) if one.is_this else State("mute", _("Another one"))


SESSIONS = Table(
    name="sessions",
    columns=(
        Column("browser", gettext_lazy("Browser"), sort="browser"),
        Column("ip", gettext_lazy("From the address"), sort="ip"),
        Column("since", gettext_lazy("Signed in"), kind="moment", sort="since"),
        Column("which", gettext_lazy("Session"), kind="state", value=_which),
        Column(
            "end",
            gettext_lazy("What you can do"),
            value=lambda one: _("Sign out here") if one.is_this else _("End this session"),
            url=lambda one: reverse("people:end-session", args=[one.pk]),
        ),
    ),
    search=("browser", "ip"),
    default_sort="-since",
)


@never_cache
@require_http_methods(["GET", "HEAD"])
@signed_in
def sessions(request: Request) -> HttpResponseBase:
    """List where one is signed in."""
    listed = queries.sessions_of(account_of(request), key=request.session.session_key, at=clock.now())
    page = SESSIONS.page(request.GET, listed)
    if page.format:
        return SESSIONS.export(page)
    context = {"table": page, "others": sum(not one.is_this for one in listed)}
    return render(request, "people/sessions.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def end_session(request: Request, pk: int) -> HttpResponse:
    """Ask whether to end a session, and end it."""
    listed = queries.sessions_of(account_of(request), key=request.session.session_key, at=clock.now())
    found = next((one for one in listed if one.pk == pk), None)
    if found is None:
        messages.info(request, _("This session has ended."))
        return redirect("people:sessions")
    if request.method != "POST":
        return render(request, "people/end_session.html", {"session": found})
    operations.end_session(account=account_of(request), session=pk, at=clock.now(request.world))
    if found.is_this:
        request.session.flush()
        return redirect("portal:home")
    messages.success(request, _("The session was ended."))
    return redirect("people:sessions")


@require_POST
@signed_in
def end_other_sessions(request: Request) -> HttpResponse:
    """End every session but this one."""
    ended = operations.end_other_sessions(
        account=account_of(request), key=request.session.session_key or "", at=clock.now(request.world)
    )
    said = ngettext("%(count)d other session was ended.", "%(count)d other sessions were ended.", ended)
    messages.success(request, said % {"count": ended})
    return redirect("people:sessions")
