"""Agreements by API: read, planned, applied; meetings recorded and struck."""

from tests.api.conftest import AGREEMENT, Caller
from tests.cast import EXAMPLES, Cast

from accord.agreements.models import Engagement

FILE = (EXAMPLES / "chengdu-cass.yaml").read_text(encoding="utf-8")
VISIT = {"kind": "visit", "title": {"en": "A visit", "zh-hans": "来访"}, "held_on": "2019-09-20", "attendees": 12}


def test_agreement_is_read_with_its_version_as_etag(owner: Caller, cast: Cast) -> None:
    answer = owner.get(AGREEMENT)

    assert answer.status_code == 200
    assert answer.headers["ETag"] == f'"{cast.agreement.version}"'
    found = answer.json()
    assert found["key"] == "chengdu-cass"
    assert [party["key"] for party in found["parties"]] == [one.institution.key for one in cast.agreement.parties.all()]


def test_version_that_is_known_is_not_sent_again(owner: Caller) -> None:
    tag = owner.get(AGREEMENT).headers["ETag"]

    same = owner.get(AGREEMENT, if_none_match=tag)
    weak = owner.get(AGREEMENT, if_none_match=f'"77", W/{tag}')
    other = owner.get(AGREEMENT, if_none_match='"77"')

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert weak.status_code == 304
    assert other.status_code == 200


def test_meeting_is_recorded_read_and_struck(owner: Caller) -> None:
    made = owner.post(f"{AGREEMENT}/engagements", VISIT)
    address = made.headers["Location"].removeprefix("http://testserver")

    read = owner.get(address)
    unnamed = owner("DELETE", address)
    stale = owner("DELETE", address, if_match='"99"')
    struck = owner("DELETE", address, if_match=read.headers["ETag"])
    gone = owner.get(address)

    assert (made.status_code, read.status_code, gone.status_code) == (201, 200, 404)
    assert made.json() == read.json()
    assert read.json()["title"] == {"en": "A visit", "zh-hans": "来访"}
    assert (unnamed.status_code, stale.status_code, struck.status_code) == (428, 412, 204)
    assert struck.content == b""
    assert Engagement.objects.get().struck_at is not None
