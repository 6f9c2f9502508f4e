"""Asks teams how a quarter went, reminds those who have not said, and asks again where a number is odd.

Who leads the team and has an account is told where they sign in; everybody else gets a letter with a link of their own,
which may be used several times while the round takes reports, so that a slip of the pen is mended by the same letter.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accord.kernel.refused import Refused
from accord.kernel.text import EN, LANGUAGES, ZH, Bilingual
from accord.outbox.operations import notify
from accord.people.operations import make_link
from accord.people.queries import Person, Recipient, holders_of, recipients
from accord.ui import say
from accord.workspace.enums import REPORT_QUARTER
from accord.workspace.models import ReportRound, Site, Team, TeamReport
from accord.workspace.operations._reports import RoundOver, look_at_report, refuse_over
from accord.workspace.queries import (
    REMINDED_BEFORE,
    asked_people,
    closes_at,
    day_at,
    quarter_key,
    quarter_name,
    quarter_of,
    teams_asked,
    unreported,
)
from accord.workspace.rules import KEEPING

ASKED, MISSING = "workspace.report-asked", "workspace.reports-missing"
LINK_USES = 5
"""How often one letter's link may be used: the report and a few corrections."""
LONGEST_ROUND = timedelta(days=120)
LETTER_KEY = "X-Accord-Key"
"""The header by which a letter that is sent twice is one letter."""


class QuarterUnclear(Refused):
    """A round asks for a quarter that has begun, from its first day."""

    code = "quarter-unclear"


class DueDay(Refused):
    """A round is due from today on, and within four months."""

    code = "due-day"


@dataclass(frozen=True, slots=True)
class Door:
    """How somebody without an account gets in: a new token each time, and the whole address that it opens."""

    new_token: Callable[[], str]
    address: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Asking:
    """Why one writes to a team: the subject, what one says before the address, and a mark of its own."""

    key: str
    subject: str | Promise
    body: str | Promise


FIRST = Asking(
    "asked",
    _("%(team)s: how did %(quarter)s go?"),
    _("Three minutes are enough: last quarter's numbers are filled in. The report is due on %(due)s."),
)
REMINDERS = {
    1: Asking(
        "reminded-1",
        _("%(team)s: the report of %(quarter)s is due on %(due)s"),
        _("It has not come yet. Three minutes are enough: last quarter's numbers are filled in."),
    ),
    2: Asking(
        "reminded-2",
        _("%(team)s: the report of %(quarter)s is due today"),
        _("It has not come yet. Three minutes are enough: last quarter's numbers are filled in."),
    ),
}
AGAIN = _("%(team)s: a question about your report of %(quarter)s")


@transaction.atomic
def open_round(
    *, site: Site, quarter_on: date, due_on: date, by: Person, at: datetime, door: Door | None = None
) -> ReportRound:
    """Ask every resident team of a site how a quarter went, until a day; a round that is open already is returned.

    Without a `door`, only leads with an account are asked. Raises `QuarterUnclear` and `DueDay`.
    """
    today = day_at(site, at)
    if quarter_on != quarter_of(quarter_on) or quarter_on > today:
        raise QuarterUnclear(_("Choose a quarter that has begun."), field="quarter")
    if not today <= due_on <= today + LONGEST_ROUND:
        raise DueDay(_("Choose a due day from today on, within 120 days."), field="due_on")
    round_, is_new = ReportRound.objects.get_or_create(
        site=site, quarter_on=quarter_on, defaults={"due_on": due_on, "opened_at": at, "opened_by": by}
    )
    if is_new:
        ask_teams(teams_asked(site, today), round_, FIRST, door, by, at)
    return round_


@transaction.atomic
def remind_round(*, round: ReportRound, at: datetime, door: Door | None = None) -> int:  # noqa: A002 (the product's word)
    """Remind the teams that have not reported, where a reminder is due; return how many were.

    The first reminder goes out seven days before the due day, the second on it. From the day after, the operator's
    people are told once who is missing. Twice on a day changes nothing.
    """
    held = ReportRound.objects.select_for_update(of=("self",)).select_related("site", "opened_by").get(pk=round.pk)
    today = day_at(held.site, at)
    due = _stage(held, today)
    missing = unreported(held, min(today, held.due_on)) if due else []
    if today > held.due_on:
        _tell_operator(held, missing, at)
    if due <= _stage(held, day_at(held.site, held.reminded_at or held.opened_at)):
        return 0
    ask_teams(missing, held, REMINDERS[due], door, held.opened_by, at)
    held.reminded_at = at
    held.save(update_fields=["reminded_at"])
    return len(missing)


def remind_rounds(*, at: datetime, door: Door | None = None) -> int:
    """Remind in every round that is open; return how many teams were."""
    early = at - LONGEST_ROUND - 2 * timedelta(days=31)
    rounds = ReportRound.objects.filter(opened_at__gte=early, opened_at__lte=at).select_related("site").order_by("pk")
    return sum(remind_round(round=one, at=at, door=door) for one in rounds if at < closes_at(one))


