"""Signing in and out."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all
from accord.people import operations, queries
from accord.people.forms import SignInForm
from accord.people.rules import may_take_demo_role
from accord.ui.forms import form_page

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "POST"])
@open_to_all
def sign_in(request: Request) -> HttpResponse:
    """Sign in by e-mail address and password; a wrong pair says the same whether the address is known or not."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if account is not None:
            login(request, account)
            return redirect(_next(request))
        form.add_error(None, _("The email address and password do not match an account. Check both and try again."))
    roles = queries.demo_people() if may_take_demo_role(request.world) else []
    return form_page(request, "people/sign_in.html", form, {"next": _next(request), "demo_roles": roles})


@require_POST
@open_to_all
def sign_out(request: Request) -> HttpResponse:
    """Sign out and go home."""
    logout(request)
    return redirect("portal:home")


@require_POST
@open_to_all
def take_demo_role(request: Request, key: str) -> HttpResponse:
    """Become a simulated person of the demo world."""
    account = operations.take_demo_role(world=request.world, key=key, at=clock.now(request.world))
    login(request, account, backend=BACKEND)
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    """Return where to go after signing in: an address of this site, or home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    return wanted if safe else "/"
