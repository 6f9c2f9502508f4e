"""Every page of the context: who may see it, and how many queries it takes."""

from datetime import date

import pytest
from django.urls import reverse
from tests.cast import Cast, moment

pytestmark = pytest.mark.django_db
KEY = "chengdu-cass"
PROMISE = "resident-teams"

PAGES = [
    reverse("measures:board", args=[KEY]),
    reverse("measures:reciprocity", args=[KEY]),
    reverse("measures:promise", args=[KEY, PROMISE]),
    reverse("measures:promise-chart", args=[KEY, PROMISE, "csv"]),
    reverse("measures:promise-chart", args=[KEY, PROMISE, "json"]),
    reverse("measures:promise-chart", args=[KEY, PROMISE, "vl.json"]),
    reverse("measures:records", args=[KEY, PROMISE]),
    reverse("agreements:text", args=[KEY]),
    reverse("agreements:file", args=[KEY]),
    reverse("agreements:engagements", args=[KEY]),
]


@pytest.mark.parametrize("page", PAGES)
def test_page_of_an_agreement_is_open_to_both_sides_and_hidden_from_others(cast: Cast, page: str) -> None:
    seen = {
        name: getattr(cast, name).client.get(page).status_code
        for name in ("owner", "partner", "executive", "steward", "outsider")
    }

    assert seen == {"owner": 200, "partner": 200, "executive": 200, "steward": 200, "outsider": 404}


@pytest.mark.parametrize("page", PAGES)
def test_page_of_an_agreement_sends_visitors_to_sign_in(cast: Cast, client, page: str) -> None:
    answer = client.get(page)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={page}")


@pytest.mark.parametrize(
    "page", ["/agreements/", "/measures/", "/measures/workspace.resident_teams/", "/calibration/", "/"]
)
def test_common_page_is_open_to_everybody_who_signed_in(cast: Cast, page: str) -> None:
    answers = [cast.owner.client.get(page), cast.outsider.client.get(page)]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_outsider_finds_no_word_of_the_agreement_on_any_list(cast: Cast) -> None:
    cast.record(PROMISE, 4, date(2019, 8, 1), confirmed=moment(date(2019, 8, 2)))

    pages = [
        "/",
        "/agreements/",
        "/agreements/?format=csv",
        "/calibration/",
        "/measures/workspace.resident_teams/",
        "/what-is-real/",
    ]
    texts = [cast.outsider.client.get(page).getvalue().decode() for page in pages]

    assert not [word for text in texts for word in ("Dreamworks", "梦工场", "Cass Business") if word in text]
