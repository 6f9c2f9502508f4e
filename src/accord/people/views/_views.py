"""Doors of one's own saved views."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Refused
from accord.people import operations, queries
from accord.people.forms import VIEWS, RenameForm, ViewForm
from accord.ui.forms import form_page


@require_GET
@signed_in
def views(request: Request) -> HttpResponseBase:
    """List the reader's own saved views of all lists."""
    page = VIEWS.page(request.GET, queries.views_of(request.actor))
    if page.format:
        return VIEWS.export(page, filename="views")
    return render(request, "people/views.html", {"table": page})


@require_http_methods(["GET", "POST"])
@signed_in
def save_view(request: Request) -> HttpResponse:
    """Keep a list as it stands under a name and go back to it; without a name, ask for one."""
    sent = request.POST if request.method == "POST" else None
    form = ViewForm(sent, initial={"path": request.GET.get("path", ""), "query": request.GET.get("query", "")})
    if sent is None or not form.is_valid():
        return form_page(request, "people/view_save.html", form)
    path, query = form.cleaned_data["path"], form.cleaned_data["query"]
    if not queries.is_our_page(path):
        form.add_error(None, _("This list is not here. Open it again and save it there."))
        return form_page(request, "people/view_save.html", form)
    try:
        by = queries.acting_person(request.actor)
        view = operations.save_view(by=by, name=form.cleaned_data["name"].strip(), path=path, query=query)
    except Refused as refused:
        form.add_error(None, str(refused))
        return form_page(request, "people/view_save.html", form)
    messages.success(request, _("“%(name)s” now stands above this list.") % {"name": view.name})
    return redirect(f"{view.path}?{view.query}")


@require_http_methods(["GET", "POST"])
@signed_in
def change_view(request: Request, pk: int) -> HttpResponse:
    """Give one of the reader's own views another name."""
    view = queries.find_view(request.actor, pk)
    form = RenameForm(request.POST or None, initial={"name": view.name})
    if request.method == "POST" and form.is_valid():
        try:
            operations.rename_view(view=view, name=form.cleaned_data["name"].strip())
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("The view has its new name."))
            return redirect("people:views")
    return form_page(request, "people/view_change.html", form, {"view": view})


@require_POST
@signed_in
def drop_view(request: Request, pk: int) -> HttpResponse:
    """Forget one of the reader's own views."""
    operations.drop_view(view=queries.find_view(request.actor, pk))
    messages.success(request, _("The view is gone; the list and its lines stay."))
    return redirect("people:views")
