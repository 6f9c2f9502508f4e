"""Who sees and does what: both parties, an executive, a steward, and an outsider who must not know."""

from collections.abc import Mapping

import pytest
from tests.negotiation.table import Table, lay_amendment

from accord.negotiation.models import Approval, ChangeRequest, TextVersion

READ = {
    "negotiation": "",
    "text": "versions/1/",
    "file": "versions/1/file/",
    "difference": "versions/1/against/0/",
    "requests": "requests/",
    "request": "requests/{request}/",
}
WRITE = {
    "parties": "parties/",
    "party": "parties/cass/",
    "draft": "draft/",
    "head": "draft/head/",
    "new clause": "draft/clauses/new/",
    "clause": "draft/clauses/publication/",
    "new promise": "draft/promises/new/",
    "promise": "draft/promises/fifty-interns/",
    "put forward": "put-forward/",
    "withdraw": "withdraw/",
}
BIND = {"approve": "approve/", "sign": "sign/"}
EVERY = {**READ, **WRITE, **BIND, "ask": "versions/1/ask/?at=clause:publication"}


@pytest.fixture
def reviewed(table: Table) -> Table:
    """Put a text forward, with one requested change."""
    table.put_forward()
    table.ask(proposed="Either party may publish after sixty days.")
    return table


def addresses(table: Table, pages: Mapping[str, str]) -> dict[str, str]:
    """Return the whole addresses of some pages."""
    request = ChangeRequest.objects.get()
    under = f"/negotiations/{table.negotiation.key}/"
    return {name: under + path.format(request=request.pk) for name, path in pages.items()}


@pytest.mark.parametrize(
    ("who", "pages", "status"),
    [
        ("owner", EVERY, 200),
        ("partner", {**READ, **BIND, "ask": EVERY["ask"]}, 200),
        ("partner", WRITE, 403),
        ("executive", READ, 200),
        ("executive", {**WRITE, **BIND, "ask": EVERY["ask"]}, 403),
        ("steward", {**READ, **WRITE}, 200),
        ("steward", BIND, 403),
        ("outsider", EVERY, 404),
    ],
)
def test_pages_open_to_whom_they_are_for(reviewed: Table, who: str, pages: dict[str, str], status: int) -> None:
    client = getattr(reviewed.cast, who).client

    seen = {name: client.get(url).status_code for name, url in addresses(reviewed, pages).items()}

    assert seen == dict.fromkeys(pages, status)


def test_list_names_a_negotiation_to_its_parties_alone(reviewed: Table) -> None:
    cast = reviewed.cast

    seen = {
        who: "Interns and publications" in getattr(cast, who).client.get("/negotiations/").content.decode()
        for who in ("owner", "partner", "executive", "steward", "outsider")
    }

    assert seen == {"owner": True, "partner": True, "executive": True, "steward": True, "outsider": False}


@pytest.mark.parametrize("act", ["accept", "decline", "take-back", "reply"])
def test_outsider_cannot_answer_a_request(reviewed: Table, act: str) -> None:
    url = addresses(reviewed, {"act": f"requests/{{request}}/{act}/"})["act"]

    answer = reviewed.cast.outsider.client.post(url, {"version": 1, "why": "No.", "text": "No."})

    assert answer.status_code == 404
    assert ChangeRequest.objects.get().state == "open"


@pytest.mark.parametrize(("who", "status"), [("partner", 403), ("executive", 403), ("owner", 302)])
def test_coordinator_alone_accepts_a_request(reviewed: Table, who: str, status: int) -> None:
    url = addresses(reviewed, {"act": "requests/{request}/accept/"})["act"]

    answer = getattr(reviewed.cast, who).client.post(url, {"version": 1, "why": ""})

    assert answer.status_code == status


def test_steward_approves_for_nobody(reviewed: Table) -> None:
    text = TextVersion.objects.get()

    answer = reviewed.cast.steward.client.post(
        f"/negotiations/{reviewed.negotiation.key}/approve/", {"digest": text.digest}
    )

    assert (answer.status_code, Approval.objects.count()) == (403, 0)


@pytest.mark.parametrize(("who", "status"), [("owner", 302), ("partner", 302), ("executive", 403), ("outsider", 404)])
def test_officers_of_a_party_propose_an_amendment(reviewed: Table, who: str, status: int) -> None:
    answer = getattr(reviewed.cast, who).client.post("/agreements/chengdu-cass/changes/amend/")

    assert answer.status_code == status


@pytest.mark.parametrize("path", ["changes/", "dossier/"])
@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("partner", 200), ("executive", 200), ("outsider", 404)])
def test_dossier_and_changes_are_read_by_both_sides(reviewed: Table, path: str, who: str, status: int) -> None:
    answer = getattr(reviewed.cast, who).client.get(f"/agreements/chengdu-cass/{path}")

    assert answer.status_code == status


def test_amendment_pages_show_what_it_does_to_running_promises(reviewed: Table) -> None:
    amendment = lay_amendment(reviewed.cast)
    under = f"/negotiations/{amendment.negotiation.key}/"
    before = amendment.cast.owner.client.get(f"{under}put-forward/").content.decode()
    amendment.put_forward()

    pages = [amendment.cast.partner.client.get(under + path) for path in ("approve/", "versions/1/", "")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "What it does to running promises" in before
    assert "A second building opens." in pages[0].content.decode()
