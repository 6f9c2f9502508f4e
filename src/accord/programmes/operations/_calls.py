"""Prepares calls, changes them, publishes them, and brings them to an end."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accord.engines import questionnaire
from accord.kernel.constraints import refused_as
from accord.kernel.facts import put
from accord.kernel.refused import Refused
from accord.kernel.secret import digest_of
from accord.kernel.text import Bilingual, trimmed
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Person
from accord.programmes import queries
from accord.programmes.enums import HostScore, TieRule
from accord.programmes.models import Application, Call, FormVersion, Programme
from accord.programmes.operations._call_news import tell_cancelled
from accord.programmes.operations._count_places import count_places
from accord.programmes.operations._keys import key_taken, refuse_odd_key
from accord.programmes.operations._programmes import ProgrammeEnded
from accord.review.enums import Mode

RESERVED_FOR_CALLS = frozenset({"change", "end", "new", "office"})
"""Words that stand in addresses where the short name of a call stands."""

PROMISED = ("tie_rule", "mode", "host_score", "most_wishes", "takes_joint", "time_zone")
"""What applicants were told beforehand, and what therefore stays once a call is published."""

UNDECIDED = ("screening", "question", "review", "decision", "offer")
"""The phases in which an applicant still waits for a word."""


class DatesOdd(Refused):
    """The dates of a call contradict each other."""

    code = "dates-odd"


class ZoneUnknown(Refused):
    """The time zone is none of the zone database."""

    code = "zone-unknown"


class AnswerUnknown(Refused):
    """The answer is none of those that can be chosen."""

    code = "answer-unknown"


class CallPromised(Refused):
    """What applicants were told stays once a call is published."""

    code = "call-promised"
    status = 409


class CallNotReady(Refused):
    """Something is missing before everybody may read the call."""

    code = "call-not-ready"


class CallOver(Refused):
    """The call was cancelled or is finished."""

    code = "call-over"
    status = 409


class CallNotPublished(Refused):
    """The call is still being prepared."""

    code = "call-not-published"
    status = 409


class CallNotOver(Refused):
    """The call is still open, or applicants wait for a word."""

    code = "call-not-over"
    status = 409


class ReasonMissing(Refused):
    """Whoever applied is told why."""

    code = "reason-missing"


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of a call and may be changed: see `models.Call` for what each of these means."""

    key: str
    name: Bilingual
    opens_at: datetime
    closes_at: datetime
    time_zone: str
    summary: Bilingual = field(default_factory=Bilingual)
    who_may: Bilingual = field(default_factory=Bilingual)
    gives: Bilingual = field(default_factory=Bilingual)
    contact: str = ""
    partner_zone: str = ""
    results_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    quota: int | None = None
    reserve_length: int = 0
    tie_rule: str = TieRule.LOTTERY
    mode: str = Mode.SINGLE
    host_score: str = HostScore.REVIEW
    most_wishes: int = 0
    takes_joint: bool = False
    is_public: bool = True

    def checked(self) -> "CallFacts":
        """Return the same as it is kept. Raises `NameMissing`, `ZoneUnknown`, `DatesOdd`, `AnswerUnknown`."""
        for name in ("time_zone", "partner_zone"):
            zone = getattr(self, name)
            if (zone or name == "time_zone") and zone not in available_timezones():
                raise ZoneUnknown(_("Choose a time zone such as Asia/Shanghai."), field=name)
        self._refuse_odd_dates()
        for name, choices in (("tie_rule", TieRule), ("mode", Mode), ("host_score", HostScore)):
            if getattr(self, name) not in choices:
                raise AnswerUnknown(_("Choose one of the listed answers."), field=name)
        return replace(
            self,
            name=named(self.name),
            contact=self.contact.strip(),
            summary=trimmed(self.summary),
            who_may=trimmed(self.who_may),
            gives=trimmed(self.gives),
        )

    def _refuse_odd_dates(self) -> None:
        if self.closes_at <= self.opens_at:
            raise DatesOdd(_("The call closes before it opens. Enter a later moment."), field="closes_at")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise DatesOdd(_("Placements end before they begin. Enter a later day."), field="ends_on")


def facts_of_call(call: Call) -> CallFacts:
    """Return what is known of a call, as it may be changed."""
    return CallFacts(**{one.name: getattr(call, one.name) for one in fields(CallFacts)})


@transaction.atomic
def prepare_call(
    *, programme: Programme, facts: CallFacts, by: Person, at: datetime, copied_from: Call | None = None
) -> Call:
    """Prepare a call of a programme; its workflow and the first draft of its form are those of its kind.

    Raises `ProgrammeEnded`, `KeyOdd`, `KeyTaken` and what `CallFacts.checked` does.
    """
    checked = facts.checked()
    refuse_odd_key(checked.key, RESERVED_FOR_CALLS)
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    if held.ended_at is not None:
        raise ProgrammeEnded(_("This programme has ended. Open another one for new calls."))
    traits = queries.kinds()[held.kind]
    made = Call(programme=held, prepared_at=at, prepared_by=by, copied_from=copied_from)
    made.workflow = dict(queries.standard_workflows()[traits.workflow])
    put(made, checked)
    if Call.objects.filter(programme=held, key=checked.key).exists():
        raise key_taken(checked.key)
    with refused_as({"call_key": lambda: key_taken(checked.key)}):
        made.save()
    _first_form(made, queries.standard_forms()[traits.form].definition, by, at)
    return made


