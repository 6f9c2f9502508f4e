"""The files of a record: see, attach, take away."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.files import operations, queries, rules
from accord.files.forms import FILES, FileForm
from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import acting_person
from accord.ui.forms import form_page


@require_http_methods(["GET", "POST"])
@signed_in
def files(request: Request, record: str) -> HttpResponseBase:
    """List the files of a record, and attach one."""
    shown = rules.may_read(request.actor, record)
    may_attach = rules.may_attach(shown)
    if request.method == "POST" and not may_attach:
        raise NotAllowed(_("You may read these files and not add to them. Ask somebody who may change the record."))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    is_too_large = getattr(request, "upload_is_too_large", False)
    form = FileForm(*sent, at_most=settings.FILE_BYTES, is_too_large=is_too_large)
    if request.method == "POST" and form.is_valid() and _attached(request, record, form):
        return redirect("files:files", record=record)
    page = FILES.page(request.GET, queries.files_at(record))
    if page.format:
        return FILES.export(page, filename="files")
    context = {"record": record, "shown": shown, "table": page, "may_attach": may_attach}
    if request.method == "POST":
        return form_page(request, "files/files.html", form, context)
    return render(request, "files/files.html", context | {"form": form})


def _attached(request: Request, record: str, form: FileForm) -> bool:
    """Attach the file that was sent; say so, or put the refusal on the form."""
    sent = form.cleaned_data["file"]
    try:
        kept = operations.keep_file(
            store=settings.FILE_STORE,
            content=sent.file,
            name=sent.name,
            record=record,
            by=acting_person(request.actor),
            at=clock.now(request.world),
            at_most=settings.FILE_BYTES,
            note=form.cleaned_data["note"],
            is_simulated=request.world.is_demo,
        )
    except Refused as refused:
        form.add_error(refused.field or None, str(refused))
        return False
    messages.success(request, _("%(name)s is attached.") % {"name": kept.name})
    return True


@require_GET
@signed_in
def file(request: Request, pk: int) -> HttpResponse:
    """Show one file: what it is by its content, who attached it and when, and the way to have it."""
    held, shown = queries.readable_file(request.actor, pk)
    context = {"file": held, "shown": shown, "may_attach": rules.may_attach(shown)}
    return render(request, "files/file.html", context)


@require_POST
@signed_in
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a file away from its record."""
    held, shown = queries.readable_file(request.actor, pk)
    if not rules.may_attach(shown):
        raise NotAllowed(_("You may read this file and not take it away. Ask somebody who may change the record."))
    operations.remove_file(attachment=held, by=acting_person(request.actor), at=clock.now(request.world))
    messages.success(request, _("%(name)s is taken away. The history keeps that it was here.") % {"name": held.name})
    return redirect("files:files", record=held.record)
