"""Doors to the seals: the chain's head, to be kept elsewhere, and whether a kept one still holds."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.history import queries
from accord.history.forms import SEALS
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotThere
from accord.ui.parts import Banner

MOST_DIGITS = 15


@require_GET
@signed_in
def seals(request: Request) -> HttpResponseBase:
    """List the seals, say what to keep, and compare a head that somebody kept."""
    page = SEALS.page(request.GET, queries.seals())
    if page.format:
        return SEALS.export(page, filename="seals")
    context = {
        "table": page,
        "head": queries.head(),
        "kept_seal": request.GET.get("seal", "").strip(),
        "kept_digest": request.GET.get("sha256", "").strip(),
        "answer": _answer(request.GET.get("seal", "").strip(), request.GET.get("sha256", "").strip().lower()),
    }
    return render(request, "history/seals.html", context)


def _answer(number: str, digest: str) -> Banner | None:
    """Say whether the chain still holds a head that was kept; nothing where none was given."""
    if not number and not digest:
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        return Banner(_("Enter the number of the seal as well, as it was kept."), "wary")
    if queries.knows(int(number), digest):
        words = _("The chain still holds seal %(number)s as it was kept. What it binds is checked by “accord doctor”.")
        return Banner(words % {"number": number}, "good", _("It holds"))
    words = _(
        "There is no seal %(number)s with this hash: the chain was made anew since, or what was kept is mistyped."
    )
    return Banner(words % {"number": number}, "bad", _("It does not hold"))


@require_GET
@signed_in
def keep_head(request: Request) -> HttpResponse:
    """Give the head of the chain as a small text file, to be kept where nobody here can change it."""
    del request
    head = queries.head()
    if head is None:
        raise NotThere(_("Nothing is sealed yet."))
    lines = (f"seal {head.number}", f"sealed at {head.sealed_at.isoformat()}", f"sha256 {head.digest}", "")
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="accord-seal-{head.number}.txt"'
    return response