@transaction.atomic
def change_call(*, call: Call, version: int, facts: CallFacts, by: Person, at: datetime) -> Call:
    """Change what is known of a call. What stands there already is no change, and no clash.

    Once it is published, what was promised stays and the deadline moves only to a later moment. Raises `Clash`,
    `CallOver`, `CallPromised`, `DatesOdd` and what `CallFacts.checked` does.
    """
    del by  # the history keeps it
    checked = facts.checked()
    held = live_call(call)
    before = facts_of_call(held)
    changed = put(held, checked)
    if not changed:
        return held
    expect(held, version)
    if held.published_at is not None:
        _refuse_broken_promise(before, changed, held, at)
    if "key" in changed:
        refuse_odd_key(held.key, RESERVED_FOR_CALLS)
    held.version += 1
    with refused_as({"call_key": lambda: key_taken(held.key), "call_late_code_is_whole": _late_code_too_short}):
        held.save(update_fields=[*changed, "version"])
    return held


@transaction.atomic
def publish_call(*, call: Call, seed: str, by: Person, at: datetime) -> Call:
    """Publish a call and seal the seed of its draw: the seed stays secret, its SHA-256 is public from now on.

    Raises `CallOver` and `CallNotReady`, which lists in words all that is missing.
    """
    held = live_call(call)
    if held.published_at is not None:
        return held
    missing = queries.missing_to_publish(held, at)
    if missing:
        raise CallNotReady(" ".join(str(one.words) for one in missing), missing=missing)
    held.seed, held.seed_digest = seed, digest_of(seed)
    held.published_at, held.published_by, held.version = at, by, held.version + 1
    held.save(update_fields=["seed", "seed_digest", "published_at", "published_by", "version"])
    return held


@transaction.atomic
def cancel_call(*, call: Call, reason: str, by: Person, at: datetime) -> Call:
    """Cancel a call, with the reason that everybody who applied reads. Raises `CallOver`, `ReasonMissing`."""
    held = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    if held.cancelled_at is not None:
        return held
    _refuse_over(held)
    words = " ".join(reason.split())
    if held.published_at is not None and not words:
        raise ReasonMissing(_("Say why the call is cancelled; everybody who applied reads it."), field="reason")
    held.cancelled_at, held.cancelled_by, held.cancel_reason, held.version = at, by, words, held.version + 1
    held.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason", "version"])
    count_places(call=held, at=at)
    tell_cancelled(held, at=at)
    return held


@transaction.atomic
def finish_call(*, call: Call, by: Person, at: datetime) -> Call:
    """Finish a call once everybody was told: its seed becomes public. Raises `CallOver`, `CallNotOver`."""
    held = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    if held.finished_at is not None:
        return held
    _refuse_over(held)
    if held.published_at is None:
        raise CallNotPublished(_("This call was never published. Cancel it instead."))
    if at < max(held.closes_at, held.late_until_at or held.closes_at):
        raise CallNotOver(_("The call is still open. Finish it after its deadline."))
    waiting = Application.objects.filter(call=held, phase__in=UNDECIDED).count()
    if waiting:
        raise CallNotOver(
            ngettext(
                "%(count)s application waits for a word. Decide on it first.",
                "%(count)s applications wait for a word. Decide on them first.",
                waiting,
            )
            % {"count": waiting}
        )
    held.finished_at, held.finished_by, held.version = at, by, held.version + 1
    held.save(update_fields=["finished_at", "finished_by", "version"])
    return held


def live_call(call: Call) -> Call:
    """Return a call, locked, that is neither cancelled nor finished. Raises `CallOver`."""
    held = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    _refuse_over(held)
    return held


def _refuse_over(call: Call) -> None:
    if call.cancelled_at is not None:
        raise CallOver(_("This call was cancelled. Nothing of it changes any more."))
    if call.finished_at is not None:
        raise CallOver(_("This call is finished. Nothing of it changes any more."))


def _refuse_broken_promise(before: CallFacts, changed: Sequence[str], held: Call, at: datetime) -> None:
    """Refuse to change what applicants were told, to bring the deadline forward, or to move what has begun."""
    if "key" in changed:
        raise CallPromised(_("The address of a published call stays."), field="key")
    broken = next((name for name in PROMISED if name in changed), None)
    if broken is not None:
        raise CallPromised(
            _("This was published with the call, and applicants rely on it. It stays as it is."), field=broken
        )
    if "opens_at" in changed and before.opens_at <= at:
        raise CallPromised(_("The call has opened already."), field="opens_at")
    if "closes_at" in changed and held.closes_at < before.closes_at:
        raise DatesOdd(_("The deadline was published. It can only move to a later moment."), field="closes_at")


def _late_code_too_short() -> DatesOdd:
    return DatesOdd(
        _("The late code ends before this deadline. Give it a later end, or take it back, first."), field="closes_at"
    )


def _first_form(call: Call, definition: Any, by: Person, at: datetime) -> FormVersion:
    """Lay down the first draft of a call's form, in the canonical form."""
    kept = questionnaire.as_data(questionnaire.read(definition))
    return FormVersion.objects.create(call=call, number=1, definition=kept, made_at=at, made_by=by)
