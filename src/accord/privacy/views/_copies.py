"""Copies of one's own data: ask for one, see how far it is, fetch it."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotThere
from accord.kernel.text import EN
from accord.privacy import operations, queries
from accord.privacy.enums import CopyState
from accord.privacy.views._tabs import oneself, tabs_of

UNDER_WAY = (CopyState.WAITING, CopyState.RUNNING)


@require_POST
@signed_in
def ask_for_copy(request: Request) -> HttpResponse:
    """Ask for a copy of all that is kept of the reader."""
    person = oneself(request)
    made = operations.ask_for_copy(person=person, language=get_language() or EN, by=person, at=clock.now(request.world))
    return redirect("privacy:copy", pk=made.pk)


@never_cache
@require_GET
@signed_in
def copy(request: Request, pk: int) -> HttpResponse:
    """Show how far a copy is, and the way to fetch it."""
    found = queries.find_copy(request.actor, pk)
    context = {
        "copy": found,
        "tabs": tabs_of(request),
        "is_under_way": found.state in UNDER_WAY,
        "is_ready": _is_ready(found),
        "size": -(-found.size // 1024),
    }
    return render(request, "privacy/copy.html", context)


@never_cache
@require_GET
@signed_in
def copy_file(request: Request, pk: int) -> HttpResponseBase:
    """Hand a copy out to the person whose data it holds, for three days."""
    found = queries.find_copy(request.actor, pk)
    if not _is_ready(found):
        raise NotThere(_("This copy was deleted, or is not made yet. Ask for a new one."))
    return StreamingHttpResponse(
        settings.FILE_STORE.chunks(found.digest),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="accord-my-data-{found.pk}.zip"',
            "Content-Length": str(found.size),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _is_ready(found: queries.PersonalCopy) -> bool:
    """Say whether a copy can be fetched; its days are counted by the real clock, since its bytes are real."""
    return found.state == CopyState.READY and found.expires_at is not None and clock.now() < found.expires_at
