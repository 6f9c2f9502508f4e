"""What the two sides say of a delivery, and when it counts."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from tests.cast import Cast, make_cast, moment

from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.text import Bilingual
from accord.measures import operations, queries
from accord.measures.enums import EvidenceState
from accord.measures.models import Attribution, Evidence

pytestmark = pytest.mark.django_db
KEY, PROMISE = "chengdu-cass", "resident-teams"
AUGUST, SEPTEMBER, OCTOBER = date(2019, 8, 5), date(2019, 9, 2), date(2019, 10, 7)


def counted(cast: Cast, as_of: date, known_on: date | None = None) -> Decimal | None:
    """Return what the promise shows as delivered."""
    bounds = queries.clocks(as_of, known_on or as_of)
    _commitment, standing = queries.promise_standing(cast.agreement, PROMISE, bounds)
    return standing.done.figure.amount if standing.done.figure else None


def test_entry_counts_only_once_the_other_side_confirmed_it(cast: Cast) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)
    before = counted(cast, OCTOBER)

    operations.confirm_evidence(
        evidence=evidence, version=1, party=cast.theirs, by=cast.partner.person, at=moment(SEPTEMBER)
    )

    assert (before, counted(cast, OCTOBER)) == (102, 107)


def test_contested_entry_counts_no_longer_but_what_was_known_before_stays(cast: Cast) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST, confirmed=moment(AUGUST))

    operations.contest_evidence(
        evidence=evidence,
        version=2,
        reason="Counted twice",
        party=cast.theirs,
        by=cast.partner.person,
        at=moment(SEPTEMBER),
    )

    assert (counted(cast, OCTOBER), counted(cast, OCTOBER, known_on=date(2019, 9, 1))) == (102, 107)


def test_contested_entry_may_be_confirmed_after_all(cast: Cast) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)
    evidence = operations.contest_evidence(
        evidence=evidence, version=1, reason="No document", party=cast.theirs, by=cast.partner.person, at=moment(AUGUST)
    )

    operations.confirm_evidence(
        evidence=evidence, version=2, party=cast.theirs, by=cast.partner.person, at=moment(SEPTEMBER)
    )

    assert counted(cast, OCTOBER) == 107


def test_withdrawn_entry_counts_no_longer(cast: Cast) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST, confirmed=moment(AUGUST))

    operations.withdraw_evidence(
        evidence=evidence, version=2, reason="Typed twice", party=cast.ours, by=cast.owner.person, at=moment(SEPTEMBER)
    )

    assert (counted(cast, OCTOBER), queries.state_of_evidence(Evidence.objects.get())) == (102, EvidenceState.WITHDRAWN)


def test_late_record_is_left_out_of_what_was_known_then(cast: Cast) -> None:
    cast.record(PROMISE, 5, AUGUST, recorded=moment(SEPTEMBER), confirmed=moment(SEPTEMBER))

    assert (counted(cast, AUGUST, known_on=AUGUST), counted(cast, AUGUST, known_on=OCTOBER)) == (102, 107)


def test_own_side_cannot_confirm(cast: Cast) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)

    with pytest.raises(NotAllowed):
        operations.confirm_evidence(
            evidence=evidence, version=1, party=cast.ours, by=cast.partner.person, at=moment(SEPTEMBER)
        )


def test_decision_on_an_older_state_is_refused_and_nothing_changes(cast: Cast) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)
    decide = {"evidence": evidence, "party": cast.theirs, "by": cast.partner.person, "at": moment(SEPTEMBER)}
    operations.contest_evidence(version=1, reason="No document", **decide)

    with pytest.raises(operations.EvidenceClash):
        operations.confirm_evidence(version=1, **decide)

    assert queries.state_of_evidence(Evidence.objects.get()) == EvidenceState.CONTESTED


def test_same_request_twice_is_one_entry(cast: Cast) -> None:
    entry = {
        "shares": {cast.promise(PROMISE): Decimal(1)},
        "party": cast.ours,
        "amount": Decimal(3),
        "occurred_on": AUGUST,
        "label": Bilingual("Three teams"),
        "document": "List",
        "by": cast.owner.person,
        "at": moment(AUGUST),
        "request_key": uuid4(),
    }

    first, second = operations.record_evidence(**entry), operations.record_evidence(**entry)

    assert (first.pk, Evidence.objects.count()) == (second.pk, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"occurred_on": OCTOBER}, "evidence-refused"),
        ({"amount": Decimal(0)}, "evidence-refused"),
    ],
)
def test_entry_that_cannot_count_is_refused(cast: Cast, change: dict, code: str) -> None:
    entry = {
        "shares": {cast.promise(PROMISE): Decimal(1)},
        "party": cast.ours,
        "amount": Decimal(3),
        "occurred_on": AUGUST,
        "label": Bilingual("Three teams"),
        "document": "List",
        "by": cast.owner.person,
        "at": moment(AUGUST),
    }

    with pytest.raises(Refused) as refused:
        operations.record_evidence(**{**entry, **change})

    assert (refused.value.code, Evidence.objects.count()) == (code, 0)


def test_shares_above_the_whole_are_refused_by_the_operation_and_by_the_database(cast: Cast) -> None:
    evidence = cast.record("exchange-to-london", 2, AUGUST)
    other = cast.promise("exchange-to-chengdu")

    with pytest.raises(IntegrityError), transaction.atomic():
        Attribution.objects.create(evidence=evidence, commitment=other, share=Decimal("0.01"))
    with pytest.raises(operations.SharesExceedWhole):
        operations.record_evidence(
            shares={cast.promise("exchange-to-london"): Decimal("0.7"), other: Decimal("0.4")},
            party=cast.ours,
            amount=Decimal(2),
            occurred_on=AUGUST,
            label=Bilingual("Two people"),
            document="List",
            by=cast.owner.person,
            at=moment(AUGUST),
        )


@pytest.mark.django_db(transaction=True)
def test_shares_racing_each_other_never_pass_the_whole() -> None:
    cast = make_cast()
    evidence = cast.record("exchange-to-london", 2, AUGUST)
    Attribution.objects.update(share=Decimal("0.5"))
    others = [
        cast.promise(key)
        for key in ("exchange-to-chengdu", "research-cooperation", "commercialisation", "personnel-training")
    ]

    def attribute(commitment) -> bool:
        try:
            Attribution.objects.create(evidence=evidence, commitment=commitment, share=Decimal("0.3"))
        except IntegrityError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(attribute, others))

    assert (sum(won), Attribution.objects.count()) == (1, 2)


def test_page_shows_confirm_to_the_other_side_only(cast: Cast) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)
    page = reverse("measures:evidence", args=[KEY, evidence.pk])
    confirm = reverse("measures:confirm", args=[KEY, evidence.pk])

    shown = {
        name: confirm in getattr(cast, name).client.get(page).content.decode()
        for name in ("owner", "partner", "executive")
    }

    assert shown == {"owner": False, "partner": True, "executive": False}


def test_partner_confirms_on_the_page(cast: Cast) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)

    answer = cast.partner.client.post(reverse("measures:confirm", args=[KEY, evidence.pk]), {"version": 1})

    assert (answer.status_code, counted(cast, OCTOBER, known_on=date(2100, 1, 1))) == (302, 107)


def test_contest_without_a_reason_shows_the_page_again_and_says_so(cast: Cast) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)

    answer = cast.partner.client.post(
        reverse("measures:contest", args=[KEY, evidence.pk]), {"version": 1, "reason": " "}
    )

    assert answer.status_code == 422
    assert "Enter a reason: what is wrong with this entry?" in answer.content.decode()


@pytest.mark.parametrize("action", ["confirm", "contest", "withdraw"])
def test_decision_of_an_outsider_meets_nothing(cast: Cast, action: str) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)
    url = reverse(f"measures:{action}", args=[KEY, evidence.pk])

    answer = cast.outsider.client.post(url, {"version": 1, "reason": "x"})

    assert (answer.status_code, Evidence.objects.get().version) == (404, 1)


@pytest.mark.parametrize("name", ["owner", "executive", "steward"])
@pytest.mark.parametrize("action", ["confirm", "contest"])
def test_nobody_but_officers_of_the_other_side_decides(cast: Cast, name: str, action: str) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)
    url = reverse(f"measures:{action}", args=[KEY, evidence.pk])

    answer = getattr(cast, name).client.post(url, {"version": 1, "reason": "x"})

    assert (answer.status_code, Evidence.objects.get().version) == (403, 1)


@pytest.mark.parametrize("name", ["partner", "executive"])
def test_nobody_but_officers_of_its_own_side_withdraws(cast: Cast, name: str) -> None:
    evidence = cast.record(PROMISE, 5, AUGUST)
    url = reverse("measures:withdraw", args=[KEY, evidence.pk])

    answer = getattr(cast, name).client.post(url, {"version": 1, "reason": "x"})

    assert (answer.status_code, Evidence.objects.get().version) == (403, 1)


def test_records_are_filtered_by_their_state_and_exported_so(cast: Cast) -> None:
    cast.record(PROMISE, 5, AUGUST)
    cast.record(PROMISE, 7, AUGUST, confirmed=moment(SEPTEMBER))
    url = reverse("measures:records", args=[KEY, PROMISE])

    exported = cast.partner.client.get(url, {"state": "waiting", "format": "json"}).getvalue().decode()

    rows = [row["amount"] for row in json.loads(exported)["rows"]]
    assert rows == [5]


def test_delivery_is_entered_checked_and_recorded(cast: Cast) -> None:
    url = reverse("measures:record-evidence", args=[KEY, PROMISE])
    blank = cast.owner.client.get(url)
    key = blank.context["form"]["request_key"].value()
    filled = {
        "occurred_on": "2 Sep 2019",
        "label_0": "Four teams moved in",
        "label_1": "四家团队入驻",
        "amount": "4",
        "share": "25",
        "document": "List of tenants, folder 3",
        "document_url": "",
        "request_key": str(key),
    }

    check = cast.owner.client.post(url, filled)
    answer = cast.owner.client.post(url, {"answers-stage": "send", "answers-carried": check.context["carried"]})

    evidence = Evidence.objects.get()
    assert (check.status_code, answer.status_code) == (200, 302)
    assert evidence.attributions.get().share == Decimal("0.25")
    assert (evidence.amount, evidence.occurred_on, evidence.label) == (
        4,
        SEPTEMBER,
        Bilingual("Four teams moved in", "四家团队入驻"),
    )
