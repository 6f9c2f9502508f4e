"""Letters with decisions: written in the applicant's language, held back, and let go or called off together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.engines.workflow import Phase
from accord.kernel.text import EN, ZH, Bilingual
from accord.kernel.topics import Topic
from accord.outbox.operations import hold_batch, notify, stop_notices
from accord.people.queries import Person
from accord.programmes.enums import Outcome
from accord.programmes.models import Application, CoApplicant, Decision, Slate
from accord.programmes.operations._steps import advance_all, locked_applications
from accord.programmes.queries import feedback_on, reserve_stages

BATCH = "programmes.slate"
DECIDED = "programmes.decided"
SLATE_TOPICS = (Topic(DECIDED, _("A decision on your application"), is_urgent=True),)

SUBJECT = _("The decision on your application %(reference)s")
SENTENCES: Mapping[str, str | Promise] = {
    Outcome.ACCEPT: _("Your application %(reference)s to %(call)s is accepted."),
    Outcome.RESERVE: _("Your application %(reference)s to %(call)s is on the reserve list, at position %(position)s."),
    Outcome.DECLINE: _("Your application %(reference)s to %(call)s is not accepted."),
    Outcome.REVISE: _("You are asked to revise your application %(reference)s to %(call)s and to submit it again."),
}
WHY = _("Why: %(reason)s")
COMMENTS = _("What reviewers wrote for you:")


def write_letters(slate: Slate, decisions: Sequence[Decision], *, by: Person, at: datetime) -> None:
    """Write the letter of each decision into a batch that waits until another person lets it go."""
    slate.batch = _next_key(slate)
    slate.save(update_fields=["batch"])
    call = slate.call
    title = Bilingual(
        f"{call.name.en or call.name.zh_hans}: decisions, slate {slate.number}",
        f"{call.name.zh_hans or call.name.en}：决定通知，第{slate.number}批",
    )
    batch = hold_batch(key=slate.batch, title=title, institution_id=call.programme.owner_id, by=by, at=at)
    people = _readers([one.application_id for one in decisions])
    rows = Application.objects.filter(pk__in=people).select_related("call", "applicant")
    applications = {one.pk: one for one in rows}
    for one in decisions:
        application = applications[one.application_id]
        subject, body = _letter(one, application)
        notify(
            topic=DECIDED,
            people=people[application.pk],
            subject=Bilingual(subject, subject),
            body=Bilingual(body, body),
            url=reverse("programmes:decision", args=[application.reference]),
            record=f"application:{application.pk}",
            key=_letter_key(slate, one),
            at=at,
            hold=batch,
        )


def _next_key(slate: Slate) -> str:
    """Return the key of a slate's letters; letters that were called off are followed by those of another key."""
    known = slate.batch.partition(".slate:")[2]
    turn = int(known.partition("-")[2] or 1) + 1 if known else 1
    return f"{BATCH}:{slate.pk}-{turn}"


def _letter_key(slate: Slate, decision: Decision) -> str:
    return f"{DECIDED}:{decision.pk}:{slate.batch}"


def _readers(applications: Iterable[int]) -> dict[int, list[int]]:
    """Return who is written to, by application: the applicant, and co-applicants who joined; two queries."""
    keys = list(applications)
    found = {pk: [who] for pk, who in Application.objects.filter(pk__in=keys).values_list("pk", "applicant")}
    joined = CoApplicant.objects.filter(application__in=keys, joined_at__isnull=False, removed_at=None)
    for application, person in joined.exclude(person=None).values_list("application", "person"):
        if person is not None:
            found[application].append(person)
    return found


def _letter(decision: Decision, application: Application) -> tuple[str, str]:
    """Return subject and body in the language in which the applicant is written to."""
    language = ZH if application.language.startswith("zh") else EN
    with override(language):
        values = {
            "reference": application.reference,
            "call": application.call.name,
            "position": decision.reserve_position,
            "reason": decision.reason,
        }
        parts = [str(SENTENCES[decision.outcome]) % values]
        if decision.reason:
            parts.append(str(WHY) % values)
        comments = [one.comment.strip() for one in feedback_on(application)]
        if comments:
            parts.append(str(COMMENTS))
            parts += [f"{number}. {text}" for number, text in enumerate(comments, 1)]
        return str(SUBJECT) % values, "\n\n".join(parts)


def decision_sentence(decision: Decision, application: Application) -> str:
    """Return a decision as a sentence, in the reader's language."""
    return str(SENTENCES[decision.outcome]) % {
        "reference": application.reference,
        "call": application.call.name,
        "position": decision.reserve_position,
    }


def tell_slate(about: str, at: datetime) -> None:
    """Let applicants read what a slate says of them, as its letters leave, and move them on; again changes nothing.

    Who withdrew meanwhile is told nothing any more.
    """
    slate = Slate.objects.select_for_update(of=("self",)).select_related("call").get(pk=_slate_of(about))
    due = Decision.objects.filter(slate=slate, told_at=None)
    rows = locked_applications(list(due.values_list("application", flat=True)))
    gone = [one.pk for one in rows if one.phase == Phase.WITHDRAWN]
    stop_notices(keys=[_letter_key(slate, one) for one in due.filter(application__in=gone)])
    due.exclude(application__in=gone).update(told_at=at)
    advance_all(applications=[one for one in rows if one.pk not in gone], at=at)


def call_off_slate(about: str, at: datetime) -> None:
    """Open a slate again whose letters were called off, so that it may be changed and settled anew.

    Where another is open by then, what was decided is dropped: those applications are due there. So is who was to
    move up from the reserve list: they wait there as before.
    """
    del at  # the history keeps when
    slate = Slate.objects.select_for_update(of=("self",)).select_related("call").get(pk=_slate_of(about))
    if slate.settled_at is None or Decision.objects.filter(slate=slate, told_at__isnull=False).exists():
        return
    decided = Decision.objects.filter(slate=slate)
    is_reserve = decided.filter(application__stage__in=reserve_stages(slate.call)).exists()
    if is_reserve or Slate.objects.filter(call=slate.call_id, settled_at=None).exists():
        decided.delete()
        return
    decided.update(reserve_position=None, score=None, draw="")
    slate.order, slate.digest, slate.settled_at, slate.settled_by = [], "", None, None
    slate.save(update_fields=["order", "digest", "settled_at", "settled_by"])


def _slate_of(about: str) -> int:
    return int(about.partition("-")[0])
