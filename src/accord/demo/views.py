"""The door of the demo: how its simulated part was made."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accord.demo import queries
from accord.kernel.access import Request, open_to_all


@require_GET
@open_to_all
def simulated(request: Request) -> HttpResponse:
    """Show every process that the demo's deliveries come from, with its parameters; nothing in a real installation."""
    if not request.world.is_demo:
        raise Http404(_("Nothing is simulated in this installation."))
    context = {"world": request.world, "story": queries.world_story()}
    return render(request, "demo/simulated.html", context)