@transaction.atomic
def ask_again(*, report: TeamReport, question: str, by: Person, at: datetime, door: Door | None = None) -> TeamReport:
    """Ask a team about its report, which counts as looked at. One that was looked at before is not asked about again.

    Raises `RoundOver` where the round takes no reports any more.
    """
    held = TeamReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    rounds = ReportRound.objects.select_related("site").filter(site=report.team.site)
    round_ = rounds.filter(quarter_on=held.quarter_on).first() if held.quarter_on else None
    if round_ is None:
        raise RoundOver(_("No round asked for this. Correct it on the team's page."))
    refuse_over(round_, at)
    if held.looked_at is not None:
        return held
    team = teams_asked(round_.site, min(day_at(round_.site, at), round_.due_on)).filter(pk=report.team_id)
    ask_teams(team, round_, Asking(f"again-{held.pk}", AGAIN, question), door, by, at)
    return look_at_report(report=held, by=by, at=at)


def ask_teams(
    teams: Iterable[Team], round_: ReportRound, asking: Asking, door: Door | None, by: Person, at: datetime
) -> None:
    """Write to the people of each team."""
    teams = list(teams)
    whom = {team.pk: asked_people(team) for team in teams}
    readers = {one.person_id: one for one in recipients([one.pk for people in whom.values() for one in people])}
    for team in teams:
        leads = {one.person_id for one in team.leads_now}  # type: ignore[attr-defined]  # fetched with the team
        those = [(one, readers[one.pk]) for one in whom[team.pk] if one.pk in readers]
        at_home = [reader for person, reader in those if reader.has_account and person.pk in leads]
        _notice(at_home, team, round_, asking, at)
        for person, reader in those:
            if door is not None and reader.address and reader not in at_home:
                _letter(person, reader.address, team, round_, asking, door, by, at)


def _stage(round_: ReportRound, day: date) -> int:
    """Return which reminder is due on a day: none, the first, or the second."""
    return sum(day >= bound for bound in (round_.due_on - REMINDED_BEFORE, round_.due_on))


def _notice(readers: Sequence[Recipient], team: Team, round_: ReportRound, asking: Asking, at: datetime) -> None:
    """Tell people who have an account where to report."""
    subject, body = (_both(text, team, round_) for text in (asking.subject, asking.body))
    notify(
        topic=ASKED,
        people=[one.person_id for one in readers],
        subject=subject,
        body=body,
        url=reverse("workspace:report-new", args=[round_.site.key, quarter_key(round_.quarter_on), team.key]),
        record=f"team:{team.pk}",
        key=f"{ASKED}:{round_.pk}:{team.pk}:{asking.key}",
        at=at,
    )


def _letter(
    person: Person, address: str, team: Team, round_: ReportRound, asking: Asking, door: Door, by: Person, at: datetime
) -> None:
    """Write to somebody who cannot report signed in, in both languages, with a link of their own."""
    token = door.new_token()
    make_link(
        person=person,
        purpose=REPORT_QUARTER,
        record=f"team:{team.pk}",
        expires_at=closes_at(round_),
        token=token,
        uses=LINK_USES,
        by=by,
        at=at,
    )
    subject, body, closing = (_both(text, team, round_) for text in (asking.subject, asking.body, CLOSING))
    sides = [(body.side(one), door.address(token), closing.side(one)) for one in (ZH, EN)]
    EmailMessage(
        subject=f"{subject.zh_hans} · {subject.en}",
        body="\n\n————\n\n".join("\n\n".join(parts) for parts in sides),
        to=[address],
        headers={LETTER_KEY: f"{ASKED}:{round_.pk}:{team.pk}:{asking.key}:{person.pk}"},
    ).send()


CLOSING = _("The link is yours alone and needs no account. It takes corrections until %(until)s.")


def _both(text: str | Promise, team: Team, round_: ReportRound) -> Bilingual:
    """Return a text in both languages, with its values."""
    sides = []
    for language in LANGUAGES:
        with override(language):
            values = {
                "team": team.name,
                "quarter": quarter_name(round_.quarter_on),
                "due": say.day(round_.due_on),
                "until": say.day(day_at(round_.site, closes_at(round_)) - timedelta(days=1)),
            }
            sides.append(str(text) % values if isinstance(text, Promise) else text)
    return Bilingual(*sides)


def _tell_operator(round_: ReportRound, missing: Sequence[Team], at: datetime) -> None:
    """Tell the people who keep the site's teams who has not reported; once a round."""
    if not missing:
        return
    people = holders_of(KEEPING, [round_.site.operator_id], on=at.date())
    names = [team.name for team in missing]
    notify(
        topic=MISSING,
        people=people,
        subject=_counted(round_, len(missing)),
        body=Bilingual(
            ", ".join(n.side("en") or str(n) for n in names), "、".join(n.side(ZH) or str(n) for n in names)
        ),
        url=reverse("workspace:round", args=[round_.site.key, quarter_key(round_.quarter_on)]),
        record=f"site:{round_.site_id}",
        key=f"{MISSING}:{round_.pk}",
        at=at,
    )


def _counted(round_: ReportRound, number: int) -> Bilingual:
    """Return how many reports are missing, in both languages."""
    sides = []
    for language in LANGUAGES:
        with override(language):
            words = _("Reports of %(quarter)s missing from teams: %(number)s")
            sides.append(str(words) % {"quarter": quarter_name(round_.quarter_on), "number": number})
    return Bilingual(*sides)
