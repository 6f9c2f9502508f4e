"""A call from its opening to a placement that counts, as five people live it: office, applicant, reviewer, host, officer."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django import DjangoDbBlocker
from tests.browser.conftest import OpenPage
from tests.browser.way import BOARD
from tests.browser.world import Scene
from tests.cast import LONG_AGO, PASSWORD, Member

from accord.kernel import clock
from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.outbox.models import Batch
from accord.people import operations as people
from accord.people.models import Person
from accord.programmes import operations as programmes
from accord.programmes.enums import LOOK_AFTER, OPEN_PLACES, Side, WorkflowActor
from accord.programmes.models import Application, Call, Host, Offer, Place, Placement
from accord.review import operations as review
from accord.review.enums import AssignmentGoal
from accord.review.models import Assignment, Conflict, Panelist

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]  # the server must see what is written
CALL = "/programmes/to-london/journey/"
OFFICE = f"{CALL}office/"
RANK_TOKEN, CARE_TOKEN = "a-token-for-the-ranking", "a-token-for-the-care"
PROMISE = "exchange-to-london"
FORM = {
    "sections": [
        {
            "key": "plan",
            "title": {"en": "Your plan", "zh-hans": "计划"},
            "questions": [
                {"key": "why", "kind": "long", "most": 300, "label": {"en": "Why do you come?", "zh-hans": "申请理由"}}
            ],
        }
    ]
}
WORDS = Bilingual("Some weeks in London", "赴伦敦交流数周")
ALONE = 9
"""How many apply beside the one in the browser and the two who apply together."""


@dataclass
class Round:
    """The call with its places, and everybody who has to do with it."""

    call: Call
    desk: Place
    lab: Place
    host: Host
    others: list[Person] = field(default_factory=list)


def board(page: Page) -> int:
    """Return the number that the agreement's board shows for the promise."""
    page.goto(BOARD)
    shown = page.locator(f"#{PROMISE} div.fig").inner_text()
    return int((re.search(r"[\d,]+", shown) or ["0"])[0].replace(",", ""))


@pytest.fixture(scope="module")
def ready(scene: Scene, django_db_blocker: DjangoDbBlocker) -> Round:
    """Prepare a call that serves the promise, with a form and two hosts; seen by the server."""
    with django_db_blocker.unblock():
        return _prepare(scene)


def test_call_ends_in_a_placement_and_the_board_rises_by_exactly_that(
    open_page: OpenPage, scene: Scene, ready: Round, django_db_blocker: DjangoDbBlocker
) -> None:
    manager, applicant = open_page(scene.others["manager"]), open_page(scene.others["applicant"], size=(390, 844))
    host, officer = open_page(None), open_page(scene.cast.owner)
    before = board(officer)

    _publish(manager)
    own = _apply(applicant)
    with django_db_blocker.unblock():
        _let_others_apply(ready)
        panel = _review(scene, ready)
    manager.goto(f"/review/panels/{panel}/conflicts/")
    expect(manager.get_by_role("main")).to_contain_text("Same institution")
    with django_db_blocker.unblock():
        mine = _score_all_but_one(panel)
    _review_the_last(open_page, django_db_blocker, mine)

    _rank_by_link(host, ready, own)
    with django_db_blocker.unblock():
        _decide(scene, ready)
    _run_and_publish(manager)
    _release(officer, django_db_blocker)
    applicant.goto(f"/programmes/applications/{own}/result/")
    expect(applicant.get_by_role("main")).to_contain_text("Payments desk")
    applicant.get_by_role("button", name=re.compile("Accept")).click()
    expect(applicant.get_by_role("main")).to_contain_text("Accepted")

    _decline_one(open_page, django_db_blocker, own)
    _rematch(manager)
    with django_db_blocker.unblock():
        held = Offer.objects.get(application__reference=own, state="accepted")
        assert held.place_id == ready.desk.pk
        placement = _begin(scene, held)
    assert board(officer) == before

    _confirm_arrival_by_link(host)
    assert board(officer) == before + 1
    with django_db_blocker.unblock():
        _complete(placement)
    expect(_placement_page(officer, placement)).to_contain_text("Completed")
    assert board(officer) == before + 1


