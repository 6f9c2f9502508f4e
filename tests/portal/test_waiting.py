"""What waits: by context on the first page, all of it as a list, the most urgent first, and counted on every page."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, Member, moment
from tests.negotiation.table import Table, lay_table

from accord.agreements.models import Agreement
from accord.kernel.finding import waiting_count, waits
from accord.kernel.models import World
from accord.people.queries import actor_of

pytestmark = pytest.mark.django_db
TODAY = date(2019, 9, 30)


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Let two deliveries, a text in review, an overdue review and an end within the week wait for the partner."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=1, scale=1.0, built_at=moment(TODAY))
    for day in (3, 20):
        cast.record("resident-teams", day, date(2019, 9, day))
    table: Table = lay_table(cast)
    table.put_forward()
    Agreement.objects.filter(pk=cast.agreement.pk).update(
        starts_on=date(2019, 7, 1), review_on=TODAY - timedelta(days=9), ends_on=TODAY + timedelta(days=3)
    )
    return cast


def rows(member: Member, **asked: Any) -> list[list[str]]:
    """Return the list as data: to do, of what, how soon."""
    lines = json.loads(member.client.get("/waiting/", asked | {"format": "json"}).getvalue())
    return [[line["act"], line["title"], line["urgency"]] for line in lines["rows"]]


def test_list_holds_everything_the_most_urgent_first(busy: Cast) -> None:
    title = "Chengdu and London, financial professionals"

    assert rows(busy.partner) == [
        ["Hold the review, and set the next one", title, "Overdue"],
        ["Renew it, or let it end", title, "Within a week"],
        ["Review and approve version 1", "Interns and publications", None],
        ["Confirm or contest +3", "A delivery", None],
        ["Confirm or contest +20", "A delivery", None],
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"list": "measures"}, 2), ({"list": "negotiation"}, 1), ({"soon": "overdue"}, 1), ({"soon": "soon"}, 1),
     ({"soon": "none"}, 3), ({"q": "interns"}, 1), ({"q": "成都"}, 2), ({"list": "measures", "soon": "overdue"}, 0)],
)  # fmt: skip
def test_list_is_narrowed_by_context_by_urgency_and_by_words(busy: Cast, asked: dict[str, str], found: int) -> None:
    assert len(rows(busy.partner, **asked)) == found


def test_first_page_groups_it_by_context_with_a_few_each(busy: Cast) -> None:
    for day in range(1, 7):
        busy.record("resident-teams", 1, date(2019, 8, day))

    groups = busy.partner.client.get("/").context["groups"]

    assert [(group.code, len(group.rows), group.has_more) for group in groups] == [
        ("agreements", 2, False),
        ("measures", 5, True),
        ("negotiation", 1, False),
    ]


def test_first_page_says_until_when_and_how_to_see_the_rest(busy: Cast) -> None:
    page = busy.partner.client.get("/").text

    assert "until 21 Sep 2019" in page
    assert "Overdue" in page
    assert "until 3 Oct 2019" in page
    assert 'href="/waiting/"' in page


def test_number_on_every_page_is_that_of_the_list(busy: Cast) -> None:
    counts = {}
    for name in ("owner", "partner", "executive", "steward", "outsider"):
        member = getattr(busy, name)
        actor = actor_of(member.person, on=TODAY)
        shown = member.client.get("/measures/").context["chrome"].waiting
        counts[name] = {shown, waiting_count(actor), sum(one.number(actor) for one in waits), len(rows(member))}

    assert counts == {"owner": {3}, "partner": {5}, "executive": {0}, "steward": {0}, "outsider": {0}}


def test_empty_list_says_what_stands_there(busy: Cast, client: Client) -> None:
    assert "Texts to approve and sign" in busy.outsider.client.get("/waiting/").text
    assert client.get("/waiting/").status_code == 302
