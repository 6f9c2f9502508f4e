"""What a team sees of its own space: where it stands on the list and why, offers to answer, what it has."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.links import FoundLink, by_link
from accord.kernel.refused import NotAllowed, Refused
from accord.workspace import operations, queries
from accord.workspace.enums import ANSWER_OFFER, TenancyState
from accord.workspace.forms import DeclineForm, application_chip
from accord.workspace.queries import Tenancy
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import by_and_at, day_here
from accord.workspace.views._tenancies import facts_of, letting_rows
from accord.workspace.views._tenancy_acts import money, page_of
from accord.workspace.views._waiting import team_of_speaker


@require_GET
@signed_in
def team_space(request: Request, site: str, key: str) -> HttpResponse:
    """Show a team its own space: the place on the list with its reasons, offers, tenancies."""
    home = queries.find_site(request.actor, site)
    team = queries.find_team(request.actor, home, key)
    sight = queries.sight_of(request.actor, team, day_here(request, home))
    if not sight.may_see_terms:
        raise NotAllowed(_("What a team pays and waits for is for the team and the operator alone."))
    found = queries.open_application_of(team)
    every = queries.tenancies_of(team)
    offers = [one for one in every if one.state == TenancyState.OFFERED]
    context = {
        "site": home,
        "team": team,
        "tabs": site_tabs(request, home, "teams"),
        "sight": sight,
        "application": found,
        "chip": application_chip(found.state) if found else None,
        "place": queries.list_place_of(found) if found else None,
        "order": queries.ORDER,
        "limit": money(found.price_limit_minor, home.currency) if found else "",
        "offers": [_offer(one) for one in offers],
        "tenancies": [one for one in every if one.state in {TenancyState.SIGNED, TenancyState.ENDED}],
        "form": DeclineForm(auto_id=False),
    }
    return render(request, "workspace/team_space.html", context)


@require_POST
@signed_in
def answer_offer(request: Request, site: str, key: str, pk: int) -> HttpResponse:
    """Accept or decline an offer; whoever leads the team does."""
    home, team = team_of_speaker(request, site, key)
    offer = queries.find_tenancy(request.actor, home, pk)
    if offer.team_id != team.pk:
        raise NotAllowed(_("This offer was made to another team."))
    if request.POST.get("answer") == "accept":
        operations.sign_tenancy(tenancy=offer, **by_and_at(request))
        messages.success(request, _("The offer is accepted; the contract binds both sides."))
    else:
        reason = request.POST.get("reason", "")[:2000]
        operations.decline_offer(tenancy=offer, reason=reason, **by_and_at(request))
        messages.success(request, _("The offer is declined. You stay on the waiting list."))
    return redirect(page_of("team-space", home, key))


@require_http_methods(["GET", "POST"])
@by_link(ANSWER_OFFER)
def answer_by_link(request: Request, link: FoundLink) -> HttpResponse:
    """Show an offer to somebody without an account, and take the answer."""
    offer = queries.offer_of_link(link.record)
    form = DeclineForm(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            offer = operations.answer_by_link(
                link_id=link.pk,
                accept=request.POST.get("answer") == "accept",
                reason=form.cleaned_data["reason"],
                at=clock.now(request.world),
            )
        except Refused as caught:
            refused = caught
        else:
            return render(request, "workspace/answered_by_link.html", {"offer": offer, "link": link})
    page = queries.tenancy_page(offer)
    context = {
        "link": link,
        "offer": offer,
        "facts": facts_of(page, sees_terms=True),
        "rows": letting_rows(page),
        "is_open": offer.state == TenancyState.OFFERED,
        "plain_form": form,
        "refused": refused,
    }
    return render(request, "workspace/answer_by_link.html", context, status=refused.status if refused else 200)


def _offer(one: Tenancy) -> dict[str, object]:
    """Return an offer as the team's page says it."""
    page = queries.tenancy_page(one)
    return {"tenancy": one, "facts": facts_of(page, sees_terms=True), "rows": letting_rows(page)}
