"""Doors to what applicants write: the sections of the form, and what a newer version of it changes."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, Refused
from accord.programmes import operations, queries
from accord.programmes.forms import AnswersForm
from accord.programmes.queries import Application, Section
from accord.programmes.views._applying import home_of, own_to_write, still_open, written
from accord.ui import drafts
from accord.ui.forms import WRONG_FORM, Form

SEEN, VERSION, LEAVE = "answers-seen", "answers-version", "leave"
CLASH = 409
MEGABYTE = 1024 * 1024


@require_http_methods(["GET", "POST"])
@signed_in
def my_section(request: Request, reference: str, section: str) -> HttpResponse:
    """Ask one section of the form, and keep what is typed, half answers too."""
    one = own_to_write(request, reference)
    asked = queries.section_asked(one, section)
    if not still_open(request, one):
        return redirect(home_of(one))
    if request.method == "POST":
        return _keep(request, one, asked)
    return _page(request, one, asked, drafts.opened(request, lambda data: _form(one, asked, data)))


@require_http_methods(["GET", "POST"])
@signed_in
def new_form(request: Request, reference: str) -> HttpResponse:
    """Show what a newer version of the form changes for a draft, and move it there."""
    one = own_to_write(request, reference)
    news = queries.form_news(one)
    if news is None or not still_open(request, one):
        return redirect(home_of(one))
    if request.method == "POST":
        operations.take_new_form(application=one, form=news.form, **written(request))
        messages.success(request, _("Your draft stands on the new form. Nothing of what you wrote is lost."))
        return redirect(home_of(one))
    return render(request, "programmes/new_form.html", {"application": one, "call": one.call, "news": news})


def _form(
    one: Application, asked: Section, data: QueryDict | None, sent: Mapping[str, Any] | None = None
) -> AnswersForm:
    """Return the form of a section, with what is kept of it."""
    has_sources = any(each.source for each in asked.questions)
    form = AnswersForm(
        asked.questions,
        data,
        sent,
        answers=one.answers,
        sources=queries.source_words(one.call) if has_sources else {},
        files=queries.answer_files(one, asked),
        words=queries.word_counts(one, asked),
        is_ranked=one.call.most_wishes > 0,
    )
    form.carried = ((SEEN, queries.section_seen(one, asked.key)), (VERSION, str(one.version)))
    return form


def _page(
    request: Request,
    one: Application,
    asked: Section,
    form: Form,
    *,
    status: int = 200,
    theirs: Any = None,
) -> HttpResponse:
    context = {
        "application": one,
        "call": one.call,
        "title": queries.both(asked.title),
        "help": queries.both(asked.help) if asked.help else "",
        "form": form,
        "theirs": theirs,
    }
    return render(request, "programmes/my_section.html", context, status=status)


def _keep(request: Request, one: Application, asked: Section) -> HttpResponse:
    """Keep the answers, then the files; say what is wrong with either, and go on or leave."""
    form = _form(one, asked, request.POST, request.FILES)
    try:
        kept = operations.keep_answers(
            application=one, section=asked.key, raw=form.written(), **_told(request), **written(request)
        )
    except Clash:
        return _clash(request, one, asked)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, one, asked, form, status=WRONG_FORM)
    kept, refusals = _keep_files(request, kept, form)
    if LEAVE in request.POST and not refusals:
        messages.success(request, _("Your answers are kept. Come back before the deadline to submit."))
        return redirect(home_of(one))
    problems = _problems(kept, asked) + refusals
    if problems:
        return _again(request, kept, asked, problems)
    return _go_on(request, kept, asked)


def _told(request: Request) -> dict[str, Any]:
    """Return which state of the answers the page showed."""
    version = request.POST.get(VERSION, "")
    number = int(version) if version.isdecimal() and len(version) < len(str(2**31)) else 0
    return {"version": number, "seen": request.POST.get(SEEN, "")}


def _clash(request: Request, one: Application, asked: Section) -> HttpResponse:
    """Show what another window kept meanwhile beside what was typed here; sent again, this one holds."""
    fresh = queries.find_own_application(request.actor, one.reference)
    form = _form(fresh, asked, request.POST, request.FILES)
    sections = queries.answer_sections(fresh)
    theirs = next((each for each in sections if each.title == queries.both(asked.title)), None)
    return _page(request, fresh, asked, form, status=CLASH, theirs=theirs)


def _keep_files(request: Request, one: Application, form: AnswersForm) -> tuple[Application, list[tuple[str, Any]]]:
    """Take away and keep files; return the application as it stands then, and what was refused, by question."""
    refusals: list[tuple[str, Any]] = []
    for key, ref in form.taken_away():
        one = operations.drop_answer_file(application=one, question=key, attachment=ref, **written(request))
    for key, sent in form.sent_files().items():
        try:
            one = operations.keep_answer_file(
                application=one,
                question=key,
                content=sent.file,
                name=sent.name,
                store=settings.FILE_STORE,
                **written(request),
            )
        except Refused as refused:
            refusals.append((key, str(refused)))
    if getattr(request, "upload_is_too_large", False):
        most = settings.FILE_BYTES // MEGABYTE
        words = _("The file is larger than %(most)s MB. Make it smaller, or send it in parts.") % {"most": most}
        refusals += [(key, words) for key in form.file_keys if key not in form.sent_files()]
    return one, refusals


def _problems(one: Application, asked: Section) -> list[tuple[str, Any]]:
    """Return what is not right with what was typed; what is merely missing may wait."""
    return [
        (each.key, words)
        for each in asked.questions
        if each.key in one.answers
        for _key, words in queries.problems_with([each], one.answers)
    ]


def _again(request: Request, one: Application, asked: Section, problems: list[tuple[str, Any]]) -> HttpResponse:
    """Show the section again with what is to be mended; all that could be kept is kept."""
    form = _form(one, asked, request.POST, request.FILES)
    form.show(problems)
    return _page(request, one, asked, form, status=WRONG_FORM)


def _go_on(request: Request, one: Application, asked: Section) -> HttpResponse:
    """Go on to the next section, or stay where an answer led to more questions."""
    before = {each.key for each in asked.questions}
    new = [each for each in queries.section_asked(one, asked.key).questions if each.key not in before and each.asks]
    if new:
        said = ngettext_lazy(
            "Your answers led to another question here.", "Your answers led to more questions here.", len(new)
        )
        messages.info(request, said)
        return redirect("programmes:my-section", one.reference, asked.key)
    following = queries.section_after(one, asked.key)
    if following:
        return redirect("programmes:my-section", one.reference, following)
    return redirect(home_of(one))
