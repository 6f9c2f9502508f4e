"""Lists by API are the lists of the pages: the same filters, searches and sorts, cut by cursor."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.api.conftest import AGREEMENT, Caller
from tests.cast import Cast, moment
from tests.files import asked as files
from tests.history import asked as history
from tests.negotiation import asked as negotiation
from tests.negotiation.table import lay_table
from tests.outbox import asked as outbox
from tests.programmes import asked as programmes
from tests.programmes import scene as programme
from tests.programmes.waiting import AFTER, offer_to, published, rank, wait
from tests.review import asked as review
from tests.review import scene as panel
from tests.workspace import asked as workspace

from accord.agreements import operations as agreements
from accord.kernel.text import Bilingual
from accord.outbox.models import Batch, Endpoint
from accord.people import operations as people
from accord.programmes import operations as programme_operations
from accord.review import operations as review_operations
from accord.ui.listing import ListAsked

EVIDENCE = f"{AGREEMENT}/promises/resident-teams/evidence"
BOARD = "/agreements/chengdu-cass/"
CALL = "/programmes/summer/calls/2019"
OFFICE = "/programmes/summer/2019/office/"
# Each list of the API: its address, its page, its parameters, and how a row of the page's export is told.
LISTS = {
    "AgreementsAsked": ("/agreements", "/agreements/", "title"),
    "EngagementsAsked": (f"{AGREEMENT}/engagements", f"{BOARD}engagements/", "title"),
    "RecordsAsked": (EVIDENCE, f"{BOARD}promises/resident-teams/records/", "label"),
    "MeasuresAsked": ("/measures", "/measures/", "code"),
    "InstitutionsAsked": ("/institutions", "/institutions/", "key"),
    "PeopleAsked": ("/persons", "/people/", "sort_key"),
    "NegotiationsAsked": ("/negotiations", "/negotiations/", "title"),
    "RequestsAsked": ("/negotiations/{negotiation}/requests", "/negotiations/{negotiation}/requests/", "asked"),
    "FilesAsked": ("/records/agreement:{agreement}/files", "/files/of/agreement:{agreement}/", "name"),
    "ChangesAsked": ("/history/agreement:{agreement}", "/history/agreement:{agreement}/", "field"),
    "SealsAsked": ("/seals", "/history/seals/", "digest"),
    "NoticesAsked": ("/notices", "/notices/", "subject"),
    "HeldAsked": ("/held-letters", "/letters/held/", "title"),
    "HeldLettersAsked": ("/held-letters/{held}/letters", "/letters/held/{held}/", "address"),
    "WebhooksAsked": ("/webhooks", "/webhooks/", "name"),
    "PostsAsked": ("/webhooks/{webhook}/posts", "/webhooks/{webhook}/", "tries"),
    "ViewsAsked": ("/views", "/views/", "name"),
    "SitesAsked": ("/work-spaces", "/workspace/", "name"),
    "FloorsAsked": ("/work-spaces/dreamworks/floors", "/workspace/dreamworks/floors/", "spaces"),
    "SpacesAsked": ("/work-spaces/dreamworks/spaces", "/workspace/dreamworks/spaces/", "code"),
    "TeamsAsked": ("/work-spaces/dreamworks/teams", "/workspace/dreamworks/teams/", "key"),
    "ReportsAsked": (
        "/work-spaces/dreamworks/teams/lantern/reports",
        "/workspace/dreamworks/teams/lantern/reports/",
        "jobs",
    ),
    "TenanciesAsked": ("/work-spaces/dreamworks/tenancies", "/workspace/dreamworks/tenancies/", "number"),
    "ApplicationsAsked": ("/work-spaces/dreamworks/applications", "/workspace/dreamworks/waiting/", "people"),
    "ProgrammesAsked": ("/programmes", "/programmes/all/", "key"),
    "CallsAsked": ("/calls", "/programmes/", "key"),
    "CallApplicationsAsked": (f"{CALL}/applications", f"{OFFICE}applications/", "reference"),
    "OwnApplicationsAsked": ("/applications", "/programmes/applications/", "reference"),
    "SlateAsked": (
        "/programmes/summer/calls/2031/slate/lines",
        "/programmes/summer/2031/office/slate/",
        "reference",
    ),
    "SettledAsked": (
        "/programmes/summer/calls/2032/slates/1/lines",
        "/programmes/summer/2032/office/slate/1/",
        "reference",
    ),
    "PlacesAsked": (f"{CALL}/places", f"{OFFICE}places/", "code"),
    "MatchLinesAsked": (f"{CALL}/runs/{{run}}", f"{OFFICE}match/{{run}}/", "application"),
    "OffersAsked": (f"{CALL}/offers", f"{OFFICE}offers/", "application"),
    "PlacementsAsked": ("/placements", "/programmes/placements/", "reference"),
    "PanelsAsked": ("/panels", "/review/", "name"),
    "ReviewersAsked": ("/panels/{panel}/reviewers", "/review/panels/{panel}/people/", "name"),
    "AssignmentsAsked": ("/panels/{panel}/assignments", "/review/panels/{panel}/assignment/", "item"),
    "ConflictsAsked": ("/panels/{panel}/conflicts", "/review/panels/{panel}/conflicts/", "item"),
    "ReviewsAsked": ("/panels/{panel}/reviews", "/review/panels/{panel}/reviews/", "item"),
    "StandingsAsked": ("/panels/{panel}/standings", "/review/panels/{panel}/standings/", "item"),
    "OwnReviewsAsked": ("/reviews", "/review/queue/", "item"),
}
OTHERWISE = {
    "BookingsAsked": "keepers list everybody's dates; their page shows a day at a time, and a list of one's own"
}
FURTHER: dict[str, Any] = {
    **dict.fromkeys(("NegotiationsAsked", "RequestsAsked"), negotiation),
    **dict.fromkeys(("ChangesAsked", "SealsAsked"), history),
    **dict.fromkeys(("NoticesAsked", "WebhooksAsked", "PostsAsked"), outbox),
    **dict.fromkeys(("HeldAsked", "HeldLettersAsked"), outbox),
    "FilesAsked": files,
    **dict.fromkeys(("SitesAsked", "FloorsAsked", "SpacesAsked", "TeamsAsked", "ReportsAsked"), workspace),
    **dict.fromkeys(("TenanciesAsked", "ApplicationsAsked"), workspace),
    **dict.fromkeys(("ProgrammesAsked", "CallsAsked", "CallApplicationsAsked", "PlacesAsked"), programmes),
    **dict.fromkeys(("MatchLinesAsked", "OffersAsked", "PlacementsAsked", "OwnApplicationsAsked"), programmes),
    **dict.fromkeys(("SlateAsked", "SettledAsked"), programmes),
    **dict.fromkeys(("PanelsAsked", "ReviewersAsked", "ConflictsAsked"), review),
    **dict.fromkeys(("ReviewsAsked", "StandingsAsked", "OwnReviewsAsked", "AssignmentsAsked"), review),
}
# Filters that a page offers as a choice of what is there, and the API takes as a word.
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "ChangesAsked": {"part": ("agreements.agreement", "agreements.party", "agreements.source")},
    "CallApplicationsAsked": {"stage": ("screening", "matching", "offered")},
    "MatchLinesAsked": {"choice": ("1", "2", "first")},
    "SpacesAsked": {"building": ("a",), "floor": ("a-0", "a-1")},
}
FAR = {"day": ("2019-08-07", "1999-01-01", "2030-01-01"), "text": ("CN", "GB", "nothing")}


@pytest.fixture
def world(cast: Cast) -> Cast:
    """A cast with deliveries in each state, meetings, institutions and saved views."""
    for number in range(6):
        on = date(2019, 8, 1) + timedelta(days=number * 3)
        cast.record("resident-teams", number + 1, on, confirmed=moment(on) if number % 2 else None)
        agreements.record_engagement(
            agreement=cast.agreement,
            kind=("visit", "summit")[number % 2],
            title=Bilingual(f"Meeting {number}", f"会议{number}"),
            held_on=on,
            place=Bilingual(),
            attendees=5 + number % 3,
            by=cast.owner.person,
            at=moment(on),
        )
        people.save_view(by=cast.owner.person, name=f"view {number}", path="/agreements/", query=f"q={number}")
    return cast


def furnished(cast: Cast, name: str) -> dict[str, Any]:
    """Fill a list of another context; return what the addresses of lists name."""
    context = FURTHER.get(name)
    if context is not None:
        context.furnish(cast)
    names: dict[str, Any] = {
        "agreement": cast.agreement.pk,
        "webhook": Endpoint.objects.values_list("pk", flat=True).first(),
        "held": Batch.objects.values_list("pk", flat=True).first(),
    }
    more = MORE.get(context)
    return names | (more(cast) if more else {})


def _asked_of(cast: Cast) -> dict[str, Any]:
    table = lay_table(cast, "The last team")
    table.put_forward()
    table.ask("One team, not two.")
    return {"negotiation": table.negotiation.key}


def _matched(cast: Cast) -> dict[str, Any]:
    """Publish a run after the dry one: one is offered a place and accepts, one declines, one gets none."""
    scene = programme.made_scene(cast)
    bank, lab = scene.bank_place, scene.lab_place
    who = wait(scene, {"ann": [bank, lab], "bo": [lab], "cy": [lab, bank], "dan": [lab]})
    rank(bank, who["ann"], who["cy"])
    rank(lab, who["bo"], who["cy"], who["dan"])
    run = published(scene)
    ann, bo = offer_to(who["ann"]), offer_to(who["bo"])
    programme_operations.accept_offer(offer=ann, by=who["ann"].applicant, at=AFTER)
    programme_operations.decline_offer(offer=bo, reason="Elsewhere.", by=who["bo"].applicant, at=AFTER)
    return {"run": run.number}


def _reviewed(cast: Cast) -> dict[str, Any]:
    """Let reviews come in, one be begun and two be the owner's to write, and let conflicts stand and be lifted."""
    scene = panel.made_scene(cast)
    told: dict[str, Any] = {"by": scene.manager.person, "at": panel.NOW}
    for code, name, quality in (("A-001", "ann", "4"), ("A-001", "bo", "2"), ("A-002", "bo", "5")):
        scene.review(code, name, quality)
    scene.review("A-003", "dan", "3", submit=False)
    for code in ("A-004", "A-006"):
        entered = review_operations.enter_conflict(
            panelist=scene.reviewers["ann"], item=scene.item(code), reason="Wrote a paper together.", **told
        )
    review_operations.lift_conflict(conflict=entered, reason="Ten years ago.", **told)
    review_operations.work_out_standing(panel=scene.panel, at=told["at"])
    own = review_operations.invite_panelist(panel=scene.panel, person=cast.owner.person, accepted=True, **told)
    for code in ("A-002", "A-005"):
        review_operations.assign(item=scene.item(code), panelist=own, **told)
    return {"panel": scene.panel.pk}


