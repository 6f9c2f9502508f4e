"""What the doors of tenancies have in common: a form on a page of its own that does one thing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accord.kernel import secret
from accord.kernel.access import Request
from accord.kernel.refused import Refused
from accord.ui import say
from accord.ui.forms import Form, form_page
from accord.ui.parts import Link, Tabs
from accord.workspace.operations import Door
from accord.workspace.queries import Site, in_major

TEMPLATE = "workspace/tenancy_form.html"
LISTS = (
    ("tenancies", gettext_lazy("Contracts")),
    ("waiting", gettext_lazy("Waiting list")),
    ("tenancy-ends", gettext_lazy("Ends of terms")),
    ("benefits", gettext_lazy("Benefits")),
    ("graduates", gettext_lazy("Graduates")),
)


def do(
    request: Request,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    said: str,
    to: str,
    context: dict[str, Any],
    template: str = TEMPLATE,
) -> HttpResponse:
    """Show a form; where it was sent and is right, do the thing, say so and go on. A refusal stands at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, said)
            return redirect(to)
    return form_page(request, template, form, {"back": to, **context})


def page_of(name: str, site: Site, *parts: object) -> str:
    """Return the address of a page of a site."""
    return reverse(f"workspace:{name}", args=[site.key, *parts])


def offer_door(request: Request) -> Door:
    """Return how links to answer an offer are made: at the address that the reader came by."""
    return Door(
        secret.new_token,
        lambda token: request.build_absolute_uri(reverse("workspace:answer-by-link", kwargs={"token": token})),
    )


def money(minor: int | None, currency: str) -> str:
    """Return an amount in words, such as CNY 3,200; a dash where there is none."""
    return "–" if minor is None else f"{currency} {say.count(in_major(minor, currency))}"


def tenancy_places(site: Site, current: str) -> Tabs:
    """Return the lists that stand under the tab of tenancies, for whoever keeps the site's teams."""
    links = tuple(Link(label, page_of(name, site), current=name == current) for name, label in LISTS)
    return Tabs(links, gettext_lazy("Lists of tenancies"))
