"""Applications before the reviewers: put there, taken from there, looked at again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.engines import questionnaire
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.programmes.models import Application, Call, CoApplicant
from accord.programmes.queries import review_record
from accord.review import operations as review
from accord.review import queries as reviews
from accord.review.enums import ConcernedKind
from accord.review.operations import Concerned

MOST_TOPICS = 20_000
REVISED = Bilingual(
    "The application was revised and submitted again. Look at what changed.",
    "申请人修改后重新提交，须重新查看改动之处。",
)


class ElsewhereReviewed(Refused):
    """A panel reviews the applications of its own call."""

    code = "elsewhere-reviewed"


class NotForReview(Refused):
    """Only what was submitted, and was neither withdrawn nor decided, goes before reviewers."""

    code = "not-for-review"
    status = 409


@transaction.atomic
def put_in_review(
    *, call: Call, applications: Iterable[Application], panel: reviews.Panel, by: Person, at: datetime
) -> list[reviews.Item]:
    """Put applications before a panel of their call, each under a neutral number and with all whom it concerns.

    Conflicts are found at once. Put again they are brought up to date. Raises `ElsewhereReviewed` and `NotForReview`.
    """
    if panel.subject != subject_of(call):
        raise ElsewhereReviewed(_("This panel reviews another call. Choose a panel of this one."))
    rows = list(
        Application.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[one.pk for one in applications], call=call)
        .select_related("applicant", "home", "form")
        .order_by("pk")
    )
    if any(one.submitted_at is None or one.phase in {"withdrawn", "declined", "done"} for one in rows):
        raise NotForReview(_("Choose applications that were submitted, and not withdrawn or decided since."))
    company = _companions([one.pk for one in rows])
    codes = _codes(panel, rows)
    return [
        review.put_item(
            panel=panel,
            record=review_record(one),
            code=codes[one.pk],
            title=one.title or Bilingual(one.reference, one.reference),
            topics=_topics(one),
            people=[_applicant(one), *company.get(one.pk, ())],
            by=by,
            at=at,
        )
        for one in rows
    ]


def subject_of(call: Call) -> str:
    """Return the reference under which panels serve a call."""
    return f"call:{call.pk}"


def take_from_review(application: Application, *, by: Person, at: datetime) -> None:
    """Take a withdrawn application from before every panel of its call; its reviewers are released."""
    for panel in reviews.panels_of([subject_of(application.call)]):
        review.withdraw_item(panel=panel, record=review_record(application), by=by, at=at)


def look_again(application: Application, *, by: Person, at: datetime) -> None:
    """Ask those who reviewed an application to look at it again, since it was revised; closed panels stay closed."""
    record = review_record(application)
    for panel in reviews.panels_of([subject_of(application.call)]):
        if panel.closed_at is not None:
            continue
        for one in reviews.reviews_in(panel):
            if one.assignment.item.record == record and one.submitted_at is not None:
                review.reopen_review(review=one, reason=f"{REVISED.en} {REVISED.zh_hans}", by=by, at=at)


def _codes(panel: reviews.Panel, rows: Sequence[Application]) -> dict[int, str]:
    """Return a code for each that says nothing of the applicant; one before the panel keeps its own."""
    known = dict(reviews.items_of(panel).values_list("record", "code"))
    numbers = count(len(known) + 1)
    return {one.pk: known.get(review_record(one)) or f"A-{next(numbers):03}" for one in rows}


def _applicant(application: Application) -> Concerned:
    person = application.applicant
    return Concerned(person, str(person.name), institution=application.home, kind=ConcernedKind.APPLICANT)


def _companions(keys: Iterable[int]) -> Mapping[int, list[Concerned]]:
    """Return who applies along, by application; one query."""
    found: dict[int, list[Concerned]] = {}
    rows = CoApplicant.objects.filter(application__in=list(keys), removed_at=None, declined_at=None)
    for one in rows.select_related("person", "institution"):
        found.setdefault(one.application_id, []).append(
            Concerned(one.person, one.name, one.email, one.institution, ConcernedKind.CO_APPLICANT)
        )
    return found


def _topics(application: Application) -> str:
    """Return the text that affinities are worked out from: what was written, but not who wrote it."""
    asked = questionnaire.read(application.form.definition)
    seen = questionnaire.visible_to_reviewers(asked, application.answers, blind=True)
    written = [value for question, value in seen if isinstance(value, str) and question.kind in _WRITTEN]
    return "\n".join([application.title.en, application.title.zh_hans, *written]).strip()[:MOST_TOPICS]


_WRITTEN = (questionnaire.Kind.SHORT, questionnaire.Kind.LONG)
