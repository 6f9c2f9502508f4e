"""An agreement file in the database: whole or not at all, and the same text back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from tests.cast import EXAMPLES, Cast, apply_example, moment

from accord.agreements import operations, queries
from accord.agreements.models import Agreement, Commitment
from accord.engines import agreementfile as engine

pytestmark = pytest.mark.django_db
AT = moment(date(2019, 7, 10))
NAMES = ["chengdu-cass", "zju-ant"]


def read(name: str) -> engine.AgreementFile:
    """Return a shipped agreement as the values of its file."""
    reading = engine.read((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), measures=None)
    assert reading.agreement is not None
    return reading.agreement


@pytest.mark.parametrize("name", NAMES)
def test_export_gives_the_applied_file_back(name: str) -> None:
    agreement = apply_example(name)

    assert queries.file_text(agreement) == (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_applying_twice_changes_nothing(name: str) -> None:
    first = apply_example(name)

    second = operations.apply_file(new=read(name), by=None, at=moment(date(2019, 8, 1)))

    assert (second.differences, second.agreement.version, second.agreement.applied_at) == ((), 1, first.applied_at)


def test_signed_promise_cannot_be_rewritten_and_nothing_else_is_applied() -> None:
    apply_example("chengdu-cass")
    file = read("chengdu-cass")
    promises = (replace(file.promises[0], target=Decimal(200)), *file.promises[1:])

    with pytest.raises(operations.PromiseFrozen) as refused:
        operations.apply_file(new=replace(file, public=True, promises=promises), by=None, at=AT)

    assert "promises[resident-teams].target" in str(refused.value)
    assert (Agreement.objects.get().is_public, Commitment.objects.get(key="resident-teams").target) == (False, 300)


def test_amendment_leaves_the_original_beside_it() -> None:
    apply_example("chengdu-cass")
    file = read("chengdu-cass")
    amendment = engine.Amendment(
        agreed=date(2019, 10, 15), target=Decimal(250), due=date(2020, 3, 31), why=engine.Bilingual(en="Late building")
    )
    promises = (replace(file.promises[0], amendments=(amendment,)), *file.promises[1:])

    agreement = operations.apply_file(new=replace(file, promises=promises), by=None, at=AT).agreement

    row = next(one for one in queries.promises_of(agreement) if one.key == "resident-teams")
    assert [(line.target, line.due_on) for line in row.targets] == [
        (300, date(2019, 12, 31)),
        (250, date(2020, 3, 31)),
    ]
    assert (row.target_on(date(2019, 10, 14)).target, row.target_on(date(2019, 10, 15)).target) == (300, 250)


def test_draft_may_lose_a_promise_and_a_party() -> None:
    file = replace(read("chengdu-cass"), key="draft", signed=None)
    start = date(2019, 7, 1)
    promises = tuple(replace(one, start=one.start or start) for one in file.promises)
    operations.apply_file(new=replace(file, promises=promises), by=None, at=AT)
    kept = tuple(one for one in promises if "jiaozi-holding" not in one.by)

    shorter = replace(file, promises=kept, parties=tuple(one for one in file.parties if one.key != "jiaozi-holding"))
    agreement = operations.apply_file(new=shorter, by=None, at=AT).agreement

    assert (agreement.commitments.count(), agreement.parties.count(), agreement.version) == (9, 3, 2)


def test_party_that_records_point_at_cannot_be_left_out(cast: Cast) -> None:
    cast.record("resident-teams", 3, date(2019, 8, 1))
    file = read("chengdu-cass")
    promises = tuple(promise for promise in file.promises if promise.by == ("cass",))
    shorter = replace(file, parties=file.parties[1:], promises=promises)

    with pytest.raises((operations.PromiseFrozen, operations.PartStillUsed)):
        operations.apply_file(new=shorter, by=None, at=AT)

    assert cast.agreement.parties.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_applying_at_once_leave_one_agreement() -> None:
    file = read("zju-ant")

    def apply(_number: int) -> str:
        try:
            return str(len(operations.apply_file(new=file, by=None, at=AT).differences) > 0)
        except Exception as error:  # noqa: BLE001 (the loser may be refused by the database, never half done)
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(apply, range(4)))

    assert Agreement.objects.count() == 1
    assert outcomes.count("True") == 1
    assert queries.file_text(Agreement.objects.get()) == (EXAMPLES / "zju-ant.yaml").read_text(encoding="utf-8")
