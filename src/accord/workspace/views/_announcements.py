"""Doors to what the operator tells everybody at a site."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, Refused
from accord.ui.editing import editing
from accord.workspace import operations, queries
from accord.workspace.forms import ANNOUNCEMENTS, AnnouncementForm
from accord.workspace.queries import Announcement
from accord.workspace.views._care_ground import FORM, answered, ground_of
from accord.workspace.views._team_ground import by_and_at, kept_site, notes_of


@require_GET
@signed_in
def announcements(request: Request, site: str) -> HttpResponseBase:
    """List what was announced to whoever may announce; all others read what is shown now."""
    ground = ground_of(request, site)
    if not ground.keeps:
        shown = queries.announcements_now(ground.site, ground.today)
        return render(request, "workspace/announcements_now.html", ground.context(request) | {"announcements": shown})
    page = ANNOUNCEMENTS.page(request.GET, queries.announcements_of(ground.site))
    if page.format:
        return ANNOUNCEMENTS.export(page, filename=f"{site}-announcements", notes=notes_of(request))
    return render(request, "workspace/announcements.html", ground.context(request) | {"table": page})


@require_http_methods(["GET", "POST"])
@signed_in
def add_announcement(request: Request, site: str) -> HttpResponse:
    """Announce something."""
    home = kept_site(request, site)
    ground = ground_of(request, site)
    form = AnnouncementForm(request.POST or None, initial={"shown_from_on": ground.today})
    to = reverse("workspace:announcements", args=[site])

    def announce(given: dict[str, Any]) -> None:
        operations.announce(site=home, **given, **by_and_at(request))

    context = ground.context(request) | {
        "heading": _("Announce something"),
        "act": _("Announce"),
        "up": (_("Announcements"), to),
    }
    return answered(request, form, announce, done=_("It is announced."), to=to, context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def change_announcement(request: Request, site: str, pk: int) -> HttpResponse:
    """Change an announcement; two who do so at once choose between their answers."""
    home = kept_site(request, site)
    found = queries.find_announcement(home, pk)
    record, to = f"announcement:{pk}", reverse("workspace:announcements", args=[site])
    edit = editing(request, AnnouncementForm, initial=_values(found), version=found.version, purpose=record)
    if edit.ready:
        try:
            operations.change_announcement(
                announcement=found, version=edit.version, **edit.answers, **by_and_at(request)
            )
        except Clash:
            fresh = queries.find_announcement(home, pk)
            return edit.clash(thing=fresh.title, theirs=_values(fresh), version=fresh.version, url=to, record=record)
        except Refused as refused:
            edit.form.add_error(refused.field if refused.field in edit.form.fields else None, str(refused))
        else:
            messages.success(request, _("The announcement is changed."))
            return redirect(to)
    ground = ground_of(request, site)
    is_shown = found.shown_until_on is None or found.shown_until_on > ground.today
    context = {
        "heading": _("Change the announcement"),
        "act": pgettext_lazy("to alter", "Change"),
        "up": (_("Announcements"), to),
        "take_down": reverse("workspace:take-down-announcement", args=[site, pk]) if is_shown else "",
    }
    return edit.page(FORM, ground.context(request) | context)


def _values(announcement: Announcement) -> dict[str, Any]:
    return {name: getattr(announcement, name) for name in ("title", "body", "shown_from_on", "shown_until_on")}


@require_POST
@signed_in
def take_down_announcement(request: Request, site: str, pk: int) -> HttpResponse:
    """Show an announcement no longer."""
    found = queries.find_announcement(kept_site(request, site), pk)
    operations.take_down(announcement=found, on=ground_of(request, site).today, **by_and_at(request))
    messages.success(request, _("It is no longer shown."))
    return redirect("workspace:announcements", site)
