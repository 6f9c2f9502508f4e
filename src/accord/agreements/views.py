"""Doors of the agreements context: the text of an agreement, its file, its public page, its meetings."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.agreements import operations, queries, rules
from accord.agreements.enums import EngagementKind
from accord.agreements.forms import EngagementForm, FileForm
from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import acting_person
from accord.ui.forms import form_page
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table

WRONG_FILE = 422
"""The status of a page that lists what is wrong with a file."""

ENGAGEMENTS = Table(
    name="engagements",
    columns=(
        Column("held_on", _("Day"), kind="day", sort="held_on"),
        Column("kind", _("Kind"), sort="kind", value="get_kind_display"),
        Column("title", _("What it was")),
        Column("place", _("Place")),
        Column("attendees", _("People"), kind="number", sort="attendees"),
        Column("provenance", _("Provenance"), kind="provenance", value="provenance"),
    ),
    filters=(
        Filter("kind", _("Kind"), choices=tuple((kind.value, kind.label) for kind in EngagementKind)),
        Filter("since", _("Since"), kind="day", lookup="held_on__gte"),
        Filter("until", _("Until"), kind="day", lookup="held_on__lte"),
    ),
    search=("title__en", "title__zh-hans"),
    default_sort="-held_on",
    empty=Empty(_("No meetings yet"), _("Visits, summits and steering meetings of the parties stand here.")),
)


@require_GET
@signed_in
def text(request: Request, key: str) -> HttpResponse:
    """Show what was agreed: parties, sources, every promise in words, stated facts."""
    agreement = queries.find_agreement(request.actor, key)
    institutions = queries.institutions_of(agreement)
    context = {
        "agreement": agreement,
        "parties": queries.parties_of(agreement),
        "promises": queries.promises_of(agreement),
        "sources": queries.sources_of(agreement),
        "facts": queries.facts_of(agreement),
        "may_publish": rules.may_publish(request.actor, institutions),
        "may_apply": rules.may_apply(request.actor, institutions),
    }
    return render(request, "agreements/text.html", context)


@require_GET
@signed_in
def export(request: Request, key: str) -> HttpResponse:
    """Answer the agreement as the file it was applied from."""
    agreement = queries.find_agreement(request.actor, key)
    return HttpResponse(
        queries.file_text(agreement),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{agreement.key}.yaml"'},
    )


@require_POST
@signed_in
def publish(request: Request, key: str) -> HttpResponse:
    """Open or close the agreement's public page."""
    agreement = queries.find_agreement(request.actor, key)
    if not rules.may_publish(request.actor, queries.institutions_of(agreement)):
        raise NotAllowed(_("Only partnership officers of a party open or close the public page. Ask one of them."))
    public = request.POST.get("public") == "yes"
    now = clock.now(request.world)
    operations.set_public(agreement=agreement, public=public, by=acting_person(request.actor), at=now)
    messages.success(request, _("The public page is open.") if public else _("The public page is closed."))
    return redirect("agreements:text", key=key)


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in(request: Request) -> HttpResponse:
    """Check an agreement file, show what it would change, and apply it."""
    if not rules.may_bring_in(request.actor):
        raise NotAllowed(_("Only partnership officers bring in agreements. Ask one of your institution."))
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "agreements/bring_in.html", form)
    content = form.cleaned_data["content"]
    check = queries.check_file(content, language=get_language() or "en")
    if not check.can_apply or not queries.names_party_of(request.actor, check):
        context = {"form": FileForm(initial={"text": check.text}), "check": check, "own": check.can_apply}
        return render(request, "agreements/bring_in.html", context, status=WRONG_FILE)
    if request.POST.get("step") != "apply":
        return render(request, "agreements/plan.html", {"check": check, "form": None})
    return _apply(request, check)


def _apply(request: Request, check: queries.FileCheck) -> HttpResponse:
    """Apply a checked file and go to the agreement."""
    file = check.file
    try:
        applied = operations.apply_file(new=file, by=acting_person(request.actor), at=clock.now(request.world))
    except Refused as refused:
        form = FileForm({"text": check.text})
        form.is_valid()
        form.add_error(None, str(refused))
        return form_page(request, "agreements/bring_in.html", form)
    done = _("The agreement is as the file says.") if applied.differences else _("The file changed nothing.")
    messages.success(request, done)
    return redirect("agreements:text", key=applied.agreement.key)


@require_GET
@signed_in
def engagements(request: Request, key: str) -> HttpResponseBase:
    """List the meetings of the parties."""
    agreement = queries.find_agreement(request.actor, key)
    page = ENGAGEMENTS.page(request.GET, queries.engagements_of(agreement))
    if page.format:
        notes = (_("Demonstration world: simulated records."),) if request.world.is_demo else ()
        return ENGAGEMENTS.export(page, filename=f"{key}-engagements", notes=notes)
    may_record = rules.may_record_engagement(request.actor, queries.institutions_of(agreement))
    return render(
        request, "agreements/engagements.html", {"agreement": agreement, "table": page, "may_record": may_record}
    )


@require_http_methods(["GET", "POST"])
@signed_in
def record_engagement(request: Request, key: str) -> HttpResponse:
    """Record a meeting that took place."""
    agreement = queries.find_agreement(request.actor, key)
    if not rules.may_record_engagement(request.actor, queries.institutions_of(agreement)):
        raise NotAllowed(_("Only partnership officers of a party record meetings. Ask one of them."))
    form = EngagementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_engagement(
                agreement=agreement,
                by=acting_person(request.actor),
                at=clock.now(request.world),
                is_simulated=request.world.is_demo,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The meeting is recorded and counts from now on."))
            return redirect("agreements:engagements", key=key)
    return form_page(request, "agreements/record_engagement.html", form, {"agreement": agreement})


@require_POST
@signed_in
def strike_engagement(request: Request, key: str, pk: int) -> HttpResponse:
    """Strike a meeting that was recorded by mistake."""
    agreement = queries.find_agreement(request.actor, key)
    if not rules.may_record_engagement(request.actor, queries.institutions_of(agreement)):
        raise NotAllowed(_("Only partnership officers of a party strike meetings. Ask one of them."))
    engagement = queries.find_engagement(agreement, pk)
    operations.strike_engagement(engagement=engagement, by=acting_person(request.actor), at=clock.now(request.world))
    messages.success(request, _("The meeting is struck and no longer counts."))
    return redirect("agreements:engagements", key=key)
