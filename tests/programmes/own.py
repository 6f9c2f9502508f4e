"""Applications of whoever a test asks as: calls that stay open for years, and what somebody wrote to them."""

from datetime import UTC, datetime

from tests.house.stage import NOW
from tests.programmes.scene import Scene, _host, _place

from accord.people.models import Person
from accord.programmes import models, operations
from accord.programmes.enums import HostScore

FAR = datetime(2040, 1, 31, 15, 59, 59, tzinfo=UTC)


def open_call(scene: Scene, key: str) -> models.Call:
    """Copy the call of the scene with a form, open for years."""
    call = models.Call.objects.get(pk=scene.call.pk)
    call.pk, call.key, call.closes_at = None, f"apply-{key}", FAR
    call.save()
    form = models.FormVersion.objects.get(pk=scene.form.pk)
    form.pk, form.call = None, call
    form.save()
    return call


def own_application(call: models.Call, reference: str, phase: str, whose: Person, why: str) -> models.Application:
    """Make an application of somebody in person."""
    return models.Application.objects.create(
        call=call,
        reference=reference,
        applicant=whose,
        stage=phase,
        phase=phase,
        entered_at=NOW,
        form=call.forms.get(),
        answers={"full-name": "Own", "level": "master", "why": why},
        started_at=NOW,
        submitted_at=None if phase == "draft" else NOW,
    )


def matched(scene: Scene, whose: Person, reference: str) -> models.Application:
    """Make an application that a published match gave its first choice, in a call of its own; its offer waits."""
    call = open_call(scene, reference.lower())
    models.Call.objects.filter(pk=call.pk).update(host_score=HostScore.HOST)
    call.refresh_from_db()
    place = _place(_host(scene.cast, call, scene.bank, scene.bank_contact), "P-01", "Payments desk", 2)
    one = own_application(call, reference, "offer", whose, "To learn.")
    models.Application.objects.filter(pk=one.pk).update(stage="matching")
    models.Wish.objects.create(application=one, place=place, rank=1)
    operations.rank_applicants(place=place, order=[[one]], unwanted={}, by=place.host.contact, at=NOW)
    by = scene.manager.person
    run = operations.run_match(call=call, mechanism="fair-match", by=by, at=NOW)
    operations.publish_match(run=run, answer_by=FAR, by=by, at=NOW, hold=False)
    one.refresh_from_db()
    return one
