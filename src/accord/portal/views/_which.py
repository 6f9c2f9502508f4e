"""Asks with which agreement something is begun."""

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotThere
from accord.portal import queries


@require_GET
@signed_in
def which(request: Request, act: str) -> HttpResponseBase:
    """List the agreements with which the reader may begin it; where there is one only, go there."""
    wanted = queries.WITH_AGREEMENT.get(act)
    if wanted is None:
        raise NotThere(_("There is nothing of this name to begin."))
    found = queries.agreements_for(request.actor, wanted)
    if len(found) == 1:
        return redirect(wanted.route, found[0].key)
    lines = [{"agreement": one, "url": reverse(wanted.route, args=[one.key])} for one in found]
    return render(request, "portal/which.html", {"act": wanted, "lines": lines})
