"""Doors to what people want to be told: the page of preferences, and the address at a mail's end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accord.kernel.access import Request, open_to_all, signed_in
from accord.kernel.refused import Refused
from accord.outbox import operations, queries
from accord.outbox.forms import PreferencesForm, topic_name
from accord.ui.forms import form_page


@require_http_methods(["GET", "POST"])
@signed_in
def settings(request: Request) -> HttpResponse:
    """Choose by which way and how soon one is told of each topic, and when one wants quiet."""
    person = request.actor.person_id or 0
    starts, ends = queries.quiet_hours_of(person) or (None, None)
    form = PreferencesForm(
        request.POST or None,
        wishes=queries.topic_wishes(person),
        initial={"quiet_from": starts, "quiet_until": ends},
    )
    if request.method == "POST" and form.is_valid():
        quiet = (form.cleaned_data["quiet_from"], form.cleaned_data["quiet_until"])
        try:
            operations.set_preferences(person_id=person, paces=form.paces(), quiet=quiet)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Kept. It holds for what happens from now on."))
            return redirect("outbox:settings")
    return form_page(request, "outbox/settings.html", form, {"lines": list(form.lines())})


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed token is the key
@require_http_methods(["GET", "POST"])
@open_to_all
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """Send no more mail of a topic to whoever the address in a mail was made for; by one press, without signing in."""
    person, topic = operations.read_unsubscribe(token)
    if request.method == "POST":
        operations.unsubscribe(person_id=person, topic=topic)
    context = {"topic": topic_name(topic) if topic else "", "done": request.method == "POST"}
    return render(request, "outbox/unsubscribe.html", context)