# What a context's lists show beyond what its operations are asked for.
MORE: dict[Any, Any] = {negotiation: _asked_of, programmes: _matched, review: _reviewed}


def every_list() -> list[type[ListAsked]]:
    """Return the parameters of every list of the API."""
    from accord.config import api  # noqa: PLC0415 (models exist only once Django is set up)

    assert api.api.operations()
    return ListAsked.__subclasses__()


def questions(asked: type[ListAsked]) -> Iterator[str]:
    """Yield every filter with every choice, a search that finds and one that does not, and every sort."""
    for one in asked.table.filters:
        offered = CHOICES.get(asked.__name__, {}).get(one.key, ())
        values = offered or [key for key, _label in one.choices] or FAR[one.kind]
        yield from (f"{one.key}={value}" for value in values)
    if asked.table.search:
        yield from ("q=1", "q=team", "q=%E4%BC%9A%E8%AE%AE", "q=nothing+like+this")
    for column in asked.table.columns:
        if column.sort:
            yield from (f"sort={column.key}", f"sort=-{column.key}")


@pytest.mark.django_db
def test_each_list_of_the_api_has_its_page() -> None:
    assert {asked.__name__ for asked in every_list()} == {*LISTS, *OTHERWISE}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_list_answers_every_question_as_its_page_does(world: Cast, owner: Caller, name: str) -> None:
    path, page, told_by = LISTS[name]
    names = furnished(world, name)
    path, page = path.format(**names), page.format(**names)
    asked = next(one for one in every_list() if one.__name__ == name)
    found = 0

    for question in questions(asked):
        by_api = [_told(row, told_by) for row in owner.get(f"{path}?{question}&limit=200").json()["items"]]
        by_page = _exported(world.owner.client, f"{page}?{question}&cols={told_by}&format=json", told_by)
        assert sorted(by_api) == sorted(by_page), question
        if question.startswith("sort="):
            assert by_api[:1] == by_page[:1] or len(set(by_api)) > 1, question
        found += len(by_api)

    assert found > 0


