"""Doors to drafts: the browser keeps what is typed, the reader discards it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.people import operations

NO_CONTENT = 204
OURS = {"path", "autosave", "csrfmiddlewaretoken", "started", "version"}


@require_POST
@signed_in
def keep_draft(request: Request) -> HttpResponse:
    """Keep what the browser sends of a form that is being filled in."""
    sent = {name: values for name, values in request.POST.lists() if name not in OURS}
    path = request.POST.get("path", "")
    operations.keep_draft(person_id=request.actor.person_id or 0, path=path, sent=sent, at=clock.now())
    return HttpResponse(status=NO_CONTENT)


@require_POST
@signed_in
def drop_draft(request: Request) -> HttpResponse:
    """Discard what was left in a form, and open the form again."""
    path = request.POST.get("path", "")
    operations.drop_draft(person_id=request.actor.person_id or 0, path=path)
    return redirect(path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "portal:home")
