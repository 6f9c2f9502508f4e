"""The list of sites."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.parts import Empty
from accord.ui.tables import Column, Table
from accord.workspace.queries import SiteRow


def _address(row: SiteRow) -> str:
    return reverse("workspace:site", args=[row.key])


SITES = Table(
    name="work-spaces",
    columns=(
        Column("name", _("Work space"), url=_address, sort="name"),
        Column("operator", _("Run by"), sort="operator"),
        Column("teams", _("Resident teams"), kind="number", value="numbers.teams", sort="numbers.teams"),
        Column(
            "jobs", pgettext_lazy("people employed", "Jobs"), kind="number", value="numbers.jobs", sort="numbers.jobs"
        ),
        Column("research", _("Of them in research"), kind="number", value="numbers.research_jobs"),
        Column("area", _("Area in operation, m²"), kind="number", value="numbers.area_operated"),
        Column("let", _("Let, m²"), kind="number", value="numbers.area_let"),
        Column("waiting", _("Waiting for space"), kind="number", value="numbers.waiting"),
    ),
    default_sort="name",
    empty=Empty(
        _("No work space here"),
        _("You see the work spaces of your own institution, of your agreements, and where you work in a team."),
    ),
)