def _told(row: dict[str, Any], told_by: str) -> str:
    value = row[told_by]
    return value["en"] if isinstance(value, dict) else str(value)


def _exported(client: Client, address: str, told_by: str) -> list[str]:
    answer = client.get(address)
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [str(row[told_by]) for row in __import__("json").loads(data)["rows"]]


@pytest.mark.parametrize("sort", ["held_on", "-held_on", "attendees", "-attendees", "kind"])
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_cursors_tile_the_list_there_and_back(world: Cast, owner: Caller, sort: str, limit: int) -> None:
    path = f"{AGREEMENT}/engagements?sort={sort}"
    whole = [row["id"] for row in owner.get(f"{path}&limit=200").json()["items"]]

    there, last = _walk(owner, f"{path}&limit={limit}", "next")
    back, _first = _walk(owner, last, "previous")

    assert there == whole
    assert [row for part in _parts(back, limit, len(whole)) for row in part] == whole
    assert len(whole) == 6


def _parts(rows: list[int], limit: int, total: int) -> list[list[int]]:
    """Return the rows of a walk backwards in the order of the list."""
    first = total % limit or limit
    cuts = [rows[:first], *(rows[start : start + limit] for start in range(first, total, limit))]
    return cuts[::-1]


def _walk(caller: Caller, address: str, way: str) -> tuple[list[int], str]:
    """Follow the addresses one way; return the rows seen and the last address."""
    seen: list[int] = []
    following: str | None = address
    while following:
        address = following
        answer = caller.get(address.removeprefix("http://testserver")).json()
        seen += [row["id"] for row in answer["items"]]
        following = answer[way]
    return seen, address


