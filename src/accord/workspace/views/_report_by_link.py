"""The door by which a team without an account reports its quarter: one page, by a link of its own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request
from accord.kernel.links import FoundLink, by_link
from accord.kernel.refused import Refused
from accord.ui.forms import form_page
from accord.workspace import operations, queries
from accord.workspace.enums import REPORT_QUARTER
from accord.workspace.views._reports import add_refusal, number_rows, report_context, report_form, said


@require_http_methods(["GET", "POST"])
@by_link(REPORT_QUARTER)
def report_by_link(request: Request, link: FoundLink) -> HttpResponse:
    """Take a report, or a correction of it while the round is open; say kindly when it is over."""
    now = clock.now(request.world)
    team = queries.team_of_link(link)
    round_ = queries.round_of_link(link, team, now)
    if round_ is None:
        return render(request, "workspace/report_over.html", {"team": team, "form": None}, status=410)
    form = report_form(request, team, round_)
    context = report_context(team, round_) | {"link": link}
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.report_by_link(link=link.pk, team=team, round=round_, at=now, **said(form, team))
        except Refused as refused:
            add_refusal(form, refused)
        else:
            done = {"report": made, "rows": number_rows(made, None), "form": None}
            return render(request, "workspace/report_received.html", context | done)
    return form_page(request, "workspace/report_form.html", form, context)
