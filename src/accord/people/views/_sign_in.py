"""Signing in and out."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all
from accord.people import operations, queries
from accord.people.forms import SignInForm
from accord.people.queries import SIGN_IN_ERRORS
from accord.people.rules import may_take_demo_role
from accord.ui.forms import form_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOO_MANY = 429


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@open_to_all
def sign_in(request: Request) -> HttpResponseBase:
    """Sign in by e-mail address and password; a wrong pair says the same whether the address is known or not."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer = _by_password(request, form)
        except ValidationError as refused:
            form.add_error(None, refused)
            return _refused_for_now(_page(request, form), refused)
        if answer is not None:
            return answer
    return _page(request, form)


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
    UserSession.objects.create_from_request(request)
    return redirect(next_of(request))


@require_http_methods(["GET", "HEAD"])
@open_to_all
def how_to_join(request: Request) -> HttpResponse:
    """Say how one gets an account, since nobody opens one by themselves."""
    return render(request, "account/signup_closed.html")


def next_of(request: HttpRequest) -> str:
    """Return where to go after signing in: an address of this site, or home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    return wanted if safe else reverse("portal:home")


def _by_password(request: Request, form: SignInForm) -> HttpResponseBase | None:
    """Go on to the second factor or in; None when the pair does not match, which the form then says."""
    email = form.cleaned_data["username"].lower()
    account = get_adapter().authenticate(request, email=email, password=form.cleaned_data["password"])
    if account is not None and account.is_active:
        entering = Login(user=account, email=email, redirect_url=next_of(request))
        answer: HttpResponseBase = perform_password_login(request, {"email": email}, entering)
        return answer
    form.add_error(None, str(SIGN_IN_ERRORS["email_password_mismatch" if account is None else "account_inactive"]))
    return None


def _page(request: Request, form: SignInForm) -> HttpResponse:
    """Return the page with every way in that this installation has."""
    context = {
        "next": next_of(request),
        "demo_roles": queries.demo_people() if may_take_demo_role(request.world) else [],
        "providers": providers_to_choose(request),
    }
    return form_page(request, "people/sign_in.html", form, context)


def providers_to_choose(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the identity providers as (where signing in begins, name in the reader's language)."""

    names = queries.provider_names()
    if not names:
        return []
    return [(one.get_login_url(request), names[one.sub_id]) for one in get_social_adapter().list_providers(request)]


def _refused_for_now(page: HttpResponse, refused: ValidationError) -> HttpResponse:
    """Say when to come back, to people in the page and to programs in a header."""
    page.status_code = TOO_MANY
    page.headers["Retry-After"] = str(getattr(refused, "seconds", 60))
    return page
