"""The door by which somebody without an account approves the text in review for a party."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request
from accord.kernel.links import FoundLink, by_link
from accord.kernel.refused import NotThere, Refused
from accord.negotiation import operations, queries, rules
from accord.negotiation.enums import APPROVE_BY_LINK, Act, NegotiationKind
from accord.negotiation.forms import ApproveForm
from accord.negotiation.queries import NegotiationParty


@require_http_methods(["GET", "POST"])
@by_link(APPROVE_BY_LINK)
def approve_by_link(request: Request, link: FoundLink) -> HttpResponse:
    """Show the whole text in review with what it does; approve it by its digest, in the link's person's name."""
    party = queries.party_of_link(link)
    form = ApproveForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, link, party)
    try:
        approval = operations.approve_by_link(link_id=link.pk, **form.cleaned_data, at=clock.now(request.world))
    except Refused as refused:
        return _page(request, link, party, refused=refused)
    return render(request, "negotiation/approved_by_link.html", {"approval": approval, "link": link, "form": None})


def _page(
    request: Request, link: FoundLink, party: NegotiationParty, *, refused: Refused | None = None
) -> HttpResponse:
    """Return the page with the text as it stands now; after a refusal with its reason."""
    negotiation = party.negotiation
    text = queries.latest_text(negotiation)
    if text is None:
        raise NotThere(_("No text has been put forward yet. The coordinator is still drafting."))
    impact = queries.impact_of(negotiation, text, day=clock.today(request.world))
    why_not = rules.why_not(queries.course_of(negotiation, text), Act.APPROVE, party.pk)
    context = {
        "link": link,
        "party": party,
        "negotiation": negotiation,
        "text": text,
        "content": queries.content_of_text(text),
        "impact": impact,
        "hidden": ApproveForm(initial={"digest": text.digest, "impact_digest": impact.digest}),
        "why_not": why_not,
        "refused": refused,
        "is_amendment": negotiation.kind == NegotiationKind.AMENDMENT,
    }
    return render(request, "negotiation/approve_by_link.html", context, status=refused.status if refused else 200)
