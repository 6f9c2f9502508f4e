"""Doors of one's own tokens: list, make (shown once), revoke."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock, secret
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.people import operations, queries, rules
from accord.people.enums import TokenScope
from accord.people.forms import TokenForm
from accord.ui.forms import form_page


@require_GET
@signed_in
def tokens(request: Request) -> HttpResponse:
    """List the reader's own tokens: what each opens, until when, when it was last used."""
    now = clock.now(request.world)
    every = list(queries.tokens_of(request.actor))
    live = [token for token in every if token.revoked_at is None and token.expires_at > now]
    over = [token for token in every if token not in live]
    return render(request, "people/tokens.html", {"live": live, "over": over, "now": now})


@require_http_methods(["GET", "POST"])
@never_cache
@signed_in
def new_token(request: Request) -> HttpResponseBase:
    """Make a token and show it, once."""
    if not rules.may_make_token(request.actor):
        raise NotAllowed(_("A token is made in one's own name. Act as yourself again, then make it."))
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _made(request, form)
        if made is not None:
            return made
    return form_page(request, "people/token_new.html", form)


def _made(request: Request, form: TokenForm) -> HttpResponse | None:
    """Make the token and answer the page that shows it; None where it was refused."""
    now, token = clock.now(request.world), secret.new_access_token()
    given = form.cleaned_data
    try:
        kept = operations.make_token(
            by=queries.acting_person(request.actor),
            name=given["name"],
            scopes=[TokenScope.READ, given["scope"]],
            expires_at=now + timedelta(days=given["days"]),
            secret=token,
            at=now,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    return render(request, "people/token_made.html", {"token": kept, "secret": token, "form": None})


@require_POST
@signed_in
def revoke_token(request: Request, pk: int) -> HttpResponse:
    """End one of the reader's own tokens at once."""
    token = queries.find_token(request.actor, pk)
    operations.revoke_token(token=token, at=clock.now(request.world))
    messages.success(request, _("The token opens nothing any more."))
    return redirect("people:tokens")
