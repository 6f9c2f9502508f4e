"""Doors to the form of a call as the office builds it: its outline, its parts, their order."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Refused
from accord.programmes import operations, queries
from accord.programmes.forms import KINDS, QuestionForm, SectionForm, values_of_question
from accord.programmes.queries import Call, Lines
from accord.programmes.views._calls_ground import Sheet, blame, by_and_at, call_to_run
from accord.programmes.views._tabs import call_tabs
from accord.ui.forms import Form

KIND_WORDS = dict(KINDS)


@require_GET
@signed_in
def form(request: Request, programme: str, call: str) -> HttpResponse:
    """Show the form as it is being built: sections and questions, what is wrong, what is new."""
    found = call_to_run(request, programme, call)
    working = queries.working_form(found)
    context = {
        "call": found,
        "tabs": call_tabs(request, found, "form"),
        "working": working,
        "outline": [_with_kinds(one) for one in queries.outline_of(working)],
        "loose": queries.loose_faults(working),
        "new": [queries.words_of_difference(one) for one in working.new],
        "versions": [one for one in queries.forms_of(found) if one.published_at],
        "kinds": KINDS,
        "names": [found.programme.key, found.key],
    }
    return render(request, "programmes/form.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def add_section(request: Request, programme: str, call: str) -> HttpResponse:
    """Add a section at the end of the form."""
    return _section_page(request, call_to_run(request, programme, call), "")


@require_http_methods(["GET", "POST"])
@signed_in
def change_section(request: Request, programme: str, call: str, section: str) -> HttpResponse:
    """Change the title of a section, its help, and when it is asked."""
    return _section_page(request, call_to_run(request, programme, call), section)


def _section_page(request: Request, found: Call, section: str) -> HttpResponse:
    working = queries.working_form(found)
    stood = queries.section_in(working.definition, section) if section else {}
    questions = queries.sound_questions(working.definition, before_section=section)
    form = SectionForm(
        request.POST or None,
        initial={name: queries.words_in(stood, name) for name in ("title", "help")},
        offer=queries.lines_on_offer(questions),
        started=queries.lines_in(stood.get("show_if")),
    )

    def save(version: int) -> None:
        said = form.cleaned_data
        facts = {"title": said["title"].as_dict(), "help": said["help"].as_dict()}
        facts["show_if"] = _condition(form, stood, questions, found)
        operations.put_section(call=found, section=section, facts=facts, version=version, **by_and_at(request))

    heading = _("Change the section") if section else _("Add a section")
    return _part_page(request, found, form, working.version, save, heading, f"section-{section}")


@require_http_methods(["GET", "POST"])
@signed_in
def add_question(request: Request, programme: str, call: str, section: str, kind: str) -> HttpResponse:
    """Add a question of one kind at the end of a section."""
    found = call_to_run(request, programme, call)
    if kind not in KIND_WORDS:
        raise queries.no_such_kind()
    working = queries.working_form(found)
    queries.section_in(working.definition, section)
    return _question_page(request, found, working, section, "", {"kind": kind})


@require_http_methods(["GET", "POST"])
@signed_in
def change_question(request: Request, programme: str, call: str, question: str) -> HttpResponse:
    """Change a question: its words, its limits, and when it is asked."""
    found = call_to_run(request, programme, call)
    working = queries.working_form(found)
    section, stood = queries.question_in(working.definition, question)
    return _question_page(request, found, working, str(section.get("key")), question, stood)


def _question_page(
    request: Request, found: Call, working: queries.Working, section: str, question: str, stood: Mapping[str, Any]
) -> HttpResponse:
    kind = str(stood["kind"])
    questions = queries.questions_before(working.definition, section, question)
    form = QuestionForm(
        request.POST or None,
        initial=values_of_question(stood),
        kind=kind,
        offer=queries.lines_on_offer(questions),
        started=queries.lines_in(stood.get("show_if")),
    )

    def save(version: int) -> None:
        facts = form.facts(stood) | {"show_if": _condition(form, stood, questions, found)}
        operations.put_question(
            call=found, section=section, question=question, facts=facts, version=version, **by_and_at(request)
        )

    heading = _("Change the question") if question else _("Add a question")
    return _part_page(
        request, found, form, working.version, save, heading, f"section-{section}", KIND_WORDS.get(kind, "")
    )


def _part_page(
    request: Request,
    found: Call,
    form: Form,
    version: int,
    save: Callable[[int], None],
    heading: Any,
    anchor: str,
    meta: Any = "",
) -> HttpResponse:
    """Answer a form about one part; it carries the version of the draft that it was made from."""
    back = f"{reverse('programmes:form', args=[found.programme.key, found.key])}#{anchor}"
    form.carried = (("version", str(sent_version(request, version))),)
    if request.method == "POST" and form.is_valid():
        try:
            save(sent_version(request, version))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The draft of the form is kept."))
            return redirect(back)
    return Sheet(heading, _("Keep it"), back, found.programme, found, meta).page(request, form)


@require_http_methods(["POST"])
@signed_in
def move_part(request: Request, programme: str, call: str) -> HttpResponse:
    """Move a question or a section one place up or down."""
    found = call_to_run(request, programme, call)
    steps = -1 if request.POST.get("way") == "up" else 1
    return _arranged(request, found, lambda **what: operations.move_part(call=found, steps=steps, **what))


@require_http_methods(["POST"])
@signed_in
def remove_part(request: Request, programme: str, call: str) -> HttpResponse:
    """Remove a question, or a section with its questions."""
    found = call_to_run(request, programme, call)
    return _arranged(request, found, lambda **what: operations.remove_part(call=found, **what))


def _arranged(request: Request, found: Call, do: Callable[..., Any]) -> HttpResponse:
    section, question = (request.POST.get(name, "") for name in ("section", "question"))
    try:
        do(section=section, question=question, version=sent_version(request, 0), **by_and_at(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The draft of the form is kept."))
    return redirect(f"{reverse('programmes:form', args=[found.programme.key, found.key])}#section-{section}")


def sent_version(request: HttpRequest, version: int) -> int:
    """Return the version that was sent along; the present one where none was."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else version  # noqa: PLR2004 (figures of a version)


def _condition(form: Any, stood: Mapping[str, Any], questions: Any, found: Call) -> Any:
    """Return the condition that was chosen; the one that stood where it was left as it is."""
    lines: Lines | None = form.lines()
    if lines is None:
        return stood.get("show_if")
    return queries.condition_of(lines, questions, queries.day_of_deadline(found))


def _with_kinds(section: queries.SectionRow) -> dict[str, Any]:
    """Return a section with the kinds of its questions in words."""
    rows = [{"row": one, "kind": KIND_WORDS.get(one.kind, one.kind)} for one in section.rows]
    return {"section": section, "rows": rows}
