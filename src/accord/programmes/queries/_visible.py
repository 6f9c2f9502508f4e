"""Which programmes, calls, applications, places and placements somebody may know of."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import agreements_visible_to
from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.programmes.models import Application, Call, Host, Place, Placement, Programme
from accord.programmes.rules import EVERY_ROLE, OFFICE, SIDE_ROLES


def programmes_visible_to(actor: Actor) -> QuerySet[Programme]:
    """Return the programmes that the actor may know of as office or party, by key, with owner and agreement."""
    every = Programme.objects.select_related("owner", "agreement", "commitment").order_by("key")
    if actor.is_nobody:
        return every.none()
    if actor.holds(*EVERY_ROLE):
        return every
    return every.filter(
        Q(owner__in=actor.institutions(*EVERY_ROLE))
        | Q(agreement__in=agreements_visible_to(actor).order_by().values("pk"))
    )


def programmes_run_by(actor: Actor) -> QuerySet[Programme]:
    """Return the programmes that the actor may run: whose applications they may read and decide on."""
    every = Programme.objects.select_related("owner", "agreement", "commitment").order_by("key")
    if actor.is_nobody:
        return every.none()
    return every if actor.holds(*OFFICE) else every.filter(owner__in=actor.institutions(*OFFICE))


def find_programme(actor: Actor, key: str) -> Programme:
    """Return a programme; raises `NotThere` for those who may not know of it."""
    programme = programmes_visible_to(actor).filter(key=key).first()
    if programme is None:
        raise NotThere(_("There is no programme of this name among those you may see."))
    return programme


def calls_visible_to(actor: Actor) -> QuerySet[Call]:
    """Return the calls of the programmes that the actor may know of, latest first, with programme and owner."""
    seen = programmes_visible_to(actor).order_by().values("pk")
    return (
        Call.objects.filter(programme__in=seen)
        .select_related("programme__owner", "programme__agreement")
        .order_by("-opens_at", "pk")
    )


def find_call(actor: Actor, programme: str, key: str) -> Call:
    """Return a call by the names of its programme and its own; raises `NotThere`."""
    call = calls_visible_to(actor).filter(programme__key=programme, key=key).first()
    if call is None:
        raise NotThere(_("There is no call of this name among those you may see."))
    return call


def public_calls(at: datetime) -> QuerySet[Call]:
    """Return the calls that everybody may read at a moment: published ones that are for all, latest first."""
    return (
        Call.objects.filter(published_at__lte=at, is_public=True)
        .select_related("programme__owner", "programme__agreement")
        .order_by("-opens_at", "pk")
    )


def find_public_call(actor: Actor, programme: str, key: str, at: datetime) -> Call:
    """Return a call whose page the actor may read: a public one, one they applied to, or one they may see anyway.

    A call that is not for all is read by whoever knows its address once it is published. Raises `NotThere`.
    """
    named = Call.objects.filter(programme__key=programme, key=key)
    call = named.select_related("programme__owner", "programme__agreement").first()
    if call is None or (
        (call.published_at is None or call.published_at > at)
        and not calls_visible_to(actor).filter(pk=call.pk).exists()
    ):
        raise NotThere(_("There is no call of this name among those you may see."))
    return call


def applications_run_by(actor: Actor) -> QuerySet[Application]:
    """Return the applications that the actor may read as the office, but drafts, with call, programme and applicant."""
    run = programmes_run_by(actor).order_by().values("pk")
    return (
        Application.objects.filter(call__programme__in=run, submitted_at__isnull=False)
        .select_related("call__programme", "applicant", "home")
        .order_by("call", "reference")
    )


def applications_of(actor: Actor) -> QuerySet[Application]:
    """Return the applications of the actor in person, as applicant or as co-applicant who joined, latest first."""
    if actor.person_id is None or actor.for_person is not None:
        return Application.objects.none()
    own = Q(applicant=actor.person_id) | Q(
        pk__in=Application.objects.filter(
            co_applicants__person=actor.person_id,
            co_applicants__joined_at__isnull=False,
            co_applicants__removed_at=None,
        ).values("pk")
    )
    return (
        Application.objects.filter(own)
        .select_related("call__programme__owner", "applicant", "home", "form")
        .order_by("-started_at", "-pk")
    )


def find_application(actor: Actor, reference: str) -> Application:
    """Return an application as the office reads it; raises `NotThere` for all others, the applicant included."""
    found = applications_run_by(actor).filter(reference=reference).select_related("form", "call__programme__owner")
    application = found.first()
    if application is None:
        raise NotThere(_("There is no application of this reference among those you may see."))
    return application


def find_own_application(actor: Actor, reference: str) -> Application:
    """Return an application of the actor in person; raises `NotThere`."""
    application = applications_of(actor).filter(reference=reference).first()
    if application is None:
        raise NotThere(_("There is no application of this reference among yours."))
    return application


def hosts_of(actor: Actor) -> QuerySet[Host]:
    """Return the invitations to open places that are the actor's: named as contact, or of a house they act for."""
    if actor.is_nobody:
        return Host.objects.none()
    return (
        Host.objects.filter(Q(contact__in=actor.persons) | Q(institution__in=actor.institutions(*SIDE_ROLES)))
        .select_related("call__programme__owner", "institution", "contact")
        .order_by("-call__opens_at", "institution", "pk")
    )


def places_visible_to(actor: Actor) -> QuerySet[Place]:
    """Return the places of calls that the actor may know of, and those of their own house, with host and call."""
    if actor.is_nobody:
        return Place.objects.none()
    calls = calls_visible_to(actor).order_by().values("pk")
    return (
        Place.objects.filter(Q(call__in=calls) | Q(host__in=hosts_of(actor).order_by().values("pk")))
        .select_related("host__institution", "call__programme", "supervisor", "limit")
        .order_by("call", "code")
    )


def placements_visible_to(actor: Actor) -> QuerySet[Placement]:
    """Return the placements that the actor may know of: those they may read, and those of their agreements.

    Whether the name may be shown is decided by `rules.may_see_placement`, from `sides_of` and `people_of`.
    """
    every = Placement.objects.select_related("programme__owner", "person", "host", "home").order_by("-starts_on", "-pk")
    if actor.is_nobody:
        return every.none()
    if actor.holds(*EVERY_ROLE):
        return every
    mine = actor.institutions(*SIDE_ROLES)
    return every.filter(
        Q(programme__in=programmes_visible_to(actor).order_by().values("pk"))
        | Q(person__in=actor.persons)
        | Q(pk__in=Placement.objects.filter(supervisors__person__in=actor.persons).values("pk"))
        | Q(host__in=mine)
        | Q(home__in=mine)
    )


def find_placement(actor: Actor, reference: str) -> Placement:
    """Return a placement; raises `NotThere` for those who may not know of it."""
    placement = placements_visible_to(actor).filter(reference=reference).first()
    if placement is None:
        raise NotThere(_("There is no placement of this reference among those you may see."))
    return placement
