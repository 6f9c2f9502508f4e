"""Doors to the rules of who may apply, as the office writes them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotThere, Refused
from accord.programmes import operations, queries
from accord.programmes.forms import RuleForm
from accord.programmes.queries import Call
from accord.programmes.views._calls_ground import Sheet, blame, by_and_at, call_to_run
from accord.programmes.views._form_builder import sent_version


@require_GET
@signed_in
def eligibility(request: Request, programme: str, call: str) -> HttpResponse:
    """Show the rules of who may apply, in words."""
    found = call_to_run(request, programme, call)
    read = queries.read_eligibility(found.eligibility, queries.asked_form(found))
    context = {
        "call": found,
        "rules": queries.rules_shown(read.rules),
        "faults": queries.words_of_faults(read.faults),
        "raw": found.eligibility if read.faults else (),
        "names": [found.programme.key, found.key],
    }
    return render(request, "programmes/eligibility.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def add_rule(request: Request, programme: str, call: str) -> HttpResponse:
    """Add a rule of who may apply."""
    return _rule_page(request, call_to_run(request, programme, call), None)


@require_http_methods(["GET", "POST"])
@signed_in
def change_rule(request: Request, programme: str, call: str, rule: str) -> HttpResponse:
    """Change a rule of who may apply."""
    found = call_to_run(request, programme, call)
    places = [at for at, one in enumerate(found.eligibility) if one.get("key") == rule]
    if not places:
        raise NotThere(_("This rule is no longer there."))
    return _rule_page(request, found, places[0])


@require_http_methods(["POST"])
@signed_in
def remove_rule(request: Request, programme: str, call: str, rule: str) -> HttpResponse:
    """Remove a rule of who may apply."""
    found = call_to_run(request, programme, call)
    left = [one for one in found.eligibility if one.get("key") != rule]
    try:
        operations.keep_eligibility(
            call=found, eligibility=left, version=sent_version(request, found.version), **by_and_at(request)
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The rules are kept."))
    return redirect(_to_rules(found))


def _rule_page(request: Request, found: Call, place: int | None) -> HttpResponse:
    stood = {} if place is None else found.eligibility[place]
    asked = queries.asked_form(found)
    questions = list(asked.questions) if asked else []
    form = RuleForm(
        request.POST or None,
        initial={name: queries.words_in(stood, name) for name in ("words", "refusal")},
        offer=queries.lines_on_offer(questions),
        started=queries.lines_in(stood.get("condition")),
    )
    form.carried = (("version", str(sent_version(request, found.version))),)
    if request.method == "POST" and form.is_valid():
        try:
            operations.keep_eligibility(
                call=found,
                eligibility=_with_rule(found, place, form, questions),
                version=sent_version(request, found.version),
                **by_and_at(request),
            )
        except Refused as refused:
            for words in queries.words_of_faults(refused.detail.get("faults", ())):
                form.add_error(None, words)
            blame(form, refused)
        else:
            messages.success(request, _("The rules are kept."))
            return redirect(_to_rules(found))
    heading = _("Add a rule") if place is None else _("Change the rule")
    meta = _("It looks at answers to questions of the form, which are asked before it.")
    return Sheet(heading, _("Keep it"), _to_rules(found), found.programme, found, meta).page(request, form)


def _with_rule(found: Call, place: int | None, form: RuleForm, questions: Any) -> list[dict[str, Any]]:
    """Return the rules with the one that was written."""
    rules = [dict(one) for one in found.eligibility]
    stood = {} if place is None else rules[place]
    said, lines = form.cleaned_data, form.lines()
    condition = (
        stood.get("condition")
        if lines is None
        else queries.condition_of(lines, questions, queries.day_of_deadline(found))
    )
    taken = [str(one.get("key", "")) for one in rules]
    rule = {
        "key": stood.get("key") or queries.key_for(said["words"], taken, "rule"),
        "condition": condition,
        "words": said["words"].as_dict(),
        "refusal": said["refusal"].as_dict(),
    }
    return [*rules, rule] if place is None else [*rules[:place], rule, *rules[place + 1 :]]


def _to_rules(call: Call) -> str:
    return reverse("programmes:eligibility", args=[call.programme.key, call.key])
