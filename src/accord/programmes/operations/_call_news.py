"""Tells everybody who applied that a call was cancelled, and why."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accord.kernel.records import reference
from accord.kernel.text import LANGUAGES, Bilingual
from accord.kernel.topics import Topic
from accord.outbox.operations import notify
from accord.programmes.models import Application, Call

CALL_CANCELLED = Topic(
    "programmes.call-cancelled", gettext_lazy("A call that you applied to is cancelled"), is_urgent=True
)


def tell_cancelled(call: Call, *, at: datetime) -> None:
    """Tell whoever applied, or began to, that the call is cancelled, with the reason; once."""
    applied = Application.objects.filter(call=call, withdrawn_at=None).order_by()
    subjects, bodies = [], []
    for language in LANGUAGES:
        with override(language):
            subjects.append(_("Cancelled: %(call)s") % {"call": call.name.side(call.name.language_for(language))})
            bodies.append(
                _("The call that you applied to is cancelled.\n\n%(reason)s") % {"reason": call.cancel_reason}
            )
    notify(
        topic=CALL_CANCELLED.code,
        people=set(applied.values_list("applicant_id", flat=True)),
        subject=Bilingual(*subjects),
        body=Bilingual(*bodies),
        url=reverse("programmes:call", args=[call.programme.key, call.key]),
        record=reference("call", call.pk),
        key=f"{CALL_CANCELLED.code}:{call.pk}",
        at=at,
    )
