"""How the office's list of applications is filtered, searched and sorted; page and API take it from here."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.queries import PHASE_NAMES, Call, office_url, stage_name, stage_names
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

TONES = {
    "draft": Tone.MUTE,
    "screening": Tone.WARY,
    "question": Tone.STANDING,
    "review": Tone.STANDING,
    "decision": Tone.WARY,
    "offer": Tone.GOOD,
    "placement": Tone.GOOD,
    "done": Tone.DONE,
    "declined": Tone.MUTE,
    "withdrawn": Tone.MUTE,
}
SUBMITTED = tuple((key, words) for key, words in PHASE_NAMES.items() if key != "draft")
YES = (("True", _("Yes")), ("False", _("No")))
STAGE = Filter("stage", pgettext_lazy("of an application", "Stage"), lookup="stage")
"""A word to the API; each call's own page offers its own stages."""


def application_chip(application: Any) -> State:
    """Return where an application stands, as a chip with the name of its stage."""
    return State(TONES[application.phase], stage_name(application.call, application.stage))


APPLICATIONS = Table(
    name="applications",
    columns=(
        Column("reference", _("Reference"), sort="reference", url=office_url),
        Column("applicant", _("Applicant"), value="applicant.name", sort="applicant__key"),
        Column("home", _("Home institution"), value=lambda row: row.home.name if row.home else "", sort="home__key"),
        Column("title", pgettext_lazy("of an application", "Title"), hidden=True),
        Column(
            "stage", pgettext_lazy("of an application", "Stands at"), value=application_chip, kind="state", sort="stage"
        ),
        Column("entered_at", _("Since"), kind="day", sort="entered_at"),
        Column("submitted_at", _("Submitted"), kind="moment", sort="submitted_at"),
        Column("unanswered", _("Questions without answer"), kind="number", sort="unanswered"),
        Column(
            "is_late",
            pgettext_lazy("of an application", "Late"),
            value=lambda row: _("with the late code") if row.is_late else "",
        ),
        Column("group", _("Group"), sort="group", hidden=True),
        Column("phase", _("Phase"), value=lambda row: PHASE_NAMES[row.phase], sort="phase", hidden=True),
    ),
    filters=(
        STAGE,
        Filter("phase", _("Phase"), choices=SUBMITTED),
        Filter("late", pgettext_lazy("of an application", "Late"), choices=YES, lookup="is_late"),
        Filter("since", _("Stands there since before"), kind="day", lookup="entered_at__date__lt"),
    ),
    search=("reference", "applicant__name__en", "applicant__name__zh-hans", "title__en", "title__zh-hans"),
    default_sort="reference",
    empty=Empty(_("No applications yet"), _("Applications stand here once they are submitted. Drafts stay unread.")),
)


def applications_table(call: Call) -> Table:
    """Return the list for one call, which offers its own stages."""
    stage = replace(STAGE, choices=tuple((key, name) for key, name in stage_names(call).items()))
    return replace(APPLICATIONS, filters=tuple(stage if one is STAGE else one for one in APPLICATIONS.filters))
