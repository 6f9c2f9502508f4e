"""Applications whose decision is due, on top of the scene: with scores, a sealed seed, and one real review."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from tests.programmes.scene import ANSWERS, WHILE_OPEN, Scene, _person
from tests.review.scene import CRITERIA

from accord.kernel.text import Bilingual
from accord.outbox.models import Batch
from accord.outbox.operations import release_held
from accord.people import operations as people
from accord.people.models import Person
from accord.programmes import models, operations, queries
from accord.review import operations as review
from accord.review.enums import Mode, ScoreRule
from accord.review.models import Item, Panel, Standing
from accord.review.operations import ReviewFacts

DAY = datetime(2019, 9, 20, 3, tzinfo=UTC)
LATER = DAY + timedelta(hours=1)
SEED = "the sealed seed of 2019"
WHY = Bilingual("There were more good applications than places.", "优秀申请多于名额。")


def due(
    scene: Scene, scores: Sequence[str | None], *, quota: int | None = None, reserve: int = 0, **call: Any
) -> list[models.Application]:
    """Make an application for each score whose decision is due; None has no score yet."""
    facts = {"quota": quota, "reserve_length": reserve, "seed": SEED, "most_wishes": 0, "score": "raw"} | call
    facts["seed_digest"] = sha256(str(facts["seed"]).encode()).hexdigest()
    facts["workflow"] = queries.standard_workflows()["reviewed"]
    counts = facts.pop("score")
    models.Call.objects.filter(pk=scene.call.pk).update(**facts)
    scene.call.refresh_from_db()
    panel = a_panel(scene, counts)
    return [one_due(scene, panel, number, score) for number, score in enumerate(scores, 1)]


def another_call(scene: Scene, key: str) -> Scene:
    """Return the scene with another call of the programme, so that the first one stays as it is."""
    call = models.Call.objects.get(pk=scene.call.pk)
    call.pk, call.key, call.name = None, key, Bilingual(f"Ventures {key}", f"{key}年创业项目")
    call.save(force_insert=True)
    form = models.FormVersion.objects.get(pk=scene.form.pk)
    form.pk, form.call = None, call
    form.save(force_insert=True)
    return replace(scene, call=call, form=form)


def a_panel(scene: Scene, counts: str = "raw") -> Panel:
    """Open a panel for the call."""
    by: dict[str, Any] = {"by": scene.cast.owner.person, "at": DAY - timedelta(days=9)}
    rubric = review.make_rubric(
        owner=scene.programme.owner,
        key=f"due-{scene.call.key}",
        name=Bilingual("Fit", "契合度"),
        criteria=CRITERIA,
        **by,
    )
    return review.open_panel(
        subject=operations.subject_of(scene.call),
        name=Bilingual("Readers", "评审"),
        rubric=rubric,
        owner=scene.programme.owner,
        mode=Mode.DOUBLE,
        reviews_each=2,
        max_load=9,
        due_at=DAY,
        score_counts=ScoreRule(counts),
        **by,
    )


def one_due(scene: Scene, panel: Panel, number: int, score: str | None, **given: Any) -> models.Application:
    """Make one application before the panel with a raw score; calibrated it is ten less."""
    person = given.pop("person", None) or somebody(f"due-{scene.call.key}-{number}", number)
    made = models.Application.objects.create(
        **{
            "call": scene.call,
            "reference": f"SUM-{scene.call.key[-2:]}-D{number:03}",
            "applicant": person,
            "stage": "decision",
            "phase": "decision",
            "entered_at": DAY - timedelta(days=1),
            "form": scene.form,
            "answers": ANSWERS,
            "started_at": WHILE_OPEN,
            "submitted_at": WHILE_OPEN + timedelta(minutes=number),
        }
        | given
    )
    item = Item.objects.create(
        panel=panel,
        record=f"application:{made.pk}",
        code=f"D-{number:03}",
        title=Bilingual("One"),
        put_at=DAY,
        put_by=scene.cast.owner.person,
    )
    if score is not None:
        raw = Decimal(score)
        Standing.objects.create(
            panel=panel,
            item=item,
            raw=raw,
            calibrated=raw - 10,
            spread=Decimal(4),
            reviews=2,
            raw_rank=number,
            calibrated_rank=number,
            worked_at=DAY,
        )
    return made


NAMES = ("Zhao Min", "Ellen Reid", "Sun Qiang", "Peter Falk", "Wu Lan", "Priya Nair", "He Yu", "Tom Baker")


def somebody(key: str, number: int) -> Person:
    """Make a person with a name."""
    return people.register_person(key=key, name=Bilingual(f"{NAMES[number % len(NAMES)]} {number}"))


def reviewed(application: models.Application, comment: str) -> None:
    """Let somebody review an application, with words for the applicant."""
    item = Item.objects.get(record=f"application:{application.pk}")
    who = _person(f"reader-{application.pk}").person
    by: dict[str, Any] = {"by": who, "at": DAY - timedelta(days=2)}
    panelist = review.invite_panelist(panel=item.panel, person=who, accepted=True, **by)
    assignment = review.assign(item=item, panelist=panelist, **by)
    review.declare_none(panelist=panelist, **by)
    facts = ReviewFacts({"quality": Decimal(4), "plan": Decimal(3)}, {}, comment_to_applicant=comment)
    kept = review.keep_review(assignment=assignment, facts=facts, version=0, **by)
    review.submit_review(assignment=assignment, version=kept.version, **by)


def opened(scene: Scene) -> models.Slate:
    """Open the slate of the call."""
    return operations.open_slate(call=scene.call, by=scene.manager.person, at=DAY)


def settled(scene: Scene) -> models.Slate:
    """Open a slate, take every proposal and settle it; nobody is told."""
    slate = opened(scene)
    by: dict[str, Any] = {"by": scene.manager.person, "at": DAY}
    operations.take_proposals(slate=slate, reason=WHY, **by)
    return operations.settle_slate(slate=slate, **by)


def let_go(slate: models.Slate, by: Person, at: datetime = LATER) -> None:
    """Let another person release the letters of a slate."""
    slate.refresh_from_db()
    release_held(batch=Batch.objects.get(key=slate.batch), by=by, at=at)


def standing(*applications: models.Application) -> list[str]:
    """Return where applications stand now."""
    stages = dict(models.Application.objects.values_list("pk", "stage"))
    return [stages[one.pk] for one in applications]


def outcomes(slate: models.Slate) -> dict[str, str]:
    """Return what a slate says, by the end of the reference."""
    return {one.application.reference[-4:]: one.outcome for one in slate.decisions.select_related("application")}


def panel_of(scene: Scene) -> Panel:
    """Return the panel of the call."""
    return Panel.objects.get(subject=operations.subject_of(scene.call))
