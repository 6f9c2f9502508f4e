"""Doors to the connected systems of an institution: list, add, change, secret, pause, try."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Refused
from accord.outbox import operations, queries, rules
from accord.outbox.forms import ENDPOINTS, POSTS, EndpointForm, SinceForm, system_chip, topics_in_words
from accord.outbox.views._asked import caution, institutions_of, mark_of, require_manager
from accord.outbox.views._tabs import tabs_of
from accord.people.queries import acting_person
from accord.ui.forms import form_page


@require_GET
@signed_in
def endpoints(request: Request) -> HttpResponseBase:
    """List the connected systems of the reader's institutions."""
    page = ENDPOINTS.page(request.GET, queries.endpoints_visible_to(request.actor))
    if page.format:
        return ENDPOINTS.export(page, filename="webhooks")
    may_add = bool(queries.institutions_to_connect(request.actor))
    return render(request, "outbox/endpoints.html", {"table": page, "may_add": may_add, "tabs": tabs_of(request)})


@require_http_methods(["GET", "POST"])
@signed_in
def add_endpoint(request: Request) -> HttpResponse:
    """Connect a system; the answer shows its secret, once."""
    form = EndpointForm(
        request.POST or None,
        institutions=institutions_of(request),
        known=queries.topics_for_systems(),
        initial={"mark": uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        require_manager(request, form.cleaned_data["institution_id"])
        try:
            endpoint = operations.add_endpoint(
                **form.cleaned_data,
                caution=caution(),
                by=acting_person(request.actor),
                at=clock.now(request.world),
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            return _secret_page(request, endpoint)
    return form_page(request, "outbox/add_endpoint.html", form)


def _secret_page(request: Request, endpoint: queries.Endpoint) -> HttpResponse:
    """Return the page that shows a secret; no browser keeps it."""
    context = {"endpoint": endpoint, "secret": operations.show_secret(endpoint)}
    answer = render(request, "outbox/secret.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@signed_in
def endpoint(request: Request, pk: int) -> HttpResponseBase:
    """Show one connected system: what it is told, how it went, what can be done."""
    found = queries.find_endpoint(request.actor, pk)
    page = POSTS.page(request.GET, queries.log_of(found))
    if page.format:
        return POSTS.export(page, filename=f"webhook-{pk}")
    context = {
        "endpoint": found,
        "table": page,
        "chip": system_chip(found),
        "topics": topics_in_words(found),
        "mark": uuid4(),
        "since": SinceForm(),
        "reason": _(found.state_reason) if found.state_reason else "",
        "may_manage": rules.may_manage_systems(request.actor, found.institution_id),
    }
    return render(request, "outbox/endpoint.html", context)


def _managed(request: Request, pk: int) -> queries.Endpoint:
    """Return an endpoint that the reader may manage."""
    found = queries.find_endpoint(request.actor, pk)
    require_manager(request, found.institution_id)
    return found


@require_http_methods(["GET", "POST"])
@signed_in
def change_endpoint(request: Request, pk: int) -> HttpResponse:
    """Change name, address or topics."""
    found = _managed(request, pk)
    form = EndpointForm(
        request.POST or None,
        institutions={found.institution_id: found.institution.name},
        known=queries.topics_for_systems(),
        initial={"mark": uuid4(), "name": found.name, "url": found.url, "topics": found.topics},
    )
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("name", "url", "topics")}
        try:
            operations.change_endpoint(endpoint=found, **values, caution=caution())
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("Changed."))
            return redirect("outbox:endpoint", pk=pk)
    return form_page(request, "outbox/change_endpoint.html", form, {"endpoint": found})


@require_POST
@signed_in
def rotate_secret(request: Request, pk: int) -> HttpResponse:
    """Make a new secret and show it, once."""
    held = operations.rotate_secret(endpoint=_managed(request, pk), mark=mark_of(request), at=clock.now(request.world))
    return _secret_page(request, queries.find_endpoint(request.actor, held.pk))


@require_POST
@signed_in
def pause_endpoint(request: Request, pk: int) -> HttpResponse:
    """Post nothing until the system goes on."""
    operations.pause_endpoint(endpoint=_managed(request, pk))
    messages.success(request, _("Paused. What happens meanwhile is kept."))
    return redirect("outbox:endpoint", pk=pk)


@require_POST
@signed_in
def resume_endpoint(request: Request, pk: int) -> HttpResponse:
    """Post again."""
    operations.resume_endpoint(endpoint=_managed(request, pk))
    messages.success(request, _("It goes on. What was kept is posted first."))
    return redirect("outbox:endpoint", pk=pk)


@require_POST
@signed_in
def ping_endpoint(request: Request, pk: int) -> HttpResponse:
    """Post a trial."""
    found = _managed(request, pk)
    operations.ping_endpoint(endpoint=found, key=f"trial:{mark_of(request)}", at=clock.now(request.world))
    messages.success(request, _("The trial is on its way. Load this page again in a moment."))
    return redirect("outbox:endpoint", pk=pk)
