"""What a person sees of their own: consents, requests, copies, and what is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.kernel.retention import Retained
from accord.people.queries import Person
from accord.privacy.enums import RequestState
from accord.privacy.models import Consent, DataRequest, PersonalCopy, SetAside
from accord.privacy.queries._data import ClassWords, Purpose, classes, purposes
from accord.privacy.queries._rows import count_rows, tables, who_is
from accord.privacy.rules import may_decide


@dataclass(frozen=True, slots=True)
class Switch:
    """One purpose and whether the person agrees to it now, to which text, since when."""

    purpose: Purpose
    consent: Consent | None

    @property
    def is_on(self) -> bool:
        """Say whether the person agrees to the present text."""
        return self.consent is not None and self.consent.text_version == self.purpose.version

    @property
    def is_older(self) -> bool:
        """Say whether the person agreed to an older text only."""
        return self.consent is not None and not self.is_on


@dataclass(frozen=True, slots=True)
class Holding:
    """What one table holds of a person: how many rows, and what was declared of it."""

    declared: Retained
    rows: int


@dataclass(frozen=True, slots=True)
class HeldClass:
    """What is kept for one reason."""

    words: ClassWords
    holdings: tuple[Holding, ...]

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(one.rows for one in self.holdings)


def switches_of(person_id: int) -> list[Switch]:
    """Return every purpose with the person's consent; one query."""
    given = {one.purpose: one for one in Consent.objects.filter(person=person_id, withdrawn_at=None)}
    return [Switch(purpose, given.get(code)) for code, purpose in purposes().items()]


def consents_of(person_id: int) -> QuerySet[Consent]:
    """Return every consent of the person, also what they withdrew, latest first."""
    return Consent.objects.filter(person=person_id).order_by("-given_at", "-pk")


def has_consent(person_id: int, purpose: str) -> bool:
    """Say whether the person agrees to a purpose in the words of its present text; one query."""
    version = purposes()[purpose].version
    return Consent.objects.filter(person=person_id, purpose=purpose, withdrawn_at=None, text_version=version).exists()


def held_of(person: Person) -> list[HeldClass]:
    """Return what is kept of a person, by reason; a fixed number of queries."""
    counted = count_rows(who_is(person))
    found: dict[Any, list[Holding]] = {}
    for label, number in sorted(counted.items()):
        declared = tables()[label].declared
        found.setdefault(declared.kind, []).append(Holding(declared, number))
    return [HeldClass(words, tuple(found[kind])) for kind, words in classes().items() if kind in found]


def copies_of(person_id: int) -> QuerySet[PersonalCopy]:
    """Return the copies that were made of the person's data, latest first."""
    return PersonalCopy.objects.filter(person=person_id).order_by("-asked_at", "-pk")


def find_copy(actor: Actor, pk: int) -> PersonalCopy:
    """Return a copy of the actor's own data. Raises `NotThere` for those of others, also for stewards."""
    own = actor.person_id if actor.for_person is None else None
    found = PersonalCopy.objects.filter(pk=pk, person=own or 0).first()
    if found is None:
        raise NotThere(_("There is no copy of this number among yours."))
    return found


def requests_visible_to(actor: Actor, *, on: date) -> QuerySet[DataRequest]:
    """Return the requests that the actor may see, with `standing` on the day: stewards all, others their own."""
    own = Q(person=actor.person_id or 0) if actor.for_person is None else Q(pk=0)
    rows = DataRequest.objects.all() if may_decide(actor) else DataRequest.objects.filter(own)
    late = Q(state=RequestState.OPEN, due_on__lt=on)
    return (
        rows.select_related("person", "decided_by")
        .annotate(
            is_late=Case(When(late, then=Value(value=True)), default=Value(value=False), output_field=BooleanField()),
            standing=Case(When(late, then=Value("late")), default=F("state"), output_field=CharField()),
        )
        .order_by("-received_at", "-pk")
    )


def find_request(actor: Actor, pk: int, *, on: date) -> DataRequest:
    """Return a request that the actor may see. Raises `NotThere`."""
    found = requests_visible_to(actor, on=on).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no request of this number among those you may see."))
    return found


def open_requests() -> QuerySet[DataRequest]:
    """Return the requests that wait for an answer, the most urgent first."""
    return DataRequest.objects.filter(state=RequestState.OPEN).select_related("person").order_by("due_on", "pk")


def set_aside_of(person_id: int) -> SetAside | None:
    """Return what was laid aside of a person whose data is restricted."""
    return SetAside.objects.filter(person=person_id).first()


def set_aside_list() -> Sequence[SetAside]:
    """Return everybody whose data is restricted, latest first."""
    return list(SetAside.objects.select_related("person", "set_aside_by").order_by("-set_aside_at", "-pk"))
