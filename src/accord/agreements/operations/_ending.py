"""Ends an agreement before its term, and sets the day of its next review."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import AgreementState
from accord.agreements.models import Agreement
from accord.agreements.queries import as_file, institutions_of
from accord.engines import agreementfile as file
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.outbox.operations import notify
from accord.people.enums import Role
from accord.people.queries import Person, holders_of

TERMINATED = "agreements.terminated"


class NotInForce(Refused):
    """Only an agreement that was signed and still holds can be ended."""

    code = "not-in-force"
    status = 409


class DayOutsideTerm(Refused):
    """The day is not one on which the agreement holds."""

    code = "day-outside-term"


@transaction.atomic
def terminate_agreement(
    *, agreement: Agreement, on: date, why: Bilingual, by: Person, at: datetime, version: int | None = None
) -> Agreement:
    """End the agreement before its term: from the day `on` it no longer holds. Who, when and why stay with it.

    The same day and reason again change nothing. Raises `NotInForce` for a draft and for one that was terminated
    otherwise, `DayOutsideTerm` for a day before the signing or after the end, `Clash` for another `version`.
    """
    held = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if (held.terminated_on, held.terminated_why) == (on, why):
        return held
    if version is not None:
        expect(held, version)
    _refuse_ending(held, on, why)
    held.terminated_on, held.terminated_why, held.terminated_at, held.terminated_by = on, why, at, by
    _keep(held, "terminated_on", "terminated_why", "terminated_at", "terminated_by")
    _tell(held, by=by, at=at)
    return held


def _refuse_ending(held: Agreement, on: date, why: Bilingual) -> None:
    """Say why the agreement cannot be ended on the day."""
    if held.state != AgreementState.SIGNED:
        raise NotInForce(_("The agreement is not signed, so there is nothing to end. Take it out as a draft instead."))
    if held.terminated_on is not None:
        raise NotInForce(_("The agreement was ended before; that stays. Begin a new agreement that renews this one."))
    if held.signed_on and on < held.signed_on:
        raise DayOutsideTerm(_("Choose a day after the signing on %(day)s.") % {"day": held.signed_on}, field="on")
    if held.ends_on and on > held.ends_on:
        raise DayOutsideTerm(_("The term ends on %(day)s. Choose a day before.") % {"day": held.ends_on}, field="on")
    if not why:
        raise Refused(_("Say why, in English or in Chinese."), code="reason-missing", field="why")


def _tell(held: Agreement, *, by: Person, at: datetime) -> None:
    """Tell the other officers of the parties that it ends."""
    officers = holders_of((Role.OFFICER,), institutions_of(held), on=at.date())
    day = held.terminated_on
    notify(
        topic=TERMINATED,
        people=officers - {by.pk},
        subject=Bilingual(f"{held.title.side('en') or held.title} ends on {day}", f"{held.title}将于{day}终止"),
        body=held.terminated_why,
        url=reverse("agreements:text", args=[held.key]) + "#dates",
        record=f"agreement:{held.pk}",
        key=f"{TERMINATED}:{held.pk}:{day}",
        at=at,
    )


@transaction.atomic
def set_review(
    *, agreement: Agreement, on: date | None, by: Person, at: datetime, version: int | None = None
) -> Agreement:
    """Set the day of the next review, or none; the same day again changes nothing.

    Raises `DayOutsideTerm` for a day on which the agreement does not hold, `Clash` for another `version`.
    """
    del by, at
    held = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if held.review_on == on:
        return held
    if version is not None:
        expect(held, version)
    if on and ((held.starts_on and on < held.starts_on) or (held.ends_on and on > held.ends_on)):
        raise DayOutsideTerm(
            _("The agreement holds from %(first)s to %(last)s. Choose a day between the two.")
            % {"first": held.starts_on or "…", "last": held.ends_on or "…"},
            field="on",
        )
    held.review_on = on
    _keep(held, "review_on")
    return held


def _keep(held: Agreement, *changed: str) -> None:
    """Save the columns with a new version and the digest of the file that now says so."""
    held.version += 1
    held.digest = file.digest(as_file(held))
    held.save(update_fields=[*changed, "version", "digest"])
