"""What can be done with a placement, each on a page with one form: who may, what is asked, and what is done then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes import forms, operations, queries
from accord.programmes.enums import Side, Term
from accord.programmes.operations import EvaluationFacts, PlacementDoor
from accord.programmes.queries import Placement
from accord.ui.forms import Form


@dataclass(frozen=True, slots=True)
class Coming:
    """How somebody comes to a placement: for which sides they speak, whether as the office, and when."""

    placement: Placement
    sides: tuple[Side, ...]
    is_office: bool
    today: date
    by_and_at: Mapping[str, Any]
    door: PlacementDoor
    link_id: int | None = None

    @property
    def linked(self) -> Mapping[str, Any]:
        """Return who does it and when, and by which link."""
        return {**self.by_and_at, "link_id": self.link_id}


Make = Callable[[Coming, Any], Form]
Do = Callable[[Coming, Mapping[str, Any]], object]
May = Callable[[Coming], bool]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: its words, who may, the form, and the doing."""

    heading: Any
    action: Any
    said: Any
    may: May
    form: Make
    do: Do
    hint: Any = ""
    is_dangerous: bool = False


def _office(coming: Coming) -> bool:
    return coming.is_office


def _host_or_office(coming: Coming) -> bool:
    return coming.is_office or Side.HOST in coming.sides


def _person(coming: Coming) -> bool:
    return Side.PERSON in coming.sides


def _any_side(coming: Coming) -> bool:
    return bool(coming.sides)


def _any_side_or_office(coming: Coming) -> bool:
    return coming.is_office or bool(coming.sides)


def _plain(make: Callable[..., Form], **initial: Any) -> Make:
    """Return how a form is made that needs to know nothing; `today` among its values is the day."""
    return lambda coming, data: make(
        data, initial={name: coming.today if value == "today" else value for name, value in initial.items()}
    )


def _learning_form(coming: Coming, data: Any) -> Form:
    last = coming.placement.agreements.first()
    initial = {"starts_on": coming.placement.starts_on, "ends_on": coming.placement.ends_on}
    if last is not None:
        initial |= {name: getattr(last, name) for name in ("tasks", "aims", "mentoring", "hours_weekly")}
    is_change = coming.placement.agreements.filter(holds_at__isnull=False).exists()
    return forms.LearningForm(data, is_change=is_change, initial=initial)


def _make_learning(coming: Coming, given: Mapping[str, Any]) -> object:
    terms = operations.Terms(**given)
    return operations.make_learning_agreement(
        placement=coming.placement, terms=terms, door=coming.door, **coming.by_and_at
    )


def _evaluate(term: Term) -> tuple[Make, Do]:
    def make(coming: Coming, data: Any) -> Form:
        side = coming.sides[0]
        known = queries.evaluation_of(coming.placement, side, term)
        initial: dict[str, Any] = {}
        if known is not None:
            initial = {"score": known.score, "text": known.text, "advice": known.advice}
            initial |= {f"q-{key}": value for key, value in known.answers.items()}
        return forms.EvaluateForm(data, questions=queries.questions_for(coming.placement, side, term), initial=initial)

    def do(coming: Coming, given: Mapping[str, Any]) -> object:
        return operations.evaluate(
            placement=coming.placement,
            side=coming.sides[0],
            term=term,
            facts=EvaluationFacts(**given),
            **coming.linked,
        )

    return make, do


_MID, _END = _evaluate(Term.MID), _evaluate(Term.END)


