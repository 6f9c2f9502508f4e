"""Tells teams and those who keep them what became of an application, an offer or a tenancy."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.text import EN, LANGUAGES, ZH, Bilingual
from accord.kernel.topics import Topic
from accord.outbox.operations import notify
from accord.people.operations import make_link
from accord.people.queries import Person, holders_of, recipients
from accord.ui import say
from accord.workspace.enums import ANSWER_OFFER, MemberRole
from accord.workspace.models import Application, Team, TeamMember, Tenancy
from accord.workspace.operations._asking import LETTER_KEY, Door
from accord.workspace.queries import answer_ends_at, day_at, terms_in_words
from accord.workspace.rules import KEEPING


@dataclass(frozen=True, slots=True)
class News:
    """What is told: a subject and what there is to say beside it; `%(team)s` and others stand in both."""

    subject: str | Promise
    body: str | Promise


NEWS = {
    "applied": News(_("%(team)s applies for space"), _("It stands on the waiting list now.")),
    "withdrawn": News(_("%(team)s withdrew its application"), _("It no longer stands on the waiting list.")),
    "refused": News(_("The application of %(team)s was refused"), "%(reason)s"),
    "offered": News(
        _("%(team)s is offered space"),
        _("Read the terms, and accept or decline by %(answer_by)s. Until then the space is held."),
    ),
    "accepted": News(_("%(team)s accepted: contract %(number)s is signed"), "%(terms)s"),
    "declined": News(_("%(team)s declined the offer %(number)s"), _("The space is free again. %(reason)s")),
    "lapsed": News(
        _("The offer %(number)s to %(team)s lapsed"),
        _("It was not answered by %(answer_by)s. The space is free again; the team stays on the waiting list."),
    ),
    "notice": News(_("%(team)s leaves on %(ends_on)s: notice was given"), _("Contract %(number)s ends on that day.")),
    "moved": News(_("The spaces of %(team)s change"), "%(terms)s"),
    "ended": News(_("The tenancy of %(team)s ended"), _("Contract %(number)s ended on %(left_on)s: %(why)s.")),
}
"""By the last part of the topic's code."""

TENANCY_TOPICS = (
    Topic("workspace.applied", _("A team applies for space")),
    Topic("workspace.withdrawn", _("A team withdrew its application for space")),
    Topic("workspace.refused", _("An application for space was refused")),
    Topic("workspace.offered", _("A team is offered space")),
    Topic("workspace.accepted", _("A contract of tenancy is signed")),
    Topic("workspace.declined", _("A team declined an offer of space")),
    Topic("workspace.lapsed", _("An offer of space lapsed")),
    Topic("workspace.notice", _("A tenancy was given notice")),
    Topic("workspace.moved", _("The spaces of a team change")),
    Topic("workspace.ended", _("A tenancy ended")),
)


def tell_keepers(what: str, about: Application | Tenancy, *, by: Person, at: datetime) -> None:
    """Tell those who keep the site's teams."""
    people = holders_of(KEEPING, [about.team.site.operator_id], on=at.date())
    _notice(what, about, people - {by.pk}, "keepers", at)


def tell_team(what: str, about: Application | Tenancy, *, by: Person, at: datetime) -> None:
    """Tell the team's contact and whoever leads it."""
    _notice(what, about, people_of(about.team, at) - {by.pk}, "team", at)


def people_of(team: Team, at: datetime) -> frozenset[int]:
    """Return the contact of a team and its leads on the day; one query."""
    day = day_at(team.site, at)
    held = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))
    leads = TeamMember.objects.filter(held, team=team, role=MemberRole.LEAD).values_list("person_id", flat=True)
    return frozenset([*leads, *([team.contact_id] if team.contact_id else [])])


def write_offer(tenancy: Tenancy, *, door: Door, by: Person, at: datetime) -> int:
    """Write to those people of the team who have no account, each with a link of their own; return how many."""
    readers = [one for one in recipients(people_of(tenancy.team, at)) if one.address and not one.has_account]
    persons = {one.pk: one for one in Person.objects.filter(pk__in=[one.person_id for one in readers])}
    subject, body, terms, closing = (
        _both(text, tenancy) for text in (NEWS["offered"].subject, NEWS["offered"].body, "%(terms)s", CLOSING)
    )
    for reader in readers:
        token = door.new_token()
        make_link(
            person=persons[reader.person_id],
            purpose=ANSWER_OFFER,
            record=f"tenancy:{tenancy.pk}",
            expires_at=answer_ends_at(tenancy),
            token=token,
            by=by,
            at=at,
        )
        sides = [(terms.side(one), body.side(one), door.address(token), closing.side(one)) for one in (ZH, EN)]
        EmailMessage(
            subject=f"{subject.zh_hans} · {subject.en}",
            body="\n\n————\n\n".join("\n\n".join(parts) for parts in sides),
            to=[reader.address],
            headers={LETTER_KEY: f"workspace.offered:{tenancy.pk}:{reader.person_id}"},
        ).send()
    return len(readers)


CLOSING = _("The link is yours alone, needs no account, and answers once. Looking does not use it up.")


def _notice(what: str, about: Application | Tenancy, people: Collection[int], whom: str, at: datetime) -> None:
    """Write the notice; to the team it leads to its own page, to keepers to theirs."""
    site, team = about.team.site, about.team
    kind = "tenancy" if isinstance(about, Tenancy) else "application"
    url = (
        reverse("workspace:team-space", args=[site.key, team.key])
        if whom == "team"
        else reverse(f"workspace:{kind}", args=[site.key, about.pk])
    )
    notify(
        topic=f"workspace.{what}",
        people=people,
        subject=_both(NEWS[what].subject, about),
        body=_both(NEWS[what].body, about),
        url=url,
        record=f"{kind}:{about.pk}" if kind == "tenancy" else f"team:{team.pk}",
        key=f"workspace.{what}:{kind}:{about.pk}:{about.version}:{whom}",
        at=at,
    )


def _both(text: str | Promise, about: Application | Tenancy) -> Bilingual:
    """Return a text in both languages, with its values."""
    sides = []
    for language in LANGUAGES:
        with override(language):
            sides.append((str(text) % _values(about)).strip())
    return Bilingual(*sides)


def _values(about: Application | Tenancy) -> dict[str, str]:
    """Return what may stand in a text, in the active language."""
    values = {"team": str(about.team.name)}
    if isinstance(about, Application):
        return values | {"reason": about.reason}
    return values | {
        "number": about.number,
        "reason": about.end_note,
        "answer_by": say.day(about.answer_by_on),
        "ends_on": say.day(about.ends_on) if about.ends_on else "",
        "left_on": say.day(about.left_on) if about.left_on else "",
        "why": about.get_end_reason_display(),
        "terms": terms_in_words(about),
    }
