"""Pages of the ui itself: display choices, the living style guide, and answers to requests that failed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.kernel.access import open_to_all
from accord.ui import samples
from accord.ui.answers import ask
from accord.ui.display import COOKIE_SECONDS, SLASH_COOKIE, THEME_COOKIE, THEMES, ZONE_COOKIE, slash_of, zone_of
from accord.ui.display_form import DisplayForm
from accord.ui.forms import form_page

CLASH_STATUS = 409


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def display(request: HttpRequest) -> HttpResponse:
    """Show and keep the reader's time zone, theme and keys."""
    zone = zone_of(request)
    initial = {"zone": zone.key if zone else settings.TIME_ZONE, "slash": slash_of(request) == "on"}
    form = DisplayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = redirect(_next(request))
        _keep(answer, ZONE_COOKIE, form.cleaned_data["zone"])
        _keep(answer, SLASH_COOKIE, "on" if form.cleaned_data["slash"] else "off")
        return answer
    return form_page(request, "ui/display.html", form, {"next": _next(request)})


@require_POST
@open_to_all
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme and go back to the page."""
    answer = redirect(_next(request))
    chosen = request.POST.get("theme", "")
    if chosen in dict(THEMES):
        _keep(answer, THEME_COOKIE, chosen)
    return answer


@require_safe
@open_to_all
def style_guide(request: HttpRequest) -> HttpResponseBase:
    """Show every part in all its states, with sample data; `?format=` exports the sample list."""
    table = samples.TABLE.page(request.GET, samples.RECORDS)
    if table.format:
        return samples.TABLE.export(table, "sample", (_("Sample data of the style guide"),))
    return render(request, "ui/style_guide.html", samples.everything(table))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def style_form(request: HttpRequest) -> HttpResponse:
    """Show the sample form; an empty one answers 422 with its error summary. Nothing is kept."""
    form = samples.SampleForm(request.POST if request.method == "POST" else None)
    return form_page(request, "ui/style_form.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def style_check(request: HttpRequest) -> HttpResponse:
    """Show the sample form with its check page and confirmation. Nothing is kept."""
    step = ask(request, samples.SampleForm, purpose="style")
    if step.confirmed:
        return render(request, "ui/style_confirmed.html", {"confirmation": samples.CONFIRMATION})
    return step.page(form_template="ui/style_form.html", context={"action": _("Record sample")})


@require_safe
@open_to_all
def style_clash(request: HttpRequest) -> HttpResponse:
    """Show the page that answers two people who edited one record."""
    return render(request, "409.html", {"clash": samples.CLASH}, status=CLASH_STATUS)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was sent without its token, with what to do about it."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    hosts = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()) else "/"


def _keep(answer: HttpResponse, cookie: str, value: str) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(cookie, value, max_age=COOKIE_SECONDS, samesite="Lax", httponly=True, secure=secure)