def _minor(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given with its amount in minor units."""
    rest = {name: value for name, value in given.items() if name != "amount"}
    return {**rest, "amount_minor": int(given["amount"] * 100)}


ACTS: Mapping[str, Act] = {
    "arrival": Act(
        _("Confirm the arrival"),
        _("Confirm"),
        _("The arrival is confirmed. The placement counts from that day."),
        _host_or_office,
        lambda coming, data: forms.ArrivalForm(data, initial={"arrived_on": coming.placement.starts_on}),
        lambda coming, given: operations.confirm_arrival(placement=coming.placement, **given, **coming.linked),
        hint=_("The first day on which the person was there."),
    ),
    "end": Act(
        _("Record the end"),
        _("Record the end"),
        _("The end is recorded. Both sides are asked for their evaluation."),
        _host_or_office,
        lambda coming, data: forms.EndPlacementForm(
            data, initial={"left_on": min(coming.placement.ends_on, coming.today)}
        ),
        lambda coming, given: operations.end_placement(placement=coming.placement, **given, **coming.linked),
        hint=_("It is completed once the person and the host have evaluated it too."),
    ),
    "cancel": Act(
        _("Call the placement off"),
        _("Call it off"),
        _("The placement is called off. It never counts."),
        _office,
        _plain(forms.CancelPlacementForm),
        lambda coming, given: operations.cancel_placement(placement=coming.placement, **given, **coming.by_and_at),
        hint=_("Only before anybody arrived. The place is free for somebody else at once, and the person reads why."),
        is_dangerous=True,
    ),
    "learning": Act(
        _("Write the learning agreement"),
        _("Put it before all sides"),
        _("Every side is asked to sign. Who has no account gets a link."),
        _any_side_or_office,
        _learning_form,
        _make_learning,
        hint=_(
            "Once all sides have signed, the days of the placement follow it. A change or an extension is a new one."
        ),
    ),
    "diary": Act(
        _("Write the diary"),
        _("Keep the entry"),
        _("The entry is kept."),
        _person,
        _plain(forms.DiaryForm, done_on="today"),
        lambda coming, given: operations.write_diary(placement=coming.placement, **given, **coming.by_and_at),
        hint=_("Host, home and office read it. Only you write it."),
    ),
    "check-in": Act(
        _("Say how it goes"),
        pgettext_lazy("a check-in", "Send"),
        _("Thank you. Where something needs care, the office is told."),
        _any_side,
        lambda coming, data: forms.CheckInForm(data, sides=coming.sides),
        lambda coming, given: operations.check_in(placement=coming.placement, **given, **coming.linked),
    ),
    "evaluate-mid": Act(
        _("Evaluate at the middle"),
        _("Hand it in"),
        _("The evaluation is kept. Handed in anew, it takes the place of the earlier one."),
        _any_side,
        *_MID,
        hint=_("The other sides read your words and scores."),
    ),
    "evaluate-end": Act(
        _("Evaluate at the end"),
        _("Hand it in"),
        _("The evaluation is kept. Handed in anew, it takes the place of the earlier one."),
        _any_side,
        *_END,
        hint=_("The other sides read your words and scores, but not what you write for the office."),
    ),
    "hiring": Act(
        _("Record a job"),
        _("Record the job"),
        _("The job is recorded. It counts where it began within twelve months of completion."),
        _office,
        _plain(forms.HiringForm),
        lambda coming, given: operations.record_hiring(placement=coming.placement, **given, **coming.by_and_at),
        hint=_("At the same host, after the placement. An offer alone, or another placement, is no job."),
    ),
    "supervisor": Act(
        _("Name a supervisor"),
        _("Name"),
        _("The supervisor is named."),
        _any_side_or_office,
        lambda coming, data: forms.SupervisorForm(
            data,
            sides=queries.placement_sides(coming.placement) if coming.is_office else coming.sides,
            initial={"starts_on": coming.placement.starts_on},
        ),
        lambda coming, given: operations.name_supervisor(placement=coming.placement, **given, **coming.by_and_at),
    ),
    "milestone": Act(
        _("Record a milestone"),
        _("Record"),
        _("The milestone is recorded."),
        _any_side_or_office,
        lambda coming, data: forms.MilestoneForm(
            data, milestones=queries.milestones_of(coming.placement), initial={"reached_on": coming.today}
        ),
        lambda coming, given: operations.reach_milestone(
            milestone=queries.find_milestone(coming.placement, given["milestone"]),
            reached_on=given["reached_on"],
            note=given["note"],
            **coming.by_and_at,
        ),
    ),
    "degree": Act(
        _("Record the degree"),
        _("Record the degree"),
        _("The degree is recorded. It counts once, also where two institutions award it."),
        _office,
        _plain(forms.DegreeForm),
        lambda coming, given: operations.record_degree(placement=coming.placement, **given, **coming.by_and_at),
        hint=_("A submitted thesis or a passed defence is no degree yet."),
    ),
    "leave": Act(
        _("Record leave"),
        _("Record leave"),
        _("The leave is recorded. Unpaid days are not counted as worked."),
        _office,
        _plain(forms.LeaveForm),
        lambda coming, given: operations.record_leave(placement=coming.placement, **given, **coming.by_and_at),
    ),
    "stipend": Act(
        _("Record a payment"),
        _("Record the payment"),
        _("The payment is recorded."),
        _office,
        lambda coming, data: forms.StipendForm(
            data, initial={"currency": coming.placement.currency, "paid_on": coming.today}
        ),
        lambda coming, given: operations.record_stipend(
            placement=coming.placement, **_minor(given), **coming.by_and_at
        ),
    ),
}
"""What can be done with a placement, by the last part of its address."""

BY_LINK = ("arrival", "end", "check-in", "evaluate-mid", "evaluate-end")
"""What whoever looks after somebody does by link."""


def for_side(coming: Coming, side: str) -> Coming:
    """Return the same for one side alone, where they speak for it."""
    chosen = tuple(one for one in coming.sides if one == side)
    return replace(coming, sides=chosen) if chosen else coming


def open_acts(coming: Coming) -> tuple[str, ...]:
    """Return what can be done now with a placement, by how it stands and who comes."""
    return tuple(key for key in queries.acts_that_fit(coming.placement, coming.today) if ACTS[key].may(coming))