def _prepare(scene: Scene) -> Round:
    cast, now = scene.cast, clock.now(World.current())
    by = cast.owner.person
    programme = programmes.open_programme(
        key="to-london",
        name=Bilingual("To London", "赴伦敦"),
        kind="exchange",
        owner=cast.ours.institution,
        agreement=cast.agreement,
        commitment=cast.promise(PROMISE),
        by=by,
        at=now - timedelta(days=40),
    )
    day = now.date()
    call = programmes.prepare_call(
        programme=programme,
        facts=programmes.CallFacts(
            key="journey",
            name=Bilingual("Winter in London", "伦敦冬季交流"),
            summary=WORDS,
            who_may=WORDS,
            gives=WORDS,
            time_zone="Asia/Shanghai",
            opens_at=now - timedelta(hours=1),
            closes_at=now + timedelta(days=20),
            starts_on=day - timedelta(days=1),
            ends_on=day + timedelta(days=60),
            most_wishes=2,
            host_score="host",
            takes_joint=True,
            mode="single",
        ),
        by=by,
        at=now - timedelta(days=30),
    )
    draft = call.forms.get()
    draft = programmes.keep_form(call=call, definition=FORM, version=draft.version, by=by, at=now - timedelta(days=29))
    programmes.publish_form(form=draft, by=by, at=now - timedelta(days=28))
    contact = people.register_person(key="desk-contact", name=Bilingual("Ada Desk"))
    house = people.ensure_institution(key="city-bank", name=Bilingual("City Bank"), kind="company")
    host = programmes.invite_host(
        call=call, institution=house, contact=contact, email="desk@example.org", by=by, at=now - timedelta(days=20)
    )
    desk, lab = (
        programmes.open_place(
            host=host,
            facts=programmes.PlaceFacts(name=Bilingual(name), count=count),
            by=contact,
            at=now - timedelta(days=19),
        )
        for name, count in (("Payments desk", 3), ("Ledger laboratory", 3))
    )
    people.make_link(
        person=contact,
        purpose=OPEN_PLACES,
        record=f"host:{host.pk}",
        token=RANK_TOKEN,
        by=by,
        at=now - timedelta(days=1),
        expires_at=now + timedelta(days=60),
        uses=20,
    )
    return Round(call, desk, lab, host)


def _publish(manager: Page) -> None:
    manager.goto(f"{OFFICE}publish/")
    manager.get_by_role("button", name="Publish the call").click()
    manager.goto(CALL)
    expect(manager.get_by_role("main")).to_contain_text("Open")


def _apply(applicant: Page) -> str:
    """Apply on a phone; return the reference."""
    applicant.goto(CALL)
    applicant.get_by_role("link", name="Apply").first.click()
    applicant.get_by_role("button", name="Begin").click()
    reference = applicant.url.rstrip("/").rsplit("/", 1)[-1]
    applicant.goto(f"/programmes/applications/{reference}/sections/plan/")
    applicant.get_by_label("Why do you come?").fill("To learn how payments are cleared in another city.")
    applicant.get_by_role("button", name="Save and leave").click()
    applicant.goto(f"/programmes/applications/{reference}/places/")
    applicant.get_by_label("Choice 1").select_option(index=1)
    applicant.get_by_label("Choice 2").select_option(index=2)
    applicant.get_by_role("button", name="Keep the order").click()
    applicant.goto(f"/programmes/applications/{reference}/check/")
    applicant.get_by_role("button", name="Submit", exact=True).click()
    expect(applicant.get_by_role("main")).to_contain_text(reference)
    return reference


def _let_others_apply(ready: Round) -> None:
    """Let eleven more apply, two of them together."""
    now = clock.now(World.current())
    call = Call.objects.get(pk=ready.call.pk)
    drafts = []
    for number in range(ALONE + 2):
        person = people.register_person(key=f"traveller-{number}", name=Bilingual(f"Traveller {number}"))
        people.open_account(person=person, email=f"traveller-{number}@example.org", password=PASSWORD)
        draft = programmes.begin_application(call=call, person=person, language="en", at=now)
        draft = programmes.keep_answers(
            application=draft, section="plan", raw={"why": "To see."}, version=draft.version, by=person, at=now
        )
        places = [ready.desk, ready.lab] if number % 2 else [ready.lab, ready.desk]
        programmes.rank_places(application=draft, places=places, by=person, at=now)
        drafts.append(draft)
    for one, other in (drafts[-2:], drafts[:-3:-1]):
        programmes.ask_to_be_together(application=one, other_reference=other.reference, by=one.applicant, at=now)
    for draft in drafts:
        kept = Application.objects.get(pk=draft.pk)
        programmes.submit_application(application=kept, version=kept.version, by=kept.applicant, at=now)
    ready.others.extend(draft.applicant for draft in drafts)


