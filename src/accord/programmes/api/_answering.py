"""The form of one's own application: asked, answered section by section, files, and what is still missing."""

from datetime import date
from typing import IO, Any, Literal, cast

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja.files import UploadedFile
from ninja.params.functions import File
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    MULTIPART,
    ApiRequest,
    Created,
    Data,
    Detail,
    Key,
    Number,
    Router,
    Sent,
    Shown,
    Words,
    expected,
    point,
    wrong_field,
)
from accord.people.queries import acting_person
from accord.programmes import operations, queries
from accord.programmes.api._own import own_to_write
from accord.programmes.enums import Permission
from accord.programmes.queries import Application, Question, Section

answering = Router(tags=["Programmes"])
ONE = "/applications/{reference}"
KINDS = ("short", "long", "choice", "number", "date", "file", "link", "ranking", "members", "agree", "text")
_FILE: Any = File(..., description="At most as large as the question takes.")


class OptionShown(Shown):
    """One of the answers to choose from."""

    key: str
    label: Words


class QuestionAsked(Shown):
    """A question that shows, given the answers so far, with its answer and what is not right with it yet."""

    key: str = Field(examples=["why"])
    kind: str = Field(description=f"One of {', '.join(KINDS)}.", examples=["long"])
    label: Words
    help: Words | None
    required: bool
    to_hosts: bool = Field(description="Hosts that the applicant ranks read the answer.")
    least: float | None = Field(description="What the kind counts: characters, words, options, files, places, people.")
    most: float | None
    options: list[OptionShown] = Field(description="Of a choice; of a ranking its entries are codes of places.")
    several: bool
    other: bool = Field(description="An answer in own words is taken too.")
    whole: bool
    unit: Words | None
    earliest: date | None
    latest: date | None
    types: list[str] = Field(description="Endings of the files that are taken.")
    megabytes: int | None
    source: str = Field(description="What a ranking chooses from.")
    answer: Any = Field(description="As it is kept; null where there is none.")
    problems: list[Words] = Field(description="What is missing or not right yet.")


class SectionAsked(Shown):
    """A section of the form with the questions that show."""

    key: str = Field(examples=["plan"])
    title: Words
    help: Words | None
    state: Literal["not-started", "begun", "done"]
    questions: list[QuestionAsked]


class FormAsked(Shown):
    """The form as it is asked now, with one's own answers."""

    reference: str
    number: int = Field(description="Which version of the form the application stands on.")
    sections: list[SectionAsked]
    version: int = Field(description="The row version of the application, as in ETag.")


class AnswersSent(Sent):
    """Answers to questions of one section; a question that is left out stays as it is, null takes an answer away."""

    answers: Data = Field(examples=[{"why": "To learn how payments are cleared."}])


class MissingShown(Shown):
    """An answer that is missing or not right yet."""

    section: str
    question: str
    label: Words
    words: Words = Field(description="How to mend it.")


class RuleMet(Shown):
    """A rule of who may apply, and whether it holds by the answers so far."""

    key: str
    asks: Words
    holds: bool | None = Field(description="Null: an answer is missing.")
    words: Words = Field(description="What is told of it.")


class ApplicationCheck(Shown):
    """What keeps an application from being submitted."""

    reference: str
    missing: list[MissingShown]
    rules: list[RuleMet] = Field(description="Those that do not hold, or not yet.")
    waiting: list[str] = Field(description="Names of those who have not said yet whether they apply along.")
    new_form: bool = Field(description="The form has a newer version, which the draft takes first.")
    version: int


@answering.reads(f"{ONE}/form", answer=FormAsked, may=Permission.APPLY)
def read_application_form(request: ApiRequest, reference: Key) -> Detail[FormAsked]:
    """Read the form of one's own application. The questions that show, one's answers, and what is not right yet."""
    return _detail(queries.find_own_application(request.actor, reference))


@answering.changes(f"{ONE}/form/{{section}}", answer=FormAsked, may=Permission.APPLY)
def write_application_answers(
    request: ApiRequest, reference: Key, section: Key, sent: AnswersSent
) -> Detail[FormAsked]:
    """Keep answers of one section, half ones too. What is not right yet is said beside each question."""
    one = own_to_write(request, reference)
    queries.section_asked(one, section)
    try:
        kept = operations.keep_answers(
            application=one,
            section=section,
            raw=sent.answers,
            version=expected(request, one.version),
            by=acting_person(request.actor),
            at=clock.now(request.world),
        )
    except operations.AnswersForged as refused:
        point(refused, [(key, refused) for key in refused.detail["questions"]], under="answers")
        raise
    return _detail(kept)


