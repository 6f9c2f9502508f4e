"""Applications of whoever a test asks as: calls that stay open for years, and what somebody wrote to them."""

from datetime import UTC, datetime

from tests.house.stage import NOW
from tests.programmes.scene import Scene

from accord.people.models import Person
from accord.programmes import models

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
