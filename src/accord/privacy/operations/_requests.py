"""What people ask of their data: received, answered, refused with a reason, taken back."""

from datetime import date, datetime

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.text import EN, LANGUAGES, ZH, Bilingual
from accord.kernel.versions import expect
from accord.outbox import operations as outbox
from accord.outbox.enums import DeliveryState
from accord.people.enums import PersonState
from accord.people.queries import Person, recipients, stewards
from accord.privacy.enums import ANSWERED, RECEIVED, Channel, RequestKind, RequestState
from accord.privacy.models import DataRequest
from accord.privacy.operations._copies import ask_for_copy
from accord.privacy.operations._erase import erase, restrict
from accord.privacy.queries import classes, tables
from accord.privacy.rules import due_on
from accord.ui import say

COPIED = (RequestKind.ACCESS, RequestKind.PORTABILITY)
LONGEST_WHY = 200
LAST_LETTER, GONE = "privacy:last-letter:", "erased"


class AskedAlready(Refused):
    """The same was asked and waits for its answer."""

    code = "asked-already"
    status = 409


class RequestSettled(Refused):
    """The request is answered or was taken back."""

    code = "request-settled"
    status = 409


class ReasonMissing(Refused):
    """Who refuses says why."""

    code = "reason-missing"


@transaction.atomic
def ask(
    *,
    person: Person,
    kind: RequestKind,
    words: str,
    language: str,
    by: Person,
    at: datetime,
    channel: Channel = Channel.PAGE,
) -> DataRequest:
    """Keep what a person asks of their data, and tell the stewards; the clock starts. `by` is who entered it.

    Raises `AskedAlready` where the same waits for its answer, and `RequestSettled` for somebody erased.
    """
    if person.state == PersonState.ERASED:
        raise RequestSettled(_("This person is erased. Nothing is left of which something could be asked."))
    try:
        with transaction.atomic():
            made = DataRequest.objects.create(
                person=person,
                kind=kind,
                words=words.strip(),
                channel=channel,
                language=language if language in LANGUAGES else EN,
                received_at=at,
                received_by=by,
                due_on=due_on(at.date()),
            )
    except IntegrityError as error:
        raise AskedAlready(
            _("This was asked before and waits for its answer. Look at the list of requests.")
        ) from error
    outbox.notify(
        topic=RECEIVED,
        people=stewards(on=at.date()) - {person.pk},
        subject=Bilingual("Somebody asks something of their data", "有人就其个人信息提出请求"),
        body=Bilingual(
            f"It has to be answered by {made.due_on.isoformat()}.", f"须在{made.due_on.isoformat()}前答复。"
        ),
        url=f"/privacy/requests/{made.pk}/",
        record=f"data-request:{made.pk}",
        key=f"privacy:received:{made.pk}",
        at=at,
    )
    return made


@transaction.atomic
def take_back_request(*, request: DataRequest, by: Person, at: datetime) -> DataRequest:
    """Take a request back. Twice changes nothing. Raises `RequestSettled` once it is answered."""
    held = DataRequest.objects.select_for_update().get(pk=request.pk)
    if held.state == RequestState.WITHDRAWN:
        return held
    _refuse_settled(held)
    return _settle(held, state=RequestState.WITHDRAWN, reason="", by=by, at=at)


@transaction.atomic
def answer_request(
    *, request: DataRequest, version: int, state: RequestState, reason: str, by: Person, at: datetime
) -> DataRequest:
    """Grant a request, grant it in part, or refuse it, and tell the person; what was granted is done at once.

    An erasure erases, a restriction lays the data aside, access and portability have a copy made. A correction is made
    on the person's page before. Raises `Clash`, `RequestSettled`, `ReasonMissing`, `NotAllowed` for one's own request,
    and what the act itself refuses.
    """
    words = reason.strip()
    if state != RequestState.GRANTED and not words:
        raise ReasonMissing(_("Say why, so that the person can ask further."), field="reason")
    held = DataRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
    if by.pk == held.person_id:
        raise NotAllowed(_("Nobody answers their own request. Ask another steward."))
    _refuse_settled(held)
    expect(held, version)
    address = _address_of(held.person)
    done = _settle(held, state=state, reason=words, by=by, at=at)
    if state != RequestState.REFUSED:
        _act(done, by=by, at=at)
    _tell(done, address, at=at)
    return done