def _review(scene: Scene, ready: Round) -> int:
    """Send everybody to review before three reviewers, one of whom comes from an applicant's house."""
    now, by = clock.now(World.current()), scene.others["manager"].person
    call = Call.objects.select_related("programme__owner").get(pk=ready.call.pk)
    house = people.ensure_institution(key="north", name=Bilingual("North School"), kind="university")
    first = Application.objects.filter(call=call).order_by("reference").first()
    assert first is not None
    Application.objects.filter(pk=first.pk).update(home=house)
    rubric = review.make_rubric(
        owner=call.programme.owner,
        key="plans",
        name=Bilingual("Plans", "计划"),
        criteria=[review.CriterionFacts(key="plan", name=Bilingual("Plan", "计划"))],
        by=by,
        at=now,
    )
    panel = review.open_panel(
        subject=f"call:{call.pk}",
        name=Bilingual("Winter panel", "冬季评审组"),
        rubric=rubric,
        owner=call.programme.owner,
        mode="single",
        reviews_each=1,
        max_load=20,
        due_at=now + timedelta(days=10),
        by=by,
        at=now,
    )
    reviewers: list[Panelist] = []
    for number in range(3):
        person = people.register_person(key=f"judge-{number}", name=Bilingual(f"Judge {number}"))
        people.open_account(person=person, email=f"judge-{number}@example.org", password=PASSWORD)
        if number == 0:
            people.affiliate(person=person, institution=house, starts_on=LONG_AGO, by=by, at=now)
        reviewers.append(review.invite_panelist(panel=panel, person=person, accepted=True, by=by, at=now))
    rows = Application.objects.filter(call=call, phase="screening")
    for row in rows:
        programmes.take_step(application=row, step="pass", by=by, actors=[WorkflowActor.OFFICE], at=now)
    programmes.put_in_review(call=call, applications=rows.model.objects.filter(call=call), panel=panel, by=by, at=now)
    for one in reviewers:
        review.declare_none(panelist=one, by=one.person, at=now)
    run = review.propose_assignment(panel=panel, goal=AssignmentGoal.BEST_TOTAL, seed="a seed", by=by, at=now)
    review.apply_run(run=run, by=by, at=now)
    clash = Conflict.objects.get(item__panel=panel)
    assert clash.panelist_id == reviewers[0].pk
    assert not Assignment.objects.filter(panelist=clash.panelist, item=clash.item, released_at=None).exists()
    return panel.pk


def _score_all_but_one(panel: int) -> int:
    """Submit every review but the last; return the number of its assignment."""
    now = clock.now(World.current())
    rows = list(Assignment.objects.filter(item__panel=panel, released_at=None).select_related("panelist__person"))
    for one in rows[:-1]:
        _score(one, now)
    return rows[-1].pk


def _score(one: Assignment, now: datetime) -> None:
    by = one.panelist.person
    review.open_item(assignment=one, by=by, at=now)
    facts = review.ReviewFacts(scores={"plan": Decimal(3 + one.pk % 3)}, comment_to_applicant="Clear.")
    kept = review.keep_review(assignment=one, facts=facts, version=0, by=by, at=now)
    review.submit_review(assignment=one, version=kept.version, by=by, at=now)


def _review_the_last(open_page: OpenPage, blocker: DjangoDbBlocker, assignment: int) -> None:
    """Open the last item as its reviewer, score it with the rubric beside it, and submit."""
    with blocker.unblock():
        who = _member(Assignment.objects.select_related("panelist__person").get(pk=assignment).panelist.person)
    page = open_page(who)
    page.goto(f"/review/queue/{assignment}/")
    opening = page.get_by_role("button", name=re.compile("Open"))
    if opening.count():
        opening.first.click()
    page.get_by_role("radio", name=re.compile("^4")).first.check()
    page.get_by_role("button", name="Submit the review").click()
    expect(page.get_by_role("main")).not_to_contain_text("is missing")


def _rank_by_link(host: Page, ready: Round, own: str) -> None:
    """Rank everybody who wants the desk, whoever applied in the browser first."""
    for place in (ready.desk, ready.lab):
        host.goto(f"/programmes/links/places/{RANK_TOKEN}/{place.code}/rank/")
        groups = host.locator("fieldset").all()
        for number, group in enumerate(groups, start=2):
            is_own = own in group.inner_text()
            group.get_by_label("Rank").fill("1" if is_own else str(min(number, len(groups))))
        host.get_by_role("button", name="Keep the ranking").click()


def _decide(scene: Scene, ready: Round) -> None:
    """Accept everybody for the matching, and let another person release the letters."""
    now, by = clock.now(World.current()), scene.others["manager"].person
    call = Call.objects.get(pk=ready.call.pk)
    assert set(Application.objects.filter(call=call).values_list("phase", flat=True)) == {"decision"}
    slate = programmes.open_slate(call=call, by=by, at=now)
    for row in Application.objects.filter(call=call):
        programmes.decide(
            slate=slate, application=row, outcome="accept", reason="", note="All may be matched.", by=by, at=now
        )
    programmes.settle_slate(slate=slate, by=by, at=now)
    _release_all(scene.cast.owner.person)
    assert set(Application.objects.filter(call=call).values_list("phase", flat=True)) == {"offer"}


