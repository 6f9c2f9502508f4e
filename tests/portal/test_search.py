"""The search page and the palette's answers: what each reader finds, and what they must not."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.agreements.contracts import LIABILITY, apply, read
from tests.cast import LONG_AGO, Cast, Member, moment
from tests.files.samples import PDF
from tests.negotiation.table import lay_table

from accord.agreements import operations as agreements
from accord.files import operations as files
from accord.kernel.records import reference
from accord.kernel.store import FolderStore
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import PersonState
from accord.people.models import Person

pytestmark = pytest.mark.django_db
WORD = "Zephyrine"
"""Planted in something of every kind that belongs to the two parties."""
PLACES = {
    "agreement": ("chengdu", "/agreements/chengdu-cass/"),
    "promise": ("fintech enterprises", "/agreements/chengdu-cass/promises/resident-teams/"),
    "clause": ("indirect", "/agreements/chengdu-cass/text/#clause-liability"),
    "negotiation": (WORD, "/negotiations/zephyrine-interns/"),
    "person": ("Zephyrine Colleague", "/people/{person}/"),
    "file": ("Zephyrine minutes", "/files/{file}/"),
}


@dataclass(frozen=True)
class Planted:
    """The cast with something of every kind to find."""

    cast: Cast
    person: Person
    file: int

    def url(self, kind: str) -> str:
        """Return where the planted thing of a kind stands."""
        return PLACES[kind][1].format(person=self.person.pk, file=self.file)


@pytest.fixture
def planted(cast: Cast, tmp_path: Path) -> Planted:
    """Plant a clause, a negotiation, a colleague and a paper."""
    apply(read(), clauses=(LIABILITY,))
    lay_table(cast, f"{WORD} interns")
    person = people.register_person(key="colleague", name=Bilingual(f"{WORD} Colleague", "欧阳同事"))
    people.affiliate(
        person=person,
        institution=cast.ours.institution,
        unit=None,
        title=Bilingual(),
        starts_on=LONG_AGO,
        by=cast.steward.person,
        at=moment(LONG_AGO),
    )
    paper = files.keep_file(
        store=FolderStore(tmp_path),
        content=io.BytesIO(PDF),
        name=f"{WORD} minutes.pdf",
        record=reference("agreement", cast.agreement.pk),
        by=cast.owner.person,
        at=moment(date(2019, 9, 1)),
        at_most=10**6,
    )
    return Planted(cast, person, paper.pk)


def found(client: Client, said: str) -> list[str]:
    """Return the addresses of the records that the palette is answered with."""
    groups = client.get("/search/suggest/", {"q": said}).json()["groups"]
    return [item["url"] for group in groups for item in group["items"]]


def page(client: Client, **asked: Any) -> str:
    """Return the search page."""
    return str(client.get("/search/", asked).content.decode())


@pytest.mark.parametrize("kind", PLACES)
def test_parties_find_it_and_an_outsider_finds_nothing(planted: Planted, kind: str) -> None:
    said, url = PLACES[kind][0], planted.url(kind)
    cast = planted.cast

    seen = {
        name: (
            url in found(who.client, said),
            url in page(who.client, q=said),
            url in page(who.client, q=said, kind=kind),
        )
        for name, who in (("owner", cast.owner), ("partner", cast.partner), ("outsider", cast.outsider))
    }

    assert seen == {"owner": (True,) * 3, "partner": (True,) * 3, "outsider": (False,) * 3}


def test_visitors_find_public_agreements_alone(planted: Planted, client: Client) -> None:
    before = found(client, "chengdu")
    agreements.set_public(
        agreement=planted.cast.agreement, public=True, by=planted.cast.owner.person, at=moment(date(2019, 9, 2))
    )
    planted.cast.agreement.refresh_from_db()
    address = f"/public/{planted.cast.agreement.public_token}/"

    after = {
        said: found(client, said) for said in ("chengdu", "成都", WORD, "fintech enterprises", "dreamworks", "owner")
    }

    assert before == []
    assert after == {"chengdu": [address], "成都": [address]} | {
        said: [] for said in (WORD, "fintech enterprises", "dreamworks", "owner")
    }
    assert client.get("/search/", {"q": "x", "kind": "person"}).status_code == 404


@pytest.mark.parametrize("state", [PersonState.RESTRICTED, PersonState.ERASED])
def test_restricted_and_erased_people_are_found_by_nobody(planted: Planted, state: str) -> None:
    Person.objects.filter(pk=planted.person.pk).update(state=state)
    cast = planted.cast

    assert [
        url
        for who in (cast.owner, cast.steward, cast.outsider)
        for url in found(who.client, "Zephyrine Colleague")
        if url.startswith("/people/")
    ] == []


def test_file_taken_away_is_found_no_longer(planted: Planted) -> None:
    from accord.files.models import Attachment  # noqa: PLC0415 (only here)

    files.remove_file(
        attachment=Attachment.objects.get(pk=planted.file), by=planted.cast.owner.person, at=moment(date(2019, 9, 2))
    )

    assert planted.url("file") not in found(planted.cast.owner.client, "Zephyrine minutes")


def test_results_stand_by_kind_the_likest_first(planted: Planted) -> None:
    groups = planted.cast.owner.client.get("/search/", {"q": WORD}).context["groups"]

    assert {group.code for group in groups} == {"negotiation", "person", "file"}
    assert [group.rank for group in groups] == sorted((group.rank for group in groups), reverse=True)


def test_one_kind_goes_on_page_by_page_and_says_where_it_ends(cast: Cast) -> None:
    for number in range(45):
        people.ensure_institution(
            key=f"house-{number:02}", name=Bilingual(f"Quillon House {number:02}"), kind="company"
        )
    asked = {"q": "quillon", "kind": "institution"}

    pages = [cast.owner.client.get("/search/", asked | {"page": number}) for number in ("1", "2", "3", "x", "-1")]

    sizes = [len(one.context["group"].found) for one in pages]
    titles = {str(row.title) for one in pages[:3] for row in one.context["group"].found}
    assert (sizes, len(titles)) == ([20, 20, 5, 20, 20], 45)
    assert [('rel="next"' in one.text, 'rel="prev"' in one.text) for one in pages[:3]] == [
        (True, False),
        (True, True),
        (False, True),
    ]
    assert "More: Institutions" in page(cast.owner.client, q="quillon")


@pytest.mark.parametrize("said", ["zzzzqqq", "龘龘", "'\"<script>", "%", "a" * 5000])
def test_nothing_found_says_so_and_what_to_try(cast: Cast, said: str) -> None:
    answer = cast.owner.client.get("/search/", {"q": said, "kind": "person"})

    assert answer.status_code == 200
    assert "Nothing found for" in answer.text
    assert "<script>" not in answer.text.split("</head>")[1]


def test_empty_search_says_how_to_search(cast: Cast, client: Client) -> None:
    assert "Every word must occur." in page(cast.owner.client)
    assert "Every word must occur." in page(cast.owner.client, q="\x00 \u200b", kind="person")
    assert "Visitors find agreements" in page(client)


def titles(member: Member, said: str, *, language: str = "en") -> dict[str, list[str]]:
    """Return what the palette shows, by the heading."""
    answer = member.client.get("/search/suggest/", {"q": said}, headers={"accept-language": language})
    return {group["name"]: [item["title"] for item in group["items"]] for group in answer.json()["groups"]}


def test_palette_offers_what_one_may_begin(cast: Cast) -> None:
    begin = {name: titles(getattr(cast, name), "")["Begin"] for name in ("owner", "executive", "steward")}

    assert {"Record a meeting", "Start a negotiation", "Invite somebody"} <= set(begin["owner"])
    assert "Add an institution" not in begin["owner"]
    assert "Add an institution" in begin["steward"]
    assert begin["executive"] == ["Let somebody stand in", "Make a token for a program"]


@pytest.mark.parametrize("said", ["meeting", "visit", "访问", "RECORD a"])
def test_commands_are_found_by_their_words_in_both_languages(cast: Cast, said: str) -> None:
    assert "Record a meeting" in titles(cast.owner, said)["Begin"]


def test_palette_leads_to_pages_and_to_saved_views(cast: Cast) -> None:
    people.save_view(by=cast.owner.person, name="Signed in spring", path="/agreements/", query="state=signed")

    shown = titles(cast.owner, "sign")

    assert "Signed in spring" in shown["Your views"]
    assert "Where you are signed in" in shown["Go to"]
    assert "Your views" not in titles(cast.partner, "sign")
    assert "/agreements/?state=signed" in found(cast.owner.client, "spring")


def test_palette_is_kept_by_no_cache_and_says_the_language_of_a_title(cast: Cast) -> None:
    people.ensure_institution(key="only-chinese", name=Bilingual("", "蓉城创新园"), kind="zone")

    answer = cast.owner.client.get("/search/suggest/", {"q": "蓉城"})

    assert "no-store" in answer.headers["Cache-Control"]
    assert [(item["title"], item["lang"]) for group in answer.json()["groups"] for item in group["items"]] == [
        ("蓉城创新园", "zh-hans")
    ]


def test_meeting_is_recorded_with_the_one_agreement_or_one_is_chosen(cast: Cast) -> None:
    alone = cast.owner.client.get("/begin/meeting/")
    none = cast.outsider.client.get("/begin/meeting/")
    apply(read(), key="second")
    choice = cast.owner.client.get("/begin/meeting/")

    assert (alone.status_code, alone.headers["Location"]) == (302, "/agreements/chengdu-cass/engagements/new/")
    assert "No agreement for this" in none.text
    assert cast.owner.client.get("/begin/nonsense/").status_code == 404
    assert [line["url"] for line in choice.context["lines"]] == [
        f"/agreements/{key}/engagements/new/" for key in ("chengdu-cass", "second")
    ]
