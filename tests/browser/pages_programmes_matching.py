"""Pages of places and matching: a place, a run, what an applicant reads, and a host's ranking by link."""

from datetime import timedelta
from typing import Any

from tests.browser.way import View, at
from tests.browser.world import TODAY, Scene
from tests.cast import moment
from tests.programmes.scene import ANSWERS

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.programmes import models, operations
from accord.programmes.enums import OPEN_PLACES, BarKind

TOKEN, RANKING = "places-for-the-browser", "ranking-for-the-browser"
NOW = moment(TODAY, 0)
OFFICE = "/programmes/summer/matched/office/"
NAMES = ("Ann", "Bo", "Somebody with a name that goes on for quite a while and does not end soon")


def furnish(scene: Scene) -> None:
    """Let people wait for places of two calls, rank and bar some; in the first, make and publish a run."""
    by: dict[str, Any] = {"by": scene.others["manager"].person, "at": NOW}
    call, rows, place = _waiting(scene, "matched", TOKEN)
    operations.bar(application=rows[1], place=place, kind=BarKind.CONFLICT, reason="An uncle leads the desk.", **by)
    run = operations.run_match(call=call, mechanism="fair-match", **by)
    operations.publish_match(run=run, answer_by=NOW + timedelta(days=9), hold=False, **by)
    _waiting(scene, "ranked", RANKING)


def _waiting(scene: Scene, key: str, token: str) -> tuple[models.Call, list[models.Application], models.Place]:
    """Make a call whose host ranked two of three people, with a link to its places."""
    by: dict[str, Any] = {"by": scene.others["manager"].person, "at": NOW}
    call = _call(key)
    host = models.Host.objects.get(call__key="2019", institution__key="harvest-bank")
    host = operations.invite_host(call=call, institution=host.institution, contact=host.contact, email="", **by)
    facts = operations.PlaceFacts(name=Bilingual("Payments desk", "支付岗位"), city=Bilingual("London", "伦敦"))
    place = operations.open_place(host=host, facts=facts, **by)
    second = scene.others["second"].person
    rows = [_application(call, number, second if number == 0 else None, place) for number in range(len(NAMES))]
    operations.rank_applicants(place=place, order=[[rows[0]], [rows[2]]], unwanted={}, **by)
    people.make_link(
        person=host.contact,
        purpose=OPEN_PLACES,
        record=f"host:{host.pk}",
        expires_at=NOW + timedelta(days=90),
        token=token,
        **by,
    )
    return call, rows, place


def _call(key: str) -> models.Call:
    call = models.Call.objects.get(programme__key="summer", key="2019")
    form = call.forms.get()
    call.pk, call.key, call.host_score = None, key, "host"
    call.save()
    form.pk, form.call = None, call
    for section in form.definition["sections"]:
        for question in section["questions"]:
            question["to_hosts"] = True
    form.save()
    return call


def _application(call: models.Call, number: int, person: Any, place: models.Place) -> models.Application:
    who = person or people.register_person(key=f"{call.key}-{number}", name=Bilingual(NAMES[number], ""))
    made = models.Application.objects.create(
        call=call,
        reference=f"{'MATCH' if call.key == 'matched' else 'RANK'}-{number}",
        applicant=who,
        stage="matching",
        phase="offer",
        entered_at=NOW,
        form=call.forms.get(),
        answers=ANSWERS,
        started_at=NOW,
        submitted_at=NOW,
    )
    models.Wish.objects.create(application=made, place=place, rank=1)
    return made


VIEWS = [
    View("places of a call", "manager", at(f"{OFFICE}places/")),
    View("run of a match", "manager", at(f"{OFFICE}match/1/")),
    View("way of placing", "manager", at(f"{OFFICE}match/new/")),
    View("result of an applicant", "second", at("/programmes/applications/MATCH-0/result/")),
    View("places by link", "", at(f"/programmes/links/places/{TOKEN}/")),
    View("ranking by link", "", at(f"/programmes/links/places/{RANKING}/P-01/rank/")),
    View("what a host reads by link", "", at(f"/programmes/links/places/{RANKING}/P-01/who/RANK-2/")),
    View("who has a place by link", "", at(f"/programmes/links/places/{TOKEN}/P-01/rank/")),
]