def _release_all(by: Person) -> None:
    from accord.outbox import operations as outbox  # noqa: PLC0415 (needed here alone)

    for batch in Batch.objects.filter(released_at=None, cancelled_at=None):
        outbox.release_held(batch=batch, by=by, at=clock.now(World.current()))


def _run_and_publish(manager: Page) -> None:
    """Make a dry run of joint applications, read its certificate, and publish it."""
    manager.goto(f"{OFFICE}match/new/")
    manager.get_by_label("Way of placing").select_option("joint-applications")
    manager.get_by_role("button", name="Run the match").click()
    expect(manager.get_by_role("main")).to_contain_text("6 people are placed")
    _publish_run(manager)


def _publish_run(manager: Page) -> None:
    run = manager.url.rstrip("/")
    manager.goto(f"{run}/publish/")
    manager.get_by_label("Answer by the end of").fill(str(date(2019, 10, 25)))
    manager.get_by_label("Short name of the call, to confirm").fill("journey")
    manager.get_by_role("button", name="Publish the result").click()
    expect(manager.get_by_role("main")).to_contain_text("Re-match")


def _release(officer: Page, blocker: DjangoDbBlocker) -> None:
    """Let the letters of the result go, as another person than the one who published it."""
    with blocker.unblock():
        batch = Batch.objects.filter(released_at=None, cancelled_at=None).latest("pk").pk
    officer.goto(reverse("outbox:batch", args=[batch]))
    officer.get_by_role("button", name=re.compile("Release")).click()


def _decline_one(open_page: OpenPage, blocker: DjangoDbBlocker, own: str) -> None:
    """Let somebody else with an offer decline it on their page."""
    with blocker.unblock():
        offer = Offer.objects.filter(state="open").exclude(application__reference=own)
        one = offer.filter(application__together_with=None).select_related("application__applicant").first()
        assert one is not None
        who, reference = _member(one.application.applicant), one.application.reference
    page = open_page(who)
    page.goto(f"/programmes/applications/{reference}/result/decline/")
    page.get_by_label(re.compile("Why|Reason")).fill("I stay here.")
    page.get_by_role("button", name=re.compile("Decline")).click()


def _rematch(manager: Page) -> None:
    """Give out again what became free, with the least disruption, and publish it."""
    manager.goto(f"{OFFICE}match/1/")
    manager.get_by_role("link", name=re.compile("Re-match")).first.click()
    manager.get_by_role("radio").last.check()
    manager.get_by_role("button", name="See who would move").click()
    expect(manager.get_by_role("main")).to_contain_text("6 people are placed")
    _publish_run(manager)


def _begin(scene: Scene, offer: Offer) -> str:
    """Begin the placement of an accepted offer, with a link for its host; return its reference."""
    now, by = clock.now(World.current()), scene.others["manager"].person
    (placement,) = programmes.begin_placement(offer=offer, level="staff", by=by, at=now)
    people.make_link(
        person=offer.place.host.contact,
        purpose=LOOK_AFTER,
        record=f"placement:{placement.pk}",
        token=CARE_TOKEN,
        by=by,
        at=now,
        expires_at=now + timedelta(days=60),
        uses=20,
    )
    return placement.reference


def _confirm_arrival_by_link(host: Page) -> None:
    host.goto(f"/programmes/placements/look-after/{CARE_TOKEN}/")
    host.get_by_role("link", name=re.compile("arriv", re.IGNORECASE)).first.click()
    host.get_by_role("button", name=re.compile("Confirm|Record|Keep")).first.click()


def _complete(reference: str) -> None:
    """Let the stay end as agreed, and both sides evaluate it."""
    placement = Placement.objects.get(reference=reference)
    at = clock.now(World.current())
    Placement.objects.filter(pk=placement.pk).update(ends_on=placement.arrived_on)
    placement.refresh_from_db()
    programmes.end_placement(placement=placement, left_on=placement.arrived_on, by=placement.made_by, at=at)
    for side in (Side.PERSON, Side.HOST):
        programmes.evaluate(
            placement=Placement.objects.get(pk=placement.pk),
            side=side,
            term="end",
            facts=programmes.EvaluationFacts(score=5),
            by=placement.person if side is Side.PERSON else placement.offer.place.host.contact,
            at=at,
        )


def _placement_page(page: Page, reference: str) -> Locator:
    page.goto(f"/programmes/placements/{reference}/")
    return page.get_by_role("main")


def _member(person: Person) -> Member:
    client = Client()
    client.force_login(person.account)
    return Member(person, client)
