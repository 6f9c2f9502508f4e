"""The door to an account of one's own accord, for visitors whom a page of Accord led here."""

from urllib.parse import urlencode

from allauth.core.internal import ratelimit
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all
from accord.kernel.secret import new_token
from accord.people import operations
from accord.people.forms import NewAccountForm
from accord.people.views._invitations import PASS
from accord.ui.forms import form_page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def ask_for_account(request: Request) -> HttpResponse:
    """Ask for name and address, and send the link; the answer is the same whether or not there is an account."""
    shown = request.GET.get(PASS, "")
    goal = operations.goal_of_pass(shown=shown)
    if not request.actor.is_nobody:
        return redirect(goal)
    form = NewAccountForm(request.POST or None)
    context = {"goal": goal}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "people/newcomer.html", form, context)
    given = form.cleaned_data
    refused: HttpResponse | None = ratelimit.consume_or_429(
        request, app="allauth.account", action="reset_password", key=given["email"].lower()
    )
    if refused is not None:
        return refused
    token = new_token()
    link = f"{reverse('people:invitation', args=[token])}?{urlencode({PASS: shown})}"
    sign_in = f"{reverse('people:sign-in')}?{urlencode({'next': goal})}"
    operations.ask_for_account(
        **given,
        language=get_language() or "",
        token=token,
        url=request.build_absolute_uri(link),
        sign_in_url=request.build_absolute_uri(sign_in),
        at=clock.now(request.world),
    )
    return render(request, "people/newcomer_sent.html", {"email": given["email"]})
