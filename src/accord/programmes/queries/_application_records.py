"""Applications as records that others point at: who may follow a reference to one, and where it leads."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.programmes.models import Application
from accord.programmes.queries._addresses import applicant_url, office_url
from accord.programmes.queries._visible import applications_of, applications_run_by


def applications_known_to(actor: Actor) -> QuerySet[Application]:
    """Return the applications that the actor reads as the office, and those that are their own."""
    run, own = (found(actor).order_by().values("pk") for found in (applications_run_by, applications_of))
    return Application.objects.filter(Q(pk__in=run) | Q(pk__in=own)).select_related("call__programme")


def show_application(actor: Actor, pk: int) -> Shown:
    """Return where a reference to an application leads: the office to its page, the applicant to theirs.

    Raises `NotThere` for everybody else, reviewers included.
    """
    if (run := applications_run_by(actor).filter(pk=pk).first()) is not None:
        return Shown(run.reference, office_url(run))
    if (own := applications_of(actor).filter(pk=pk).first()) is not None:
        return Shown(own.reference, applicant_url(own))
    raise NotThere(_("There is no application of this reference among those you may see."))
