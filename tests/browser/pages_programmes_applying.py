"""Pages of applying that are worth a look: a draft with its tasks, a section, the check, and where one stands."""

from datetime import UTC, datetime, timedelta

from tests.browser.way import View, at
from tests.browser.world import Scene

from accord.programmes import models, operations

DRAFT = "/programmes/applications/SUM-19-0001"


def furnish(scene: Scene) -> None:
    """Leave the call open, let the first applicant have begun, and ask the second one a question."""
    call = models.Call.objects.get(programme__key="summer", key="2019")
    models.Call.objects.filter(pk=call.pk).update(closes_at=datetime(2019, 10, 31, 15, 59, 59, tzinfo=UTC))
    draft = models.Application.objects.get(reference="SUM-19-0001")
    asked = models.Application.objects.get(reference="SUM-19-0002")
    now = datetime(2019, 9, 29, 3, tzinfo=UTC)
    operations.keep_answers(
        application=draft,
        section="you",
        raw={"full-name": "Chen Rui", "level": "master"},
        version=draft.version,
        by=draft.applicant,
        at=now,
    )
    operations.name_co_applicant(
        application=draft,
        name="Adaeze Nwachukwu-Featherstonehaugh",
        email="adaeze.nwachukwu@example.org",
        institution_name="Bayes Business School",
        by=draft.applicant,
        at=now,
    )
    operations.ask_applicant(
        application=asked,
        text="Your transcript ends in June. When do you graduate, and from which school?",
        by=scene.others["manager"].person,
        at=now,
        due_on=(now + timedelta(days=9)).date(),
    )


VIEWS = [
    View("programmes-my-draft", "applicant", at(f"{DRAFT}/")),
    View("programmes-my-section", "applicant", at(f"{DRAFT}/sections/plan/")),
    View("programmes-check-application", "applicant", at(f"{DRAFT}/check/")),
    View("programmes-along", "applicant", at(f"{DRAFT}/along/")),
    View("programmes-my-state", "second", at("/programmes/applications/SUM-19-0002/")),
]