def test_rows_that_come_and_go_meanwhile_shift_nothing(world: Cast, owner: Caller) -> None:
    path = f"{AGREEMENT}/engagements?sort=held_on&limit=2"
    before = [row["id"] for row in owner.get(f"{AGREEMENT}/engagements?sort=held_on").json()["items"]]
    first = owner.get(path).json()
    for on in (date(2019, 7, 20), date(2019, 8, 5), date(2019, 9, 30)):
        made = owner.post(
            f"{AGREEMENT}/engagements",
            {"kind": "visit", "title": {"en": "New"}, "held_on": on.isoformat(), "attendees": 1},
        )
        assert made.status_code == 201
    owner("DELETE", f"{AGREEMENT}/engagements/{first['items'][0]['id']}", if_match="*")

    rest, _last = _walk(owner, first["next"], "next")

    seen = [row["id"] for row in first["items"]] + rest
    assert len(seen) == len(set(seen))
    assert [row for row in seen if row in before] == before


def test_link_header_names_the_same_addresses(world: Cast, owner: Caller) -> None:
    answer = owner.get(f"{AGREEMENT}/engagements?limit=2")

    links = {name: url for url, name in re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers["Link"])}
    assert links == {"next": answer.json()["next"]}
    second = owner.get(links["next"].removeprefix("http://testserver"))
    assert 'rel="prev"' in second.headers["Link"]


def test_cursor_of_another_question_is_refused(world: Cast, owner: Caller) -> None:
    cursor = owner.get(f"{AGREEMENT}/engagements?limit=2").json()["next"].partition("cursor=")[2]

    answers = [
        owner.get(f"{AGREEMENT}/engagements?limit=2&kind=visit&cursor={cursor}"),
        owner.get(f"{EVIDENCE}?cursor={cursor}"),
        owner.get(f"{AGREEMENT}/engagements?cursor=made-up"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(422, "cursor-unknown")] * 3