@answering.creates(f"{ONE}/files/{{question}}", answer=FormAsked, may=Permission.APPLY, body=MULTIPART)
def attach_answer_file(
    request: ApiRequest, reference: Key, question: Key, file: UploadedFile = _FILE
) -> Created[FormAsked]:
    """Keep a file as an answer. Where the question takes one file it takes the place of the one before."""
    one = own_to_write(request, reference)
    if unknown := sorted({*request.POST, *request.FILES} - {"file"}):
        raise wrong_field(unknown[0], _("There is no such field. Leave it out."))
    kept = operations.keep_answer_file(
        application=one,
        question=question,
        content=cast("IO[bytes]", file.file),
        name=file.name or "",
        store=settings.FILE_STORE,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return Created(_form(kept), version=kept.version, at=reverse("api:read_application_form", args=[reference]))


@answering.drops(f"{ONE}/files/{{question}}/{{number}}", may=Permission.APPLY)
def drop_answer_file(request: ApiRequest, reference: Key, question: Key, number: Number) -> None:
    """Take a file of an answer away. Its number stands in the answer as `ref`; what is not there stays away."""
    one = own_to_write(request, reference)
    expected(request, one.version)
    operations.drop_answer_file(
        application=one,
        question=question,
        attachment=number,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )


@answering.reads(f"{ONE}/check", answer=ApplicationCheck, may=Permission.APPLY)
def check_application(request: ApiRequest, reference: Key) -> Detail[ApplicationCheck]:
    """Read what keeps one's own application from being submitted. Nothing is missing where the lists are empty."""
    one = queries.find_own_application(request.actor, reference)
    shown = ApplicationCheck(
        reference=one.reference,
        missing=[
            MissingShown(
                section=each.section, question=each.question, label=Words.of(each.label), words=Words.of(each.words)
            )
            for each in queries.missing_answers(one, queries.source_codes(one.call))
        ],
        rules=[
            RuleMet(key=each.key, asks=Words.of(each.asks), holds=each.holds, words=Words.of(each.words))
            for each in queries.rules_met(one)
            if each.holds is not True
        ],
        waiting=[each.name for each in queries.companions_of(one) if each.joined_at is None],
        new_form=queries.form_news(one) is not None,
        version=one.version,
    )
    return Detail(shown, version=one.version)


def _detail(one: Application) -> Detail[FormAsked]:
    return Detail(_form(one), version=one.version)


def _form(one: Application) -> FormAsked:
    """Return the form with the questions that show, given the answers."""
    sources = queries.source_codes(one.call)
    missing: dict[str, list[Words]] = {}
    for each in queries.missing_answers(one, sources):
        missing.setdefault(each.question, []).append(Words.of(each.words))
    return FormAsked(
        reference=one.reference,
        number=one.form.number,
        sections=[
            _section(one, queries.section_asked(one, each.key), each.state.value, missing)
            for each in queries.section_states(one, sources)
        ],
        version=one.version,
    )


def _section(one: Application, asked: Section, state: Any, missing: dict[str, list[Words]]) -> SectionAsked:
    return SectionAsked(
        key=asked.key,
        title=Words.of(queries.both(asked.title)),
        help=_words(asked.help),
        state=state,
        questions=[_question(each, one.answers.get(each.key), missing.get(each.key, [])) for each in asked.questions],
    )


def _question(asked: Question, answer: Any, problems: list[Words]) -> QuestionAsked:
    return QuestionAsked(
        key=asked.key,
        kind=str(asked.kind),
        label=Words.of(queries.both(asked.label)),
        help=_words(asked.help),
        required=asked.required,
        to_hosts=asked.to_hosts,
        least=asked.least,
        most=asked.most,
        options=[OptionShown(key=one.key, label=Words.of(queries.both(one.label))) for one in asked.options],
        several=asked.several,
        other=asked.other,
        whole=asked.whole,
        unit=_words(asked.unit),
        earliest=asked.earliest,
        latest=asked.latest,
        types=list(asked.types),
        megabytes=asked.megabytes,
        source=asked.source,
        answer=answer,
        problems=problems,
    )


def _words(text: Any) -> Words | None:
    """Return words of the form, where there are any."""
    return Words.of(queries.both(text)) if text else None
