"""Tells applicants what the office asks or decided of them, and the office what applicants answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.text import LANGUAGES, Bilingual
from accord.kernel.topics import Topic
from accord.outbox.operations import notify
from accord.people.queries import holders_of
from accord.programmes.models import Application, Enquiry, Step
from accord.programmes.queries import applicant_url, office_url, stage_tells
from accord.programmes.rules import OFFICE
from accord.ui import say

ASKED = Topic("programmes.asked", _("You are asked about your application"), is_urgent=True)
ASKED_AGAIN = Topic("programmes.asked-again", _("An answer about your application is missing"), is_urgent=True)
TOLD = Topic("programmes.step-told", _("Your application goes another way, and why"), is_urgent=True)
ANSWERED = Topic("programmes.answered", _("An applicant answered a question"))
OVERDUE = Topic("programmes.answer-overdue", _("An applicant’s answer is overdue"))
STEP_TOPICS = (ASKED, ASKED_AGAIN, TOLD, ANSWERED, OVERDUE)


@dataclass(frozen=True, slots=True)
class News:
    """What is told: a subject, and what there is to say beside it."""

    subject: str | Promise
    body: str | Promise


NEWS = {
    ASKED.code: News(_("A question about your application %(reference)s"), _("%(text)s\n\nAnswer by %(due)s.")),
    ASKED_AGAIN.code: News(
        _("Your answer about %(reference)s is missing"),
        _("You were asked:\n\n%(text)s\n\nAnswer by %(due)s. The application waits until then."),
    ),
    TOLD.code: News(_("Your application %(reference)s: %(stage)s"), "%(text)s\n\n%(tells)s"),
    ANSWERED.code: News(_("%(reference)s: the applicant answered"), _("The application goes on.")),
    OVERDUE.code: News(
        _("%(reference)s: no answer since %(due)s"), _("Ask again, or go on without the applicant’s answer.")
    ),
}


def tell_asked(enquiry: Enquiry, *, at: datetime, is_again: bool = False) -> None:
    """Tell the applicant what the office wants to know and by when."""
    topic = ASKED_AGAIN if is_again else ASKED
    _tell(topic, enquiry.application, {enquiry.application.applicant_id}, f"{enquiry.pk}", at, _of_enquiry(enquiry))


def tell_answered(enquiry: Enquiry, *, at: datetime) -> None:
    """Tell whoever asked that the answer is there."""
    _tell(ANSWERED, enquiry.application, {enquiry.asked_by_id}, f"{enquiry.pk}", at, _of_enquiry(enquiry))


def tell_overdue(enquiry: Enquiry, *, at: datetime) -> None:
    """Tell whoever asked, and those who run the programme, that nobody answered in time."""
    owner = enquiry.application.call.programme.owner_id
    people = holders_of(OFFICE, [owner], on=at.date()) | {enquiry.asked_by_id}
    _tell(OVERDUE, enquiry.application, set(people), f"{enquiry.pk}", at, _of_enquiry(enquiry))


def tell_of_step(application: Application, *, taken: Step, stage: Bilingual, at: datetime) -> None:
    """Tell the applicant what the office said when it took a step."""
    values = {"text": Bilingual(taken.words, taken.words), "stage": stage, "tells": stage_tells(application)}
    _tell(TOLD, application, {application.applicant_id}, f"{taken.pk}", at, values)


def _of_enquiry(enquiry: Enquiry) -> Mapping[str, Bilingual]:
    due = Bilingual("–", "–")
    if enquiry.due_on is not None:
        sides = []
        for language in LANGUAGES:
            with override(language):
                sides.append(str(say.day(enquiry.due_on)))
        due = Bilingual(*sides)
    return {"text": Bilingual(enquiry.text, enquiry.text), "due": due}


def _tell(
    topic: Topic, application: Application, people: set[int], key: str, at: datetime, values: Mapping[str, Bilingual]
) -> None:
    is_applicant = people == {application.applicant_id}
    said = dict(values) | {"reference": Bilingual(application.reference, application.reference)}
    news = NEWS[topic.code]
    notify(
        topic=topic.code,
        people=people,
        subject=_both(news.subject, said),
        body=_both(news.body, said),
        url=applicant_url(application) if is_applicant else office_url(application),
        record=f"application:{application.pk}",
        key=f"{topic.code}:{application.pk}:{key}",
        at=at,
    )


def _both(text: str | Promise, values: Mapping[str, Bilingual]) -> Bilingual:
    """Return a text in both languages, with its values in each."""
    sides = []
    for language in LANGUAGES:
        with override(language):
            sides.append((str(text) % {name: str(value) for name, value in values.items()}).strip())
    return Bilingual(*sides)
