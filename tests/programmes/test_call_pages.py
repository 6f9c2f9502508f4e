"""Pages of calls: what everybody reads, what the office does there, and how often lists ask the database."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.programmes.scene import CLOSES, OPENS, SEED_DIGEST, WHILE_OPEN, Scene

from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.programmes import models, operations, queries
from accord.programmes.enums import CallState
from accord.programmes.forms import values_of_call
from accord.review import operations as review

pytestmark = pytest.mark.django_db
PAGE = "/programmes/summer/2019/"
RULES = [
    {
        "key": "level",
        "condition": {"question": "level", "is": "master"},
        "words": {"en": "Hosts ask for it.", "zh-hans": "接收单位要求。"},
        "refusal": {"en": "It is for masters alone.", "zh-hans": "仅面向硕士生。"},
    }
]
FORM_OF_CALL = {
    "name_0": "Second round",
    "key": "second",
    "time_zone": "Asia/Shanghai",
    "partner_zone": "Europe/London",
    "opens_on": "2031-07-01",
    "opens_hour": "09:00",
    "closes_on": "2031-09-01",
    "closes_hour": "23:59",
    "reserve_length": "0",
    "most_wishes": "3",
    "tie_rule": "lottery",
    "mode": "double",
    "host_score": "host",
}


@pytest.fixture
def august() -> None:
    World.objects.create(is_demo=True, demo_day=date(2019, 8, 1), seed=7, scale=1.0, built_at=WHILE_OPEN)


def with_rules(scene: Scene) -> None:
    models.Call.objects.filter(pk=scene.call.pk).update(eligibility=RULES)


@pytest.mark.usefixtures("august")
def test_everybody_reads_a_published_call_with_both_times_rules_and_seal(scene: Scene) -> None:
    with_rules(scene)

    page = Client().get(PAGE)

    assert page.status_code == 200
    for words in (
        "Applications are taken until 1 Sep 2019, 23:59 CST.",
        "1 Sep 2019, 16:59 BST",
        "“What you study for” is Master’s.",
        "3 places on offer; hosts: 2.",
        'itemprop="applicationDeadline"',
        'itemtype="https://schema.org/EducationalOccupationalProgram"',
        SEED_DIGEST,
        "Screening",
    ):
        assert words in page.text
    assert "a sealed seed" not in page.text


def test_seed_is_read_once_the_call_is_finished(scene: Scene) -> None:
    models.Call.objects.filter(pk=scene.call.pk).update(finished_at=CLOSES, finished_by=scene.manager.person)

    assert "a sealed seed" in Client().get(PAGE).text


def test_call_that_is_prepared_or_hidden_is_read_by_few(scene: Scene) -> None:
    everybody = Client()
    models.Call.objects.filter(pk=scene.call.pk).update(is_public=False)
    assert (everybody.get(PAGE).status_code, "Internships 2019" in everybody.get("/programmes/").text) == (200, False)
    models.Call.objects.filter(pk=scene.call.pk).update(published_at=None, published_by=None)
    assert (everybody.get(PAGE).status_code, everybody.get(f"{PAGE}check/").status_code) == (404, 404)
    assert scene.manager.client.get(PAGE).status_code == 200


def test_partner_and_executive_see_numbers_and_change_nothing(scene: Scene) -> None:
    for who in (scene.cast.partner, scene.cast.executive):
        shown = who.client.get(f"{PAGE}office/")
        assert (shown.status_code, "Under way" in shown.text) == (200, True)
        assert ("Copy the call" in shown.text, f"{PAGE}office/form/" in shown.text) == (False, False)
        assert who.client.get(f"{PAGE}office/form/").status_code == 403
        assert who.client.post(f"{PAGE}office/publish/").status_code == 403
    assert scene.cast.outsider.client.get(f"{PAGE}office/").status_code == 404


CHECKED = [
    ("master", "You may apply, as far as rules can tell."),
    ("bachelor", "It is for masters alone."),
    ("", "Answer the open questions to know."),
    ("pirate", "Answer the open questions to know."),
]


def test_check_before_the_form_explains_and_keeps_nothing(scene: Scene) -> None:
    with_rules(scene)

    for level, words in CHECKED:
        assert words in Client().get(f"{PAGE}check/", {"check": "1", "q-level": level}).text
    assert models.Application.objects.count() == 3
    assert "as far as rules can tell" not in Client().get(f"{PAGE}check/").text


def test_call_is_prepared_by_page_in_its_own_zone(scene: Scene) -> None:
    answer = scene.manager.client.post("/programmes/summer/new/", FORM_OF_CALL)

    assert answer.status_code == 302
    made = models.Call.objects.get(key="second")
    assert (made.opens_at, made.closes_at) == (
        datetime(2031, 7, 1, 1, tzinfo=UTC),
        datetime(2031, 9, 1, 15, 59, 59, tzinfo=UTC),
    )
    assert (made.mode, made.host_score, made.is_public) == ("double", "host", False)


WRONG: list[tuple[Any, str]] = [
    ({"closes_on": "2031-06-01"}, "The call closes before it opens."),
    ({"time_zone": "Mars"}, "Choose a time zone such as Asia/Shanghai."),
    ({"key": "2019"}, "The short name “2019” is taken."),
    ({"closes_hour": "late"}, "Enter a time such as 23:59."),
]


def test_wrong_call_comes_back_with_what_was_typed(scene: Scene) -> None:
    for change, words in WRONG:
        answer = scene.manager.client.post("/programmes/summer/new/", FORM_OF_CALL | change)
        assert (answer.status_code, words in answer.text, "Second round" in answer.text) == (422, True, True)


def test_call_left_as_it_stands_is_no_change(scene: Scene) -> None:
    client, path = scene.manager.client, f"{PAGE}office/change/"
    values = values_of_call(scene.call)
    sent = {name: value for name, value in values.items() if value is not None and value is not False}
    for name in ("name", "summary", "who_may", "gives"):
        text: Bilingual = getattr(scene.call, name)
        sent |= {f"{name}_0": text.en, f"{name}_1": text.zh_hans}
        sent.pop(name, None)

    answer = client.post(path, sent | {"opens_hour": "09:00", "closes_hour": "23:59"})

    assert answer.status_code == 302
    assert models.Call.objects.get(pk=scene.call.pk).version == 1


def test_copy_begins_a_year_later(scene: Scene) -> None:
    page = scene.manager.client.get(f"{PAGE}office/copy/")

    assert 'value="2020-09-01"' in page.text
    assert 'value="2019-' not in page.text


def test_publishing_by_page_says_what_is_missing_and_then_does_it(scene: Scene) -> None:
    client = scene.manager.client
    client.post("/programmes/summer/new/", FORM_OF_CALL)
    path = "/programmes/summer/second/office/"
    refused = client.post(f"{path}publish/")
    assert (refused.status_code, "Write what one gets, in both languages." in refused.text) == (422, True)
    whole = {f"{name}_{side}": "Words" for name in ("name", "summary", "who_may", "gives") for side in (0, 1)}
    client.post(f"{path}change/", FORM_OF_CALL | whole)
    client.post(f"{path}form/publish/")

    assert client.post(f"{path}publish/").status_code == 302
    made = models.Call.objects.get(key="second")
    assert queries.call_state(made, made.opens_at) == CallState.OPEN
    assert len(made.seed) > 40


def test_late_code_is_shown_once_and_taken_back(scene: Scene) -> None:
    client = scene.manager.client
    page = client.post(f"{PAGE}office/late-code/", {"until_on": "2090-01-01", "until_hour": "12:00"})

    code = page.context["code"]
    call = models.Call.objects.get(pk=scene.call.pk)
    assert code in page.text
    assert (code in client.get(f"{PAGE}office/").text, call.late_code_digest == "") == (False, False)
    client.post(f"{PAGE}office/late-code/drop/")
    assert models.Call.objects.get(pk=scene.call.pk).late_code_digest == ""


def test_rule_is_written_changed_and_removed_by_page(scene: Scene) -> None:
    client, path = scene.manager.client, f"{PAGE}office/rules/"
    models.Call.objects.filter(pk=scene.call.pk).update(
        opens_at=datetime(2090, 1, 1, tzinfo=UTC), closes_at=datetime(2090, 2, 1, tzinfo=UTC)
    )
    told = {"words_0": "For hosts", "words_1": "原因", "refusal_0": "No", "refusal_1": "不可", "mode": "all"}

    assert client.post(f"{path}new/", told).status_code == 422
    assert client.post(f"{path}new/", told | {"test_1": "level|is|master"}).status_code == 302
    assert "“What you study for” is Master’s." in client.get(path).text
    client.post(f"{path}for-hosts/", told | {"test_1": "level|is|bachelor"})
    call = models.Call.objects.get(pk=scene.call.pk)
    assert [one["condition"] for one in call.eligibility] == [{"question": "level", "is": "bachelor"}]
    client.post(f"{path}for-hosts/remove/", {"version": call.version})
    assert models.Call.objects.get(pk=scene.call.pk).eligibility == []


def test_rules_stay_once_people_apply_by_them(scene: Scene) -> None:
    with pytest.raises(operations.CallPromised):
        operations.keep_eligibility(
            call=scene.call, eligibility=RULES, version=1, by=scene.manager.person, at=OPENS + timedelta(days=1)
        )


LISTS_NAV = "Programmes and what is yours in them"


def test_lists_that_hold_something_for_the_reader_are_a_step_away(scene: Scene) -> None:
    panel = review.open_panel(
        subject=f"call:{scene.call.pk}",
        name=Bilingual("Panel", ""),
        rubric=review.make_rubric(
            owner=scene.programme.owner,
            key="short",
            name=Bilingual("Short", ""),
            criteria=[review.CriterionFacts(key="plan", name=Bilingual("Plan", ""))],
            by=scene.manager.person,
            at=WHILE_OPEN,
        ),
        owner=scene.programme.owner,
        mode="double",
        reviews_each=1,
        max_load=9,
        due_at=CLOSES,
        by=scene.manager.person,
        at=WHILE_OPEN,
    )
    review.invite_panelist(
        panel=panel, person=scene.third.person, accepted=True, by=scene.manager.person, at=WHILE_OPEN
    )

    mine = {who: _tabs_of(getattr(scene, who).client) for who in ("applicant", "third", "bank_contact", "manager")}

    assert mine == {
        "applicant": ["Calls", "Your applications"],
        "third": ["Calls", "Your applications", "My reviews"],
        "bank_contact": ["Calls", "Places of your house"],
        "manager": ["Calls", "Programmes", "Review panels"],
    }
    assert (_tabs_of(Client()), _tabs_of(scene.cast.outsider.client)) == ([], [])


def _tabs_of(client: Client) -> list[str]:
    """Return the words of the tabs over the list of calls."""
    page = client.get("/programmes/").text
    if LISTS_NAV not in page:
        return []
    inside = page.split(LISTS_NAV, 1)[1].split("</nav>", 1)[0]
    return re.findall(r"<a [^>]*>([^<]+)</a>", inside)


LISTS = ("/programmes/", "/programmes/all/", "/programmes/summer/", "/programmes/summer/2019/")


def test_lists_ask_as_often_for_many_rows(scene: Scene) -> None:
    few = [_asked(scene, path) for path in LISTS]
    for at in range(30):
        programme = models.Programme.objects.create(
            key=f"p-{at}",
            name=Bilingual("More", ""),
            kind="grant",
            owner=scene.programme.owner,
            opened_at=WHILE_OPEN,
            opened_by=scene.manager.person,
        )
        for home in (programme, scene.programme):
            models.Call.objects.create(
                programme=home,
                key=f"c-{at}",
                name=Bilingual("More", ""),
                time_zone="Asia/Shanghai",
                opens_at=OPENS,
                closes_at=CLOSES,
                workflow=scene.call.workflow,
                seed_digest=SEED_DIGEST,
                prepared_at=WHILE_OPEN,
                prepared_by=scene.manager.person,
                published_at=WHILE_OPEN,
                published_by=scene.manager.person,
            )

    assert (few, [_asked(scene, path) for path in LISTS]) == ([9, 9, 9, 10], [9, 9, 9, 10])


def _asked(scene: Scene, path: str) -> int:
    client = scene.manager.client
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