def _refuse_settled(held: DataRequest) -> None:
    if held.state != RequestState.OPEN:
        raise RequestSettled(_("This request is answered or was taken back. A new one can be made."))


def _settle(held: DataRequest, *, state: RequestState, reason: str, by: Person, at: datetime) -> DataRequest:
    held.state, held.reason, held.decided_by, held.decided_at = state, reason, by, at
    held.version += 1
    held.save(update_fields=["state", "reason", "decided_by", "decided_at", "version"])
    return held


def _act(held: DataRequest, *, by: Person, at: datetime) -> None:
    """Do what was granted; a partial grant of an erasure or a restriction is done by hand and said in words."""
    why = f"Data request {held.pk}"[:LONGEST_WHY]
    if held.kind in COPIED:
        ask_for_copy(person=held.person, language=held.language, by=held.person, at=at)
    elif held.state == RequestState.GRANTED and held.kind == RequestKind.RESTRICTION:
        restrict(person=held.person, why=why, by=by, at=at)
    elif held.state == RequestState.GRANTED and held.kind == RequestKind.ERASURE:
        kept = erase(person=held.person, why=why, by=by, at=at)
        DataRequest.objects.filter(pk=held.pk).update(kept=[one.as_dict() for one in kept])
        held.refresh_from_db()


def _address_of(person: Person) -> str:
    """Return where the person is written to, before anything is done that takes the address away."""
    found = recipients([person.pk])
    return found[0].address if found else ""


def _tell(held: DataRequest, address: str, *, at: datetime) -> None:
    """Tell the person: in the inbox and by mail; who is no longer written to gets one last letter."""
    active = Person.objects.filter(pk=held.person_id, state=PersonState.ACTIVE).exists()
    if active:
        outbox.notify(
            topic=ANSWERED,
            people=[held.person_id],
            subject=Bilingual("Your request about your data is answered", "您就个人信息提出的请求已得到答复"),
            body=Bilingual(answer_in_words(held, EN), answer_in_words(held, ZH)),
            url=f"/privacy/requests/{held.pk}/",
            record=f"data-request:{held.pk}",
            key=f"privacy:answered:{held.pk}",
            at=at,
        )
    elif address:
        with override(held.language):
            subject = str(_("Your request about your data is answered"))
        letter = EmailMessage(subject, answer_in_words(held, held.language), to=[address])
        outbox.keep_letter(letter=letter, key=f"{LAST_LETTER}{held.pk}", at=at)


def answer_in_words(held: DataRequest, language: str) -> str:
    """Return the answer as the person reads it: the decision, the reason, and what is kept with class and day."""
    with override(language):
        parts = [f"{RequestKind(held.kind).label}: {RequestState(held.state).label}."]
        parts += [held.reason] if held.reason else []
        if held.kept:
            parts.append(str(_("This stays, because a law or a contract asks for it:")))
            parts += [_kept_in_words(one) for one in held.kept]
        if held.state in {RequestState.REFUSED, RequestState.PARTLY}:
            parts.append(str(_("If you do not agree, write to the authority for data protection of your country.")))
    return "\n\n".join(parts)


def _kept_in_words(one: dict[str, str]) -> str:
    words = next(known for kind, known in classes().items() if kind.value == one["class"])
    line = _("%(name)s (%(rows)s entries): until %(until)s at least. %(law)s")
    return str(
        line
        % {
            "name": words.name,
            "rows": one["rows"],
            "until": say.day(date.fromisoformat(one["until"])),
            "law": words.law,
        }
    )


def forget_last_letters(*, at: datetime) -> int:
    """Take the address out of last letters that have left, or never will; return how many. Twice changes nothing."""
    del at
    deliveries = tables()["outbox.Delivery"].model._base_manager  # noqa: SLF001 (by declaration, as an erasure does)
    left = deliveries.filter(
        message__key__startswith=LAST_LETTER, state__in=[DeliveryState.SENT, DeliveryState.GIVEN_UP]
    ).exclude(address=GONE)
    return int(left.update(address=GONE, last_error=""))
